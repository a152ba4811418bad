"""What a table says its columns are of, where it says so twice or its percentages say otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from goldthread.audit.findings import Slip, Span, Sure
from goldthread.audit.numerals import written
from goldthread.audit.rounding import shown
from goldthread.audit.shares import Judged, Shares, judged
from goldthread.audit.tables import Table, Whole, caption_whole, is_unknown

RULE = "denominator"
_ENOUGH = 3
_SOURCES = {"heading": "the heading", "caption": "the caption", "row": "the row", "total": "the total"}


def says(whole: Whole) -> str:
    """Where a whole comes from: "the caption says n=40"."""
    return f"{_SOURCES[whole.source]} says n={written(whole.number)}"


def named_twice(table: Table) -> Iterator[Slip]:
    """Columns whose heading or caption names one whole and whose total row, or heading, another."""
    counted = [column for column in table.columns if any(cell.number for cell in column.cells)]
    caption = caption_whole(table.caption) if len(counted) == 1 else None
    for column in counted:
        named = column.whole
        if caption and named and named.source == "heading" and named.number != caption:
            why = f"The caption says n={written(caption)} and {says(named)}."
            at = table.headings[-1].at if table.headings else table.at
            yield _slip(table, at, caption, named.number, why)
        if named is None or named.source not in ("heading", "caption") or table.total < 0 or table.several:
            continue
        total = column.cells[table.total]
        if named.source == "caption" and len(counted) > 1:
            continue
        unknown = [cell.number for row, cell in zip(table.rows, column.cells, strict=True) if is_unknown(row.label)]
        if total.number is not None and total.number != named.number and not any(unknown):
            why = f"{says(named)[0].upper()}{says(named)[1:]}, and the total row has {written(total.number)}."
            yield _slip(table, total.at, total.number, named.number, why)


def _slip(table: Table, at: Span, printed: Fraction, other: Fraction, why: str) -> Slip:
    return Slip(RULE, Sure.INCONSISTENT, at, f"n={written(printed)}", f"n={written(other)}", why, table.name)


def of_another(table: Table, column: Shares, found: Sequence[Judged]) -> Slip | None:
    """The slip of a column whose percentages are not of the whole it names, when they all are of another."""
    named = found[0].whole
    if len(found) < _ENOUGH or named.source == "row" or any(one.whole != named for one in found):
        return None
    number = next((other for other in _others(table, column) if _all_fit(table, column, other, named)), None)
    if number is None:
        return None
    first = found[0].entry
    true = shown(first.number, number, first.printed.decimals)
    why = (
        f"{says(named)[0].upper()}{says(named)[1:]}, but all {len(found)} percentages of the column are of "
        f"{written(number)}: {written(first.number)} of {written(number)} is {true}, printed {first.printed}."
    )
    return _slip(table, Span(first.at.start, found[-1].entry.at.end), named.number, number, why)


def _others(table: Table, column: Shares) -> Iterator[Fraction]:
    yield column.added
    yield from (other.whole.number for other in table.columns if other.whole)
    if table.total >= 0 and (total := table.columns[column.column].cells[table.total].number):
        yield total


def _all_fit(table: Table, column: Shares, number: Fraction, named: Whole) -> bool:
    if number <= 0 or number == named.number:
        return False
    return all(one.fit.right for one in judged(table, column, Whole(number, "total")))
