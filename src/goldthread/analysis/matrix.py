"""One row a review, one column a theme or value: a dot where the review has it."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.analysis.ask import Ask, Body
from goldthread.analysis.axes import AxisRule, Line, axis_rule
from goldthread.analysis.table import Cell, Column, Row
from goldthread.analysis.tally import Tally
from goldthread.analysis.units import Counted
from goldthread.anchors import Anchor
from goldthread.protocol.model import Axis

DOT = "●"


def matrix(ask: Ask) -> Body:
    """Reviews down, the definition's columns across; below, how many reviews have each.

    The columns may stand under `columns` or, where that only says `review`, under `rows`.
    """
    rule = axis_rule(_across(ask), ask.protocol, single="Any")
    placed = [(unit, _dots(ask, unit, rule)) for unit in ask.units]
    used = {name for _, dots in placed for name in dots}
    heads = [line for line in rule.lines(used) if ask.definition.columns.zeros or line.id in used]
    rows = [_row(unit, dots, heads) for unit, dots in placed]
    if ask.definition.show_total:
        rows.append(_totals(ask, placed, heads))
    return Body(tuple(Column(line.id, line.label) for line in heads), tuple(rows), "Review")


def _across(ask: Ask) -> Axis:
    columns, rows = ask.definition.columns, ask.definition.rows
    if columns.groups or columns.field not in ("", "review"):
        return columns
    return rows if rows.field != "review" else Axis(field="theme")


def _dots(ask: Ask, unit: Counted, rule: AxisRule) -> dict[str, list[Anchor]]:
    dots: dict[str, list[Anchor]] = {}
    for member in ask.members(unit):
        for name, anchors in rule.place(member).lines:
            dots.setdefault(name, []).extend(anchors)
    return dots


def _row(unit: Counted, dots: dict[str, list[Anchor]], heads: Sequence[Line]) -> Row:
    record = unit.case.record
    cells = []
    for head in heads:
        if head.id in dots:
            cells.append(Cell(DOT, count=1, reviews=(record.review_id,), words=tuple(dots[head.id])))
        else:
            cells.append(Cell("", count=0))
    return Row(record.review_id, name_of(unit), "value", tuple(cells))


def name_of(unit: Counted) -> str:
    """What the row of a review is called: as it is cited, and its title."""
    record = unit.case.record
    return " — ".join(dict.fromkeys(part for part in (record.citation, record.title) if part)) or record.review_id


def _totals(ask: Ask, placed: Sequence[tuple[Counted, dict[str, list[Anchor]]]], heads: Sequence[Line]) -> Row:
    cells = []
    for head in heads:
        tally = Tally()
        for unit, dots in placed:
            if head.id in dots:
                tally.add(unit.review_id, dots[head.id])
        denominator = len(ask.units) if ask.definition.percent_of != "none" else None
        cells.append(tally.cell(denominator, ask.definition.places))
    return Row("total", f"All {ask.unit_label}", "total", tuple(cells))
