"""The snapshot box: who and what the included reviews are about, in a handful of counted lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from goldthread.analysis.arithmetic import percent
from goldthread.analysis.table import Cell, Row, Table
from goldthread.briefing.blocks import Block, Box, Inline, Items, LiveFigure, Paragraph, Words
from goldthread.briefing.evidence import is_counted
from goldthread.briefing.scope import included_by_type, screening_evidence
from goldthread.briefing.sections.writer import Writer
from goldthread.briefing.words.phrases import counted
from goldthread.briefing.words.wording import inline, layout, paragraph, say
from goldthread.disclosure.policy import HIDDEN
from goldthread.protocol.model import Axis, FieldDefinition, Group, TableDefinition
from goldthread.values import Missing, Unit


def section(writer: Writer) -> tuple[Block, ...]:
    """The box."""
    if not writer.scope.included:
        return (Box(say("section.snapshot"), (paragraph("snapshot.empty"),)),)
    return (Box(say("section.snapshot"), (_reviews(writer), *_fields(writer))),)


def _reviews(writer: Writer) -> Items:
    scope = writer.scope
    included = scope.included
    ids = tuple(r.review_id for r in included)
    first = inline(
        "snapshot.reviews",
        included=writer.index.public(
            counted(len(ids), "review"), say("flow.included"), ids, screening_evidence(included, scope)
        ),
        registered=writer.index.public(
            f"{len(scope.registered):,}", say("flow.registered"), (r.review_id for r in scope.registered)
        ),
    )
    kinds = []
    for kind, of in included_by_type(scope).items():
        label = kind or say("snapshot.untyped")
        kinds.append(writer.index.public(f"{len(of)} {label}", f"{say('flow.included')}, {label}", of))
    return Items((first, inline("snapshot.types", types=kinds)))


def _fields(writer: Writer) -> Iterator[Block]:
    for line in layout()["snapshot"]:
        field = next((writer.scope.protocol.field_by_id.get(f) for f in line["fields"] if _has(writer, f)), None)
        if field is None:
            continue
        table = writer.scope.tabulate(_definition(field, line["title"]))
        points = _spread(writer, table, line) if line["kind"] == "spread" else _values(writer, table, line["title"])
        if points:
            yield Paragraph((Words(_title(writer, table, line["title"]), strong=True),))
            yield Items(points)


def _applies(writer: Writer, table: Table) -> int:
    """How many included reviews the field applies to; 0 where that may not be said."""
    if writer.index.is_guarded:
        return 0
    outside = sum(
        cell.count or 0 for row, cell in _counted(table, "missing") if row.id.endswith(Missing.NOT_APPLICABLE)
    )
    return (table.population or 0) - outside


def _title(writer: Writer, table: Table, title: str) -> str:
    number = _applies(writer, table)
    if number in (0, len(writer.scope.included)):
        return title
    return say("snapshot.of", title=title, number=counted(number, "review"))


def _has(writer: Writer, field: str) -> bool:
    return field in writer.scope.protocol.field_by_id


def _definition(field: FieldDefinition, title: str) -> TableDefinition:
    """One column counting reviews by the values of a field, most frequent first.

    Only reviews it is certain to apply to: a review of which nobody knows that it is about a death is no death.
    """
    return TableDefinition(
        id=f"snapshot_{field.id}",
        title=title,
        unit=Unit.REVIEW,
        where=field.applies,
        rows=Axis(field=field.id, order="count", zeros=False),
        columns=Axis(groups=(Group(id="reviews", label="Reviews"),)),
        percent_of="column",
        exclusive=False,
        show_total=False,
    )


def _counted(table: Table, kind: str) -> list[tuple[Row, Cell]]:
    return [
        (row, row.cells[0])
        for row in table.rows
        if row.kind == kind and is_counted(row.cells[0]) and row.cells[0].count
    ]


def _veiled(table: Table) -> list[Row]:
    """The values whose number is not shown."""
    return [row for row in table.rows if row.kind == "value" and row.cells[0].text == HIDDEN]


def _figure(writer: Writer, row: Row, cell: Cell, title: str, whole: int) -> LiveFigure:
    number = cell.count or 0
    share = f" ({percent(number, whole)}%)" if whole else ""
    text = f"{counted(number, 'review')}{share}"
    of = f" of {whole}" if whole else ""
    return writer.index.figure(text, f"{title}, {row.label}: {text}{of}", cell.reviews, cell.anchors)


def _values(writer: Writer, table: Table, title: str) -> tuple[tuple[Inline, ...], ...]:
    values = _counted(table, "value")
    whole = _applies(writer, table)
    lines: list[tuple[Inline, ...]] = [
        (Words(f"{row.label}: "), _figure(writer, row, cell, title, whole)) for row, cell in values
    ]
    lines += [(Words(f"{row.label}: {HIDDEN}"),) for row in _veiled(table)]
    return (*lines, *_missing(writer, table, title)) if lines else ()


def _missing(writer: Writer, table: Table, title: str) -> Iterator[tuple[Inline, ...]]:
    whole = _applies(writer, table)
    for row, cell in _counted(table, "missing"):
        if not row.id.endswith(Missing.NOT_APPLICABLE):
            yield Words(f"{row.label}: ", emphasis=True), _figure(writer, row, cell, title, whole)


def _spread(writer: Writer, table: Table, line: dict[str, Any]) -> tuple[tuple[Inline, ...], ...]:
    values, veiled = _counted(table, "value"), _veiled(table)
    if not values and not veiled:
        return ()
    reviews = tuple(dict.fromkeys(r for _, cell in values for r in cell.reviews))
    anchors = tuple(a for _, cell in values for a in cell.anchors)
    text = counted(len(values) + len(veiled), line["singular"], line["plural"])
    number = writer.index.figure(text, f"{line['title']}: {text}", reviews, anchors)
    named = [
        writer.index.figure(
            f"{row.label} ({cell.count})", f"{line['title']}, {row.label}", cell.reviews, cell.anchors
        )
        for row, cell in values
    ]
    verb = "is" if len(values) + len(veiled) == 1 else "are"
    everyone = [*named, *(f"{row.label} ({HIDDEN})" for row in veiled)]
    first = inline("snapshot.spread", number=number, verb=verb, values=everyone)
    return (first, *_missing(writer, table, line["title"]))
