"""Whether a stated confidence can be taken at its word, and what is lost by asking for more of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goldthread.scoring.cases import Case

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The proposals whose confidence lies between `low` and `high`: how many, how sure, how many right."""

    low: float
    high: float
    n: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How stated confidence and being right go together, over proposals that were made; None of none.

    brier: mean of (confidence − right)², 0 is best (Brier, Monthly Weather Review 78, 1950, 1–3). expected_error:
    mean over bins, weighted by n, of |mean confidence − share right| (Naeini, Cooper and Hauskrecht, AAAI 2015).
    """

    n: int
    brier: float | None
    expected_error: float | None
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What is left when only proposals at least as sure as `threshold` are kept."""

    threshold: float
    given: int
    precision: float
    recall: float | None
    coverage: float


def calibration(cases: Sequence[Case]) -> Calibration:
    """The reliability of the confidence of what was proposed, in ten equal bins; empty bins are left out."""
    made = [(case.confidence, case.right) for case in cases if case.given is not None]
    if not made:
        return Calibration(0, None, None, ())
    groups: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in made:
        groups.setdefault(min(BINS - 1, int(confidence * BINS)), []).append((confidence, right))
    bins = tuple(
        Bin(
            low=number / BINS,
            high=(number + 1) / BINS,
            n=len(group),
            confidence=sum(confidence for confidence, _ in group) / len(group),
            right=sum(right for _, right in group) / len(group),
        )
        for number, group in sorted(groups.items())
    )
    return Calibration(
        n=len(made),
        brier=sum((confidence - right) ** 2 for confidence, right in made) / len(made),
        expected_error=sum(each.n * abs(each.confidence - each.right) for each in bins) / len(made),
        bins=bins,
    )


def sweep(cases: Sequence[Case]) -> tuple[Step, ...]:
    """Precision, recall and coverage at every confidence there is, lowest first: the precision–coverage curve."""
    wanted = sum(case.wanted is not None for case in cases)
    made = sorted((case for case in cases if case.given is not None), key=lambda case: -case.confidence)
    steps, right = [], 0
    for number, case in enumerate(made, 1):
        right += case.right
        if number == len(made) or made[number].confidence < case.confidence:
            recall = right / wanted if wanted else None
            steps.append(Step(case.confidence, number, right / number, recall, number / len(cases)))
    return tuple(reversed(steps))
