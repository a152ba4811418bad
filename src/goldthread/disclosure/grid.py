"""Cells that add up to totals, and whether a hidden one can be worked out from those that are shown.

A table with margins is a network: every row and every column is a place, every cell a road between them, and what
can be changed without any total noticing goes round in a ring (Gusfield 1988, "A graph theoretic approach to
statistical data security", SIAM J. Comput. 17:552–571). A hidden cell is safe when it lies on such a ring of hidden
cells, each of which has room to move.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush

_DEAR, _NOUGHT = 10_000, 50  # how much rather an ordinary cell is hidden than a total, or than a nought
_ANYWHERE = -1

Place = tuple[int, int]  # row, column; the last row and column of a grid are its totals


@dataclass(frozen=True, slots=True)
class Grid:
    """Counts in rows of equal length. Where `row_totals`, the last row holds each column's total, and so for columns.

    `fixed` cells can never be hidden, such as what a heading states. A hidden cell may hold nought, and whoever reads
    the table knows no more of it than that.
    """

    counts: tuple[tuple[int, ...], ...]
    row_totals: bool
    column_totals: bool
    fixed: frozenset[Place] = frozenset()

    def places(self) -> Iterator[Place]:
        """Every cell, totals included."""
        return ((row, column) for row, line in enumerate(self.counts) for column in range(len(line)))

    def count(self, place: Place) -> int:
        """What a cell holds."""
        return self.counts[place[0]][place[1]]

    def road(self, place: Place) -> tuple[int, int]:
        """From which place to which a cell leads as it grows; columns are numbered after rows.

        A cell that enters into a total leads from its row to its column; a total leads back.
        """
        row, column = place
        rows = len(self.counts)
        to_total = self.row_totals and row == rows - 1
        of_total = self.column_totals and column == len(self.counts[0]) - 1
        ends = (row, rows + column)
        return ends if to_total == of_total else ends[::-1]

    def is_total(self, place: Place) -> bool:
        """Whether a cell is the sum of others."""
        row, column = place
        last_row, last_column = len(self.counts) - 1, len(self.counts[0]) - 1
        return (self.row_totals and row == last_row) or (self.column_totals and column == last_column)


def open_places(grid: Grid, hidden: Collection[Place]) -> list[Place]:
    """The hidden cells that can be worked out exactly from what is shown."""
    return [place for place in sorted(hidden) if _ring(grid, hidden, place, {}) is None]


def hide_more(grid: Grid, hidden: Collection[Place]) -> frozenset[Place]:
    """The hidden cells and as many more, small ones first, as it takes that none can be worked out.

    Totals and noughts are hidden last. Raises ValueError where what is fixed gives a hidden cell away.
    """
    chosen = set(hidden)
    while opened := open_places(grid, chosen):
        place = max(opened, key=grid.count)
        costs = {other: _cost(grid, other) for other in grid.places() if other not in chosen | grid.fixed}
        ring = _ring(grid, chosen, place, costs)
        if ring is None:
            raise ValueError(f"the cell in row {place[0] + 1}, column {place[1] + 1} cannot be hidden")
        chosen |= ring
    return frozenset(chosen)


def _cost(grid: Grid, place: Place) -> int:
    return (_DEAR if grid.is_total(place) else 1) * (grid.count(place) or _NOUGHT)


def _ring(grid: Grid, hidden: Collection[Place], place: Place, costs: dict[Place, int]) -> frozenset[Place] | None:
    """The cheapest ring through a cell: hidden cells cost nothing, `costs` say what others do, the rest is closed."""
    start, end = grid.road(place)
    usable = {other: 0 for other in hidden if other != place} | {o: c for o, c in costs.items() if o != place}
    growing = _way(grid, usable, end, start)
    shrinking = _way(grid, usable, start, end) if grid.count(place) > 0 else None
    found = [way for way in (growing, shrinking) if way is not None]
    return min(found, default=(0, None), key=lambda way: way[0])[1]


def _way(grid: Grid, usable: dict[Place, int], start: int, end: int) -> tuple[int, frozenset[Place]] | None:
    roads = _roads(grid, usable)
    queue: list[tuple[int, int, tuple[Place, ...]]] = [(0, start, ())]
    done: set[int] = set()
    while queue:
        cost, here, used = heappop(queue)
        if here == end:
            return cost, frozenset(used)
        if here in done:
            continue
        done.add(here)
        for there, price, place in roads.get(here, ()):
            if there not in done:
                heappush(queue, (cost + price, there, used if place is None else (*used, place)))
    return None


def _roads(grid: Grid, usable: dict[Place, int]) -> dict[int, list[tuple[int, int, Place | None]]]:
    roads: dict[int, list[tuple[int, int, Place | None]]] = {}
    for cell, price in usable.items():
        start, end = grid.road(cell)
        roads.setdefault(start, []).append((end, price, cell))
        if grid.count(cell) > 0:
            roads.setdefault(end, []).append((start, price, cell))
    for place in _unsummed(grid):
        roads.setdefault(place, []).append((_ANYWHERE, 0, None))
        roads.setdefault(_ANYWHERE, []).append((place, 0, None))
    return roads


def _unsummed(grid: Grid) -> Iterator[int]:
    """The rows and columns whose sum nobody prints: they may come out anyhow."""
    rows, columns = len(grid.counts), len(grid.counts[0])
    yield from () if grid.column_totals else range(rows)
    yield from () if grid.row_totals else range(rows, rows + columns)
