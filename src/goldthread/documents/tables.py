"""Tables: lines inside a ruled grid, and runs of lines whose wide gaps line up."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from goldthread.documents.markers import MARKER, is_contents_line
from goldthread.documents.shapes import RawPage, Shape

_ALIGNED = 6.0
_NEAR = 3.2


def table_runs(page: RawPage, free: Sequence[int]) -> list[tuple[int, int]]:
    """Runs of consecutive lines that are tables, as half-open ranges into `free` (indices of shapes in order)."""
    if page.grids:
        return _in_grids(page, free)
    return _aligned_runs(page, free)


def _in_grids(page: RawPage, free: Sequence[int]) -> list[tuple[int, int]]:
    """Runs of lines inside ruled tables, and between them runs that line up."""
    runs: list[tuple[int, int]] = []
    begin = 0
    inside = [_grid_of(page, page.shapes[index]) for index in free]
    for position in range(1, len(free) + 1):
        if position < len(free) and inside[position] == inside[begin]:
            continue
        if inside[begin] >= 0:
            runs.append((begin, position))
        else:
            runs += [(begin + first, begin + last) for first, last in _aligned_runs(page, free[begin:position])]
        begin = position
    return runs


def _grid_of(page: RawPage, shape: Shape) -> int:
    """Index of the ruled table a line stands in, or -1."""
    middle, height = (shape.left + shape.right) / 2, (shape.top + shape.bottom) / 2
    for index, box in enumerate(page.grids):
        if box.left - 2 < middle < box.right + 2 and box.top - 2 < height < box.bottom + 2:
            return index
    return -1


def _aligned_runs(page: RawPage, free: Sequence[int]) -> list[tuple[int, int]]:
    shapes = page.shapes
    rows = [position for position, index in enumerate(free) if is_row(page, shapes[index])]
    runs: list[tuple[int, int]] = []
    for position in rows:
        if runs and _belongs(shapes, free, runs[-1][1] - 1, position):
            runs[-1] = (runs[-1][0], position + 1)
        else:
            runs.append((position, position + 1))
    return [run for run in runs if _is_table(page, free, run)]


def is_row(page: RawPage, shape: Shape) -> bool:
    """Whether a line reads as cells rather than as a number or bullet and its text."""
    if not shape.cells:
        return False
    if len(shape.cells) > 2:
        return True
    first = page.text[shape.cells[0].start : shape.cells[0].end]
    return not (first.isdigit() or MARKER.fullmatch(first + " "))


def _belongs(shapes: Sequence[Shape], free: Sequence[int], last: int, position: int) -> bool:
    """Whether a row goes on with the run ending at `last`: close below, with at most three wrapped lines between."""
    if position - last > 4:
        return False
    before, row = shapes[free[last]], shapes[free[position]]
    size = max(before.size, row.size, 1.0)
    drop = row.top - before.bottom
    return -size < drop < size * _NEAR * (position - last)


def _is_table(page: RawPage, free: Sequence[int], run: tuple[int, int]) -> bool:
    lines = [page.shapes[free[position]] for position in range(*run)]
    rows = [line for line in lines if is_row(page, line)]
    if len(rows) < 2:
        return False
    if is_contents_line(page.text[rows[0].start : rows[0].end]):
        return True
    aligned = sum(_share_an_edge(first, second) for first, second in pairwise(rows))
    return aligned >= (len(rows) - 1) / 2


def _share_an_edge(first: Shape, second: Shape) -> bool:
    """Whether two rows have a later cell starting, ending or centred at the same place."""
    for one in first.cells[1:]:
        for other in second.cells[1:]:
            if (
                abs(one.left - other.left) < _ALIGNED
                or abs(one.right - other.right) < _ALIGNED
                or abs(one.left + one.right - other.left - other.right) < _ALIGNED
            ):
                return True
    return False
