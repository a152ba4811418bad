"""The products of rows with one another, found through the columns they share."""

from __future__ import annotations

import numpy as np

from goldthread.learn.rows import Floats, Ints, Rows

_FEW = 32


class Products:
    """Products between rows of one set. The rows by column are made once, when first needed."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._turned: Rows | None = None

    def between(self, some: Ints, others: Ints) -> Floats:
        """Each of `some` times each of `others`: one line for each of `some`."""
        if len(some) > _FEW:
            turned = self._rows.pick(others).turned()
            return np.stack([self._against(row, turned) for row in some.tolist()])
        if self._turned is None:
            self._turned = self._rows.turned()
        return np.stack([self._against(row, self._turned)[others] for row in some.tolist()])

    def _against(self, row: int, turned: Rows) -> Floats:
        here = slice(int(self._rows.starts[row]), int(self._rows.starts[row + 1]))
        return turned.pick(self._rows.columns[here]).gathered(self._rows.values[here])
