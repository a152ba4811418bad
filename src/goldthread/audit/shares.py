"""The counts of a table with the percentages printed for them, whatever columns they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from goldthread.audit.findings import Span
from goldthread.audit.numerals import percent
from goldthread.audit.rounding import Fit, Percent, fit
from goldthread.audit.tables import Table, Whole, row_whole, share_column, speaks_of_percent

_PER_CENT_TITLE = re.compile(r"%|\bper\s?cent|\bpercent|\bproportion\b", re.IGNORECASE)


class Entry(NamedTuple):
    """One count and its percentage as printed, at a place; `row` is its row's index."""

    row: int
    at: Span
    number: Fraction
    printed: Percent


class Shares(NamedTuple):
    """The entries of one column, and what they are of, as far as the table says."""

    column: int
    title: str
    whole: Whole | None
    entries: tuple[Entry, ...]

    @property
    def added(self) -> Fraction:
        return sum((entry.number for entry in self.entries), Fraction(0))


class Judged(NamedTuple):
    """An entry held against a whole."""

    entry: Entry
    whole: Whole
    fit: Fit


def shares(table: Table) -> Iterator[Shares]:
    """Every column of counts with percentages; the total row's own entry is left out."""
    for index, column in enumerate(table.columns):
        if share_column(table.rows, index):
            found = [(row, cell.at, cell.number, cell.percent) for row, cell in enumerate(column.cells)]
            yield _shares(table, index, found)
        elif index and is_percentages(table, index) and not is_percentages(table, index - 1):
            counts = table.columns[index - 1].cells
            both = zip(counts, column.cells, strict=True)
            pairs = [
                (row, Span(one.at.start, other.at.end), one.number, other.percent or _bare(other.text))
                for row, (one, other) in enumerate(both)
            ]
            yield _shares(table, index - 1, pairs)


def _shares(table: Table, index: int, found: list[tuple[int, Span, Fraction | None, Percent | None]]) -> Shares:
    column = table.columns[index]
    entries = tuple(
        Entry(row, at, number, printed)
        for row, at, number, printed in found
        if number is not None and printed is not None and row != table.total and (number or printed.value)
    )
    return Shares(index, column.title, column.whole, entries)


def _bare(text: str) -> Percent | None:
    return percent(text) if re.fullmatch(r"<?\s?\d{0,3}(?:\.\d+)?", text) and text else None


def is_percentages(table: Table, index: int) -> bool:
    """Whether a column holds percentages alone: its cells carry the sign, or its title or its decimals say so."""
    cells = [cell for cell in table.columns[index].cells if not cell.empty and cell.text]
    if not cells or share_column(table.rows, index):
        return False
    if all(cell.percent is not None and cell.number is None for cell in cells):
        return True
    bare = all(cell.number is not None and cell.percent is None and cell.number <= 100 for cell in cells)
    if not bare:
        return False
    title = table.columns[index].title
    if title:
        return _PER_CENT_TITLE.search(title) is not None and not re.search(r"\b(?:number|no\.?|n)\b", title, re.I)
    return speaks_of_percent(table) and sum("." in cell.text for cell in cells) * 2 > len(cells)


def judged(table: Table, column: Shares, whole: Whole | None) -> list[Judged]:
    """Each entry against its row's own whole, or the column's; entries without either are left out."""
    found = []
    for entry in column.entries:
        own = row_whole(table.rows[entry.row].label)
        of = Whole(own, "row") if own else whole
        if of and of.number > 0:
            found.append(Judged(entry, of, fit(entry.number, of.number, entry.printed)))
    return found


def by_rows(table: Table) -> list[Judged]:
    """Each entry against the counts of its row added up, or their total at the end: whichever fits more."""
    columns = list(shares(table))
    if len(columns) < 2:
        return []
    added: dict[int, Fraction] = {}
    for column in columns:
        for entry in column.entries:
            added[entry.row] = added.get(entry.row, Fraction(0)) + entry.number
    last = {row: one.cells[-1].number or Fraction(0) for row, one in enumerate(table.rows) if one.cells}
    sides = [_against(columns, wholes) for wholes in (added, last)]
    return max(sides, key=lambda found: sum(one.fit.right for one in found))


def _against(columns: list[Shares], wholes: dict[int, Fraction]) -> list[Judged]:
    return [
        Judged(entry, Whole(whole, "row"), fit(entry.number, whole, entry.printed))
        for column in columns
        for entry in column.entries
        if (whole := wholes.get(entry.row, Fraction(0))) > 0 and entry.number < whole
    ]
