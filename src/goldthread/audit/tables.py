"""Tables found in the lines of a page: caption, headings, rows, and what each column is of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from goldthread.audit.cells import Heading, Row, Value, fields, row
from goldthread.audit.findings import Span
from goldthread.audit.words import forms, has

_CAPTION = re.compile(
    r"[\s#*]*(?P<name>(?:Table|Figure|Chart|Diagram)\s+[A-Z]{0,3}\.?\d{1,3}(?:\.\d{1,2})?[a-z]?)\s*(?:[:.–—|-]|\s|$)",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\b(?:n|base)\s?=\s?(\d[\d,]*)", re.IGNORECASE)
_PER_CENT = re.compile(r"%|\bper\s?cent|\bpercent", re.IGNORECASE)
_NESTED = re.compile(r"\bsub-?\s?total|\bof\s+(?:which|whom|these)\b|\bincluding\b|\bnet\b")
_SENTENCE_END = re.compile(r"[a-z)][.;]\s*$")
_MOST_HEADINGS = 20
_MOST_BETWEEN = 2
_LONGEST_LABEL = 90
_NOTES = 600
"""How far below a table its notes are looked for."""


class Whole(NamedTuple):
    """What a column is of, and where it says so: "heading", "caption", "row" or "total"."""

    number: Fraction
    source: str


class Column(NamedTuple):
    """One column: a cell a row. `percents` of a column of bare percentages are read beside the counts before it."""

    title: str
    cells: tuple[Value, ...]
    whole: Whole | None


class Table(NamedTuple):
    """A table as found. `total` is the index of the row that adds up the others, or -1."""

    name: str
    caption: str
    at: Span
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    total: int
    several: bool
    """Whether its words allow several answers a case."""

    @property
    def parts(self) -> tuple[int, ...]:
        """The rows that a total would add up: those before it, or after it where it comes first."""
        if self.total < 0:
            return tuple(range(len(self.rows)))
        return tuple(range(self.total)) if self.total else tuple(range(1, len(self.rows)))

    @property
    def place(self) -> str:
        """What to call it in a sentence."""
        return self.name or "this table"


class _Run(NamedTuple):
    """Rows that follow one another, and the lines above them."""

    above: list[tuple[int, str]]
    rows: list[Row]


def tables(text: str, start: int) -> Iterator[Table]:
    """Every table in a page's text, as the eye reads it; `start` is where the page starts in the document."""
    for run in _runs(_lines(text, start)):
        if (found := _table(run)) is not None:
            end = found.at.end - start
            below = has("several_notes").search(text, end, end + _NOTES) is not None
            yield found._replace(several=True) if below else found


def _lines(text: str, start: int) -> list[tuple[int, str]]:
    found, at = [], start
    for line in text.split("\n"):
        found.append((at, line))
        at += len(line) + 1
    return found


def _runs(lines: Sequence[tuple[int, str]]) -> Iterator[_Run]:
    above: list[tuple[int, str]] = []
    rows: list[Row] = []
    between: list[tuple[int, str]] = []
    for at, line in lines:
        found = None if _CAPTION.match(line) else row(line, at)
        if found is not None and rows and _joins(rows, between, found):
            rows.append(found)
            between = []
            continue
        if rows and (found is not None or _ends(line, rows, between)):
            yield _Run(above, rows)
            above, rows, between = between, [], []
        if found is not None:
            rows = [found]
        elif rows:
            between.append((at, line))
        else:
            above = [*above[-_MOST_HEADINGS:], (at, line)]
    if rows:
        yield _Run(above, rows)


def _joins(rows: Sequence[Row], between: Sequence[tuple[int, str]], found: Row) -> bool:
    """Whether a row goes on with those before: of the same make, and across a blank only if as wide."""
    if rows[-1].tabbed != found.tabbed:
        return False
    return not found.tabbed or not between or len(rows[-1].cells) == len(found.cells)


def _ends(line: str, rows: Sequence[Row], between: Sequence[tuple[int, str]]) -> bool:
    """Whether a line that is no row ends the table: a caption, a sentence, words under tabbed rows, or too many."""
    if not line.strip():
        return False
    return (
        rows[-1].tabbed
        or _CAPTION.match(line) is not None
        or sum(bool(words.strip()) for _, words in between) >= _MOST_BETWEEN
        or len(line) > _LONGEST_LABEL
        or _SENTENCE_END.search(line) is not None
    )


def _table(run: _Run) -> Table | None:
    """The run as a table, or None if it is not enough of one."""
    width = _width(run.rows)
    rows = [_cut(one, width) for one in run.rows]
    caption = next((line for _, line in reversed(run.above) if _CAPTION.match(line)), "")
    if not _is_table(rows, width, bool(caption)):
        return None
    headings = _headings(run.above)
    name = _CAPTION.match(caption)
    total = _total(rows)
    words = " ".join([caption, *(heading.text for heading in headings)])
    columns = _columns(rows, headings, caption, width, total)
    return Table(
        " ".join(name["name"].split()) if name else "",
        " ".join(caption.strip("#* ").split()),
        Span(rows[0].at.start, rows[-1].at.end),
        tuple(headings),
        tuple(rows),
        tuple(columns),
        total,
        has("several").search(words) is not None,
    )


def _width(rows: Sequence[Row]) -> int:
    """The most common number of cells, the larger of two equally common."""
    counted = Counter(len(one.cells) for one in rows)
    return max(counted, key=lambda size: (counted[size], size))


def _cut(one: Row, width: int) -> Row:
    """The row with what is too much on its left given back to the label: "Adults 18 23 (4)"."""
    surplus = len(one.cells) - width
    if surplus <= 0 or one.tabbed:
        return one
    label = " ".join([one.label, *(cell.text for cell in one.cells[:surplus])])
    return one._replace(label=label, cells=one.cells[surplus:])


def _is_table(rows: Sequence[Row], width: int, captioned: bool) -> bool:
    full = [one for one in rows if len(one.cells) == width]
    if len(full) < 2 or not any(any(letter.isalpha() for letter in one.label) for one in rows):
        return False
    if rows[0].tabbed or captioned:
        return True
    shares = sum(any(cell.number is not None and cell.percent is not None for cell in one.cells) for one in full)
    return (width > 1 and len(full) > 2) or shares > 1


def _headings(above: Sequence[tuple[int, str]]) -> list[Heading]:
    """The lines from the caption down, or the two above the rows where there is no caption."""
    first = next((n for n in range(len(above) - 1, -1, -1) if _CAPTION.match(above[n][1])), len(above) - 3)
    return [
        Heading(Span(at, at + len(line)), line, tuple(text for _, text in fields(line)))
        for at, line in above[max(0, first) :]
        if line.strip()
    ]


def _total(rows: Sequence[Row]) -> int:
    """Index of the one row called a total, or of a last one without a label that is all of a hundred, or -1."""
    called = [index for index, one in enumerate(rows) if is_total(one.label)]
    if called:
        return called[0] if len(called) == 1 else -1
    last = rows[-1]
    hundred = any(cell.percent and cell.percent.value == 100 and cell.number is not None for cell in last.cells)
    return len(rows) - 1 if not last.label and hundred and len(rows) > 2 else -1


def is_total(label: str) -> bool:
    """Whether a label says that its row or column adds up the others."""
    bare = re.sub(r"[^a-z ]", " ", label.lower()).split()
    return " ".join(bare) in forms("totals") or bare[:1] in (["total"], ["totals"]) or bare[:2] == ["grand", "total"]


def is_unknown(label: str) -> bool:
    """Whether a row counts the cases about which it is not known."""
    return has("unknown").match(label.strip()) is not None


def nested(table: Table) -> bool:
    """Whether some rows are parts of others: "of which", subtotals, "White" beside "White: Irish"."""
    labels = {" ".join(one.label.lower().split()) for one in table.rows}
    heads = {label.partition(":")[0].strip() for label in labels if ":" in label}
    above = {label.partition(" or ")[0] for label in labels} | labels
    return any(_NESTED.search(label) for label in labels) or not heads.isdisjoint(above)


def _columns(
    rows: Sequence[Row], headings: Sequence[Heading], caption: str, width: int, total: int
) -> Iterator[Column]:
    titles = _titles(headings, width)
    wholes = _wholes(rows, headings, titles, width)
    of_all = caption_whole(caption)
    for index in range(width):
        cells = tuple(one.cells[index] if len(one.cells) == width else _MISSING for one in rows)
        whole = Whole(wholes[index], "heading") if index in wholes else None
        if whole is None and of_all:
            whole = Whole(of_all, "caption")
        if whole is None and total >= 0 and (number := cells[total].number):
            whole = Whole(number, "total")
        yield Column(titles.get(index, ""), cells, whole)


_MISSING = Value(Span(0, 0), "")


def _titles(headings: Sequence[Heading], width: int) -> dict[int, str]:
    """The words above each column, where the headings are parted as the rows are."""
    titles: dict[int, str] = {}
    for heading in headings:
        # The empty field above the labels is lost where a block begins with it.
        offset = len(heading.fields) - width
        if offset in (0, 1) and (len(heading.fields) > 1 or "\t" in heading.text):
            for index in range(width):
                titles[index] = f"{titles.get(index, '')} {heading.fields[index + offset]}".strip()
    return titles


def _wholes(
    rows: Sequence[Row], headings: Sequence[Heading], titles: dict[int, str], width: int
) -> dict[int, Fraction]:
    """The n= of each column: from its own title, or in order where there are as many as columns that need one."""
    if any(_WHOLE.search(title) for title in titles.values()):
        found = {index: _WHOLE.search(title) for index, title in titles.items()}
        return {index: Fraction(match[1].replace(",", "")) for index, match in found.items() if match}
    below = [heading for heading in headings if not _CAPTION.match(heading.text)]
    numbers = [Fraction(n.replace(",", "")) for heading in below for n in _WHOLE.findall(heading.text)]
    shares = [index for index in range(width) if share_column(rows, index)]
    for wanted in (list(range(width)), shares):
        if numbers and len(numbers) == len(wanted):
            return dict(zip(wanted, numbers, strict=True))
    return {}


def share_column(rows: Sequence[Row], index: int) -> bool:
    """Whether at least half of a column's numbers, noughts apart, are a count with a percentage beside it."""
    cells = [one.cells[index] for one in rows if index < len(one.cells) and not _is_nothing(one.cells[index])]
    both = sum(cell.number is not None and cell.percent is not None for cell in cells)
    return both * 2 >= len(cells) > 0


def _is_nothing(cell: Value) -> bool:
    return cell.empty or not cell.text or (cell.number == 0 and cell.percent is None)


def caption_whole(caption: str) -> Fraction | None:
    """The n= in a caption."""
    return row_whole(caption)


def row_whole(label: str) -> Fraction | None:
    """The n= in a row's own label."""
    found = _WHOLE.search(label)
    return Fraction(found[1].replace(",", "")) if found else None


def speaks_of_percent(table: Table) -> bool:
    """Whether the caption or a heading says that percentages are given, or a cell carries the sign."""
    return any(_PER_CENT.search(heading.text) for heading in table.headings) or any(
        cell.signed for one in table.rows for cell in one.cells
    )
