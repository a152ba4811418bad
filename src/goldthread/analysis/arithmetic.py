"""The arithmetic of tables: exact fractions in, decimal text out, never through binary floats.

Rounding is half-up (ISO 80000-1:2009, Annex B, rule B: of two equally near multiples, the larger in
magnitude). Mean and median as in the NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.5.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def rounded(value: Fraction | int, places: int) -> str:
    """`value` as decimal text with exactly `places` decimals, halves away from zero.

    >>> rounded(Fraction(25, 2), 0)
    '13'
    """
    exact = Fraction(value)
    scale = 10**places
    units = (abs(exact.numerator) * scale * 2 + exact.denominator) // (2 * exact.denominator)
    whole, part = divmod(units, scale)
    sign = "-" if exact < 0 and units else ""
    return f"{sign}{whole}.{part:0{places}d}" if places else f"{sign}{whole}"


def percent(count: int, denominator: int, places: int = 0) -> str | None:
    """`count` of `denominator` in per cent as decimal text; None where there is no denominator.

    >>> percent(12, 40, 1)
    '30.0'
    """
    return rounded(Fraction(count * 100, denominator), places) if denominator > 0 else None


def mean(values: Sequence[Fraction]) -> Fraction | None:
    """The sum of the values divided by how many there are; None of nothing."""
    return sum(values, Fraction(0)) / len(values) if values else None


def median(values: Sequence[Fraction]) -> Fraction | None:
    """The middle value in order of size, or the mean of the two middle ones; None of nothing."""
    if not values:
        return None
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
