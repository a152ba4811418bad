"""Tables and charts as blocks, every cell entered in the evidence index."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from goldthread.analysis.table import Table
from goldthread.briefing.blocks import Block, FigureBlock, TableBlock
from goldthread.briefing.evidence import EvidenceIndex, cell_evidence
from goldthread.briefing.figures import charts
from goldthread.briefing.formats.folding import shown
from goldthread.briefing.numbered import chart_key, table_key
from goldthread.briefing.sections.criteria import criteria_blocks
from goldthread.briefing.sections.writer import Writer
from goldthread.briefing.words.template import Template
from goldthread.briefing.words.wording import layout, paragraph, say
from goldthread.protocol.model import FigureDefinition, Protocol, TableDefinition, TableKind

MISSING = "missing:"
"""How the id of a row or column begins that counts what is missing."""


class Place(StrEnum):
    """The part of a briefing a table is printed in."""

    SNAPSHOT = "snapshot"
    FIGURES = "figures"
    METHOD = "method"
    ALIGNMENT = "alignment"
    MATRIX = "matrix"


def place_of(table: TableDefinition, protocol: Protocol, template: Template) -> Place:
    """Where a table goes: what was registered belongs to the method, a matrix and the plan have their own parts.

    A table of one field that the snapshot of this kind of briefing shows in full is not printed again, unless a
    chart is drawn from it.
    """
    if table.kind is TableKind.MATRIX:
        return Place.MATRIX
    if table.kind is TableKind.ALIGNMENT:
        return Place.ALIGNMENT
    if table.population == "registered":
        return Place.METHOD
    charted = any(figure.table == table.id and template.prints in figure.briefings for figure in protocol.figures)
    if template.tables_in_snapshot and not charted and _in_snapshot(table, protocol):
        return Place.SNAPSHOT
    return Place.FIGURES


def _in_snapshot(table: TableDefinition, protocol: Protocol) -> bool:
    """Whether it counts one field of the snapshot and narrows it by no more than where that field applies."""
    shown_there = {field for line in layout()["snapshot"] for field in line["fields"]}
    field = protocol.field_by_id.get(table.rows.field)
    if field is None or field.id not in shown_there or table.columns.field or table.columns.groups or table.episodes:
        return False
    return {condition.field for condition in table.where} <= {condition.field for condition in field.applies}


def definitions(protocol: Protocol, template: Template, place: Place) -> tuple[TableDefinition, ...]:
    """The protocol's tables for one part of one kind of briefing, in its order, but for those a section names."""
    wanted = (t for t in protocol.tables if template.prints in t.briefings and t.id not in template.placed)
    return tuple(table for table in wanted if place_of(table, protocol, template) is place)


def printed(writer: Writer, place: Place) -> tuple[Block, ...]:
    """The tables of a part."""
    return computed(writer, definitions(writer.scope.protocol, writer.template, place))


def computed(writer: Writer, wanted: Iterable[TableDefinition]) -> tuple[Block, ...]:
    """Tables computed, each with the charts drawn from it. What was registered needs nothing included."""
    scope, index = writer.scope, writer.index
    blocks: list[Block] = []
    empty: list[str] = []
    for definition in wanted:
        if not scope.included and definition.population != "registered":
            continue
        table = scope.tabulate(definition)
        if not tells(table):
            empty.append(shown(table.title))
        elif definition.kind is TableKind.CRITERIA:
            blocks += criteria_blocks(table, table_key(definition.id), index)
        else:
            figures = _figures(scope.protocol, writer.kind, definition)
            blocks += with_charts(table, definition.id, figures, index)
    if empty:
        blocks.append(paragraph("figures.nothing", titles=empty))
    return tuple(blocks)


def tells(table: Table) -> bool:
    """Whether a table says anything: something was counted in it, or words stand in it, beside what is missing."""
    known = [n for n, column in enumerate(table.columns) if not column.id.startswith(MISSING)]
    cells = [row.cells[n] for row in table.rows for n in known]
    return any(cell.count or (cell.count is None and cell.text) for cell in cells)


def _figures(protocol: Protocol, kind: str, table: TableDefinition) -> tuple[FigureDefinition, ...]:
    return tuple(f for f in protocol.figures if f.table == table.id and f.kind != "flow" and kind in f.briefings)


def table_block(table: Table, key: str, index: EvidenceIndex, caption: str = "") -> TableBlock:
    """The table as it may be shown, with each of its counted cells bound to an entry of the evidence index."""
    table = index.masked(table)
    caption = caption or table.title
    return TableBlock(table, caption, key, cell_evidence(table, caption, index))


def note(table: Table) -> str:
    """What is printed below a table: what it counts, of what, on which basis, how narrowed."""
    return " ".join(shown(part) for part in table.notes)


def chart(table: Table, kind: str, key: str, caption: str, evidence: dict[tuple[str, str], str]) -> FigureBlock:
    """A chart of one kind (bars, apart, stacked, heatmap) of a table whose cells are entered as evidence already."""
    drawings = {"apart": charts.apart, "stacked": charts.stacked, "heatmap": charts.heatmap}
    name = say(f"figures.{kind if kind in ('stacked', 'heatmap') else 'bars'}")
    if rest := charts.left_out(table, kind):
        drawn = len(charts.drawn_rows(table, kind))
        caption = say("figures.largest", caption=caption, drawn=drawn, all=drawn + rest)
    alternative = charts.alternative(table, kind, name)
    picture = drawings.get(kind, charts.bars)(table, key)
    return FigureBlock(picture, caption, key, alternative, table=table, evidence=evidence)


def with_charts(
    table: Table, table_id: str, figures: tuple[FigureDefinition, ...], index: EvidenceIndex
) -> tuple[Block, ...]:
    """A table followed by the charts the protocol wants of it, unless there is nothing to compare."""
    block = table_block(table, table_key(table_id), index)
    if len(charts.drawn_rows(table, "bars")) < 2 or not table.columns:
        return (block,)
    drawings = (
        chart(block.table, definition.kind, chart_key(table_id, number), definition.title, block.evidence)
        for number, definition in enumerate(figures, start=1)
    )
    return (block, *drawings)
