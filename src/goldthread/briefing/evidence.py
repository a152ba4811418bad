"""The evidence index as it grows: every figure that is written down is first entered here."""

from __future__ import annotations

from collections.abc import Iterable

from goldthread.analysis.table import Cell, Column, Row, Table
from goldthread.anchors import Anchor
from goldthread.briefing.blocks import EvidenceEntry, LiveFigure
from goldthread.briefing.folding import shown
from goldthread.briefing.wording import say


class EvidenceIndex:
    """Gives each claim a key (E1, E2, …) in the order in which claims are first made."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, tuple[str, ...], int], EvidenceEntry] = {}

    def cite(self, claim: str, reviews: Iterable[str], anchors: Iterable[Anchor] = ()) -> str:
        """The key of a claim; the same claim about the same evidence has one key."""
        reviews, anchors = tuple(reviews), tuple(anchors)
        identity = (claim, reviews, len(anchors))
        found = self._entries.get(identity)
        if found is not None and found.anchors == anchors:
            return found.key
        if found is not None:
            identity = (f"{claim} #{len(self._entries)}", reviews, len(anchors))
        entry = EvidenceEntry(f"E{len(self._entries) + 1}", claim, reviews, anchors)
        self._entries[identity] = entry
        return entry.key

    def figure(self, text: str, claim: str, reviews: Iterable[str], anchors: Iterable[Anchor] = ()) -> LiveFigure:
        """A number for the prose, entered under its claim."""
        return LiveFigure(text, self.cite(claim, reviews, anchors))

    @property
    def entries(self) -> tuple[EvidenceEntry, ...]:
        """Everything entered, in order."""
        return tuple(self._entries.values())


def cell_evidence(table: Table, caption: str, index: EvidenceIndex) -> dict[tuple[str, str], str]:
    """(row id, column id) → evidence key, for every counted cell, each entered as a claim in words."""
    evidence: dict[tuple[str, str], str] = {}
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            if not is_counted(cell):
                continue
            claim = cell_claim(caption, row, column, cell)
            evidence[row.id, column.id] = index.cite(claim, cell.reviews, cell.anchors)
    return evidence


def cell_claim(caption: str, row: Row, column: Column, cell: Cell) -> str:
    """What a cell claims, in words: "Outcome. Death, Children: 12 (30)"."""
    head = f", {shown(column.label)}" if column.label else ""
    return say("evidence.cell", table=caption, row=row.label, column=head, text=cell.text)


def is_counted(cell: Cell) -> bool:
    """Whether a cell shows something that was counted, as against words or nothing at all."""
    return bool(cell.text) and (cell.count is not None or bool(cell.reviews))
