"""Events in a population: how many per so many people, and how far two rates lie apart.

Events are counted over one period; the population is that of the same place and period.
"""

from __future__ import annotations

import math
from functools import lru_cache

from goldthread.statistics.interval import LEVEL, Interval, quantile, root
from goldthread.statistics.proportions import exact


def rate(events: int, population: float, per: int = 100_000, level: float = LEVEL) -> Interval:
    """Events per `per` people, with the exact interval of a Poisson count (Garwood 1936, Biometrika 28:437–442)."""
    if population <= 0:
        raise ValueError(f"a rate needs a population, not {population}")
    count = poisson(events, level)
    scale = per / population
    return Interval(events * scale, count.low * scale, count.high * scale, level)


@lru_cache(maxsize=4096)
def poisson(events: int, level: float = LEVEL) -> Interval:
    """The exact interval of a count of rare, independent events (Garwood 1936)."""
    if events < 0:
        raise ValueError(f"there cannot be {events} events")
    quantile(level)
    tail = (1 - level) / 2
    top = events + 10 * math.sqrt(events + 1) + 20
    low = 0.0 if events == 0 else root(lambda mean: 1 - _up_to(events - 1, mean) - tail, 0.0, top)
    high = root(lambda mean: tail - _up_to(events, mean), 0.0, top)
    return Interval(float(events), low, high, level)


def ratio(one: tuple[int, float], other: tuple[int, float], level: float = LEVEL) -> Interval:
    """The first rate over the second, each (events, population); exact given the sum of events.

    Of all events the first group's share is binomial; its exact interval becomes that of the ratio
    (Przyborowski & Wilenski 1940, Biometrika 31:313–323). An end may be infinite.
    """
    (events, people), (other_events, other_people) = one, other
    if events + other_events == 0 or people <= 0 or other_people <= 0:
        raise ValueError("rates without events, or without a population, cannot be compared")
    share = exact(events, events + other_events, level)
    scale = other_people / people
    low, middle, high = (
        math.inf if end >= 1.0 else end / (1 - end) * scale for end in (share.low, share.estimate, share.high)
    )
    return Interval(middle, low, high, level)


def _up_to(events: int, mean: float) -> float:
    """The chance of `events` or fewer where `mean` are to be expected (Poisson), from the nearer tail."""
    if mean <= 0:
        return 1.0
    if events < mean:
        return _tail(events, mean, -1)
    return 1.0 - _tail(events + 1, mean, 1)


def _tail(first: int, mean: float, step: int) -> float:
    """The chance of `first` and all beyond it in one direction, each term from the one before."""
    term = math.exp(first * math.log(mean) - mean - math.lgamma(first + 1)) if first >= 0 else 0.0
    total, k = 0.0, first
    while term > total * 1e-17 and k >= 0:
        total += term
        term *= mean / (k + 1) if step > 0 else k / mean
        k += step
    return total


def limits(expected: float, level: float = LEVEL) -> tuple[float, float]:
    """The events between which a place lies with chance `level` where `expected` are, as a funnel plot draws them.

    Exact Poisson limits, interpolated (Spiegelhalter 2005, Stat. Med. 24:1185–1202, appendix A.1): for each tail p
    the smallest r with F(r) ≥ p, less (F(r) - p) / f(r). They are limits of what may be seen, not an interval of what
    is true, which would draw the funnel wrongly (Seaton & Manktelow 2012, BMC Med. Res. Methodol. 12:98). No
    interpolated limits were found in print: whole ones are held against a published pair, the rest against scipy.
    """
    quantile(level)
    if expected <= 0:
        raise ValueError(f"limits need something to expect, not {expected}")
    tail = (1 - level) / 2
    return _interpolated(tail, expected), _interpolated(1 - tail, expected)


def _interpolated(chance: float, mean: float) -> float:
    low, high = -1, int(mean + 12 * math.sqrt(mean) + 30)
    while high - low > 1:
        middle = (low + high) // 2
        if _up_to(middle, mean) >= chance:
            high = middle
        else:
            low = middle
    here = math.exp(high * math.log(mean) - mean - math.lgamma(high + 1))
    return max(0.0, high - (_up_to(high, mean) - chance) / here)
