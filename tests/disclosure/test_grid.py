"""No hidden cell can be worked out: shown by trying every table there could be."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.disclosure.grid import Grid, Place, hide_more, open_places


def _with_totals(inner: list[list[int]], *, rows: bool, columns: bool) -> tuple[tuple[int, ...], ...]:
    lines = [[*line, sum(line)] if columns else list(line) for line in inner]
    if rows:
        lines.append([sum(column) for column in zip(*lines, strict=True)])
    return tuple(map(tuple, lines))


def _worked_out(grid: Grid, hidden: frozenset[Place]) -> set[Place]:
    """The hidden cells that have one value only in all the tables that agree with what is shown."""
    rows = len(grid.counts) - grid.row_totals
    columns = len(grid.counts[0]) - grid.column_totals
    inner = [place for place in product(range(rows), range(columns)) if place in hidden]
    most = sum(grid.count(place) for place in product(range(rows), range(columns))) + 2
    seen: dict[Place, set[int]] = {place: set() for place in hidden}
    for values in product(range(most + 1), repeat=len(inner)):
        tried = dict(zip(inner, values, strict=True))
        cells = [[tried.get((r, c), grid.counts[r][c]) for c in range(columns)] for r in range(rows)]
        whole = _with_totals(cells, rows=grid.row_totals, columns=grid.column_totals)
        if all(whole[r][c] == grid.count((r, c)) for r, c in grid.places() if (r, c) not in hidden):
            for r, c in hidden:
                seen[r, c].add(whole[r][c])
    return {place for place, values in seen.items() if len(values) == 1}


_small = st.sampled_from([0, 0, 1, 1, 2, 3])
_inner = st.integers(1, 3).flatmap(
    lambda rows: st.integers(1, 3 if rows < 3 else 2).flatmap(
        lambda columns: st.lists(st.lists(_small, min_size=columns, max_size=columns), min_size=rows, max_size=rows)
    )
)


@settings(max_examples=60, deadline=None)
@given(_inner, st.booleans(), st.booleans(), st.data())
def test_a_cell_is_called_open_exactly_when_one_value_alone_fits(
    inner: list[list[int]], rows: bool, columns: bool, data: st.DataObject
) -> None:
    grid = Grid(_with_totals(inner, rows=rows, columns=columns), rows, columns)
    cells = [place for place in grid.places() if not grid.is_total(place)]
    hidden = frozenset(data.draw(st.sets(st.sampled_from(cells), max_size=4)))
    assert set(open_places(grid, hidden)) == _worked_out(grid, hidden)


@settings(max_examples=60, deadline=None)
@given(_inner, st.booleans(), st.booleans())
def test_after_hiding_more_nothing_can_be_worked_out(inner: list[list[int]], rows: bool, columns: bool) -> None:
    grid = Grid(_with_totals(inner, rows=rows, columns=columns), rows, columns)
    small = frozenset(place for place in grid.places() if 0 < grid.count(place) < 2)
    hidden = hide_more(grid, small)
    assert small <= hidden
    assert open_places(grid, hidden) == []
    inside = [place for place in hidden if not grid.is_total(place)]
    if len(inside) <= 4:
        assert _worked_out(grid, hidden) == set()


def test_one_small_cell_takes_the_next_smallest_of_its_column_with_it() -> None:
    grid = Grid(((2,), (7,), (30,), (39,)), row_totals=True, column_totals=False)
    assert hide_more(grid, {(0, 0)}) == {(0, 0), (1, 0)}


def test_in_a_table_with_both_totals_a_ring_of_four_is_hidden() -> None:
    grid = Grid(_with_totals([[1, 20, 30], [9, 8, 40], [50, 60, 70]], rows=True, columns=True), True, True)
    assert hide_more(grid, {(0, 0)}) == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_without_totals_a_small_cell_is_hidden_alone() -> None:
    grid = Grid(((1, 20), (9, 8)), row_totals=False, column_totals=False)
    assert hide_more(grid, {(0, 0)}) == {(0, 0)}


def test_a_cell_alone_with_what_a_heading_states_cannot_be_hidden() -> None:
    grid = Grid(((3,), (3,)), row_totals=True, column_totals=False, fixed=frozenset({(1, 0)}))
    with pytest.raises(ValueError, match="cannot be hidden"):
        hide_more(grid, {(0, 0)})
