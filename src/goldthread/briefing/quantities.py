"""Numbers of a briefing as what they are, the sizes of sets; and how one is said that may not be shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from goldthread.analysis.arithmetic import percent
from goldthread.analysis.table import Cell, Table
from goldthread.anchors import Anchor
from goldthread.disclosure.grid import Place
from goldthread.disclosure.policy import HIDDEN, Policy, near
from goldthread.disclosure.system import Key
from goldthread.values import Unit

_NUMBER = r"\d[\d,]*"
_SHARE = re.compile(rf"^({_NUMBER}) of ({_NUMBER})(.*?)(?: \([\d.<]+%\))?$")
_FIRST = re.compile(rf"^({_NUMBER})(?=\D|$)")
_LAST = re.compile(rf"\(({_NUMBER})\)$")
_REVIEWS = re.compile(r"\breviews?\b")
_PASSAGES = re.compile(r"\b(?:passage|recommendation|episode)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that is the size of a set of reviews or passages; `whole` is what it is printed as a part of."""

    key: Key
    unit: str
    members: frozenset[object]
    number: int
    whole: int | None


def quantity(
    text: str, reviews: Sequence[str], anchors: Sequence[Anchor], count: int | None = None
) -> Quantity | None:
    """What a printed number counts; None where it is no size of a set (a number of documents, of forces, nought)."""
    number, whole = (count, None) if count is not None else _said(text)
    if not number:
        return None
    sets: dict[str, frozenset[object]] = {"review": frozenset(reviews), "passage": frozenset(anchors)}
    for unit in _units(text):
        if len(sets[unit]) == number:
            return Quantity((unit, sets[unit]), unit, sets[unit], number, whole)
    return None


def cell_key(table: Table, place: Place, cell: Cell) -> Key:
    """A cell's number by the set it counts, so that the same set has the same key everywhere; else by its place."""
    sets: dict[Unit, tuple[str, frozenset[object]]] = {
        Unit.REVIEW: ("review", frozenset(cell.reviews)),
        Unit.EPISODE: ("passage", frozenset(cell.anchors)),
        Unit.RECOMMENDATION: ("passage", frozenset(cell.anchors)),
    }
    key = sets.get(table.unit)
    return key if key and cell.count and len(key[1]) == cell.count else (table.id, *place)


def _units(text: str) -> tuple[str, ...]:
    if _PASSAGES.search(text):
        return ("passage",)
    return ("review",) if _REVIEWS.search(text) else ("review", "passage")


def _said(text: str) -> tuple[int, int | None]:
    share = _SHARE.match(text)
    if share:
        return _int(share[1]), _int(share[2])
    found = _FIRST.match(text) or _LAST.search(text)
    return (_int(found[1]), None) if found else (0, None)


def _int(text: str) -> int:
    return int(text.replace(",", ""))


@dataclass(frozen=True)
class Guard:
    """What may be said: the policy, and the numbers it hides."""

    policy: Policy
    hidden: frozenset[Key]

    def hides(self, text: str, reviews: Sequence[str], anchors: Sequence[Anchor], count: int | None = None) -> bool:
        """Whether a number is hidden. One below the policy's smallest always is, whatever it counts."""
        found = quantity(text, reviews, anchors, count)
        return found is not None and (found.key in self.hidden or found.number < self.policy.fewest)

    def say(self, text: str, reviews: Sequence[str], anchors: Sequence[Anchor]) -> str:
        """A number as it may be printed: hidden, or rounded."""
        if self.hides(text, reviews, anchors):
            return masked(text)
        return self.rounded(text) if quantity(text, reviews, anchors) else text

    def rounded(self, text: str) -> str:
        """A printed number rounded as the policy says, with a share worked out from the rounded numbers."""
        if self.policy.nearest == 1:
            return text
        if share := _SHARE.match(text):
            part, whole = near(_int(share[1]), self.policy.nearest), near(_int(share[2]), self.policy.nearest)
            rest = f" ({percent(part, whole)}%)" if whole and text.endswith("%)") else ""
            return f"{part:,} of {whole:,}{share[3]}{rest}"
        text = re.sub(r" \([\d.<]+%\)$", "", text)
        pattern = _FIRST if _FIRST.match(text) else _LAST
        return pattern.sub(lambda n: n[0].replace(n[1], f"{near(_int(n[1]), self.policy.nearest):,}"), text, count=1)

    def masked(self, table: Table) -> Table:
        """A table in which hidden numbers are not shown."""
        rows = tuple(replace(row, cells=tuple(map(self._cell, row.cells))) for row in table.rows)
        return table if rows == table.rows else replace(table, rows=rows)

    def _cell(self, cell: Cell) -> Cell:
        if cell.text != HIDDEN and self.hides(cell.text, cell.reviews, cell.anchors, cell.count):
            return Cell(HIDDEN)
        return cell


def masked(text: str) -> str:
    """A printed number left out: "12 of 40 reviews (30%)" is "c of 40 reviews", "1 passage" is "c passages"."""
    if share := _SHARE.match(text):
        return f"{HIDDEN} of {share[2]}{share[3]}"
    if _FIRST.match(text):
        hidden = _FIRST.sub(HIDDEN, re.sub(r" \([\d.<]+%\)$", "", text), count=1)
        return re.sub(r"\b(review|passage|recommendation|episode)$", r"\1s", hidden)
    return _LAST.sub(f"({HIDDEN})", text)
