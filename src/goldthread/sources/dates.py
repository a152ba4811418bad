"""Dates as they are written on title pages and in registers, made ISO and no more precise than they were."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<{0}>0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?P<{0}>(?:19|20)\d\d)"
_PATTERN = "|".join(
    (
        rf"{_YEAR.format('y1')}-(?P<m1>0[1-9]|1[0-2])(?:-(?P<d1>0[1-9]|[12]\d|3[01]))?(?:T[\d:.+Z-]*)?",
        rf"{_DAY.format('d2')}\s*(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{_MONTH.format('w2')}[\s,-]+{_YEAR.format('y2')}",
        rf"{_MONTH.format('w3')}\s+{_DAY.format('d3')}(?:st|nd|rd|th)?\s*,\s*{_YEAR.format('y3')}",
        rf"{_MONTH.format('w4')}[\s,-]+{_YEAR.format('y4')}",
        rf"{_DAY.format('d5')}(?P<sep>[/.-])(?P<m5>0?[1-9]|1[0-2])(?P=sep){_YEAR.format('y5')}",
        rf"(?P<m6>0?[1-9]|1[0-2])/{_YEAR.format('y6')}",
    )
)
WRITTEN = re.compile(rf"(?<![\w/.-])(?:{_PATTERN})(?![\w/-]|\.\d)", re.IGNORECASE)
"""A date with at least a month and a year. Slashes are read day first, as in Britain."""

_YEAR_ALONE = re.compile(rf"\s*{_YEAR.format('y')}\s*")
_TIME = re.compile(r"[\sT]+\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d)?$")


def iso_of(match: re.Match[str]) -> str | None:
    """The ISO form of a match of `WRITTEN`; None for a day that does not exist."""
    parts = {name[0]: value for name, value in match.groupdict().items() if value and name != "sep"}
    month = _MONTHS.index(parts["w"][:3].lower()) + 1 if "w" in parts else int(parts["m"])
    year = int(parts["y"])
    if "d" not in parts:
        return f"{year:04}-{month:02}"
    try:
        return date(year, month, int(parts["d"])).isoformat()
    except ValueError:
        return None


def iso_date(cell: str) -> str | None:
    """A whole cell as an ISO date (YYYY, YYYY-MM or YYYY-MM-DD, as precise as it was); None if it is none."""
    cell = _TIME.sub("", cell.strip())
    if year := _YEAR_ALONE.fullmatch(cell):
        return year["y"]
    written = WRITTEN.fullmatch(
        re.sub(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+", "", cell, flags=re.I)
    )
    return iso_of(written) if written else None
