"""Agreement in words: shares and coefficients that are never rounded to what they are not."""

from __future__ import annotations

from fractions import Fraction

from goldthread.analysis.arithmetic import rounded
from goldthread.statistics.interval import Interval

NOT_DEFINED = "not defined"
NO_INTERVAL = "no interval"
"""Leaving out any one unit changes nothing, so the jackknife cannot tell how far a measure could move."""

_LEVEL = 1e-12


def share(value: float, places: int = 0) -> str:
    """A share in per cent; what is not all or nothing is never rounded to it: "> 99.9%", "< 1%"."""
    least = Fraction(1, 10**places)
    exact = Fraction(value) * 100
    if 0 < exact < least / 2:
        return f"< {rounded(least, places)}%"
    if 100 - least / 2 <= exact < 100:
        return f"> {rounded(100 - least, places)}%"
    return f"{rounded(exact, places)}%"


def coefficient(value: float) -> str:
    """Two decimals, or four where two would say that all agree though not all do."""
    return rounded(Fraction(value), _places(value))


def ends(found: Interval) -> tuple[str, str] | None:
    """The two ends in words, to the decimals of the estimate; None where there is no interval."""
    if found.high - found.low < _LEVEL:
        return None
    places = _places(found.estimate)
    return rounded(Fraction(found.low), places), rounded(Fraction(found.high), places)


def in_words(found: Interval | None) -> str:
    """An estimate with its interval: "0.71 (0.52 to 0.90)", "1.00 (no interval)", "not defined"."""
    if found is None:
        return NOT_DEFINED
    both = ends(found)
    return f"{coefficient(found.estimate)} ({' to '.join(both) if both else NO_INTERVAL})"


def _places(value: float) -> int:
    return 4 if abs(value) < 1 and rounded(Fraction(abs(value)), 2) == "1.00" else 2
