"""Periods side by side: what changed by more than chance, and how far the last period can be believed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from goldthread.analysis.arithmetic import rounded
from goldthread.analysis.lag import Lag, lag, middle_of
from goldthread.analysis.periods import spans
from goldthread.analysis.records import ReviewRecord
from goldthread.analysis.table import Column, Row, Table
from goldthread.briefing.blocks import Block, Heading, Inline, Items, LiveFigure, Paragraph
from goldthread.briefing.evidence import cell_evidence
from goldthread.briefing.sections.tables import table_block, tells
from goldthread.briefing.sections.writer import Writer
from goldthread.briefing.words.phrases import counted, spanned
from goldthread.briefing.words.wording import inline, layout, paragraph, say
from goldthread.protocol.model import Axis, Condition, FieldDefinition, Group, TableDefinition
from goldthread.protocol.quantities import span
from goldthread.statistics.proportions import difference


def section(writer: Writer) -> tuple[Block, ...]:
    """Tables by period of the fields the layout names, with changes from the last period but one to the last."""
    head = Heading(say("section.trends"), 1, "trends")
    rule: dict[str, Any] = layout()["trends"]
    name = next((field for field in rule["dates"] if _years(writer, field)), "")
    periods = spans(_years(writer, name), rule["periods"]) if name else ()
    if len(periods) < 2:
        return head, paragraph("trends.none")
    blocks: list[Block] = [head, paragraph("trends.intro", periods=[spanned(*period) for period in periods])]
    blocks.append(paragraph("trends.chance", fewest=rule["fewest"]))
    blocks += _lags(writer, name)
    groups = tuple(_group(name, first, last) for first, last in periods)
    for field in (writer.scope.protocol.field_by_id.get(each) for each in rule["fields"]):
        if field is not None:
            blocks += _trend(writer, field, groups, rule["fewest"])
    return tuple(blocks)


def dated(review: ReviewRecord, field: str, writer: Writer) -> str:
    """A review's date as it counts on this basis; "" where it has none."""
    if field == "publication_date":
        return review.publication_date
    told = (each for each in review.characteristics if each.field == field and writer.scope.counts(each.state))
    return next((each.value for each in told if each.value), "")


def _years(writer: Writer, field: str) -> list[int]:
    found = (span(told) for review in writer.scope.included if (told := dated(review, field, writer)))
    return [each[0].year for each in found if each and each[0].year == each[1].year]


def _group(field: str, first: int, last: int) -> Group:
    within = (
        Condition(field=field, on_or_after=date(first, 1, 1)),
        Condition(field=field, before=date(last + 1, 1, 1)),
    )
    return Group(id=f"y{first}", label=spanned(first, last), where=within)


def lags(writer: Writer, field: str) -> list[Lag]:
    """How long each included review took, where both its dates are known."""
    reviews = writer.scope.included
    found = (lag(review.review_id, dated(review, field, writer), review.publication_date) for review in reviews)
    return [each for each in found if each is not None]


def _lags(writer: Writer, field: str) -> Iterator[Paragraph]:
    found = lags(writer, field) if field != "publication_date" else []
    middle = middle_of(found)
    if middle is not None and len(found) >= writer.options.policy.fewest_behind:
        ids = tuple(each.review for each in found)
        figure = writer.index.figure(counted(len(ids), "review"), say("trends.lag_claim"), ids)
        yield paragraph("trends.lag", reviews=figure, months=rounded_months(middle))
    yield paragraph("trends.immature")


def rounded_months(months: Fraction) -> str:
    """ "1 month", "14 months"."""
    return counted(int(rounded(months, 0)), "month")


def _trend(writer: Writer, field: FieldDefinition, groups: tuple[Group, ...], fewest: int) -> Iterator[Block]:
    definition = TableDefinition(
        id=f"trend-{field.id}",
        title=say("trends.title", field=field.label),
        unit=field.unit,
        where=field.applies,
        rows=Axis(field=field.id, zeros=False),
        columns=Axis(groups=groups),
        exclusive=not field.multiple,
    )
    table = writer.scope.tabulate(definition)
    if not tells(table):
        return
    yield Heading(field.label, 2, f"trend-{field.id}")
    yield table_block(table, f"table-trend-{field.id}", writer.index)
    if len(table.columns) < 2 or min(column.base or 0 for column in table.columns[-2:]) < fewest:
        return  # too few to say whether anything changed
    changed = tuple(_changes(writer, table))
    yield Items(changed) if changed else paragraph("trends.steady")


def _changes(writer: Writer, table: Table) -> Iterator[tuple[Inline, ...]]:
    """The rows whose share differs between the last two periods by more than chance, with the 95% interval."""
    before, after = table.columns[-2:]
    evidence = cell_evidence(table, table.title, writer.index)
    for row in table.rows:
        if any(row.cells[n].count is None for n in (-2, -1)):
            continue  # not shown
        if row.kind == "value" and (said := _change(row, before, after)):
            figures = [LiveFigure(row.cells[n].text, evidence[row.id, table.columns[n].id]) for n in (-2, -1)]
            labels = {"row": row.label, "before": before.label, "after": after.label}
            yield inline("trends.change", **labels, earlier=figures[0], later=figures[1], said=said)


def _change(row: Row, before: Column, after: Column) -> str:
    earlier, later = (row.cells[-2].count or 0, before.base or 1), (row.cells[-1].count or 0, after.base or 1)
    if not earlier[0] and not later[0]:
        return ""
    found = difference(later, earlier)
    if found.low <= 0 <= found.high:
        return ""
    low, high = sorted((abs(found.low), abs(found.high)))
    points = {"low": f"{100 * low:.1f}", "high": f"{100 * high:.1f}"}
    return say("trends.more" if found.estimate > 0 else "trends.fewer", **points)
