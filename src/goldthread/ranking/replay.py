"""Replaying a screening that is over: in which order would its records have been shown?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goldthread.learn.rows import Rows
from goldthread.ranking.learner import Learner
from goldthread.ranking.measures import Measures, measures

_GROWTH = 0.05  # the share of the answers so far after which it is learned anew


@dataclass(frozen=True, slots=True)
class Priors:
    """The two records known beforehand, by row counted from 0; -1 where there is none of the kind."""

    relevant: int
    irrelevant: int


@dataclass(frozen=True, slots=True)
class Replay:
    """The order in which records were shown, priors left out, and what it earned.

    It ends with the last relevant record: what follows changes no measure.
    """

    priors: Priors
    order: tuple[int, ...]
    measures: Measures


def drawn(relevant: Sequence[bool], seed: int) -> Priors:
    """One relevant and one irrelevant record drawn at random.

    Drawn as ASReview's `--prior-seed` draws them, so that one seed begins both in the same place.
    """
    return Priors(
        _one([n for n, yes in enumerate(relevant) if yes], seed),
        _one([n for n, yes in enumerate(relevant) if not yes], seed),
    )


def _one(rows: Sequence[int], seed: int) -> int:
    return int(np.random.RandomState(seed).choice(np.array(rows), 1, replace=False)[0]) if rows else -1


def replay(
    rows: Rows, relevant: Sequence[bool], priors: Priors, shown: Callable[[int], None] = lambda _: None
) -> Replay:
    """Show record after record, the likeliest first, learning from each answer; ties go by row.

    Learned anew after every answer at first, and after every 5% more answers later. `shown` is told each row.
    """
    learner = Learner(rows)
    given = [row for row in (priors.relevant, priors.irrelevant) if row >= 0]
    for row in given:
        learner.told(row, relevant=relevant[row])
    open_ = np.ones(len(rows), np.bool_)
    open_[given] = False
    left = sum(relevant) - sum(relevant[row] for row in given)
    order: list[int] = []
    positions: list[int] = []
    while len(positions) < left:
        many = max(1, int(_GROWTH * (len(order) + len(given))))
        for row in _first(learner.reach(), open_, many):
            order.append(row)
            learner.told(row, relevant=relevant[row])
            open_[row] = False
            shown(row)
            if relevant[row]:
                positions.append(len(order))
                if len(positions) == left:
                    break
    return Replay(priors, tuple(order), measures(positions, len(rows) - len(given)))


def _first(reach: NDArray[np.float64], open_: NDArray[np.bool_], many: int) -> list[int]:
    """The open rows of the furthest reach, ties by row."""
    rows = np.flatnonzero(open_)
    return [int(row) for row in rows[np.argsort(-reach[rows], kind="stable")[:many]]]
