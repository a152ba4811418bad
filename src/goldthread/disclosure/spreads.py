"""Ranges and averages as they may be published: the youngest may be one child, the mean of two gives each away."""

from __future__ import annotations

import re
from dataclasses import replace

from goldthread.analysis.summary import NOTHING
from goldthread.analysis.table import Cell, Row, Table
from goldthread.disclosure.policy import HIDDEN, Policy, near

STATED, RANGE, MIDDLE = "stated", "range_mean", "median"
SPREADS = (RANGE, MIDDLE)
"""The columns of a summary that hold no counts."""
_LAGS = re.compile(r"^Half of the (\d+) reviews with both dates were published within")


def guarded_spreads(table: Table, policy: Policy) -> Table:
    """A summary whose counts are safe already, with its ranges and averages made so.

    A lowest or highest value is shown where as many units share it as the policy wants; a mean and a median where
    they are of as many. Those of a row whose count is hidden go with it, and then those of the total too: the row's
    own could be worked out from them.
    """
    at = {column.id: n for n, column in enumerate(table.columns)}
    few = [
        row.kind != "total" and (row.cells[at[STATED]].text == HIDDEN or _few(row.cells[at[RANGE]], policy))
        for row in table.rows
    ]
    rows = tuple(
        _row(row, at, policy, is_hidden=mine or row.cells[at[STATED]].text == HIDDEN, no_average=any(few))
        for row, mine in zip(table.rows, few, strict=True)
    )
    return replace(table, rows=rows)


def spreads_note(policy: Policy) -> str:
    """What a reader is told beside such a table."""
    number = policy.fewest_behind
    return (
        f"A lowest or highest value is shown where at least {number} share it, a mean or median where at least "
        f"{number} stand behind it and those of no smaller group follow from it."
    )


def told_of_lags(note: str, policy: Policy) -> str:
    """A note on how long reviews take, without the middle of too few, and with how many as it may be said."""
    found = _LAGS.match(note)
    if found is None:
        return note
    number = int(found[1])
    if number < policy.fewest_behind:
        return "How long reviews take is not shown, since too few have both dates."
    return note.replace(found[1], str(near(number, policy.nearest)), 1)


def _few(cell: Cell, policy: Policy) -> bool:
    return 0 < (cell.count or 0) < policy.fewest_behind


def _row(row: Row, at: dict[str, int], policy: Policy, *, is_hidden: bool, no_average: bool) -> Row:
    cells = list(row.cells)
    span, middle = cells[at[RANGE]], cells[at[MIDDLE]]
    if is_hidden or _few(span, policy):
        span, middle = (cell if cell.text == NOTHING else Cell(HIDDEN) for cell in (span, middle))
    elif span.spread is not None:
        found = span.spread
        average = HIDDEN if row.kind == "total" and no_average else found.mean
        low = found.low if found.at_low >= policy.fewest_behind else HIDDEN
        high = found.high if found.at_high >= policy.fewest_behind else HIDDEN
        if {low, high, average} == {HIDDEN}:
            span = Cell(HIDDEN)
        elif HIDDEN in (low, high, average):
            span = Cell(found.text(low, high, average))
        middle = Cell(HIDDEN) if average == HIDDEN else middle
    cells[at[RANGE]], cells[at[MIDDLE]] = span, middle
    return replace(row, cells=tuple(cells))
