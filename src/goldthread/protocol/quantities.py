"""Numbers and dates as stated: exact numbers, and dates only as precise as the report.

A date is "2016", "2016-03", "2016-03-09", or a range "2015/2017".
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from fractions import Fraction
from functools import lru_cache

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")
_NUMBER = re.compile(r"\s*-?\d{1,15}(\.\d{1,15})?\s*$")
_YEARS = re.compile(r"(\d{4})\s*[-–]\s*(\d{4})$")


@lru_cache(maxsize=4096)
def span(text: str) -> tuple[date, date] | None:
    """The first and last day `text` may mean; None when it is no date.

    >>> span("2016-02")
    (datetime.date(2016, 2, 1), datetime.date(2016, 2, 29))
    """
    years = _YEARS.match(text.strip())
    first, _, last = (f"{years[1]}/{years[2]}" if years else text.strip()).partition("/")
    opens, closes = _partial(first), _partial(last or first)
    if opens is None or closes is None or opens[0] > closes[1]:
        return None
    return opens[0], closes[1]


def _partial(text: str) -> tuple[date, date] | None:
    found = _PARTIAL.match(text.strip())
    if not found:
        return None
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    try:
        if day:
            return date(year, month, day), date(year, month, day)
        last = month or 12
        return date(year, month or 1, 1), date(year, last, monthrange(year, last)[1])
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def number(text: str) -> Fraction | None:
    """The exact number a value states; None when it states none."""
    return Fraction(text) if _NUMBER.match(text) else None
