"""Reviews to choose for a briefing: the cases it tells, and publications it quotes beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from goldthread.analysis.catalogue import Listed
from goldthread.screening.model import ScreeningState
from goldthread.values import Basis
from goldthread.web.question import Question

MOST_LISTED = 12
"""So many are offered at once beside those chosen."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Reviews to tick: those chosen, in that order; some of the others that hold the words; how many more do.

    `lost` are ids chosen before that cannot be chosen now.
    """

    chosen: tuple[Listed, ...]
    offered: tuple[Listed, ...]
    more: int
    lost: tuple[str, ...]
    words: str


def cases(listed: Iterable[Listed], asked: Question, words: str) -> Choices:
    """Included reviews, those with most passages on practice first."""
    found = [one for one in _of_rounds(listed, asked) if _is_included(one, asked.basis)]
    return _choices(sorted(found, key=lambda one: -one.episodes), asked.reviews, words)


def publications(listed: Iterable[Listed], asked: Question, words: str) -> Choices:
    """What is registered and not counted as an included review."""
    found = [one for one in _of_rounds(listed, asked) if not _is_included(one, asked.basis)]
    return _choices(found, asked.context, words)


def _of_rounds(listed: Iterable[Listed], asked: Question) -> Iterator[Listed]:
    return (one for one in listed if not asked.rounds or one.round in asked.rounds)


def _is_included(one: Listed, basis: Basis) -> bool:
    decision = one.decided if basis is Basis.CONFIRMED else one.decision
    return decision is not None and decision.decision is ScreeningState.INCLUDED


def _choices(found: list[Listed], ids: tuple[str, ...], words: str) -> Choices:
    known = {one.review_id: one for one in found}
    asked = words.lower().split()
    chosen = tuple(dict.fromkeys(one for one in ids if one in known))
    rest = [one for one in found if one.review_id not in chosen and _holds(one, asked)]
    return Choices(
        tuple(known[one] for one in chosen),
        tuple(rest[:MOST_LISTED]),
        max(0, len(rest) - MOST_LISTED),
        tuple(one for one in dict.fromkeys(ids) if one not in known),
        words,
    )


def _holds(one: Listed, words: list[str]) -> bool:
    told = f"{one.citation} {one.title} {one.review_id}".lower()
    return all(word in told for word in words)
