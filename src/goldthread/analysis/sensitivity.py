"""A table asked twice, with all reviews and without some, and what that changes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from goldthread.analysis.arithmetic import rounded
from goldthread.analysis.table import Cell, Table


@dataclass(frozen=True, slots=True)
class Change:
    """One cell of both tables. `points` is by how many percentage points the share moves; None where it has none."""

    row: str
    row_label: str
    column: str
    column_label: str
    before: Cell
    after: Cell | None
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """A table as it is, the same without some reviews, and every cell of the first beside its counterpart."""

    whole: Table
    without: Table
    left_out: tuple[str, ...]
    changes: tuple[Change, ...]

    @property
    def largest(self) -> Change | None:
        """The cell whose share moves most; None where no share can be compared."""
        moved = [(abs(one.points), one) for one in self.changes if one.points is not None]
        return max(moved, key=lambda pair: pair[0])[1] if moved else None


def sensitivity(whole: Table, without: Table, left_out: tuple[str, ...]) -> Sensitivity:
    """Both tables cell by cell: rows and columns that are no longer there have no counterpart."""
    later = {
        (row.id, column.id): cell
        for row in without.rows
        for column, cell in zip(without.columns, row.cells, strict=True)
    }
    changes = tuple(
        Change(row.id, row.label, column.id, column.label, cell, after, _points(cell, after))
        for row in whole.rows
        for column, cell in zip(whole.columns, row.cells, strict=True)
        for after in (later.get((row.id, column.id)),)
    )
    return Sensitivity(whole, without, left_out, changes)


def _points(before: Cell, after: Cell | None) -> Decimal | None:
    if after is None or before.percent is None or after.percent is None:
        return None
    moved = _share(after) - _share(before)
    return Decimal(rounded(moved, len(before.percent.partition(".")[2])))


def _share(cell: Cell) -> Fraction:
    """The share of a cell that has one, in per cent and exact: of rounded shares it moves too far or too little."""
    return Fraction(100 * (cell.count or 0), cell.denominator or 1)
