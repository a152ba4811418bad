"""Funnels, pairs and rates as they may be published: what follows from a small number is hidden with it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from goldthread.analysis.arithmetic import percent, rounded
from goldthread.analysis.funnel import UNTOLD
from goldthread.analysis.table import Cell, Row, Table
from goldthread.disclosure.policy import HIDDEN, Policy

_HIDDEN = Cell(text=HIDDEN)


def guarded_funnel(table: Table, policy: Policy, places: int) -> Table:
    """A funnel without the steps at which few went on, few did not, or of few it cannot be told, and all below them.

    A step below would give the one above it away by its percentage. A column of few units is hidden whole.
    """
    kept: list[list[Cell]] = [[] for _ in table.rows]
    bases = []
    for n, column in enumerate(table.columns):
        before = column.base or 0
        hidden = _few(before, policy)
        bases.append(None if hidden else _near(before, policy))
        untold = {row.id: row.cells[n].count or 0 for row in table.rows if row.kind == "missing"}
        for at, row in enumerate(table.rows):
            cell = row.cells[n]
            if row.kind == "value":
                gap = untold.get(f"{UNTOLD}{row.id}", 0)
                taken = cell.count or 0
                hidden = hidden or any(_few(part, policy) for part in (taken, gap, before - taken - gap))
                kept[at].append(_HIDDEN if hidden else _cell(taken, before, policy, places))
                before = taken
            else:
                kept[at].append(_HIDDEN if hidden else _cell(cell.count or 0, 0, policy, places))
    columns = tuple(replace(column, base=base) for column, base in zip(table.columns, bases, strict=True))
    rows = tuple(replace(row, cells=tuple(cells)) for row, cells in zip(table.rows, kept, strict=True))
    return replace(table, columns=columns, rows=rows)


def guarded_pairs(table: Table, policy: Policy) -> Table:
    """Pairs without those of which few units have both, one, or one without the other.

    What is expected, the ratio and the test follow from the counts: where numbers are rounded, they are left out.
    Each single value's count is printed in every pair of it, so a value of few is hidden in all of them.
    """
    return replace(table, rows=tuple(_pair(row, table.population or 0, policy) for row in table.rows))


def _pair(row: Row, whole: int, policy: Policy) -> Row:
    both, first, second = (cell.count or 0 for cell in row.cells[:3])
    neither = whole - first - second + both
    parts = (both, first - both, second - both, neither, first, second, whole - first, whole - second)
    if any(_few(part, policy) for part in parts):
        return replace(row, cells=tuple(_HIDDEN for _ in row.cells))
    if policy.nearest == 1:
        return row
    counts = tuple(_cell(count, 0, policy, 0) for count in (both, first, second))
    return replace(row, cells=(*counts, *(_HIDDEN for _ in row.cells[3:])))


def guarded_rates(table: Table, policy: Policy) -> Table:
    """Rates without those of few events, nor the total they could be worked out from; rounded counts have no rate."""
    lines = [list(row.cells) for row in table.rows]
    for n in range(0, len(table.columns), 3):
        small = [line for line in lines if _few(line[n].count or 0, policy)]
        for line in [*small, *(lines[-1:] if small else [])]:
            line[n], line[n + 2] = _HIDDEN, _HIDDEN
        for line in lines if policy.nearest > 1 else []:
            if line[n] != _HIDDEN:
                line[n], line[n + 2] = _cell(line[n].count or 0, 0, policy, 0), _HIDDEN
    rows = (replace(row, cells=tuple(line)) for row, line in zip(table.rows, lines, strict=True))
    return replace(table, rows=tuple(rows))


def _few(count: int, policy: Policy) -> bool:
    return 0 < count < policy.fewest


def _near(count: int, policy: Policy) -> int:
    return int(rounded(Fraction(count, policy.nearest), 0)) * policy.nearest


def _cell(count: int, before: int, policy: Policy, places: int) -> Cell:
    """A count that may be shown, without the list of its reviews, which would say how many there are."""
    shown, of = _near(count, policy), _near(before, policy)
    share = percent(shown, of, places) if of else None
    text = f"{shown} ({share})" if share is not None and shown else str(shown)
    return Cell(text, shown, of if share is not None else None, share)
