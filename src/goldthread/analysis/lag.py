"""How long a review took: the months from what happened to its publication."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from goldthread.analysis.arithmetic import median
from goldthread.protocol.quantities import span


@dataclass(frozen=True, slots=True)
class Lag:
    """Whole months between two dates; `least` and `most` differ where a date is no more precise than its year."""

    review: str
    least: int
    most: int

    @property
    def middle(self) -> Fraction:
        """Half-way between the shortest and the longest it may have been."""
        return Fraction(self.least + self.most, 2)


def lag(review: str, incident: str, published: str) -> Lag | None:
    """The lag of one review; None where a date is missing, or publication is said to come first."""
    began, ended = span(incident) if incident else None, span(published) if published else None
    if began is None or ended is None:
        return None
    shortest, longest = _months(began[1], ended[0]), _months(began[0], ended[1])
    return Lag(review, max(0, shortest), longest) if longest >= 0 else None


def still_to_come(lags: Collection[Lag], months: int) -> Fraction:
    """The share of reviews that took longer than so many months: how many of a period that ended then are to come.

    Reviews not yet published are not among the lags, so it is at least as many.
    """
    late = sum(1 for each in lags if each.middle > months)
    return Fraction(late, len(lags)) if lags else Fraction(1)


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def middle_of(lags: Iterable[Lag]) -> Fraction | None:
    """The median of the lags in months; None of nothing."""
    return median([each.middle for each in lags])
