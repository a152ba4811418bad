"""Tables and charts as blocks, every cell entered in the evidence index."""

from __future__ import annotations

from goldthread.analysis.table import Cell, Table
from goldthread.briefing import charts
from goldthread.briefing.blocks import Block, FigureBlock, TableBlock
from goldthread.briefing.evidence import EvidenceIndex
from goldthread.briefing.folding import shown
from goldthread.briefing.wording import say
from goldthread.protocol.model import FigureDefinition


def table_block(table: Table, key: str, index: EvidenceIndex, caption: str = "") -> TableBlock:
    """The table with each of its counted cells bound to an entry of the evidence index."""
    caption = caption or table.title
    return TableBlock(table, caption, key, cell_evidence(table, caption, index))


def cell_evidence(table: Table, caption: str, index: EvidenceIndex) -> dict[tuple[str, str], str]:
    """(row id, column id) → evidence key, for every counted cell, each entered as a claim in words."""
    evidence: dict[tuple[str, str], str] = {}
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            if not is_counted(cell):
                continue
            head = f", {shown(column.label)}" if column.label else ""
            claim = say("evidence.cell", table=caption, row=row.label, column=head, text=cell.text)
            evidence[row.id, column.id] = index.cite(claim, cell.reviews, cell.anchors)
    return evidence


def is_counted(cell: Cell) -> bool:
    """Whether a cell shows something that was counted, as against words or nothing at all."""
    return bool(cell.text) and (cell.count is not None or bool(cell.reviews))


def note(table: Table) -> str:
    """What is printed below a table: what it counts, of what, on which basis, how narrowed."""
    return " ".join(shown(part) for part in table.notes)


def chart(table: Table, kind: str, key: str, caption: str, evidence: dict[tuple[str, str], str]) -> FigureBlock:
    """A chart of one kind (bars, stacked, heatmap) of a table whose cells are entered as evidence already."""
    draw = {"stacked": charts.stacked, "heatmap": charts.heatmap}.get(kind, charts.bars)
    name = say(f"figures.{kind if kind in ('stacked', 'heatmap') else 'bars'}")
    alternative = charts.alternative(table, kind, name)
    return FigureBlock(draw(table, key), caption, key, alternative, table=table, evidence=evidence)


def with_charts(
    table: Table, key: str, figures: tuple[FigureDefinition, ...], index: EvidenceIndex
) -> tuple[Block, ...]:
    """A table followed by the charts the protocol wants of it, unless there is nothing to draw."""
    block = table_block(table, key, index)
    if not any(row.kind != "total" for row in table.rows) or not table.columns:
        return (block,)
    drawings = (
        chart(table, definition.kind, f"{key}-figure-{number}", definition.title, block.evidence)
        for number, definition in enumerate(figures, start=1)
    )
    return (block, *drawings)
