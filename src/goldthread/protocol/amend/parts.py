"""Amending the rest of a protocol: fields, values, criteria, reasons, tables and quality items."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import singledispatch
from typing import TypeVar

from goldthread.errors import UsageError
from goldthread.protocol.amend.changes import (
    AddValue,
    DescribeCriterion,
    DescribeField,
    DescribeQuality,
    DescribeReason,
    DescribeTable,
    DescribeValue,
    FilterTable,
    OfProtocol,
    PlaceReason,
    SetLimit,
)
from goldthread.protocol.amend.editing import edited
from goldthread.protocol.check import nearest
from goldthread.protocol.model import (
    Band,
    Condition,
    Criterion,
    ExclusionReason,
    FieldDefinition,
    FieldKind,
    Protocol,
    QualityItem,
    TableDefinition,
)
from goldthread.protocol.record import Value

Named = TypeVar("Named", FieldDefinition, Criterion, ExclusionReason, TableDefinition, QualityItem, Value, Band)
OF_PASSAGES = {"direction": "directions", "explanation": "explanations", "whose": "whose", "agency": "agencies"}
"""What is said of a passage besides its theme, and where the codebook lists the values."""
GROWING = ("explanation", "whose", "agency")
LIMITS = ("at_least", "at_most", "on_or_after", "before")
"""The tests of a condition that are a limit."""


@singledispatch
def with_part(change: OfProtocol, protocol: Protocol) -> Protocol:  # noqa: ARG001 - the kinds of change use it
    """The protocol after a change to one of its parts. Raises UsageError when the change does not fit it."""
    raise UsageError(f"{change!r} is no change of a protocol")


@with_part.register
def _field(change: DescribeField, protocol: Protocol) -> Protocol:
    field = one_of(change.field, protocol.fields, "field")
    return _fields(protocol, edited(field, label=change.label, definition=change.definition))


@with_part.register
def _add_value(change: AddValue, protocol: Protocol) -> Protocol:
    new = Value(id=change.id, label=change.label, definition=change.definition, parent=change.parent)
    if change.field in OF_PASSAGES:
        if change.field not in GROWING:
            raise UsageError("the directions of a codebook are fixed", mend="add an explanation, or a code")
        listed: tuple[Value, ...] = getattr(protocol.codebook, OF_PASSAGES[change.field])
        _new(new, listed)
        made = {OF_PASSAGES[change.field]: (*listed, new)}
        return edited(protocol, codebook=edited(protocol.codebook, **made))
    field = one_of(change.field, protocol.fields, "field")
    if field.kind is not FieldKind.CATEGORY:
        raise UsageError(f"“{field.label}” does not take its values from a list", mend="add values to a category")
    _new(new, field.values)
    return _fields(protocol, edited(field, values=(*field.values, new)))


@with_part.register
def _describe_value(change: DescribeValue, protocol: Protocol) -> Protocol:
    told = {"label": change.label, "definition": change.definition}
    if change.field in OF_PASSAGES:
        listed: tuple[Value, ...] = getattr(protocol.codebook, OF_PASSAGES[change.field])
        value = one_of(change.value, listed, "value")
        made = {OF_PASSAGES[change.field]: _swapped(listed, edited(value, **told))}
        return edited(protocol, codebook=edited(protocol.codebook, **made))
    field = one_of(change.field, protocol.fields, "field")
    if field.bands:
        band = one_of(change.value, field.bands, "value")
        return _fields(protocol, edited(field, bands=_swapped(field.bands, edited(band, label=change.label))))
    value = one_of(change.value, field.values, "value")
    return _fields(protocol, edited(field, values=_swapped(field.values, edited(value, **told))))


@with_part.register
def _criterion(change: DescribeCriterion, protocol: Protocol) -> Protocol:
    criterion = one_of(change.criterion, protocol.criteria, "criterion")
    told = edited(criterion, question=change.question, guidance=change.guidance)
    return edited(protocol, criteria=_swapped(protocol.criteria, told))


@with_part.register
def _limit(change: SetLimit, protocol: Protocol) -> Protocol:
    criterion = one_of(change.criterion, protocol.criteria, "criterion")
    old = limited(change, criterion)
    test = limit_of(old)
    dated = test in ("on_or_after", "before")
    if dated is not isinstance(change.limit, date):
        raise UsageError("this limit is " + ("a day, like 2016-01-01" if dated else "a number"), mend="give one")
    rule = criterion.rules[change.rule - 1]
    alternative = rule.any_of[change.alternative - 1]
    new = _at(alternative, change.condition - 1, edited(old, **{test: change.limit}))
    changed = edited(rule, any_of=_at(rule.any_of, change.alternative - 1, new))
    told = edited(criterion, rules=_at(criterion.rules, change.rule - 1, changed))
    return edited(protocol, criteria=_swapped(protocol.criteria, told))


def limited(change: SetLimit, criterion: Criterion) -> Condition:
    """The condition of a criterion whose limit is changed. Raises UsageError when there is none at that place."""
    try:
        found = criterion.rules[change.rule - 1].any_of[change.alternative - 1][change.condition - 1]
    except IndexError:
        found = None
    if found is None or not limit_of(found):
        raise UsageError(
            f"“{criterion.question}” has no limit there", mend="see `goldthread protocol amendable` for its limits"
        )
    return found


def limit_of(condition: Condition) -> str:
    """Which of its tests is a limit; "" when none is."""
    return next((test for test in LIMITS if getattr(condition, test) is not None), "")


@with_part.register
def _reason(change: DescribeReason, protocol: Protocol) -> Protocol:
    reason = one_of(change.reason, protocol.reasons, "reason")
    told = edited(reason, label=change.label, definition=change.definition)
    return edited(protocol, reasons=_swapped(protocol.reasons, told))


@with_part.register
def _place_reason(change: PlaceReason, protocol: Protocol) -> Protocol:
    reason = one_of(change.reason, protocol.reasons, "reason")
    rest = [each for each in protocol.reasons if each.id != reason.id]
    at = rest.index(one_of(change.before, rest, "reason")) if change.before else len(rest)
    ordered = (*rest[:at], reason, *rest[at:])
    if ordered == protocol.reasons:
        raise UsageError(f"“{reason.label}” stands there already", mend="choose another place")
    return edited(protocol, reasons=ordered)


@with_part.register
def _table(change: DescribeTable, protocol: Protocol) -> Protocol:
    table = one_of(change.table, protocol.tables, "table")
    return edited(protocol, tables=_swapped(protocol.tables, edited(table, title=change.title, note=change.note)))


@with_part.register
def _filter(change: FilterTable, protocol: Protocol) -> Protocol:
    table = one_of(change.table, protocol.tables, "table")
    return edited(protocol, tables=_swapped(protocol.tables, edited(table, where=change.where)))


@with_part.register
def _quality(change: DescribeQuality, protocol: Protocol) -> Protocol:
    item = one_of(change.item, protocol.quality, "quality item")
    told = edited(item, label=change.label, question=change.question)
    return edited(protocol, quality=_swapped(protocol.quality, told))


def one_of(name: str, known: Iterable[Named], what: str) -> Named:
    """The one of that id. Raises UsageError naming the nearest when there is none."""
    by_id = {each.id: each for each in known}
    if name not in by_id:
        raise UsageError(
            f"the protocol has no {what} {name!r}", mend=nearest(name, by_id) or f"it has {', '.join(by_id)}"
        )
    return by_id[name]


def _new(value: Value, listed: Sequence[Value]) -> None:
    for each in listed:
        if each.id == value.id or each.label.casefold() == value.label.casefold():
            raise UsageError(f"there is a value called “{each.label}” already", mend="choose another name")


def _fields(protocol: Protocol, field: FieldDefinition) -> Protocol:
    return edited(protocol, fields=_swapped(protocol.fields, field))


def _swapped(known: tuple[Named, ...], changed: Named) -> tuple[Named, ...]:
    return tuple(changed if each.id == changed.id else each for each in known)


Item = TypeVar("Item")


def _at(items: tuple[Item, ...], place: int, changed: Item) -> tuple[Item, ...]:
    return (*items[:place], changed, *items[place + 1 :])
