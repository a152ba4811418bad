"""Recommendations that ask for the same again, in other reviews and later years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from goldthread.learn.rows import Ints, Rows
from goldthread.learn.stems import stem, words
from goldthread.learn.words import Words

ALIKE = 0.6
_FEWEST_WORDS = 5
_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Asked:
    """One recommendation as it was made: its review, when (an ISO date as precise as known, or ""), its words."""

    recommendation_id: str
    review_id: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class Repeated:
    """One request and all that ask for nearly the same, in at least two reviews; the earliest stands first."""

    asked: tuple[Asked, ...]

    @property
    def reviews(self) -> tuple[str, ...]:
        """The reviews that made it, each once."""
        return tuple(dict.fromkeys(one.review_id for one in self.asked))

    @property
    def years(self) -> tuple[str, ...]:
        """The years it was made in, in order, where known."""
        return tuple(sorted({one.date[:4] for one in self.asked if one.date}))


def repeated(asked: Sequence[Asked], alike: float = ALIKE) -> tuple[Repeated, ...]:
    """The requests made in more than one review, those made in most reviews first.

    Two recommendations ask for the same where the cosine of their stems, each weighed by how rare it is among them
    (Salton & Buckley 1988, Inf. Process. Manag. 24:513–523), is at least `alike`. The one with most likenesses takes
    them, then the next of what is left: every member is like the first found, so a group never drifts. Texts of
    fewer than five different stems are left out, since so few say too little to compare.
    """
    told = {text: _stems(text) for text in {one.text for one in asked}}
    wordings: dict[tuple[str, ...], list[Asked]] = {}
    for one in asked:
        if len(set(told[one.text])) >= _FEWEST_WORDS:
            wordings.setdefault(told[one.text], []).append(one)
    same = list(wordings.values())
    if sum(map(len, same)) < 2:
        return ()
    known = Words.learned([told[one.text] for each in same for one in each], least=1, most=1.0)
    near = _near(known.rows(list(wordings)), alike)
    many = [sum(len(same[m]) for m in one) for one in near]
    first = [min(one.recommendation_id for one in each) for each in same]
    groups, taken = [], set[int]()
    for n in sorted(range(len(same)), key=lambda n: (-many[n], first[n])):
        if n in taken:
            continue
        members = [m for m in near[n].tolist() if m not in taken]
        taken.update(members)
        alike_ones = (one for m in members for one in same[m])
        groups.append(
            Repeated(tuple(sorted(alike_ones, key=lambda one: (one.date or "9999", one.recommendation_id))))
        )
    found = [(len(one.reviews), one) for one in groups]
    found.sort(key=lambda pair: (-pair[0], -len(pair[1].asked), pair[1].asked[0].recommendation_id))
    return tuple(one for reviews, one in found if reviews > 1)


def _stems(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in words(text) if len(word) > 1 and not word[0].isdigit())


def _near(rows: Rows, alike: float) -> list[Ints]:
    """For each row the rows at least so like it, itself among them."""
    found: list[Ints] = []
    for first in range(0, len(rows), _AT_ONCE):
        some = rows.pick(np.arange(first, min(first + _AT_ONCE, len(rows))))
        full = np.zeros((rows.width, len(some)))
        full[some.columns, some.places] = some.values
        found += [np.flatnonzero(row >= alike - 1e-9) for row in rows.times_matrix(full).T]
    return found
