"""What one table is asked of: a definition, and the units it counts on one basis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from goldthread.analysis.axes import fields_of
from goldthread.analysis.table import Column, Row
from goldthread.analysis.units import Coded, Counted, ReviewCase, level_of, units_of
from goldthread.protocol.conditions import Values, all_hold
from goldthread.protocol.model import Condition, Protocol, TableDefinition, TableKind
from goldthread.screening.model import ScreeningState
from goldthread.sources.populations import Population
from goldthread.values import Basis, Unit

UNIT_LABELS = {
    Unit.REVIEW: "reviews",
    Unit.SUBJECT: "subjects",
    Unit.SUSPECT: "suspects",
    Unit.EPISODE: "episodes",
    Unit.RECOMMENDATION: "recommendations",
}


@dataclass(frozen=True)
class Ask:
    """A definition with the units of its population, already narrowed by every condition."""

    definition: TableDefinition
    protocol: Protocol
    basis: Basis
    units: tuple[Counted, ...]
    populations: tuple[Population, ...] = ()

    @property
    def unit_label(self) -> str:
        """What the units are called, in the plural."""
        return self.definition.unit_label or UNIT_LABELS[self.definition.unit]

    def some(self, number: int) -> str:
        """So many units: "3 reviews", "1 of the reviews" (a protocol names its unit in the plural alone)."""
        return f"{number} {'of the ' if number == 1 else ''}{self.unit_label}"

    @cached_property
    def looks_inside(self) -> Unit | None:
        """Episode or recommendation when reviews are counted by what is coded in them; else None."""
        return looks_inside(self.definition, self.protocol)

    def members(self, unit: Counted) -> Sequence[Values]:
        """What of a unit must meet a row and a column together: itself, or each coded thing that qualifies."""
        match self.looks_inside:
            case Unit.EPISODE:
                coded = unit.case.episodes
            case Unit.RECOMMENDATION:
                coded = unit.case.recommendations
            case _:
                return (unit.values,)
        wanted = self.definition.episodes
        return [one for one in coded if one.meets(wanted)] if wanted else coded


@dataclass(frozen=True, slots=True)
class Body:
    """What a shape of table yields."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    row_label: str
    notes: tuple[str, ...] = field(default=())


def looks_inside(definition: TableDefinition, protocol: Protocol) -> Unit | None:
    """The unit coded inside reviews by which a review-unit table counts; None when it counts reviews as such."""
    if definition.unit is not Unit.REVIEW:
        return None
    if definition.kind is TableKind.ALIGNMENT:
        return Unit.EPISODE
    levels = {level_of(name, protocol) for axis in (definition.rows, definition.columns) for name in fields_of(axis)}
    coded = {level_of(condition.field, protocol) for condition in definition.episodes}
    if Unit.EPISODE in levels or coded - {Unit.RECOMMENDATION}:
        return Unit.EPISODE
    return Unit.RECOMMENDATION if Unit.RECOMMENDATION in levels | coded else None


def population(
    definition: TableDefinition, cases: Sequence[ReviewCase], where: Sequence[Condition]
) -> tuple[Counted, ...]:
    """The units of the population that meet the definition's conditions and the filter.

    A value that is missing, or not precise enough to tell, does not meet a condition.
    """
    conditions = [*definition.where, *where]
    if definition.unit in (Unit.EPISODE, Unit.RECOMMENDATION):
        conditions += definition.episodes
    registered = definition.population == "registered"
    return tuple(
        unit
        for case in cases
        if registered or case.status == ScreeningState.INCLUDED
        for unit in units_of(case, definition.unit)
        if not conditions or _meets(conditions, unit.values)
    )


def _meets(conditions: Sequence[Condition], record: Values) -> bool:
    return record.meets(conditions) if isinstance(record, Coded) else all_hold(conditions, record) is True
