"""Percentages against the counts and wholes they are given with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from goldthread.audit.findings import Slip, Span, Sure
from goldthread.audit.numerals import written
from goldthread.audit.prose import Claim
from goldthread.audit.rounding import Fit, Percent, fit, percent_of, share, shown
from goldthread.audit.shares import Judged, Shares, by_rows, judged, shares
from goldthread.audit.tables import Table, Whole
from goldthread.audit.wholes import of_another, says

RULE = "percentage"
CUT_RULE = "cut off"
_HEDGE_POINTS = 5
_ENOUGH = 3


def in_prose(claim: Claim) -> Slip | None:
    """A sentence's percentage that its own count and whole do not give."""
    how = fit(claim.number, claim.whole, claim.printed)
    if how in (Fit.EITHER, Fit.ROUNDED):
        return None
    if claim.hedged:
        far = abs(share(claim.number, claim.whole) - claim.printed.value) > _HEDGE_POINTS
        return _slip(claim.at, claim.number, claim.whole, claim.printed, Sure.INCONSISTENT) if far else None
    if how is Fit.CUT:
        return _cut(claim.at, claim.number, claim.whole, claim.printed)
    sure = Sure.ERROR if claim.plain and how is Fit.OFF else Sure.INCONSISTENT
    return _slip(claim.at, claim.number, claim.whole, claim.printed, sure)


def _slip(
    at: Span, count: Fraction, whole: Fraction, printed: Percent, sure: Sure, said: str = "", table: str = ""
) -> Slip:
    expected = percent_of(count, whole, printed.decimals)
    why = f"{written(count)} of {written(whole)} is {shown(count, whole, printed.decimals)}, printed {printed}."
    if fit(count, whole, printed) is Fit.RAISED:
        why += f" Rounded it is {expected}" + (
            "; it may have been raised to make a column come to 100." if table else "."
        )
    return Slip(RULE, sure, at, str(printed), expected, f"{why} {said}".strip(), table)


def _cut(at: Span, count: Fraction, whole: Fraction, printed: Percent) -> Slip:
    expected = percent_of(count, whole, printed.decimals)
    why = (
        f"{written(count)} of {written(whole)} is {shown(count, whole, printed.decimals)}, printed {printed}: "
        f"cut off; rounded it is {expected}."
    )
    return Slip(CUT_RULE, Sure.BY_HAND, at, str(printed), expected, why)


def in_table(table: Table) -> Iterator[Slip]:
    """A table's percentages that their counts do not give, and columns whose percentages are of something else."""
    columns = [(column, judged(table, column, column.whole)) for column in shares(table)]
    everything = [one for _, found in columns for one in found]
    right = sum(one.fit.right for one in everything)
    across = by_rows(table)
    if sum(one.fit.right for one in across) > right:
        yield from _across(table, across)
        return
    proven = right >= _ENOUGH and right * 5 >= len(everything) * 3
    for column, found in columns:
        if not found:
            yield from _against_sum(table, column)
            continue
        wrong = [one for one in found if not one.fit.right]
        if len(wrong) * 2 > len(found) and (other := of_another(table, column, found)):
            yield other
        elif len(wrong) < len(found) or len(found) == 1:
            yield from (
                _in_cell(table, one, proven=proven) for one in wrong if proven or len(wrong) == 1 < len(found)
            )
    yield from _cut_off(table, columns)


def _across(table: Table, across: Sequence[Judged]) -> Iterator[Slip]:
    """The slips of a table whose percentages are of their rows."""
    wrong = [one for one in across if not one.fit.right]
    right = len(across) - len(wrong)
    if right < _ENOUGH or right < 3 * len(wrong):
        return
    for one in wrong:
        said = f"{_row(table, one)}{right} other percentages of the table are of the counts of their rows."
        entry = one.entry
        yield _slip(entry.at, entry.number, one.whole.number, entry.printed, Sure.INCONSISTENT, said, table.name)


def _in_cell(table: Table, one: Judged, *, proven: bool) -> Slip:
    sure = Sure.ERROR if proven and one.fit is Fit.OFF else Sure.INCONSISTENT
    said = f"{_row(table, one)}{says(one.whole)}."
    return _slip(one.entry.at, one.entry.number, one.whole.number, one.entry.printed, sure, said, table.name)


def _row(table: Table, one: Judged) -> str:
    """The row's label, to find the cell by: "In the row “Neglect”; "."""
    label = table.rows[one.entry.row].label
    return f"In the row “{label}”; " if label else "Here "


def _against_sum(table: Table, column: Shares) -> Iterator[Slip]:
    """Where no whole is given: if nearly all percentages are of the counts added up, the others should be."""
    whole = Whole(column.added, "total")
    found = judged(table, column, whole)
    wrong = [one for one in found if not one.fit.right]
    right = len(found) - len(wrong)
    if table.several or right < _ENOUGH or right < 3 * len(wrong):
        return
    for one in wrong:
        said = f"No whole is given; the other {right} percentages of the column are of its counts added up."
        yield _slip(
            one.entry.at, one.entry.number, whole.number, one.entry.printed, Sure.INCONSISTENT, said, table.name
        )


def _cut_off(table: Table, columns: Sequence[tuple[Shares, list[Judged]]]) -> Iterator[Slip]:
    """One slip a column whose percentages were cut off where others of the table were rounded."""
    rounded = any(one.fit is Fit.ROUNDED for _, found in columns for one in found)
    how = f"others in {table.place} are rounded" if rounded else "so are all that could tell the difference"
    sure = Sure.INCONSISTENT if rounded else Sure.BY_HAND
    for _, found in columns:
        cut = _distinct([one for one in found if one.fit is Fit.CUT])
        if cut and sum(one.fit.right for one in found) * 2 > len(found):
            why = f"{'; '.join(map(_shown, cut))}: cut off, not rounded; {how}."
            printed = ", ".join(str(one.entry.printed) for one in cut)
            expected = ", ".join(
                percent_of(one.entry.number, one.whole.number, one.entry.printed.decimals) for one in cut
            )
            yield Slip(CUT_RULE, sure, cut[0].entry.at, printed, expected, why, table.name)


def _distinct(found: Sequence[Judged]) -> list[Judged]:
    """The first of each count, whole and percentage."""
    first: dict[tuple[Fraction, Whole, Percent], Judged] = {}
    for one in found:
        first.setdefault((one.entry.number, one.whole, one.entry.printed), one)
    return list(first.values())


def _shown(one: Judged) -> str:
    true = shown(one.entry.number, one.whole.number, one.entry.printed.decimals)
    return f"{written(one.entry.number)} of {written(one.whole.number)} is {true}, printed {one.entry.printed}"
