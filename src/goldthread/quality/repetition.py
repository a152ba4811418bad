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
    told = [[stem(word) for word in words(one.text) if len(word) > 1 and not word[0].isdigit()] for one in asked]
    kept = [n for n, one in enumerate(told) if len(set(one)) >= _FEWEST_WORDS]
    if len(kept) < 2:
        return ()
    stems = [told[n] for n in kept]
    rows = Words.learned(stems, least=1, most=1.0).rows(stems)
    near = _near(rows, alike)
    groups, taken = [], set[int]()
    for n in sorted(range(len(kept)), key=lambda n: (-len(near[n]), asked[kept[n]].recommendation_id)):
        if n in taken:
            continue
        members = [m for m in near[n].tolist() if m not in taken]
        taken.update(members)
        group = sorted((asked[kept[m]] for m in members), key=lambda one: (one.date or "9999", one.recommendation_id))
        groups.append(Repeated(tuple(group)))
    found = [one for one in groups if len(one.reviews) > 1]
    return tuple(sorted(found, key=lambda one: (-len(one.reviews), -len(one.asked), one.asked[0].recommendation_id)))


def _near(rows: Rows, alike: float) -> list[Ints]:
    """For each row the rows at least so like it, itself among them."""
    found: list[Ints] = []
    for first in range(0, len(rows), _AT_ONCE):
        some = rows.pick(np.arange(first, min(first + _AT_ONCE, len(rows))))
        full = np.zeros((rows.width, len(some)))
        full[some.columns, some.places] = some.values
        found += [np.flatnonzero(row >= alike - 1e-9) for row in rows.times_matrix(full).T]
    return found
