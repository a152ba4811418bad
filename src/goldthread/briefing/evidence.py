"""The evidence index as it grows: every figure that is written down is first entered here."""

from __future__ import annotations

from collections.abc import Iterable

from goldthread.analysis.table import Cell, Column, Row, Table
from goldthread.anchors import Anchor
from goldthread.briefing.blocks import EvidenceEntry, LiveFigure
from goldthread.briefing.formats.folding import shown
from goldthread.briefing.quantities import Guard
from goldthread.briefing.words.wording import say


class EvidenceIndex:
    """Gives each claim a key (E1, E2, …) in the order in which claims are first made."""

    def __init__(self, guard: Guard | None = None) -> None:
        self._guard = guard
        self._hidden: set[str] = set()
        self._public: set[str] = set()
        self._entries: dict[tuple[str, tuple[str, ...], int], EvidenceEntry] = {}

    def cite(self, claim: str, reviews: Iterable[str], anchors: Iterable[Anchor] = ()) -> str:
        """The key of a claim; the same claim about the same evidence has one key.

        Under a policy no claim lists its evidence: lists laid over one another say what numbers do not.
        """
        reviews, anchors = tuple(reviews), tuple(anchors)
        if self._guard is None:
            return self._enter(claim, reviews, anchors)
        numbers = (f"{len(set(reviews))} reviews", f"{len(set(anchors))} passages")
        key = self._enter(claim, (), ())
        if any(self._guard.hides(text, reviews, anchors) for text in numbers):
            self._hidden.add(key)
        return key

    def _enter(self, claim: str, reviews: tuple[str, ...], anchors: tuple[Anchor, ...]) -> str:
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
        """A number for the prose, entered under its claim; left out of both where it may not be shown."""
        reviews, anchors = tuple(reviews), tuple(anchors)
        if self._guard is None:
            return LiveFigure(text, self._enter(claim, reviews, anchors))
        said = self._guard.say(text, reviews, anchors)
        key = self._enter(claim.replace(text, said), (), ())
        if self._guard.hides(text, reviews, anchors):
            self._hidden.add(key)
        return LiveFigure(said, key)

    def public(self, text: str, claim: str, reviews: Iterable[str], anchors: Iterable[Anchor] = ()) -> LiveFigure:
        """A number that the list of reviews says of itself: how many, of which type, why left out. Always shown."""
        key = self._enter(claim, tuple(reviews), tuple(anchors))
        self._public.add(key)
        return LiveFigure(self._guard.rounded(text) if self._guard else text, key)

    def masked(self, table: Table) -> Table:
        """A table made by a part itself, as it may be shown."""
        return self._guard.masked(table) if self._guard else table

    @property
    def is_guarded(self) -> bool:
        """Whether a disclosure policy is in force."""
        return self._guard is not None

    @property
    def hidden(self) -> frozenset[str]:
        """Keys of the claims whose number is not shown."""
        return frozenset(self._hidden)

    @property
    def shown_to_all(self) -> frozenset[str]:
        """Keys of what the list of reviews says of itself."""
        return frozenset(self._public)

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
