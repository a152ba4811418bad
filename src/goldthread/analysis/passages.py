"""Counting coded passages by their codes: reviews and passages, never one for the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from goldthread.values import Basis, State


class Passage(NamedTuple):
    """The codes of one passage that is suggested, confirmed or rejected; of some it may have several."""

    review_id: str
    theme: str
    subtheme: str
    direction: str
    explanation: str
    whose: str
    state: str
    agency: Sequence[str] = ()
    episode_vulnerability: Sequence[str] = ()


CODES = Passage._fields[1:]
"""What passages may be asked for by."""
SEVERAL = frozenset({"agency", "episode_vulnerability"})
"""Codes of which one passage may have several."""
LIVE = frozenset({"suggested", "confirmed"})
Wanted = Mapping[str, Collection[str]]


def totals(passages: Iterable[Passage], wanted: Wanted, reviews: Collection[str] | None = None) -> tuple[int, int]:
    """How many passages have the codes wanted, and in how many reviews; rejected ones only when asked for."""
    return _size(one.review_id for one in _narrowed(passages, wanted, reviews))


def counted(
    passages: Iterable[Passage],
    wanted: Wanted,
    reviews: Collection[str] | None,
    included: Mapping[Basis, Collection[str]],
) -> dict[Basis, tuple[int, int]]:
    """How many passages with the codes wanted count on each basis, and in how many reviews.

    A passage counts where its review is included on that basis, and somebody confirmed it or the basis is a draft.
    """
    found = [one for one in _narrowed(passages, wanted, reviews) if one.state in LIVE]
    return {
        basis: _size(
            one.review_id
            for one in found
            if one.review_id in inside and (basis is Basis.DRAFT or one.state == State.CONFIRMED.value)
        )
        for basis, inside in included.items()
    }


def _size(review_ids: Iterable[str]) -> tuple[int, int]:
    found = list(review_ids)
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
        found[code] = _reviews_by(kept, code)
    return found


def _reviews_by(passages: Iterable[Passage], code: str) -> dict[str, int]:
    column = CODES.index(code) + 1
    if code in SEVERAL:
        pairs = {(value, one[0]) for one in passages for value in one[column]}
    else:
        pairs = {(str(one[column]), one[0]) for one in passages}
    return dict(Counter(value for value, _ in pairs if value))


def _narrowed(passages: Iterable[Passage], wanted: Wanted, reviews: Collection[str] | None) -> Iterable[Passage]:
    asked = {"state": LIVE, **wanted}
    columns = [(CODES.index(code) + 1, code in SEVERAL, frozenset(ids)) for code, ids in asked.items()]
    kept = passages if reviews is None else (one for one in passages if one[0] in reviews)
    for column, several, ids in columns:
        if several:
            kept = [one for one in kept if not ids.isdisjoint(one[column])]
        else:
            kept = [one for one in kept if one[column] in ids]
    return kept
