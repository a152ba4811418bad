"""A published table beside ours, cell by cell, at the precision that was printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from goldthread.analysis.arithmetic import percent
from goldthread.analysis.table import Cell, Table
from goldthread.audit.cells import Value
from goldthread.audit.tables import Table as Printed
from goldthread.audit.tables import row_whole


class Wrong(NamedTuple):
    """A published cell that cannot be right, what the cases give instead, and why."""

    row: str
    column: int
    printed: str
    ours: str
    why: str


class Difference(NamedTuple):
    """A cell that is not printed as the cases give it."""

    row: str
    column: int
    printed: str
    ours: str


@dataclass(frozen=True, slots=True)
class Match:
    """Which of our tables a published one is, and which cells of the two are the same.

    `rows` go from printed labels to our row ids, `columns` are our column ids in printed order; `turned` says that
    the two stand the other way round. `wrong` holds every cell that is known to be wrong in print.
    """

    document: str
    name: str
    table: str
    rows: Mapping[str, str]
    columns: tuple[str, ...]
    turned: bool = False
    wrong: tuple[Wrong, ...] = ()
    not_printed: tuple[str, ...] = field(default=())
    """Rows of ours that the report leaves out, though cases fall in them."""

    @property
    def expected(self) -> list[Difference]:
        return [Difference(*one[:4]) for one in self.wrong]


@dataclass(slots=True)
class Compared:
    """How many printed cells were compared, and which of them differ."""

    cells: int = 0
    differences: list[Difference] = field(default_factory=list)


def compare(match: Match, theirs: Printed, made: Table) -> Compared:
    """Hold every printed cell, every printed n, and every row of ours against the other table."""
    done = Compared()
    for row in theirs.rows:
        mine = match.rows[row.label]
        for index, (value, other) in enumerate(zip(row.cells, match.columns, strict=True)):
            if not other:
                continue
            place = (other, mine) if match.turned else (mine, other)
            done.cells += 1
            ours = in_print(_cell(made, *place), value)
            if _normal(value) != ours:
                done.differences.append(Difference(row.label, index, value.text, ours))
    done.differences += _wholes(match, theirs, made)
    done.differences += _left_out(match, made)
    return done


def in_print(cell: Cell, like: Value) -> str:
    """Our cell as it would have been printed: with a percentage where one is, at the same number of decimals."""
    if like.percent is None:
        return str(cell.count)
    if like.percent.below and cell.count and cell.denominator:
        share = Fraction(cell.count * 100, cell.denominator)
        return f"{cell.count} (<1)" if share < like.percent.value else f"{cell.count} ({share})"
    if not cell.count:
        return "0 (0)"
    return f"{cell.count} ({percent(cell.count, cell.denominator or 0, like.percent.decimals)})"


def _normal(value: Value) -> str:
    """A printed cell without its per cent sign; a dash is nought, and ".7" is 0.7."""
    if value.number is None:
        return "0" if value.empty and value.percent is None else value.text
    if value.percent is None:
        return str(value.number)
    if not value.number:
        return "0 (0)"
    return f"{value.number} ({str(value.percent).rstrip('%')})"


def _cell(made: Table, row: str, column: str) -> Cell:
    """Our cell; a column or row that nobody falls in and that is not shown holds nought."""
    try:
        return made.cell(row, column)
    except KeyError:
        return Cell("0", count=0, denominator=0)


def _wholes(match: Match, theirs: Printed, made: Table) -> Iterator[Difference]:
    """The n each heading or row label gives, against our n of the same units."""
    bases = {column.id: column.base for column in made.columns}
    if match.turned:
        for row in theirs.rows:
            whole, ours = row_whole(row.label), bases.get(match.rows[row.label])
            if whole is not None and whole != ours:
                yield Difference(row.label, -1, f"n={whole}", f"n={ours}")
        return
    for index, (column, mine) in enumerate(zip(theirs.columns, match.columns, strict=True)):
        if (
            mine
            and column.whole
            and column.whole.source in ("heading", "caption")
            and column.whole.number != bases[mine]
        ):
            yield Difference("n", index, f"n={column.whole.number}", f"n={bases[mine]}")


def _left_out(match: Match, made: Table) -> Iterator[Difference]:
    """Rows and columns of ours in which cases fall and which the report does not print."""
    down, along = set(match.rows.values()), set(match.columns)
    if match.turned:
        down, along = along, down
    down |= {"total", *match.not_printed}
    for row in made.rows:
        for column, cell in zip(made.columns, row.cells, strict=True):
            if cell.count and (row.id not in down or column.id not in along | set(match.not_printed)):
                yield Difference(row.label, -1, "", cell.text)
