"""Learning from people's answers which of many texts are relevant, one answer after another.

A margin machine over words and pairs of words, and two rules that hold where relevant texts are few. Some unread
texts, drawn at random, are presumed irrelevant: nearly all are, and they show from the first answer on what the
common run of texts looks like (Cormack & Grossman 2015, "Autonomy and reliability of continuous active learning for
technology-assisted review"). And all irrelevant ones together weigh a small share of the relevant ones, however many
they become.
"""

from __future__ import annotations

import numpy as np

from goldthread.learn.margin import shares
from goldthread.learn.rows import Floats, Ints, Rows
from goldthread.ranking.products import Products

STRENGTH = 0.1
OUTWEIGH = 30.0
"""How many times the irrelevant ones together are outweighed by the relevant ones."""
PRESUMED = 100
"""How many unread texts are presumed irrelevant."""


class Learner:
    """What the answers given so far say of every row. Rows are known by their number.

    The same answers give the same numbers, whatever was asked in between, but for the `tolerance` to which they
    are learned. Not to be shared between threads.
    """

    def __init__(self, rows: Rows, tolerance: float = 1e-3) -> None:
        self._rows = rows
        self._places = rows.places
        self._tolerance = tolerance
        self._products = Products(rows)
        self._lot = iter(np.random.default_rng(0).permutation(len(rows)).tolist())
        self._answers: dict[int, bool] = {}
        self._seen: dict[int, None] = {}
        self._between = np.zeros((0, 0))
        self._shares = np.zeros(0)

    def told(self, row: int, *, relevant: bool) -> None:
        """One answer more."""
        self._answers[row] = relevant
        self._seen[row] = None

    def reach(self) -> Floats:
        """How far each row lies on the side of the relevant ones; 0 for all while none is known to be."""
        if not any(self._answers.values()):
            return np.zeros(len(self._rows))
        self._presume()
        seen = np.array(list(self._seen), np.int64)
        relevant = np.array([self._answers.get(row, False) for row in self._seen], np.bool_)
        self._between = self._grown(seen)
        start = np.concatenate((self._shares, np.zeros(len(seen) - len(self._shares))))
        self._shares = shares(self._between, np.where(relevant, 1.0, -1.0), costs(relevant), start, self._tolerance)
        weights = self._rows.pick(seen).gathered(self._shares)
        each = self._rows.values * weights[self._rows.columns]
        return np.asarray(np.bincount(self._places, each, len(self._rows)) + self._shares.sum(), np.float64)

    def _presume(self) -> None:
        """See as many rows without an answer as are to be presumed irrelevant, while there are any."""
        wanted = PRESUMED - (len(self._seen) - len(self._answers))
        while wanted > 0:
            row = next((row for row in self._lot if row not in self._seen), None)
            if row is None:
                break
            self._seen[row] = None
            wanted -= 1

    def _grown(self, seen: Ints) -> Floats:
        """Every row seen times every other, what was known kept."""
        known = len(self._between)
        if known == len(seen):
            return self._between
        grown = np.empty((len(seen), len(seen)))
        grown[:known, :known] = self._between
        fresh = self._products.between(seen[known:], seen)
        grown[known:] = fresh
        grown[:, known:] = fresh.T
        np.fill_diagonal(grown, 1.0)
        return grown


def costs(relevant: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Floats:
    """What a row on the wrong side costs: `STRENGTH` on average, irrelevant ones outweighed `OUTWEIGH` times."""
    found, rest = int(relevant.sum()), int((~relevant).sum())
    worth = np.where(relevant, 1.0, found / (OUTWEIGH * rest) if rest else 1.0)
    return np.asarray(STRENGTH * worth * len(relevant) / worth.sum())
