"""Rows by columns: how many units fall in each cell, of how many, and which words say so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from goldthread.analysis.ask import Ask, Body
from goldthread.analysis.axes import AxisRule, FieldAxis, Line, Placing, axis_rule, fields_of
from goldthread.analysis.table import Cell, Column, Row
from goldthread.analysis.tally import ColumnTally, Counts, Tally, check_column
from goldthread.analysis.units import Counted, level_of
from goldthread.anchors import Anchor
from goldthread.protocol.conditions import Values
from goldthread.protocol.labels import MISSING_LABELS
from goldthread.values import Missing, Unit

Words = tuple[Anchor, ...]
MISSING = "missing:"
"""Before the kind, in the id of a row or column of missing values."""


def crosstab(ask: Ask) -> Body:
    """Count the units, check that they add up where they must, and lay them out.

    Raises UnbalancedLedger when the cells of an exclusive table do not add up to their total.
    """
    definition = ask.definition
    within = (*definition.episodes, *definition.where)
    across = axis_rule(definition.rows, ask.protocol, single=ask.unit_label.capitalize(), within=within)
    along = axis_rule(definition.columns, ask.protocol, single="Number", within=within)
    counts = count(ask, across, along)
    every_row = across.lines(counts.rows)
    heads = _heads(ask, along, counts)
    if definition.exclusive:
        for head in heads:
            check_column(definition.id, head.label, counts.column(head.id), every_row)
    rows = (
        *_value_rows(ask, _ordered(ask, every_row, counts), heads, counts),
        *_missing_rows(ask, heads, counts),
        *_total_row(ask, heads, counts),
    )
    columns = tuple(Column(head.id, head.label, _base(ask, counts.column(head.id))) for head in heads)
    return Body(columns, rows, across.label, tuple(_left_out(ask, counts)))


def count(ask: Ask, across: AxisRule, along: AxisRule) -> Counts:
    """Place every unit in its rows and columns, once a cell."""
    inside = ask.looks_inside
    coded = inside is not None and any(
        level_of(name, ask.protocol) is inside for name in fields_of(ask.definition.columns)
    )
    place = _columns(ask, along)
    counts = Counts(total=len(ask.units))
    for unit in ask.units:
        members = ask.members(unit)
        if coded:
            pairs = [(across.place(member), place(member)) for member in members]
            heads = _by_head(pairs)
        else:
            here = place(unit.values)
            pairs = [(across.place(member), here) for member in members]
            heads = {head: [(row, words) for row, _ in pairs] for head, words in here.lines}
            for head, words in here.lines:
                counts.column(head).base.add(unit.review_id, words)
        counts.homeless += not heads
        for head, mine in heads.items():
            column = counts.column(head)
            if coded:
                column.base.add(unit.review_id, (word for _, words in mine for word in words))
            _enter(column, unit, mine)
        _sum_up(counts, pairs)
    return counts


def _by_head(pairs: Sequence[tuple[Placing, Placing]]) -> dict[str, list[tuple[Placing, Words]]]:
    """Column → the rows of what stands in it, each with the words that put it in the column."""
    found: dict[str, list[tuple[Placing, Words]]] = {}
    for row, along in pairs:
        for head, words in along.lines:
            found.setdefault(head, []).append((row, words))
    return found


def _columns(ask: Ask, along: AxisRule) -> Callable[[Values], Placing]:
    """What places a record in columns. Those that are values of a field have one more for each kind of missing."""
    if not (ask.definition.show_missing and isinstance(along, FieldAxis)):
        return along.place

    def place(record: Values) -> Placing:
        found = along.place(record)
        return Placing(((f"{MISSING}{found.missing.value}", found.anchors),)) if found.missing else found

    return place


def _heads(ask: Ask, along: AxisRule, counts: Counts) -> list[Line]:
    """The columns to show: as defined, then the kinds of missing met with."""
    used = [name for name in counts.columns if not name.startswith(MISSING)]
    zeros = ask.definition.columns.zeros
    heads = [line for line in along.lines(used) if zeros or counts.column(line.id).base.reviews]
    gaps = [(f"{MISSING}{kind.value}", MISSING_LABELS[kind]) for kind in Missing]
    return heads + [Line(name, label) for name, label in gaps if name in counts.columns]


def _enter(column: ColumnTally, unit: Counted, mine: Sequence[tuple[Placing, Words]]) -> None:
    """Enter one unit in one column: in each of its rows once, or as missing, or as having no row."""
    review = unit.review_id
    rows: dict[str, list[Anchor]] = {}
    for row, words in mine:
        for line, found in row.lines:
            here = rows.setdefault(line, [])
            here += found
            if words is not found:
                here += words
    for line, met in rows.items():
        column.rows.setdefault(line, Tally()).add(review, met)
    if rows:
        return
    gap = next((row for row, _ in mine if row.missing is not None), None)
    if not mine:
        column.absent.append(review)
    elif gap and gap.missing:
        column.missing.setdefault(gap.missing, Tally()).add(review, gap.anchors)
    else:
        column.elsewhere.append(review)


def _sum_up(counts: Counts, pairs: Sequence[tuple[Placing, Placing]]) -> None:
    rows = {line for row, along in pairs if along.lines for line, _ in row.lines}
    counts.rows.update(rows)
    if not pairs:
        counts.absent += 1
    elif not rows and (kind := next((row.missing for row, _ in pairs if row.missing), None)):
        counts.missing[kind] += 1


def _ordered(ask: Ask, lines: Sequence[Line], counts: Counts) -> list[Line]:
    """The rows to show, as defined or by falling count; a nested row stays below its own."""
    rows = ask.definition.rows
    kept = [line for line in lines if rows.zeros or counts.rows[line.id]]
    if rows.order == "count":
        kept = sorted(kept, key=lambda line: -counts.rows[line.id])
    names = {line.id for line in kept}
    top = [line for line in kept if line.parent not in names]
    return [below for line in top for below in _nested(line, kept)]


def _nested(line: Line, lines: Sequence[Line]) -> Iterator[Line]:
    yield line
    for other in lines:
        if other.parent == line.id and other.id != line.id:
            yield from _nested(other, lines)


def _base(ask: Ask, column: ColumnTally) -> int:
    return column.stated if ask.definition.percent_of == "stated" else len(column.base)


def _denominator(ask: Ask, column: ColumnTally, in_row: int, counts: Counts) -> int | None:
    match ask.definition.percent_of:
        case "stated":
            return column.stated
        case "column":
            return len(column.base)
        case "row":
            return in_row
        case "table":
            return counts.total
    return None


def _value_rows(ask: Ask, lines: Sequence[Line], heads: Sequence[Line], counts: Counts) -> Iterator[Row]:
    for line in lines:
        cells = []
        for head in heads:
            column = counts.column(head.id)
            denominator = _denominator(ask, column, counts.rows[line.id], counts)
            cells.append(column.rows.get(line.id, Tally()).cell(denominator, ask.definition.places))
        yield Row(line.id, line.label, "value", tuple(cells))


def _missing_rows(ask: Ask, heads: Sequence[Line], counts: Counts) -> Iterator[Row]:
    """One row a kind of missing that occurs. Where percentages are of the stated, these have none."""
    if not ask.definition.show_missing:
        return
    for kind in Missing:
        if not any(kind in counts.column(head.id).missing for head in heads):
            continue
        cells = []
        for head in heads:
            column = counts.column(head.id)
            denominator = None
            if ask.definition.percent_of != "stated":
                denominator = _denominator(ask, column, counts.missing[kind], counts)
            cells.append(column.missing.get(kind, Tally()).cell(denominator, ask.definition.places))
        yield Row(f"{MISSING}{kind.value}", MISSING_LABELS[kind], "missing", tuple(cells))


def _total_row(ask: Ask, heads: Sequence[Line], counts: Counts) -> Iterator[Row]:
    """Every unit of each column, missing ones too; its share is given where the column adds up to it."""
    definition = ask.definition
    if not definition.show_total:
        return
    cells: list[Cell] = []
    for head in heads:
        column = counts.column(head.id)
        whole = definition.exclusive and (definition.percent_of == "column" or not column.missing_total)
        denominator = None
        if definition.percent_of in ("row", "table"):
            denominator = counts.total
        elif definition.percent_of != "none" and whole:
            denominator = len(column.base)
        cells.append(column.base.cell(denominator, 0 if whole else definition.places))
    label = "Total" if definition.exclusive else f"All {ask.unit_label}"
    yield Row("total", label, "total", tuple(cells))


def _left_out(ask: Ask, counts: Counts) -> Iterator[str]:
    """Notes on units that the rows shown do not hold."""
    if not ask.definition.show_missing and counts.missing:
        kinds = (f"{counts.missing[kind]} {MISSING_LABELS[kind].lower()}" for kind in Missing if counts.missing[kind])
        yield f"Not shown: {', '.join(kinds)}."
    if counts.homeless:
        yield f"In no column: {ask.some(counts.homeless)}."
    if counts.absent:
        inside = "episode" if ask.looks_inside is Unit.EPISODE else "recommendation"
        yield f"In {ask.some(counts.absent)} no {inside} of this kind is coded."
