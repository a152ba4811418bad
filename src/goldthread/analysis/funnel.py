"""A funnel: step by step fewer units, each step counted among those of the step before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goldthread.analysis.ask import Ask, Body
from goldthread.analysis.axes import axis_rule
from goldthread.analysis.table import Cell, Column, Row
from goldthread.analysis.tally import Tally
from goldthread.analysis.units import Counted
from goldthread.anchors import Anchor
from goldthread.protocol.conditions import all_hold, evidence
from goldthread.protocol.model import Group

UNTOLD = "untold:"
"""Before the step's id, in the id of a row of units in which the step cannot be told."""


def funnel(ask: Ask) -> Body:
    """One row a step, its denominator the step before; the first step's is every unit of the table.

    A unit that did not take a step takes none after it. Below a step stand those of which it cannot be told whether
    they took it, where there are any.
    """
    along = axis_rule(ask.definition.columns, ask.protocol, single="Number")
    heads: dict[str, list[tuple[Counted, tuple[Anchor, ...]]]] = {}
    for unit in ask.units:
        for name, words in along.place(unit.values).lines:
            heads.setdefault(name, []).append((unit, words))
    lines = [line for line in along.lines(heads) if ask.definition.columns.zeros or line.id in heads]
    columns = tuple(Column(line.id, line.label, len(heads.get(line.id, ()))) for line in lines)
    descents = [_descent(ask, [unit for unit, _ in heads.get(line.id, ())]) for line in lines]
    notes = ["Number (per cent of the step before); the first step is of all in the column (n)."]
    homeless = len(ask.units) - len({id(unit) for found in heads.values() for unit, _ in found})
    if homeless:
        notes.append(f"In no column: {ask.some(homeless)}.")
    return Body(columns, tuple(_rows(ask.definition.rows.groups, descents)), "Step", tuple(notes))


def _descent(ask: Ask, units: Sequence[Counted]) -> list[tuple[Cell, Cell | None]]:
    """For each step its cell, and that of the units in which it cannot be told."""
    left = list(units)
    found: list[tuple[Cell, Cell | None]] = []
    for step in ask.definition.rows.groups:
        taken, untold, going_on = Tally(), Tally(), []
        for unit in left:
            answer = all_hold(step.where, unit.values)
            words = [word for condition in step.where for word in evidence(condition, unit.values)]
            if answer:
                taken.add(unit.review_id, words)
                going_on.append(unit)
            elif answer is None:
                untold.add(unit.review_id, words)
        before = len(left)
        found.append((taken.cell(before, ask.definition.places), untold.cell(None, 0) if len(untold) else None))
        left = going_on
    return found


def _rows(steps: Sequence[Group], descents: Sequence[list[tuple[Cell, Cell | None]]]) -> Iterator[Row]:
    for n, step in enumerate(steps):
        cells = tuple(descent[n][0] for descent in descents)
        of = f" (of step {n})" if n else ""
        yield Row(step.id, f"{n + 1}. {step.label}{of}", "value", cells)
        if any(descent[n][1] for descent in descents):
            gaps = tuple(descent[n][1] or Cell("0", count=0) for descent in descents)
            yield Row(f"{UNTOLD}{step.id}", f"Step {n + 1} not stated either way", "missing", gaps)
