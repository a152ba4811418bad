"""Tables and sentences of the published reports, read from their texts, which are not part of the repository."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import pytest

from goldthread.audit.reading import read
from goldthread.audit.tables import Table, tables

SHARED = Path(os.environ.get("GOLDTHREAD_SHARED", Path(__file__).parents[2] / "../shared")).resolve()


@cache
def _stored(document: str) -> str:
    found = sorted((SHARED / "seeds").glob(f"{document}_*.txt"))
    return found[0].read_text(encoding="utf-8") if found else ""


def raw(document: str) -> str:
    """The text of one report as it is stored. Skips the test where the reports are not at hand."""
    if not (text := _stored(document)):
        pytest.skip(f"needs the published reports in {SHARED / 'seeds'} (set GOLDTHREAD_SHARED)")
    return text


def prose(document: str) -> str:
    """The text of one report in one line, as the eye reads it."""
    return " ".join(read(raw(document)).replace("*", " ").split())


@cache
def _tables(document: str) -> tuple[Table, ...]:
    return tuple(tables(read(_stored(document)), 0))


def printed(document: str, name: str) -> Table:
    """The table of that name, e.g. "Table 5"; one without a name by words of its heading."""
    raw(document)
    (found,) = (
        table
        for table in _tables(document)
        if (table.name == name if table.name else name in " ".join(column.title for column in table.columns))
    )
    return found


def _between(document: str, begins: str, ends: str) -> str:
    text = raw(document)
    start = text.index(begins)
    return text[start : text.index(ends, start) if ends else len(text)]


def listed(document: str, begins: str, ends: str) -> dict[str, int]:
    """The points of a list between two passages that begin with a number: "4 reports of a missing child"."""
    points = re.findall(r"^\s*-\s+\**(\d+)\s+(.+?)\s*$", _between(document, begins, ends), re.MULTILINE)
    return {words.strip("*‘’' "): int(number) for number, words in points}


def worded(document: str, begins: str, ends: str = "") -> list[list[str]]:
    """The tabbed rows from one passage to another or the end, for tables that hold words and no numbers."""
    part = _between(document, begins, ends)
    lines = (re.sub(r"<[^>]+>|\*\*", " ", line) for line in part.splitlines())
    return [[" ".join(cell.split()) for cell in line.split("\t")] for line in lines if "\t" in line]


def figures(document: str, pattern: str) -> tuple[int, ...]:
    """The numbers a sentence gives: the groups of a pattern that must be found in the report."""
    found = re.search(pattern, prose(document))
    assert found, f"the report does not say: {pattern}"
    return tuple(int(group) for group in found.groups())


def captions(document: str) -> set[str]:
    """The tables, figures and diagrams that a report numbers: "Table 5", "Figure 1"."""
    lines = (re.sub(r"^[*# ]+", "", line) for line in raw(document).splitlines())
    found = (re.match(r"(Table|Figure|Diagram) ([A-Z]*\d+)\b\**:", line) for line in lines)
    return {f"{one[1]} {one[2]}" for one in found if one}
