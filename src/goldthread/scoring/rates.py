"""Precision, recall, F1, accuracy and coverage, each with the interval that the choice of documents leaves open.

Intervals are 95% percentile bootstrap intervals in which whole documents are drawn with replacement, because
sentences of one document resemble each other (Efron and Tibshirani, An Introduction to the Bootstrap, 1993,
chapter 13; Field and Welsh, J. R. Statist. Soc. B 69, 2007, 369–390, on resampling clusters). Where every draw gives
the same figure, as when nothing was wrong, the interval is Wilson's (J. Am. Statist. Assoc. 22, 1927, 209–212): ten
right of ten is not certainty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from goldthread.scoring.cases import Case
from goldthread.scoring.estimate import Estimate
from goldthread.statistics.proportions import score_ends

DRAWS = 1000
SEED = 20160101


@dataclass(frozen=True, slots=True)
class Counts:
    """What rates are made of, in cases.

    scored: all; agreed: what was proposed (or that nothing was) is what the gold says; given: something was
    proposed; wanted: the gold has a value; right: something was proposed and is the gold's.
    """

    scored: int
    agreed: int
    given: int
    wanted: int
    right: int


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of one target; None where there was nothing to divide by.

    accuracy = agreed ÷ scored · precision = right ÷ given · recall = right ÷ wanted ·
    f1 = 2·right ÷ (given + wanted) · coverage = given ÷ scored
    (van Rijsbergen, Information Retrieval, 2nd edition, 1979, chapter 7).
    """

    documents: int
    counts: Counts
    accuracy: Estimate | None
    precision: Estimate | None
    recall: Estimate | None
    f1: Estimate | None
    coverage: Estimate | None


def count(cases: Sequence[Case]) -> Counts:
    """The cases counted."""
    return Counts(*(int(total) for total in _rows(cases).sum(axis=0)))


def rates(cases: Sequence[Case], *, draws: int = DRAWS, seed: int = SEED) -> Rates:
    """The rates of some cases. The same cases, draws and seed give the same intervals."""
    by_document: dict[str, list[Case]] = {}
    for case in cases:
        by_document.setdefault(case.document, []).append(case)
    table = np.array([_rows(group).sum(axis=0) for group in by_document.values()], dtype=float).reshape(-1, 5)
    known, drawn = table.sum(axis=0), _drawn(table, draws, seed)
    scored, agreed, given, wanted, right = range(5)

    def estimate(top: int, *under: int) -> Estimate | None:
        below = known[list(under)].sum() / len(under)
        if not below:
            return None
        totals = drawn[:, list(under)].sum(axis=1) / len(under)
        kept = totals > 0
        return _estimate(float(known[top] / below), drawn[kept, top] / totals[kept], float(below))

    return Rates(
        documents=len(by_document),
        counts=Counts(*(int(total) for total in known)),
        accuracy=estimate(agreed, scored),
        precision=estimate(right, given),
        recall=estimate(right, wanted),
        f1=estimate(right, given, wanted),
        coverage=estimate(given, scored),
    )


def _rows(cases: Sequence[Case]) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    rows = [(1, c.given == c.wanted, c.given is not None, c.wanted is not None, c.right) for c in cases]
    return np.array(rows, dtype=np.int64).reshape(-1, 5)


def _drawn(
    table: np.ndarray[tuple[int, int], np.dtype[np.float64]], draws: int, seed: int
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Totals of `draws` samples of as many documents, drawn with replacement."""
    documents = len(table)
    if not documents:
        return np.zeros((draws, 5))
    chosen = np.random.default_rng(seed).multinomial(documents, np.full(documents, 1 / documents), size=draws)
    return np.asarray(chosen @ table)


def _estimate(value: float, sample: np.ndarray[tuple[int], np.dtype[np.float64]], n: float) -> Estimate:
    low, high = (float(edge) for edge in np.percentile(sample, (2.5, 97.5)))
    if low == high:
        low, high = score_ends(value, n)
    return Estimate(value, min(low, value), max(high, value))
