"""How many of a finite whole have a mark, from a random sample drawn without putting back.

Exact bounds by turning the hypergeometric distribution round (Wright 1991, "Exact confidence bounds when sampling
from small finite universes", Lecture Notes in Statistics 66; Clopper & Pearson 1934 is the limit for a large whole).
They are never too narrow: at least `level` of all samples give bounds that hold.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from goldthread.statistics.interval import LEVEL, quantile
from goldthread.statistics.proportions import log_ways

_CLOSE = 1e-12


class Bounds(NamedTuple):
    """The least and the most of the whole that may have the mark."""

    least: int
    most: int


def marked(count: int, drawn: int, whole: int, level: float = LEVEL) -> Bounds:
    """Bounds on the marked of `whole`, `count` of `drawn` having the mark; half the doubt on either side.

    Raises ValueError for a sample that cannot be.
    """
    quantile(level)
    tail = (1 - level) / 2
    return Bounds(fewest(count, drawn, whole, tail), most(count, drawn, whole, tail))


def most(count: int, drawn: int, whole: int, doubt: float) -> int:
    """The largest number of marked under which so few in the sample is no rarer than `doubt`."""
    _check(count, drawn, whole)
    low, high = count, whole - (drawn - count)
    while low < high:
        middle = (low + high + 1) // 2
        if at_most(count, drawn, middle, whole) > doubt + _CLOSE:
            low = middle
        else:
            high = middle - 1
    return low


def fewest(count: int, drawn: int, whole: int, doubt: float) -> int:
    """The smallest number of marked under which so many in the sample is no rarer than `doubt`."""
    return whole - most(drawn - count, drawn, whole, doubt)


def at_most(count: int, drawn: int, mark: int, whole: int) -> float:
    """The chance of `count` or fewer marked among `drawn` where `mark` of `whole` are (hypergeometric)."""
    first = max(0, drawn - (whole - mark))
    ways = log_ways(whole, drawn)
    return min(
        1.0,
        math.fsum(
            math.exp(log_ways(mark, k) + log_ways(whole - mark, drawn - k) - ways)
            for k in range(first, min(count, drawn, mark) + 1)
        ),
    )


def _check(count: int, drawn: int, whole: int) -> None:
    if not 0 <= count <= drawn <= whole:
        raise ValueError(f"{count} of {drawn} cannot be drawn from {whole}")
