"""What speaks of a code besides the codebook: conditions of tables and of screening, and the lines of tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from goldthread.errors import UsageError
from goldthread.protocol.amend.editing import edited
from goldthread.protocol.codebook import Place
from goldthread.protocol.model import Axis, Condition, Protocol, TableDefinition

Conditions = tuple[Condition, ...]


def renamed(protocol: Protocol, old: Place, new: Place) -> Protocol:
    """The protocol in which whatever spoke of the code at one place speaks of that at another.

    Raises UsageError where a table singles a code out that would become one of another level.
    """
    if _level(old) != _level(new):
        _not_singled_out(protocol, old)
        return protocol
    return edited(
        protocol,
        tables=tuple(_table(table, old, new) for table in protocol.tables),
        criteria=tuple(
            edited(
                criterion,
                rules=tuple(
                    edited(rule, any_of=tuple(_conditions(each, old, new) for each in rule.any_of))
                    for rule in criterion.rules
                ),
            )
            for criterion in protocol.criteria
        ),
        reasons=tuple(
            edited(
                reason,
                triggers=tuple(
                    edited(trigger, conditions=_conditions(trigger.conditions, old, new))
                    for trigger in reason.triggers
                ),
            )
            for reason in protocol.reasons
        ),
    )


def speaking_of(protocol: Protocol, fields: frozenset[str]) -> tuple[TableDefinition, ...]:
    """The tables that count by any of these fields, or narrow what they count by them."""
    return tuple(table for table in protocol.tables if fields & set(fields_of(table)))


def fields_of(table: TableDefinition) -> Iterator[str]:
    """Every field a table speaks of."""
    yield from (each.field for each in (*table.where, *table.episodes))
    yield from table.fields
    yield table.measure
    for axis in (table.rows, table.columns):
        yield axis.field
        yield from (each.field for group in axis.groups for each in group.where)


def _level(place: Place) -> str:
    return "subtheme" if place[1] else "theme"


def _id(place: Place) -> str:
    return place[1] or place[0]


def _table(table: TableDefinition, old: Place, new: Place) -> TableDefinition:
    return edited(
        table,
        where=_conditions(table.where, old, new),
        episodes=_conditions(table.episodes, old, new),
        rows=_axis(table.rows, old, new),
        columns=_axis(table.columns, old, new),
    )


def _axis(axis: Axis, old: Place, new: Place) -> Axis:
    groups = tuple(edited(group, where=_conditions(group.where, old, new)) for group in axis.groups)
    only = _ids(axis.only, old, new) if axis.field == _level(old) else axis.only
    return edited(axis, groups=groups, only=only)


def _conditions(conditions: Conditions, old: Place, new: Place) -> Conditions:
    """Conditions on one record, in terms of the new place; a theme asked for beside its sub-theme follows it."""
    made = tuple(
        edited(each, within=_named(each.within, old, new), outside=_named(each.outside, old, new))
        if each.field == _level(old)
        else each
        for each in conditions
    )
    if not old[1] or old[0] == new[0]:
        return made
    subs = [each.within for each in made if each.field == "subtheme" and each.within]
    if not any(new[1] in ids for ids in subs):
        return made
    return tuple(
        edited(each, within=tuple(dict.fromkeys((*each.within, new[0]))))
        if each.field == "theme" and each.within and old[0] in each.within
        else each
        for each in made
    )


def _named(ids: tuple[str, ...] | None, old: Place, new: Place) -> tuple[str, ...] | None:
    return None if ids is None else _ids(ids, old, new)


def _ids(ids: Iterable[str], old: Place, new: Place) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_id(new) if each == _id(old) else each for each in ids))


def _not_singled_out(protocol: Protocol, place: Place) -> None:
    for table in protocol.tables:
        if singles_out(table, place):
            raise UsageError(
                f"the table {table.id} counts this code by itself, so it cannot become a code of another level",
                where=table.title,
                mend="merge it into a code of its own level, or retire it",
            )


def singles_out(table: TableDefinition, place: Place) -> bool:
    """Whether a table asks for this very code by its name."""
    axes = (table.rows, table.columns)
    conditions: Sequence[Condition] = (
        *table.where,
        *table.episodes,
        *(each for axis in axes for group in axis.groups for each in group.where),
    )
    listed = [ids for each in conditions if each.field == _level(place) for ids in (each.within, each.outside) if ids]
    listed += [axis.only for axis in axes if axis.field == _level(place)]
    return any(_id(place) in ids for ids in listed)
