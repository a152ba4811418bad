"""One printed line taken as a row: its label and its cells, from tabs, pipes or what stands at its end."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from goldthread.audit.findings import Span
from goldthread.audit.numerals import count, percent
from goldthread.audit.rounding import Percent

_NUM = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"
_PCT = r"(?:%|per\s?cent|percent)"
_MARKS = r"[*†‡§^]{0,4}"
_VALUE = re.compile(
    rf"(?P<n>{_NUM}){_MARKS}\s*[(\[]\s*(?P<p><?\s?(?:{_NUM}))\s*(?P<sign>{_PCT})?\s*[)\]]{_MARKS}"
    rf"|(?P<lone><?\s?(?:{_NUM}))\s?{_PCT}(?:\s*[(\[]\s*(?:n\s?=\s?)?(?P<inner>\d[\d,]*)\s*[)\]])?{_MARKS}"
    rf"|(?P<plain>{_NUM}){_MARKS}"
    rf"|(?P<other>[-−–+]\s?(?:{_NUM})\s?{_PCT}?{_MARKS}|<\s?\d+)"
    rf"|(?P<none>[-−–—]+|n/?a|N/?A|nil|Nil|\*|\.\.|:|x)",
)
_LAST = frozenset(")]%*†‡§^—–-.:")
_LONGEST_LINE = 1000


class Value(NamedTuple):
    """A cell's number: a count, a percentage, or both; neither when the cell holds a dash or something else.

    `signed` when the percentage carries a per cent sign; `empty` for a dash: nothing was counted, or nothing known.
    """

    at: Span
    text: str
    number: Fraction | None = None
    percent: Percent | None = None
    signed: bool = False
    empty: bool = False


class Row(NamedTuple):
    """A line of a table: label and cells in order, as offsets of the document."""

    at: Span
    label: str
    cells: tuple[Value, ...]
    tabbed: bool


class Heading(NamedTuple):
    """A line above the rows; `fields` are its parts where tabs or pipes part them."""

    at: Span
    text: str
    fields: tuple[str, ...]


def row(line: str, start: int) -> Row | None:
    """The line as a row of a table, or None if no cell of it holds a number or a dash."""
    if "\t" in line or line.lstrip().startswith("|"):
        return _parted(line, start)
    return _spaced(line, start)


def fields(line: str) -> list[tuple[int, str]]:
    """The parts of a line between tabs or pipes, each with its place in the line."""
    mark = "\t" if "\t" in line else "|"
    found, at = [], 0
    for part in line.split(mark):
        found.append((at + len(part) - len(part.lstrip()), part.strip()))
        at += len(part) + 1
    if mark == "|" and found and not found[0][1]:
        found = found[1:]
    if mark == "|" and found and not found[-1][1]:
        found = found[:-1]
    return found


def _parted(line: str, start: int) -> Row | None:
    parts = fields(line)
    cells = []
    for at, text in parts[1:]:
        found = _VALUE.fullmatch(text)
        span = Span(start + at, start + at + max(1, len(text)))
        cells.append(_value(found, span) if found else Value(span, text, empty=not text))
    if not any(cell.number is not None or cell.percent is not None for cell in cells):
        return None
    return Row(_around(line, start), parts[0][1], tuple(cells), tabbed=True)


def _spaced(line: str, start: int) -> Row | None:
    """Cells are what stands at the end of the line, number after number."""
    last = line.rstrip()[-1:]
    if len(line) > _LONGEST_LINE or not (last.isalnum() or last in _LAST):
        return None
    end = len(line.rstrip())
    found: list[Value] = []
    while end > 0:
        match = _last(line, end)
        if match is None:
            break
        found.append(_value(match, Span(start + match.start(), start + match.end())))
        end = len(line[: match.start()].rstrip())
    if not any(cell.number is not None or cell.percent is not None for cell in found):
        return None
    return Row(_around(line, start), line[:end].strip(), tuple(reversed(found)), tabbed=False)


def _last(line: str, end: int) -> re.Match[str] | None:
    """The cell that ends at `end`: one token, or a count and the brackets after it."""
    begin = line.rfind(" ", 0, end) + 1
    if line[end - 1 : end] in (")", "]"):
        opened = max(line.rfind("(", 0, end), line.rfind("[", 0, end))
        if opened < 0:
            return None
        before = len(line[:opened].rstrip())
        begin = line.rfind(" ", 0, before) + 1
    return _VALUE.fullmatch(line, begin, end)


def _around(line: str, start: int) -> Span:
    bare = line.strip()
    at = start + len(line) - len(line.lstrip())
    return Span(at, at + len(bare))


def _value(found: re.Match[str], at: Span) -> Value:
    text = found.group()
    if found["n"]:
        return Value(at, text, count(found["n"]), percent(found["p"]), bool(found["sign"]))
    if found["lone"]:
        inner = count(found["inner"]) if found["inner"] else None
        return Value(at, text, inner, percent(found["lone"]), signed=True)
    if found["plain"]:
        return Value(at, text, count(found["plain"]))
    return Value(at, text, empty=bool(found["none"]))
