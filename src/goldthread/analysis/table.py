"""A computed table: every cell knows its count, its denominator and the evidence behind it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from goldthread.analysis.frames import library
from goldthread.analysis.render import table_records, to_html
from goldthread.anchors import Anchor
from goldthread.protocol.model import TableKind
from goldthread.values import Basis, Unit

if TYPE_CHECKING:
    import pandas
    import polars


_TEXTS = ("row", "row_label", "kind", "column", "column_label")
_COLUMNS: dict[str, type] = {
    **dict.fromkeys(_TEXTS, str),
    **dict.fromkeys(("base", "count", "denominator"), int),
    **dict.fromkeys(("percent", "text"), str),
}
"""What `records` holds, with the type of each column of a data frame."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The numbers behind a cell: the lowest and the highest as printed, how many units have each, and the mean."""

    low: str
    high: str
    at_low: int
    at_high: int
    mean: str

    def text(self, low: str, high: str, mean: str) -> str:
        """The three as a cell prints them: "Under 1 to 17 (7.8)", "9 (9.0)"."""
        return f"{low if low == high else f'{low} to {high}'} ({mean})"


@dataclass(frozen=True)
class Cell:
    """One cell. `text` is what is printed: "12 (30.0)", "Under 1 to 17 (7.8)", "●".

    `count` and `denominator` are units of the table; `percent` is rounded half-up to the table's places
    and None where there is no denominator. `reviews` are review ids in table order, `words` the evidence as it was
    met with, one passage perhaps several times.
    `spread` is what a range was made of.
    """

    text: str
    count: int | None = None
    denominator: int | None = None
    percent: str | None = None
    reviews: tuple[str, ...] = ()
    words: tuple[Anchor, ...] = ()
    spread: Spread | None = None

    @cached_property
    def anchors(self) -> tuple[Anchor, ...]:
        """The evidence, each passage once; worked out when asked for, since most who look at a table do not ask."""
        return tuple(dict.fromkeys(self.words))


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `base` is the n its heading states, None where it has none."""

    id: str
    label: str
    base: int | None = None

    @property
    def heading(self) -> str:
        """The label with its n: "SCRs/CPRs (n=71)"."""
        return self.label if self.base is None else f"{self.label} (n={self.base})".strip()


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a value, one kind of missing, or a total."""

    id: str
    label: str
    kind: Literal["value", "missing", "total"]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as computed from its definition on one basis and one state of the study.

    `per` is how many people its rates are per, where it has any.
    """

    id: str
    title: str
    unit: Unit
    unit_label: str
    basis: Basis
    population: int | None
    row_label: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    state: str
    filtered: str = ""
    kind: TableKind = TableKind.CROSSTAB
    per: int = 1

    def cell(self, row: str, column: str) -> Cell:
        """The cell at a row id and a column id. Raises KeyError if there is no such cell."""
        for line in self.rows:
            if line.id == row:
                for head, found in zip(self.columns, line.cells, strict=True):
                    if head.id == column:
                        return found
        raise KeyError((row, column))

    def records(self) -> list[dict[str, str | int | None]]:
        """One dict a cell: row, row_label, kind, column, column_label, base, count, denominator, percent, text."""
        return table_records(self)

    def to_polars(self) -> polars.DataFrame:
        """The cells as a Polars data frame, one row a cell. Raises UsageError without the extra `frames`."""
        made: polars.DataFrame = library("polars").DataFrame(self.records(), schema=_COLUMNS)
        return made

    def to_pandas(self) -> pandas.DataFrame:
        """The cells as a pandas data frame, one row a cell. Raises UsageError without the extra `frames`."""
        made: pandas.DataFrame = library("pandas").DataFrame(self.records())
        return made

    def _repr_html_(self) -> str:
        return to_html(self)
