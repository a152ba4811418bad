"""Dates, as precise as they are written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from goldthread.extraction.landmarks import LATER, MONTH
from goldthread.extraction.numbers import MONTHS, WORDS, whole_number
from goldthread.extraction.reading import Reading

_MONTH = "(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_WRITTEN = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)?(?: day)?(?: of)?[ -])?{_MONTH},?[ -]((?:19|20)\d\d)\b"
    rf"|\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}(?!,? (?:19|20)\d\d)"
    rf"|\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?,? ((?:19|20)\d\d)\b"
)
_FIGURES = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)?\d\d)\b|\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b")
_YEAR = re.compile(r"\bin ((?:19|20)\d\d)\b")
_NUMBER_BEFORE = 10  # characters: “seventeen ”
_DAY_BEFORE, _YEAR_AFTER = 18, 12  # characters around the name of a month
_WEEK = 7  # days
_TOLD_ON = 2500  # characters for which “the next day” still means the one after the last told
_RELATIVE = re.compile(
    rf"(?<!until )(?<!by )\bthe (next|following) (?:day|morning|afternoon|evening)\b"
    rf"|\b({'|'.join(WORDS)}|\d{{1,2}}) (day|week)s? (?:later|after(?!wards))\b|\bthe day (after)\b"
)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class When(NamedTuple):
    """A date as written: ISO, as precise as said. `borrowed` when its year came from an earlier date; `told_from` is
    where the date begins from which one like “the next day” is told, -1 for all others.
    """

    iso: str
    start: int
    end: int
    borrowed: bool = False
    told_from: int = -1


def dates_in(low: str, start: int = 0, end: int | None = None) -> list[When]:
    """Every date in folded lower-case text, in order. A day and month take the year of the date before them."""
    end = len(low) if end is None else end
    return _in_order([*_WRITTEN.finditer(low, start, end), *_FIGURES.finditer(low, start, end)], low, start, end)


def dates_of(reading: Reading) -> list[When]:
    """Every date in the sentences of a document, in order, and those told from the one before (“the next day”)."""
    low = reading.low
    found: list[re.Match[str]] = list(_FIGURES.finditer(low))
    last = 0
    for _, hit in reading.hits_of((MONTH,)):
        written = _WRITTEN.search(low, max(last, hit.start - _DAY_BEFORE), min(len(low), hit.end + _YEAR_AFTER))
        if written:
            found.append(written)
            last = written.end()
    for _, hit in reading.hits_of((LATER,)):
        if later := _RELATIVE.search(low, max(0, hit.start - _NUMBER_BEFORE), hit.end):
            found.append(later)
    return _in_order(found, low, 0, len(low))


def _in_order(found: list[re.Match[str]], low: str, start: int, end: int) -> list[When]:
    found += _YEAR.finditer(low, start, end)
    dates: list[When] = []
    year = ""
    for each in sorted(found, key=lambda each: (each.start(), -each.end())):
        if dates and each.start() < dates[-1].end:
            continue
        when = _later(each, dates) if each.re is _RELATIVE else _when(each, year)
        if when:
            year = when.iso[:4]
            dates.append(when)
    return dates


def _when(found: re.Match[str], year: str) -> When | None:
    span = found.span()
    if found.re is _YEAR:
        return When(found[1], *span)
    if found.re is _FIGURES:
        if found[4]:
            return _dated(found[4], int(found[5]), int(found[6]), span)
        written = found[3]
        full = written if len(written) == 4 else ("20" if int(written) < 50 else "19") + written
        return _dated(full, int(found[2]), int(found[1]), span)
    if found[3]:
        return _dated(found[3], MONTHS[found[2]], int(found[1]) if found[1] else 0, span)
    if found[8]:
        return _dated(found[8], MONTHS[found[6]], int(found[7]), span)
    dated = _dated(year, MONTHS[found[5]], int(found[4]), span) if year else None
    return dated._replace(borrowed=True) if dated else None


def _later(found: re.Match[str], dates: Sequence[When]) -> When | None:
    """A day told from the one before it in the text."""
    before = dates[-1] if dates else None
    if not before or len(before.iso) != len("2019-01-31") or found.start() - before.end > _TOLD_ON:
        return None
    number = (whole_number(found[2]) or 0) * (_WEEK if found[3] == "week" else 1) if found[2] else 1
    try:
        day = date.fromisoformat(before.iso) + timedelta(days=number)
    except (ValueError, OverflowError):
        return None
    return When(day.isoformat(), *found.span(), borrowed=True, told_from=before.start)


def _dated(year: str, month: int, day: int, span: tuple[int, int]) -> When | None:
    if not 1 <= month <= 12 or not 0 <= day <= _DAYS[month - 1]:
        return None
    return When(f"{year}-{month:02}" + (f"-{day:02}" if day else ""), *span)
