"""Whether two marks stand on one thing more often than chance would bring them together.

`both` of `whole` things have both marks, `first` the one and `second` the other.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goldthread.statistics.interval import LEVEL, Interval, quantile
from goldthread.statistics.proportions import fisher

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

FEW = 5
"""Below this expected number a ratio says little (Cochran 1954, Biometrics 10:417–451)."""

_STEPS = 200
_CLOSE = 1e-11
_FARTHEST = 700.0


def expected(first: int, second: int, whole: int) -> float:
    """How many would have both marks if the one had nothing to do with the other: `first × second / whole`.

    The estimated expected frequency of a cell under independence (Agresti 2007, An Introduction to Categorical Data
    Analysis, section 2.4).
    """
    if not (0 <= first <= whole and 0 <= second <= whole and whole):
        raise ValueError(f"{first} and {second} cannot be marks of {whole}")
    return first * second / whole


def together(both: int, first: int, second: int, whole: int, level: float = LEVEL) -> Interval:
    """The number seen with both marks over the number expected by chance, with its interval.

    The ends are what the ends of the odds ratio would bring together on average, the margins as they are, over what
    chance would: exact, and at one with Fisher's test but for the two ways of summing its two sides.
    """
    _check(both, first, second, whole)
    chance = expected(first, second, whole)
    if not chance:
        raise ValueError("a mark that nothing has cannot stand with another")
    found = _Counts.of(first, second, whole)
    low, high = (found.average(end) / chance for end in _log_odds_ends(found, both, level))
    return Interval(both / chance, low, high, level)


def odds_ends(both: int, first: int, second: int, whole: int, level: float = LEVEL) -> tuple[float, float]:
    """The exact ends of the odds ratio of a table of four cells, its margins as they are.

    Cornfield 1956, A statistical problem arising from retrospective studies, Proc. Third Berkeley Symp.
    4:135–148: the odds under which so many, or so few, with both marks have the chance (1 - level) / 2. An end may
    be infinite.
    """
    _check(both, first, second, whole)
    low, high = _log_odds_ends(_Counts.of(first, second, whole), both, level)
    return math.exp(low), math.exp(high)


def by_chance(both: int, first: int, second: int, whole: int) -> float:
    """How likely so uneven a count is where the marks have nothing to do with each other (Fisher 1935, two-sided)."""
    _check(both, first, second, whole)
    return fisher((both, first), (second - both, whole - first)) if 0 < first < whole else 1.0


@dataclass(frozen=True, slots=True)
class _Counts:
    """The numbers that may have both marks, and the logarithm of the ways to each over those to the first."""

    numbers: Floats
    ways: Floats

    @classmethod
    def of(cls, first: int, second: int, whole: int) -> _Counts:
        numbers = np.arange(max(0, first + second - whole), min(first, second) + 1, dtype=float)
        n = numbers[:-1]
        steps = np.log((first - n) * (second - n)) - np.log((n + 1) * (whole - first - second + n + 1))
        return cls(numbers, np.concatenate(([0.0], np.cumsum(steps))))

    def chances(self, log_odds: float) -> Floats:
        """The chance of each number under these odds (Fisher's noncentral hypergeometric distribution)."""
        if math.isinf(log_odds):
            end = self.numbers.min() if log_odds < 0 else self.numbers.max()
            return np.asarray(self.numbers == end, dtype=float)
        weights = self.ways + log_odds * self.numbers
        chances: Floats = np.exp(weights - weights.max())
        chances /= chances.sum()
        return chances

    def average(self, log_odds: float) -> float:
        """How many would have both marks on average under these odds."""
        return float(self.chances(log_odds) @ self.numbers)

    def where(self, inside: Bools, chance: float) -> float:
        """The log odds under which the upper numbers `inside` have this chance, by Newton's steps on its logit."""
        wanted, log_odds, low, high = math.log(chance / (1 - chance)), 0.0, -_FARTHEST, _FARTHEST
        for _ in range(_STEPS):
            gap, slope = self._logit(inside, log_odds)
            gap -= wanted
            if abs(gap) < _CLOSE:
                break
            low, high = (low, log_odds) if gap > 0 else (log_odds, high)
            step = log_odds - gap / slope if slope else math.nan
            log_odds = step if low < step < high else (low + high) / 2
        return log_odds

    def _logit(self, inside: Bools, log_odds: float) -> tuple[float, float]:
        """The logit of the chance of the numbers `inside`, and how steeply it rises; infinite and level far out."""
        chances = self.chances(log_odds)
        within, without = float(chances[inside].sum()), float(chances[~inside].sum())
        if not within or not without:
            return (math.inf if within else -math.inf), 0.0
        means = chances[inside] @ self.numbers[inside] / within, chances[~inside] @ self.numbers[~inside] / without
        return math.log(within / without), float(means[0] - means[1])


def _log_odds_ends(found: _Counts, both: int, level: float) -> tuple[float, float]:
    quantile(level)
    tail = (1 - level) / 2
    least, most = found.numbers.min(), found.numbers.max()
    low = -math.inf if both == least else found.where(found.numbers >= both, tail)
    high = math.inf if both == most else found.where(found.numbers > both, 1 - tail)
    return low, high


def _check(both: int, first: int, second: int, whole: int) -> None:
    if not (max(0, first + second - whole) <= both <= min(first, second) and max(first, second) <= whole):
        raise ValueError(f"{both} of {whole} cannot have both marks where {first} and {second} have one")
