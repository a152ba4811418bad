"""Rates: how many of a population, area by area and period by period, each with its exact interval.

Where the population of an area is not known there is no rate, and the table says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from goldthread.analysis.ask import UNIT_LABELS, Ask, Body
from goldthread.analysis.axes import AxisRule, Line, axis_rule
from goldthread.analysis.table import Cell, Column, Row
from goldthread.analysis.tally import Tally
from goldthread.analysis.units import Counted
from goldthread.errors import UsageError
from goldthread.protocol.check import nearest
from goldthread.protocol.conditions import NOT_SOUGHT
from goldthread.protocol.labels import field_label, lowered
from goldthread.protocol.model import Axis, FieldKind, Protocol, TableDefinition, TableKind
from goldthread.protocol.places_data import BOARDS, FORCES, LOCAL_AUTHORITIES
from goldthread.protocol.quantities import span
from goldthread.sources.populations import Level, Population
from goldthread.statistics.rates import rate
from goldthread.values import Unit

EVENTS, PEOPLE, RATE = "events", "people", "rate"
NO_RATE = "–"
METHOD = "Intervals of 95% are exact for rare, independent events (Garwood 1936)."
_LEVELS = {FORCES: Level.FORCE, LOCAL_AUTHORITIES: Level.LOCAL_AUTHORITY}
_LISTED = 8


@dataclass(slots=True)
class _Period:
    """One period of the denominators: people by area, and units by area."""

    name: str
    people: dict[str, int] = field(default_factory=dict)
    events: dict[str, Tally] = field(default_factory=dict)
    together: Tally = field(default_factory=Tally)


def level_of_areas(name: str, protocol: Protocol) -> Level:
    """What kind of area the values of a field are. Raises UsageError for boards, which nobody counts people by."""
    definition = protocol.field_by_id.get(name)
    gazetteer = definition.gazetteer if definition else ""
    if gazetteer == BOARDS:
        told = f"no population is counted by {lowered(field_label(name, protocol))}"
        raise UsageError(told, mend="name a field of forces, local authorities or regions")
    return _LEVELS.get(gazetteer, Level.REGION)


def rates(ask: Ask) -> Body:
    """One row an area: its events, its people and the rate, for every period there is a denominator of.

    A unit belongs to a period when its date lies wholly within it. The last row holds all areas with a denominator.
    """
    name = ask.definition.rows.field
    rule = axis_rule(ask.definition.rows, ask.protocol, single="")
    mine = [one for one in ask.populations if one.unit == ask.definition.measure and one.level is _level(ask)]
    if not mine:
        told = f"No population of {ask.definition.measure} by {_level(ask).value} is known, so that there is no rate."
        return Body((), (), field_label(name, ask.protocol), (told,))
    lines, ids = _lines(ask, rule, mine)
    periods = [_Period(each, _people(mine, each, ids)) for each in dict.fromkeys(one.period for one in mine)]
    undated, outside = _place(ask, rule, periods)
    rows = [_row(line, periods, ask.definition.per) for line in lines]
    rows.append(_total(ask, periods))
    notes = (*_told(ask, periods, mine, lines), *_elsewhere(ask, undated, outside))
    return Body(tuple(_columns(ask, periods)), tuple(rows), field_label(name, ask.protocol), notes)


def _level(ask: Ask) -> Level:
    return level_of_areas(ask.definition.rows.field, ask.protocol)


def _lines(ask: Ask, rule: AxisRule, mine: Sequence[Population]) -> tuple[list[Line], dict[str, str]]:
    """The areas met with and those with a population, and the row of each area's name."""
    used = {name for unit in ask.units for name, _ in rule.place(unit.values).lines}
    every = rule.lines(used)
    ids = {line.label: line.id for line in every} | {line.id: line.id for line in every}
    areas = dict.fromkeys(one.area for one in mine)
    wanted = used | {ids.get(area, area) for area in areas}
    lines = [line for line in every if line.id in wanted]
    lines += [Line(area, area) for area in areas if area not in ids]
    return lines, ids


def _people(mine: Sequence[Population], period: str, ids: Mapping[str, str]) -> dict[str, int]:
    return {ids.get(one.area, one.area): one.people for one in mine if one.period == period}


def _place(ask: Ask, rule: AxisRule, periods: Sequence[_Period]) -> tuple[int, int]:
    """Count every unit where and when it belongs; returns how many have no date to tell, and how many lie outside."""
    spans = [span(period.name) for period in periods]
    undated = outside = 0
    for unit in ask.units:
        days = _days(unit, ask.definition.dated)
        if days is None:
            undated += 1
            continue
        within = [p for p, s in zip(periods, spans, strict=True) if s and s[0] <= days[0] and days[1] <= s[1]]
        outside += not within
        for period in within:
            _enter(period, unit, rule)
    return undated, outside


def _days(unit: Counted, dated: str) -> tuple[date, date] | None:
    found = unit.values.get(dated, NOT_SOUGHT).stated
    return span(found[0].value) if found else None


def _enter(period: _Period, unit: Counted, rule: AxisRule) -> None:
    placed = rule.place(unit.values).lines
    for name, words in placed:
        period.events.setdefault(name, Tally()).add(unit.review_id, words)
    if any(name in period.people for name, _ in placed):
        period.together.add(unit.review_id, [word for _, words in placed for word in words])


def _columns(ask: Ask, periods: Sequence[_Period]) -> Iterator[Column]:
    label = ask.unit_label[:1].upper() + ask.unit_label[1:]
    people = ask.definition.measure[:1].upper() + ask.definition.measure[1:]
    for period in periods:
        yield Column(f"{period.name}:{EVENTS}", f"{label}, {period.name}")
        yield Column(f"{period.name}:{PEOPLE}", f"{people}, {period.name}")
        yield Column(f"{period.name}:{RATE}", f"Per {ask.definition.per:,} (95%), {period.name}")


def _row(line: Line, periods: Sequence[_Period], per: int) -> Row:
    cells: list[Cell] = []
    for period in periods:
        events = period.events.get(line.id, Tally())
        cells += _cells(events, period.people.get(line.id), per)
    return Row(line.id, line.label, "value", tuple(cells))


def _total(ask: Ask, periods: Sequence[_Period]) -> Row:
    cells: list[Cell] = []
    for period in periods:
        cells += _cells(period.together, sum(period.people.values()) or None, ask.definition.per)
    return Row("total", "All areas with a population", "total", tuple(cells))


def _cells(events: Tally, people: int | None, per: int) -> tuple[Cell, Cell, Cell]:
    counted = events.cell(None, 0)
    if people is None:
        return counted, Cell("not known"), Cell(NO_RATE)
    return counted, Cell(f"{people:,}", count=people), Cell(in_words(len(events), people, per))


def in_words(events: int, people: int, per: int) -> str:
    """The rate and its interval: "0.42 (0.17–0.87)"."""
    found = rate(events, people, per)
    places = 1 if found.estimate >= 10 else 2
    return f"{found.estimate:.{places}f} ({found.low:.{places}f}–{found.high:.{places}f})"


def _told(ask: Ask, periods: Sequence[_Period], mine: Sequence[Population], lines: Sequence[Line]) -> Iterator[str]:
    per, measure = ask.definition.per, ask.definition.measure
    dated = lowered(field_label(ask.definition.dated, ask.protocol))
    yield f"Per {per:,} {measure}: {ask.unit_label} whose {dated} lies in the period, over it as a whole, not a year."
    yield METHOD
    sources = dict.fromkeys(one.source for one in mine)
    yield f"Population: {'; '.join(sources)}."
    for period in periods:
        lacking = [line.label for line in lines if line.id in period.events and line.id not in period.people]
        if lacking:
            more = f" and {len(lacking) - _LISTED} others" if len(lacking) > _LISTED else ""
            told = f"No rate, as the population is not known, {period.name}: {', '.join(lacking[:_LISTED])}{more}."
            yield told
    if _several(periods):
        yield "One of them may be counted in several areas, but is once among all."


def _several(periods: Sequence[_Period]) -> bool:
    return any(
        sum(len(tally) for name, tally in period.events.items() if name in period.people) > len(period.together)
        for period in periods
    )


def _elsewhere(ask: Ask, undated: int, outside: int) -> Iterator[str]:
    dated = lowered(field_label(ask.definition.dated, ask.protocol))
    if undated:
        yield f"Not counted: {undated} {ask.unit_label} whose {dated} is not known."
    if outside:
        yield f"Not counted: {outside} {ask.unit_label} whose {dated} lies outside the periods, or cannot be placed."


def can_be_dated(name: str, protocol: Protocol) -> bool:
    """Whether a field is a date by which rates can be told."""
    definition = protocol.field_by_id.get(name)
    return name == "publication_date" or (definition is not None and definition.kind is FieldKind.DATE)


def area_fields(protocol: Protocol) -> tuple[str, ...]:
    """The fields whose values are areas: forces, local authorities, and what those are grouped by."""
    own = [one.id for one in protocol.fields if one.gazetteer in _LEVELS]
    grouped = [one.id for one in protocol.fields if one.derived_from in own and one.kind is FieldKind.DERIVED]
    named = [one.id for one in protocol.fields if one.id == Level.REGION.value]
    return tuple(dict.fromkeys((*own, *grouped, *named)))


def rates_of(
    areas: str,
    people: str,
    protocol: Protocol,
    known: Sequence[Population],
    *,
    per: int = 100_000,
    dated: str = "publication_date",
    unit: Unit = Unit.REVIEW,
) -> TableDefinition:
    """The table of rates by a field of areas. Raises UsageError for what is no area, date or known population."""
    if areas not in (fields := area_fields(protocol)):
        mend = nearest(areas, fields) or f"fields of areas are {', '.join(fields) or 'none in this protocol'}"
        raise UsageError(f"`{areas}` is no field of areas", mend=mend)
    if not can_be_dated(dated, protocol):
        dates = [one.id for one in protocol.fields if one.kind is FieldKind.DATE]
        raise UsageError(f"`{dated}` is not a date", mend=f"dates are {', '.join(('publication_date', *dates))}")
    if per < 1:
        raise UsageError(f"a rate per {per} says nothing", mend="give a whole number of people, such as 100000")
    level, wanted = level_of_areas(areas, protocol), " ".join(people.casefold().split())
    units = dict.fromkeys(one.unit for one in known if one.level is level)
    if wanted not in units:
        mend = f"known are {', '.join(units)}" if units else "load one: goldthread populations STUDY FILE.csv"
        raise UsageError(f"no population of {wanted or 'that name'} by {level.value} is known", mend=mend)
    return TableDefinition(
        id=f"rates-{areas}",
        title=f"{UNIT_LABELS[unit].capitalize()} per {per:,} {wanted}, by {lowered(field_label(areas, protocol))}",
        kind=TableKind.RATES,
        unit=unit,
        rows=Axis(field=areas),
        measure=wanted,
        per=per,
        dated=dated,
        unit_label=UNIT_LABELS[unit],
    )
