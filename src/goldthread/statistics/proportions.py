"""Shares of a whole, the difference of two of them, and whether a table of four cells shows more than chance.

Counts are of independent units. A share of nothing has no interval: ValueError.
"""

from __future__ import annotations

import math

from goldthread.statistics.interval import LEVEL, Interval, quantile, root

_COUNTED_EXACTLY = 200
"""Up to so many units the ways to draw them are whole numbers; beyond, logarithms are as good and far quicker."""


_NOTHING = 1e-30


def wilson(count: int, whole: int, level: float = LEVEL) -> Interval:
    """The score interval of a proportion (Wilson 1927, J. Am. Stat. Assoc. 22:209–212).

    `(2np + z² ± z √(z² + 4npq)) / 2(n + z²)`; it never leaves 0–1 and holds for small counts (method 3 of
    Newcombe 1998, Stat. Med. 17:857–872).
    """
    _check(count, whole)
    share = count / whole
    low, high = score_ends(share, whole, level)
    return Interval(share, 0.0 if count == 0 else low, 1.0 if count == whole else high, level)


def score_ends(share: float, whole: float, level: float = LEVEL) -> tuple[float, float]:
    """The two ends of the score interval (Wilson 1927) of a share; `whole` need not be a whole number (as for F1)."""
    z = quantile(level)
    middle = 2 * whole * share + z * z
    reach = z * math.sqrt(z * z + 4 * whole * share * (1 - share))
    below = 2 * (whole + z * z)
    return max(0.0, (middle - reach) / below), min(1.0, (middle + reach) / below)


def exact(count: int, whole: int, level: float = LEVEL) -> Interval:
    """The exact interval of a proportion, never too narrow (Clopper & Pearson 1934, Biometrika 26:404–413;
    method 5 of Newcombe 1998).
    """
    _check(count, whole)
    quantile(level)
    tail = (1 - level) / 2
    low = 0.0 if count == 0 else root(lambda p: at_least(count, whole, p) - tail, 0.0, 1.0)
    high = 1.0 if count == whole else root(lambda p: tail - at_most(count, whole, p), 0.0, 1.0)
    return Interval(count / whole, low, high, level)


def at_least(count: int, whole: int, share: float) -> float:
    """The chance of `count` or more of `whole` where each has the chance `share` (binomial, Bernoulli 1713)."""
    return math.fsum(_binomial(k, whole, share) for k in range(count, whole + 1))


def at_most(count: int, whole: int, share: float) -> float:
    """The chance of `count` or fewer of `whole` where each has the chance `share` (binomial, Bernoulli 1713)."""
    return math.fsum(_binomial(k, whole, share) for k in range(count + 1))


def difference(one: tuple[int, int], other: tuple[int, int], level: float = LEVEL) -> Interval:
    """The first share less the second, of independent groups (method 10 of Newcombe 1998, Stat. Med. 17:873–890).

    Each group is (count, whole). The ends square and add the distances of each share from the ends of its own
    score interval.
    """
    first, second = wilson(*one, level), wilson(*other, level)
    apart = first.estimate - second.estimate
    down = math.hypot(first.estimate - first.low, second.high - second.estimate)
    up = math.hypot(first.high - first.estimate, second.estimate - second.low)
    return Interval(apart, apart - down, apart + up, level)


def fisher(one: tuple[int, int], other: tuple[int, int]) -> float:
    """The chance of a table as unlikely as this one or less, margins as they are: two-sided.

    Fisher 1935, The logic of inductive inference, J. R. Stat. Soc. 98:39–82.

    Each group is (count, whole). All tables no likelier than the one seen are added up.
    """
    (count, whole), (other_count, other_whole) = one, other
    _check(count, whole)
    _check(other_count, other_whole)
    together, all_told = count + other_count, whole + other_whole
    if all_told <= _COUNTED_EXACTLY:
        ways = math.comb(all_told, together)
        possible = range(max(0, together - other_whole), min(whole, together) + 1)
        chances = {n: math.comb(whole, n) * math.comb(other_whole, together - n) / ways for n in possible}
    else:
        chances = _hypergeometric(whole, other_whole, together)
    seen = chances.get(count, 0.0) * (1 + 1e-7)
    return min(1.0, math.fsum(chance for chance in chances.values() if chance <= seen))


def _hypergeometric(whole: int, other_whole: int, together: int) -> dict[int, float]:
    """The chance of each number of the first group among `together`, from the likeliest outward while it counts."""
    least, most = max(0, together - other_whole), min(whole, together)
    middle = min(most, max(least, (together + 1) * (whole + 1) // (whole + other_whole + 2)))
    logs = log_ways(whole + other_whole, together)
    top = math.exp(log_ways(whole, middle) + log_ways(other_whole, together - middle) - logs)
    found = {middle: top}
    chance, n = top, middle
    while n < most and chance > _NOTHING:
        chance *= (whole - n) * (together - n) / ((n + 1) * (other_whole - together + n + 1))
        n += 1
        found[n] = chance
    chance, n = top, middle
    while n > least and chance > _NOTHING:
        chance *= n * (other_whole - together + n) / ((whole - n + 1) * (together - n + 1))
        n -= 1
        found[n] = chance
    return found


def log_ways(whole: int, some: int) -> float:
    """The natural logarithm of the number of ways to draw `some` of `whole`."""
    return math.lgamma(whole + 1) - math.lgamma(some + 1) - math.lgamma(whole - some + 1)


def _binomial(count: int, whole: int, share: float) -> float:
    if share in (0.0, 1.0):
        return float(count == whole * share)
    return math.exp(log_ways(whole, count) + count * math.log(share) + (whole - count) * math.log1p(-share))


def _check(count: int, whole: int) -> None:
    if not 0 <= count <= whole or whole == 0:
        raise ValueError(f"{count} of {whole} is not a share")
