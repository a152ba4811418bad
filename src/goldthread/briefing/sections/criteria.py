"""The screening criteria as sentences: what each asks of which kind of review, then how many were met with.

As a table the same words stand in every row and columns are too narrow to read; the words here are that table's.
"""

from __future__ import annotations

import re
from dataclasses import replace

from goldthread.analysis.table import Row, Table
from goldthread.briefing.blocks import Block, Inline, Items, TableBlock, Words
from goldthread.briefing.evidence import EvidenceIndex, cell_evidence
from goldthread.briefing.words.phrases import day, listed
from goldthread.briefing.words.wording import paragraph, say

_ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def criteria_blocks(table: Table, key: str, index: EvidenceIndex) -> tuple[Block, ...]:
    """The criteria in order, then the table with its counted columns alone."""
    worded = [n for n, _ in enumerate(table.columns) if all(row.cells[n].count is None for row in table.rows)]
    lines = tuple(_criterion(table, place) for place in worded)
    counts = _without(table, worded)
    block = TableBlock(counts, table.title, key, cell_evidence(counts, table.title, index))
    return (paragraph("method.criteria"), Items(lines, ordered=True), block) if lines and table.rows else (block,)


def _criterion(table: Table, place: int) -> tuple[Inline, ...]:
    """ "Is the review recent enough? Safeguarding Adult Review: …; Serious Case Review and …: …"."""
    asked: dict[str, list[str]] = {}
    for row in table.rows:
        asked.setdefault(_ISO.sub(lambda date: day(date[0]), row.cells[place].text), []).append(row.label)
    said = [
        text if len(asked) == 1 else say("method.criterion_of", kinds=listed(kinds), text=text)
        for text, kinds in asked.items()
    ]
    return Words(f"{table.columns[place].label} ", strong=True), Words(". ".join(said) + ".")


def _without(table: Table, places: list[int]) -> Table:
    kept = [n for n, _ in enumerate(table.columns) if n not in places]
    rows = tuple(Row(row.id, row.label, row.kind, tuple(row.cells[n] for n in kept)) for row in table.rows)
    return replace(table, columns=tuple(table.columns[n] for n in kept), rows=rows)
