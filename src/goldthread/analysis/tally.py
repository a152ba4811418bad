"""Counting: what falls in each cell, and the check that what must add up does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from goldthread.analysis.arithmetic import percent
from goldthread.analysis.axes import Line
from goldthread.analysis.table import Cell
from goldthread.anchors import Anchor
from goldthread.errors import UnbalancedLedger
from goldthread.values import Missing


@dataclass(slots=True)
class Tally:
    """What falls in one cell: the review of every unit counted, and the words that put it there."""

    reviews: list[str] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.reviews)

    def add(self, review: str, anchors: Iterable[Anchor]) -> None:
        """Count one unit."""
        self.reviews.append(review)
        self.anchors.extend(anchors)

    def cell(self, denominator: int | None, places: int) -> Cell:
        """The cell: "12 (30.0)", or the bare count where it is nought or has no denominator."""
        count = len(self)
        share = percent(count, denominator, places) if denominator else None
        return Cell(
            text=f"{count} ({share})" if share is not None and count else str(count),
            count=count,
            denominator=denominator if share is not None else None,
            percent=share,
            reviews=tuple(dict.fromkeys(self.reviews)),
            words=tuple(self.anchors),
        )


@dataclass(slots=True)
class ColumnTally:
    """One column: all its units, those in each row, those missing by kind, and those that fall in no row.

    `elsewhere` are units whose stated value has no row; `absent` those in which nothing coded qualifies.
    """

    base: Tally = field(default_factory=Tally)
    rows: dict[str, Tally] = field(default_factory=dict)
    missing: dict[Missing, Tally] = field(default_factory=dict)
    elsewhere: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)

    @property
    def missing_total(self) -> int:
        return sum(len(tally) for tally in self.missing.values())

    @property
    def stated(self) -> int:
        """Units whose value is stated, whether or not the table has a row for it."""
        return len(self.base) - len(self.absent) - self.missing_total


@dataclass(slots=True)
class Counts:
    """A whole crosstab before it is laid out. Counters count each unit once, in however many columns it stands.

    `absent` counts units in which nothing coded qualifies, `homeless` those that stand in no column.
    """

    total: int
    columns: dict[str, ColumnTally] = field(default_factory=dict)
    rows: Counter[str] = field(default_factory=Counter)
    missing: Counter[Missing] = field(default_factory=Counter)
    absent: int = 0
    homeless: int = 0

    def column(self, name: str) -> ColumnTally:
        """The column of that id, made if it is new."""
        if name not in self.columns:
            self.columns[name] = ColumnTally()
        return self.columns[name]


def check_column(table: str, label: str, column: ColumnTally, lines: Sequence[Line]) -> None:
    """Raise UnbalancedLedger unless every unit of the column is in exactly one top row or missing.

    `lines` are all rows there are, shown or not. A row nested below another is part of that one.
    """
    top = [column.rows[line.id] for line in lines if not line.parent and line.id in column.rows]
    placed = sum(len(tally) for tally in top)
    lost = [*column.elsewhere, *column.absent]
    if placed + column.missing_total == len(column.base) and not lost:
        return
    times = Counter(review for tally in top for review in dict.fromkeys(tally.reviews))
    twice = [review for review, rows in times.items() if rows > 1]
    told = [
        f"in several rows: {', '.join(twice[:5])}" if twice else "",
        f"in no row: {', '.join(lost[:5])}" if lost else "",
    ]
    raise UnbalancedLedger(
        f"{placed} in rows and {column.missing_total} missing do not make the {len(column.base)} in “{label}”"
        + "".join(f"; {part}" for part in told if part),
        where=f"table {table}",
        mend="settle the values of those reviews, or say `exclusive = false` if one may stand in several rows",
    )
