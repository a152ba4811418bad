"""Many rows over a wide vocabulary, kept as only the numbers that are not zero (compressed sparse rows)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Real = TypeVar("Real", bound=np.floating[Any])
_ROWS_A_BLOCK = 64  # a block's table of its own columns stays in the processor's cache


@dataclass(frozen=True, eq=False, slots=True)
class Rows:
    """`values[starts[i]:starts[i + 1]]` are the numbers of row i, in the columns of the same slice of `columns`."""

    starts: Ints
    columns: Ints
    values: Floats
    width: int

    @classmethod
    def of(cls, rows: Iterable[Mapping[int, float]], width: int) -> Rows:
        """Rows from one mapping of column to number each."""
        starts, columns, values = [0], list[int](), list[float]()
        for row in rows:
            for column in sorted(row):
                columns.append(column)
                values.append(row[column])
            starts.append(len(columns))
        return cls(np.array(starts, np.int64), np.array(columns, np.int64), np.array(values, np.float64), width)

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def places(self) -> Ints:
        """The row each number stands in."""
        return np.repeat(np.arange(len(self), dtype=np.int64), np.diff(self.starts))

    def pick(self, rows: Sequence[int] | Ints) -> Rows:
        """The named rows, in the order named."""
        chosen = np.asarray(rows, np.int64)
        lengths = self.starts[chosen + 1] - self.starts[chosen]
        starts = np.concatenate(([0], np.cumsum(lengths)))
        at = np.arange(starts[-1]) + np.repeat(self.starts[chosen] - starts[:-1], lengths)
        return Rows(starts, self.columns[at], self.values[at], self.width)

    def times(self, weights: Floats) -> Floats:
        """Each row times a vector of `width` numbers: one number a row."""
        return np.asarray(np.bincount(self.places, self.values * weights[self.columns], len(self)), np.float64)

    def times_matrix(self, weights: NDArray[Real]) -> NDArray[Real]:
        """Each row times a matrix of `width` × k: k numbers a row, as precise as the matrix."""
        made = np.zeros((len(self), weights.shape[1]), weights.dtype)
        for rows, columns, full in self._blocks(weights.dtype):
            made[rows] = full @ weights[columns]
        return made

    def gathered(self, by_row: Floats) -> Floats:
        """The rows added up, each times its own number: one number a column (the transpose times a vector)."""
        each = self.values * np.repeat(by_row, np.diff(self.starts))
        return np.asarray(np.bincount(self.columns, each, self.width), np.float64)

    def gathered_matrix(self, by_row: NDArray[Real]) -> NDArray[Real]:
        """The same for several numbers a row: `width` × k, as precise as `by_row`."""
        made = np.zeros((self.width, by_row.shape[1]), by_row.dtype)
        for rows, columns, full in self._blocks(by_row.dtype):
            made[columns] += full.T @ by_row[rows]
        return made

    def _blocks(self, kind: np.dtype[Real]) -> Iterator[tuple[slice, Ints, NDArray[Real]]]:
        """Some rows at a time as a full table over the columns they have anything in."""
        for first in range(0, len(self), _ROWS_A_BLOCK):
            last = min(first + _ROWS_A_BLOCK, len(self))
            held = slice(self.starts[first], self.starts[last])
            columns, at = np.unique(self.columns[held], return_inverse=True)
            full = np.zeros((last - first, len(columns)), kind)
            places = np.repeat(np.arange(last - first), np.diff(self.starts[first : last + 1]))
            full[places, at] = self.values[held]
            yield slice(first, last), columns, full

    def turned(self) -> Rows:
        """Columns as rows and rows as columns (the transpose)."""
        order = np.argsort(self.columns, kind="stable")
        starts = np.concatenate(([0], np.cumsum(np.bincount(self.columns, minlength=self.width))))
        return Rows(starts, self.places[order], self.values[order], len(self))

    def scaled(self, by_column: Floats) -> Rows:
        """Every column times its own number."""
        return Rows(self.starts, self.columns, self.values * by_column[self.columns], self.width)

    def unit(self) -> Rows:
        """Every row at length one; an empty row stays empty."""
        lengths = np.sqrt(np.bincount(self.places, self.values**2, len(self)))
        lengths[lengths == 0] = 1.0
        return Rows(self.starts, self.columns, self.values / np.repeat(lengths, np.diff(self.starts)), self.width)

    def beside(self, other: Rows) -> Rows:
        """The same rows with the columns of another set set to the right of their own."""
        if len(self) != len(other):
            raise ValueError(f"{len(self)} rows cannot stand beside {len(other)}")
        places = np.concatenate((self.places, other.places))
        order = np.argsort(places, kind="stable")
        starts = self.starts + other.starts
        columns = np.concatenate((self.columns, other.columns + self.width))[order]
        return Rows(starts, columns, np.concatenate((self.values, other.values))[order], self.width + other.width)
