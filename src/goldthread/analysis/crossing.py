"""Any two fields set against one another, at any unit, in one table or in a panel for each value of a third."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from goldthread.analysis.ask import UNIT_LABELS, population
from goldthread.analysis.axes import axis_rule
from goldthread.analysis.units import Counted, ReviewCase, level_of
from goldthread.errors import UsageError
from goldthread.protocol.check import nearest
from goldthread.protocol.conditions import NOT_SOUGHT, Values
from goldthread.protocol.filters import describe, known_fields
from goldthread.protocol.labels import MISSING_LABELS, field_label, lowered
from goldthread.protocol.model import Axis, Condition, FieldKind, Group, Protocol, TableDefinition, TableKind
from goldthread.protocol.quantities import span
from goldthread.protocol.vocabulary import LEVELS
from goldthread.values import Missing, Unit

Share = Literal["stated", "column", "row", "table", "none"]
SHARES: tuple[Share, ...] = ("stated", "column", "row", "table", "none")
_PEOPLE = (Unit.SUBJECT, Unit.SUSPECT)
_CODED = (Unit.EPISODE, Unit.RECOMMENDATION)
_DATES = ("publication_date",)
_SEVERAL = ("review_type",)
_NO_FIELD = ("review", "episode_state")


@dataclass(frozen=True, slots=True)
class Crossing:
    """What is set against what. `columns` and `panels` may be "": one column, one table.

    `percent_of` names the denominator, as in a table's definition. `together` asks which values occur in one unit
    more often than chance would bring them together, instead of counting; a field against itself asks that too.
    """

    rows: str
    columns: str = ""
    panels: str = ""
    unit: Unit = Unit.REVIEW
    percent_of: Share = "stated"
    together: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields asked for, in order."""
        return tuple(filter(None, (self.rows, self.columns, self.panels)))


def crossable(protocol: Protocol) -> dict[Unit, tuple[str, ...]]:
    """The fields that can be crossed, by the unit each belongs to. Free text cannot: hardly two are alike."""
    found: dict[Unit, list[str]] = {unit: [] for unit in Unit}
    for name in known_fields(protocol):
        definition = protocol.field_by_id.get(name)
        if name not in _NO_FIELD and not (definition and definition.kind is FieldKind.TEXT):
            found[level_of(name, protocol)].append(name)
    return {unit: tuple(names) for unit, names in found.items() if names}


def asked(
    rows: str,
    columns: str,
    protocol: Protocol,
    *,
    panels: str = "",
    unit: str = "",
    percent_of: str = "stated",
    together: bool = False,
) -> Crossing:
    """A crossing of fields given by id or label. Raises UsageError for what cannot be crossed, and says why."""
    if not rows:
        raise UsageError("nothing is named to be counted", mend="name a field for the rows")
    names = [_named(name, protocol) if name else "" for name in (rows, columns, panels)]
    given = list(dict.fromkeys(filter(None, names)))
    if names[2] in names[:2] and names[2]:
        raise UsageError(f"`{names[2]}` is crossed with itself", mend="name another field for the panels")
    if unit and unit not in list(Unit):
        raise UsageError(f"there is no unit {unit!r}", mend=f"units are {', '.join(Unit)}")
    if percent_of not in SHARES:
        raise UsageError(f"there is no denominator {percent_of!r}", mend=f"give one of {', '.join(SHARES)}")
    share = next(one for one in SHARES if one == percent_of)
    counted = Unit(unit) if unit else usual_unit(given, protocol)
    same = names[1] in ("", names[0])
    together = together or names[0] == names[1]
    if together and same and not _several(names[0], counted, protocol):
        label = lowered(field_label(names[0], protocol))
        told = f"{_one(counted)} has one {label} at most, so no two of its values occur together"
        raise UsageError(told, mend="name two different fields, or another unit")
    return Crossing(names[0], names[1], names[2], counted, share, together)


def usual_unit(names: Iterable[str], protocol: Protocol) -> Unit:
    """What is counted where nobody says: people, where only people have the fields; else reviews."""
    levels = {level_of(name, protocol) for name in names}
    own = levels - {Unit.REVIEW}
    return own.pop() if len(own) == 1 and own <= set(_PEOPLE) else Unit.REVIEW


def definitions(
    crossing: Crossing, protocol: Protocol, cases: Sequence[ReviewCase], where: Sequence[Condition] = ()
) -> tuple[tuple[TableDefinition, ...], tuple[Condition, ...]]:
    """The tables that answer a crossing, one a panel, and the conditions that are left to narrow all of them.

    Where reviews are counted by what is coded in them, a condition on a code is one that the same passage must meet.
    """
    inside = _inside(crossing, protocol)
    within = tuple(each for each in where if inside and level_of(each.field, protocol) is inside)
    rest = tuple(each for each in where if each not in within)
    whole = _definition(crossing, protocol, cases, within, rest)
    if not crossing.panels:
        return (whole,), rest
    groups = tuple(_panels(crossing.panels, whole, protocol, cases, rest))
    if not groups:
        return (whole,), rest
    same = inside is not None and level_of(crossing.panels, protocol) is inside
    told = f"A panel for each value of {lowered(field_label(crossing.panels, protocol))} met with."
    if same or _several(crossing.panels, crossing.unit, protocol):
        told += f" {_one(crossing.unit).capitalize()} may count in several panels."
    return tuple(_panel(whole, group, same, told) for group in groups), rest


def _definition(
    crossing: Crossing,
    protocol: Protocol,
    cases: Sequence[ReviewCase],
    within: Sequence[Condition],
    rest: Sequence[Condition],
) -> TableDefinition:
    names = list(dict.fromkeys(filter(None, (crossing.rows, crossing.columns))))
    labels = [field_label(name, protocol) for name in names]
    title = " by ".join([labels[0], *map(lowered, labels[1:])])
    if crossing.together:
        title = f"{' and '.join([labels[0], *map(lowered, labels[1:])])}: what occurs together"
    bare = TableDefinition(id="X", title=title)
    bare = bare.model_copy(update={"unit": crossing.unit, "episodes": tuple(within)})
    units = population(bare, cases, rest)
    exclusive = not _several(crossing.rows, crossing.unit, protocol)
    passages = "; ".join(describe(each, protocol) for each in within)
    return bare.model_copy(
        update={
            "id": "-".join([*names, *(["together"] if crossing.together else [])]),
            "kind": TableKind.TOGETHER if crossing.together else TableKind.CROSSTAB,
            "rows": _axis(crossing.rows, units, protocol),
            "columns": _axis(crossing.columns, units, protocol) if crossing.columns else Axis(),
            "percent_of": crossing.percent_of,
            "exclusive": exclusive,
            "unit_label": UNIT_LABELS[crossing.unit],
            "note": f"Only coded passages where: {passages}." if passages else "",
        }
    )


def _panel(whole: TableDefinition, group: Group, same: bool, told: str) -> TableDefinition:
    place = "episodes" if same else "where"
    conditions = (*getattr(whole, place), *group.where)
    update = {place: conditions, "id": f"{whole.id}-{group.id}", "title": f"{whole.title}: {group.label}"}
    return whole.model_copy(update={**update, "note": f"{whole.note} {told}".strip()})


def _panels(
    field: str,
    whole: TableDefinition,
    protocol: Protocol,
    cases: Sequence[ReviewCase],
    where: Sequence[Condition],
) -> Iterator[Group]:
    """A group for each value met with, in order, then one for each kind of missing met with."""
    units = population(whole, cases, where)
    axis = _axis(field, units, protocol)
    rule = axis_rule(axis, protocol, single="")
    placed = [rule.place(member) for unit in units for member in _members(unit, field, protocol)]
    used = {name for each in placed for name, _ in each.lines}
    made = {group.id: group for group in axis.groups}
    for line in rule.lines(used):
        if line.id in used:
            condition = Condition(field=field, within=(line.id,))
            yield made.get(line.id) or Group(id=line.id, label=line.label, where=(condition,))
    gaps = {each.missing for each in placed}
    for kind in (each for each in Missing if each in gaps):
        label = f"{field_label(field, protocol)} {MISSING_LABELS[kind].lower()}"
        yield Group(id=kind.value, label=label, where=(Condition(field=field, missing=(kind.value,)),))


def _members(unit: Counted, field: str, protocol: Protocol) -> Sequence[Values]:
    if unit.values is not unit.case.values:
        return (unit.values,)
    level = level_of(field, protocol)
    return unit.case.episodes if level is Unit.EPISODE else (unit.values,)


def _inside(crossing: Crossing, protocol: Protocol) -> Unit | None:
    """What is coded in reviews, where reviews are counted by it."""
    if crossing.unit is not Unit.REVIEW:
        return None
    levels = {level_of(name, protocol) for name in (crossing.rows, crossing.columns) if name}
    return next((unit for unit in _CODED if unit in levels), None)


def _named(name: str, protocol: Protocol) -> str:
    known = [each for names in crossable(protocol).values() for each in names]
    labels = {field_label(each, protocol).casefold(): each for each in known}
    if name in known:
        return name
    if found := labels.get(" ".join(name.casefold().replace("_", " ").split())):
        return found
    if name in protocol.field_by_id or name in LEVELS:
        raise UsageError(f"`{name}` cannot be crossed", mend=f"fields that can: {', '.join(known)}")
    mend = nearest(name, known)
    raise UsageError(f"there is no field `{name}` to cross", mend=f"{mend} fields are {', '.join(known)}".strip())


def _axis(field: str, units: Sequence[Counted], protocol: Protocol) -> Axis:
    """The values met with; for dates, the years met with."""
    definition = protocol.field_by_id.get(field)
    if field not in _DATES and not (definition and definition.kind is FieldKind.DATE):
        return Axis(field=field, zeros=False)
    years = {year for unit in units for year in _years(field, unit.values)}
    groups = tuple(_year(field, year) for year in range(min(years), max(years) + 1)) if years else ()
    return Axis(groups=groups) if groups else Axis(field=field, zeros=False)


def _years(field: str, record: Values) -> Iterator[int]:
    for stated in record.get(field, NOT_SOUGHT).stated:
        days = span(stated.value)
        if days and days[0].year == days[1].year:
            yield days[0].year


def _year(field: str, year: int) -> Group:
    after = Condition(field=field, on_or_after=date(year, 1, 1))
    return Group(id=str(year), label=str(year), where=(after, Condition(field=field, before=date(year + 1, 1, 1))))


def _several(field: str, unit: Unit, protocol: Protocol) -> bool:
    """Whether one unit may have several values of a field, and so stand in several rows."""
    definition = protocol.field_by_id.get(field)
    if field in _SEVERAL or (definition is not None and definition.multiple):
        return True
    if definition is not None and definition.derived_from and _several(definition.derived_from, unit, protocol):
        return True
    return level_of(field, protocol) not in (unit, Unit.REVIEW)


def _one(unit: Unit) -> str:
    return f"{'an' if unit is Unit.EPISODE else 'a'} {unit.value}"
