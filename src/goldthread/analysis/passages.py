"""Counting coded passages by their codes: reviews and passages, never one for the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple


class Passage(NamedTuple):
    """The codes of one passage that is suggested, confirmed or rejected."""

    review_id: str
    theme: str
    subtheme: str
    direction: str
    explanation: str
    whose: str
    state: str


CODES = Passage._fields[1:]
"""What passages may be asked for by."""
LIVE = frozenset({"suggested", "confirmed"})
Wanted = Mapping[str, Collection[str]]


def totals(passages: Iterable[Passage], wanted: Wanted, reviews: Collection[str] | None = None) -> tuple[int, int]:
    """How many passages have the codes wanted, and in how many reviews; rejected ones only when asked for."""
    found = [one.review_id for one in _narrowed(passages, wanted, reviews)]
    return len(found), len(set(found))


def reviews_of(passages: Iterable[Passage], wanted: Wanted) -> frozenset[str]:
    """The reviews that have a passage with the codes wanted."""
    return frozenset(one.review_id for one in _narrowed(passages, wanted, None))


def tallies(
    passages: Sequence[Passage], wanted: Wanted, reviews: Collection[str] | None = None
) -> dict[str, dict[str, int]]:
    """How many reviews each id of each code would leave, all other codes staying as wanted."""
    whole = list(_narrowed(passages, wanted, reviews))
    found = {}
    for code in CODES:
        rest = {name: ids for name, ids in wanted.items() if name != code}
        kept = _narrowed(passages, rest, reviews) if code in wanted else whole
        found[code] = _reviews_by(kept, CODES.index(code) + 1)
    return found


def _reviews_by(passages: Iterable[Passage], column: int) -> dict[str, int]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in passages:
        found[one[column]].add(one[0])
    return {name: len(reviews) for name, reviews in found.items() if name}


def _narrowed(passages: Iterable[Passage], wanted: Wanted, reviews: Collection[str] | None) -> Iterable[Passage]:
    asked = {"state": LIVE, **wanted}
    columns = [(CODES.index(code) + 1, frozenset(ids)) for code, ids in asked.items()]
    kept = passages if reviews is None else (one for one in passages if one[0] in reviews)
    for column, ids in columns:
        kept = [one for one in kept if one[column] in ids]
    return kept
