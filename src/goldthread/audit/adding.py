"""Rows, columns and percentages against the totals they should come to.

That rows are the parts of a total is proven by the table itself: by another column, or other rows, that do add up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from goldthread.audit.cells import Row, Value
from goldthread.audit.findings import Slip, Span, Sure
from goldthread.audit.numerals import written
from goldthread.audit.rounding import HUNDRED, decimal
from goldthread.audit.shares import is_percentages, judged, shares
from goldthread.audit.tables import Table, is_total, is_unknown, nested, share_column

TOTAL_RULE = "column total"
ROW_RULE = "row total"
HUNDRED_RULE = "hundred per cent"
PARTS_RULE = "parts and whole"
_ENDS_IN_TOTAL = re.compile(
    r"\b(?:total|overall|all)(?:\s+(?:number|no\.?|n|%|per\s?cent|\([^)]*\)))*\s*$", re.IGNORECASE
)
_SUMS = re.compile(r"\W*(?:grand\s+|overall\s+)?(?:totals?|sum)\b|\W*$", re.IGNORECASE)
"""Labels that can only mean the sum of the rows; "all reviews" may count each review once."""
_ENOUGH = 3


class _Sum(NamedTuple):
    """What the parts come to, what is printed for them, and how many of the parts are above zero."""

    added: Fraction
    printed: Fraction
    at: Span
    terms: tuple[Fraction, ...]
    name: str

    @property
    def agrees(self) -> bool:
        return self.added == self.printed

    @property
    def tells(self) -> bool:
        """Whether agreeing would mean anything: at least two parts above zero."""
        return sum(term > 0 for term in self.terms) > 1

    def off_by(self) -> Fraction:
        """How far off, as a share of what is printed."""
        return abs(self.added - self.printed) / self.printed if self.printed else Fraction(1)


def columns(table: Table) -> Iterator[Slip]:
    """Columns that do not come to the total printed below (or above) them."""
    if table.total < 0 or len(table.parts) < 2 or table.several or nested(table):
        return
    named = _SUMS.match(table.rows[table.total].label) is not None
    sums = [found for index in range(len(table.columns)) if (found := _column(table, index)) and found.tells]
    agreeing, wrong = [one for one in sums if one.agrees], [one for one in sums if not one.agrees]
    if len(agreeing) > (0 if named else 1) and len(wrong) <= len(agreeing):
        proven = len(agreeing) > 1 or sum(term > 0 for term in agreeing[0].terms) >= _ENOUGH
        sure = Sure.ERROR if proven and named else Sure.INCONSISTENT
    elif named and len(sums) == 1 and len(table.parts) >= _ENOUGH and sums[0].off_by() <= Fraction(1, 4):
        sure = Sure.INCONSISTENT
    else:
        return
    for one in wrong:
        why = f"{_added(one)}, printed {written(one.printed)} in the total of {_column_name(table, one)}."
        if agreeing:
            why += f" {len(agreeing)} other column{'s' * (len(agreeing) > 1)} of the table add up."
        yield Slip(TOTAL_RULE, sure, one.at, written(one.printed), written(one.added), why, table.name)


def _column_name(table: Table, one: _Sum) -> str:
    return f"“{one.name}”" if one.name else table.place


def _added(one: _Sum) -> str:
    shown = " + ".join(written(term) for term in one.terms if term)
    return f"{shown} = {written(one.added)}" if len(one.terms) <= 16 else f"The rows add up to {written(one.added)}"


def _column(table: Table, index: int) -> _Sum | None:
    """A column of whole counts and its total; None where a part is unreadable or the column holds something else."""
    column = table.columns[index]
    cell = column.cells[table.total]
    terms = _terms([column.cells[row] for row in table.parts])
    if terms is None or not _is_count(cell):
        return None
    return _Sum(sum(terms, Fraction(0)), cell.number or Fraction(0), cell.at, terms, column.title)


def _terms(cells: list[Value]) -> tuple[Fraction, ...] | None:
    """The counts of cells, dashes as nothing; None if a cell holds neither."""
    if not all((cell.empty and cell.at.end) or _is_count(cell) for cell in cells):
        return None
    return tuple(cell.number or Fraction(0) for cell in cells)


def _is_count(cell: Value) -> bool:
    return cell.number is not None and cell.number.denominator == 1


def rows(table: Table) -> Iterator[Slip]:
    """Rows that do not come to the total at their end (or beginning), where most rows do."""
    counted = [index for index in range(len(table.columns)) if not is_percentages(table, index)]
    if len(counted) < _ENOUGH:
        return
    for total in (counted[-1], counted[0]):
        others = [index for index in counted if index != total]
        sums = [found for row in table.rows if (found := _row(table, row, total, others)) and found.tells]
        agreeing, wrong = [one for one in sums if one.agrees], [one for one in sums if not one.agrees]
        called = _is_called_total(table, total, last=total == counted[-1])
        proven = len(agreeing) >= _ENOUGH and len(agreeing) >= 3 * len(wrong)
        if not proven and not (called and agreeing and len(wrong) <= len(agreeing)):
            continue
        sure = Sure.ERROR if proven and called else Sure.INCONSISTENT
        for one in wrong:
            why = (
                f"{_added(one)}, printed {written(one.printed)} in the row “{one.name}”. "
                f"{len(agreeing)} other row{'s' * (len(agreeing) > 1)} of the table add up."
            )
            yield Slip(ROW_RULE, sure, one.at, written(one.printed), written(one.added), why, table.name)
        return


def _is_called_total(table: Table, index: int, *, last: bool) -> bool:
    """Whether a column is headed as a total: by its title, or by the last words above a table without titles."""
    title = table.columns[index].title
    if title or not table.headings:
        return is_total(title)
    return last and _ENDS_IN_TOTAL.search(table.headings[-1].text) is not None


def _row(table: Table, row: Row, total: int, others: list[int]) -> _Sum | None:
    if len(row.cells) != len(table.columns):
        return None
    cell = row.cells[total]
    terms = _terms([row.cells[index] for index in others])
    if terms is None or not _is_count(cell):
        return None
    return _Sum(sum(terms, Fraction(0)), cell.number or Fraction(0), cell.at, terms, row.label)


def hundred(table: Table) -> Iterator[Slip]:
    """Columns of percentages alone whose printed total is 100 and whose parts do not come to it, rounding allowed."""
    if table.total < 0 or nested(table) or table.several:
        return
    for column in table.columns:
        total, parts = column.cells[table.total], [column.cells[row] for row in table.parts]
        shown = [cell.percent for cell in parts if cell.percent]
        if total.percent is None or total.percent.value != HUNDRED or len(shown) < 2 or not _all_bare(parts):
            continue
        places = max(one.decimals for one in shown)
        added = sum((one.value for one in shown), Fraction(0))
        slack = max(one.unit for one in shown) * len(shown)
        if abs(added - HUNDRED) > slack:
            terms = " + ".join(decimal(one.value, places) for one in shown)
            why = (
                f"{terms} = {decimal(added, places)}, and the total is printed as 100%; "
                f"rounding explains at most {decimal(slack, places)}."
            )
            yield Slip(
                HUNDRED_RULE, Sure.INCONSISTENT, total.at, "100%", f"{decimal(added, places)}%", why, table.name
            )


def _all_bare(cells: list[Value]) -> bool:
    """Whether every cell is a percentage without a count, or a dash."""
    return all(
        cell.empty or (cell.percent is not None and cell.number is None and not cell.percent.below) for cell in cells
    )


def parts(table: Table) -> Iterator[Slip]:
    """Columns whose counts do not come to the n= they name, in a table without a total row."""
    if table.total >= 0 or table.several or nested(table):
        return
    named = [column for column in shares(table) if column.whole and column.whole.source in ("heading", "caption")]
    if len(named) > 1 and any(column.whole and column.whole.source == "caption" for column in named):
        return
    sums = []
    for column in named:
        every = table.columns[column.column].cells
        known = [cell for row, cell in zip(table.rows, every, strict=True) if not is_unknown(row.label)]
        cells = [cell for cell in every if cell.number is not None]
        terms = _terms(list(every))
        fits = [one.fit.right for one in judged(table, column, column.whole)]
        proven = sum(fits) * 2 > len(fits) and share_column(table.rows, column.column)
        without = _terms(known)
        if without and column.whole and sum(without, Fraction(0)) == column.whole.number:
            terms = without
        if terms and cells and column.whole and proven:
            at = Span(cells[0].at.start, cells[-1].at.end)
            sums.append(_Sum(sum(terms, Fraction(0)), column.whole.number, at, terms, column.title))
    agreeing = sum(one.agrees and one.tells for one in sums)
    for one in sums:
        if one.agrees or one.off_by() > Fraction(1, 10) or len(one.terms) < _ENOUGH:
            continue
        sure = Sure.INCONSISTENT if agreeing else Sure.BY_HAND
        why = f"{_added(one)}, and {_column_name(table, one)} names n={written(one.printed)}."
        if agreeing:
            why += f" {agreeing} other column{'s' * (agreeing > 1)} of the table come to their n."
        yield Slip(PARTS_RULE, sure, one.at, f"n={written(one.printed)}", written(one.added), why, table.name)
