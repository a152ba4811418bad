"""What goes on paper. HTML holds everything; PDF and Word are kept to a size that can be read and printed.

The bounds are data (`[print]` of templates/layout.toml) and the appendix on method states them.
"""

from __future__ import annotations

from dataclasses import replace

from goldthread.analysis.table import Row, Table
from goldthread.briefing.blocks import Block, Box, Briefing, Items, Paragraph, Quote, TableBlock, Words
from goldthread.briefing.words.phrases import counted, shortened
from goldthread.briefing.words.wording import layout, say


def bound(name: str) -> int:
    """One of the bounds of the layout: `reviews`, `lines`, `pages`, `file_name`, `label`."""
    number: int = layout()["print"][name]
    return number


def on_paper(briefing: Briefing) -> Briefing:
    """The briefing as PDF and Word print it: its words and figures are the same, long lists are pointed to.

    Table and figure numbers, headings and the keys of evidence entries are those of the whole briefing.
    """
    return replace(briefing, blocks=_all(briefing.blocks))


def a_row_a_review(table: Table) -> bool:
    """Whether each row is one review, as in a matrix: its cells count that review or nothing."""
    pairs = [(row, cell) for row in _values(table) for cell in row.cells if cell.reviews]
    return bool(pairs) and all(cell.reviews == (row.id,) for row, cell in pairs)


def _all(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return tuple(_block(block) for block in blocks)


def _block(block: Block) -> Block:
    match block:
        case Quote():
            return replace(block, file_name=shortened(block.file_name, bound("file_name")))
        case Items() if len(block.items) > bound("lines"):
            return Paragraph((Words(say("paper.items", number=f"{len(block.items):,}")),))
        case TableBlock() if a_row_a_review(block.table):
            return _matrix(block)
        case Box():
            return replace(block, blocks=_all(block.blocks))
        case _:
            return block


def _matrix(block: TableBlock) -> TableBlock:
    """A table with a row a review: its labels are short, its dots lead nowhere, and too many rows are left out.

    A dot says by itself which review and which column it is about; only the totals need an entry.
    """
    table = block.table
    rows = _values(table)
    names = {row.id for row in rows}
    kept: tuple[Row, ...] = table.rows
    key = "paper.dots"
    if len(rows) > bound("lines"):
        kept, key = tuple(row for row in table.rows if row.kind != "value"), "paper.rows"
    note = say(key, rows=counted(len(rows), "row"))
    return replace(
        block,
        table=replace(table, rows=tuple(_short(row) for row in kept), notes=(*table.notes, note)),
        evidence={cell: key for cell, key in block.evidence.items() if cell[0] not in names},
    )


def _short(row: Row) -> Row:
    return replace(row, label=shortened(row.label, bound("label"), ending=0))


def _values(table: Table) -> list[Row]:
    return [row for row in table.rows if row.kind == "value"]
