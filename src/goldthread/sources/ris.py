"""RIS, the reference managers' exchange format: tagged lines, one record from `TY` to `ER`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

_TAGGED = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*)|$)")
TITLES = ("TI", "T1", "CT", "BT")
ABSTRACTS = ("AB", "N2")
DATES = ("DA", "PY", "Y1")
REFERENCES = ("ID", "AN", "DO", "UR")
_SLASHED = re.compile(r"(\d{4})(?:/(\d{1,2})?(?:/(\d{1,2})?)?)?")


class Record(NamedTuple):
    """One record: the line its `TY` stands on, its values by tag, and whether `ER` closed it."""

    line: int
    values: Mapping[str, tuple[str, ...]]
    closed: bool

    def first(self, *tags: str) -> str:
        """The first value under the first of `tags` that has one, else empty."""
        return next((value for tag in tags for value in self.values.get(tag, ()) if value), "")


class Reading(NamedTuple):
    """All records, and the lines that belong to none."""

    records: tuple[Record, ...]
    stray: tuple[int, ...]


def read_ris(text: str) -> Reading:
    """The records of an RIS text in order. A line without a tag goes on the value before it."""
    records: list[Record] = []
    stray: list[int] = []
    open_at, values, last = 0, {}, ""  # type: int, dict[str, list[str]], str
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        tagged = _TAGGED.match(line.rstrip())
        tag, value = (tagged[1], (tagged[2] or "").strip()) if tagged else ("", line.strip())
        if tag == "TY":
            if open_at:
                records.append(_record(open_at, values, closed=False))
            open_at, values, last = number, {"TY": [value]}, "TY"
        elif not open_at:
            if line.strip():
                stray.append(number)
        elif tag == "ER":
            records.append(_record(open_at, values, closed=True))
            open_at, values, last = 0, {}, ""
        elif tag:
            values.setdefault(tag, []).append(value)
            last = tag
        elif value:
            values[last][-1] = f"{values[last][-1]} {value}".strip()
    if open_at:
        records.append(_record(open_at, values, closed=False))
    return Reading(tuple(records), tuple(stray))


def ris_date(value: str) -> str:
    """An RIS date ("2019/03/12/", "2019//", "2019") as ISO, as precise as it is; other text unchanged."""
    slashed = _SLASHED.match(value)
    if not slashed:
        return value
    parts = [part for part in slashed.groups() if part]
    return "-".join(part.zfill(2) for part in parts)


def _record(line: int, values: Mapping[str, list[str]], *, closed: bool) -> Record:
    return Record(line, {tag: tuple(each) for tag, each in values.items()}, closed)
