"""An estimate between two ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """`estimate` lies between `low` and `high`; `level` is how often such an interval holds the truth (0–1)."""

    estimate: float
    low: float
    high: float
    level: float = LEVEL


def quantile(level: float) -> float:
    """The z of a two-sided interval: 1.96 for 0.95 (Fisher & Yates 1938, table I). Raises ValueError outside 0–1."""
    if not 0.0 < level < 1.0:
        raise ValueError(f"an interval has a level between 0 and 1, not {level}")
    return NormalDist().inv_cdf(0.5 + level / 2)


def root(rises: Callable[[float], float], low: float, high: float) -> float:
    """Where a function that rises from below nought to above it crosses nought, to 1e-12 of the range."""
    for _ in range(200):
        middle = (low + high) / 2
        if rises(middle) < 0:
            low = middle
        else:
            high = middle
        if high - low <= 1e-13 * max(1.0, abs(high)):
            break
    return (low + high) / 2
