"""Whether two marks stand on one thing more often than chance would bring them together.

`both` of `whole` things have both marks, `first` the one and `second` the other.
"""

from __future__ import annotations

from goldthread.statistics.interval import LEVEL, Interval
from goldthread.statistics.proportions import fisher
from goldthread.statistics.rates import poisson

FEW = 5
"""Below this expected number a ratio says little (Cochran 1954, Biometrics 10:417–451)."""


def expected(first: int, second: int, whole: int) -> float:
    """How many would have both marks if the one had nothing to do with the other: `first × second / whole`.

    The estimated expected frequency of a cell under independence (Agresti 2007, An Introduction to Categorical Data
    Analysis, section 2.4).
    """
    if not (0 <= first <= whole and 0 <= second <= whole and whole):
        raise ValueError(f"{first} and {second} cannot be marks of {whole}")
    return first * second / whole


def together(both: int, first: int, second: int, whole: int, level: float = LEVEL) -> Interval:
    """The number seen with both marks over the number expected, with its interval.

    The ends are those of a Poisson count over what is expected, as for any ratio of observed to expected (Haenszel,
    Loveland & Sirken 1962, J. Natl Cancer Inst. 28:947–1001; Breslow & Day 1987, volume II, section 2.3). With the
    margins given, the count varies less than a Poisson count does, so the interval is never too narrow.
    """
    _check(both, first, second, whole)
    chance = expected(first, second, whole)
    if not chance:
        raise ValueError("a mark that nothing has cannot stand with another")
    count = poisson(both, level)
    return Interval(both / chance, count.low / chance, count.high / chance, level)


def by_chance(both: int, first: int, second: int, whole: int) -> float:
    """How likely so uneven a count is where the marks have nothing to do with each other (Fisher 1935, two-sided)."""
    _check(both, first, second, whole)
    return fisher((both, first), (second - both, whole - first)) if 0 < first < whole else 1.0


def _check(both: int, first: int, second: int, whole: int) -> None:
    if not (max(0, first + second - whole) <= both <= min(first, second) and max(first, second) <= whole):
        raise ValueError(f"{both} of {whole} cannot have both marks where {first} and {second} have one")
