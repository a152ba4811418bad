"""Rows and columns: which of them a unit falls in, and by which words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from goldthread.analysis.units import Coded
from goldthread.anchors import Anchor
from goldthread.protocol.conditions import NOT_SOUGHT, Values, evidence, holds
from goldthread.protocol.labels import field_label, labels_of
from goldthread.protocol.model import Axis, Condition, Group, Protocol
from goldthread.protocol.quantities import number
from goldthread.protocol.vocabulary import permitted
from goldthread.values import Missing

ALL = "all"
_SHARED_LABELS = {"review_type": "Review type", "review_group": "Review type"}


class Placing(NamedTuple):
    """Where one unit falls on an axis: line ids with the words that put it there, or why it falls nowhere.

    `missing` is None both for a unit that is placed and for one whose value is stated but has no line.
    `anchors` are the words that say it is missing.
    """

    lines: tuple[tuple[str, tuple[Anchor, ...]], ...]
    missing: Missing | None = None
    anchors: tuple[Anchor, ...] = ()


_NOT_CODED = Placing((), Missing.NOT_STATED)


@dataclass(frozen=True, slots=True)
class Line:
    """One row or column before anything is counted; `parent` is the line it is nested below."""

    id: str
    label: str
    parent: str = ""


class FieldAxis:
    """The values of one field."""

    def __init__(self, axis: Axis, protocol: Protocol, within: Sequence[Condition] = ()) -> None:
        self.field, self.protocol = axis.field, protocol
        self.label = field_label(axis.field, protocol)
        self.only = frozenset(axis.only)
        self.defined = tuple(axis.only) or _defined(axis.field, protocol, within)

    def place(self, record: Values) -> Placing:
        """Every value the unit states, and every value those are a kind of."""
        if isinstance(record, Coded) and self.field in record.names:
            return self._coded(record)
        found = record.get(self.field, NOT_SOUGHT)
        if not found.stated:
            return Placing((), found.missing, found.anchors)
        placed: dict[str, tuple[Anchor, ...]] = {}
        for stated in found.stated:
            for name in stated.ids:
                if not self.only or name in self.only:
                    placed[name] = (*placed[name], *stated.anchors) if name in placed else stated.anchors
        return Placing(tuple(placed.items()))

    def _coded(self, record: Coded) -> Placing:
        codes = record.codes(self.field)
        if not codes:
            return _NOT_CODED
        if self.only:
            codes = tuple(name for name in codes if name in self.only)
        words = record.words
        return Placing(tuple([(name, words) for name in codes]))

    def lines(self, used: Iterable[str]) -> tuple[Line, ...]:
        """The defined values in order, then those met with that nobody defined, in order of size or spelling."""
        labels = labels_of(self.field, self.protocol)
        parents = _parents(self.field, self.protocol)
        extra = sorted(set(used) - set(self.defined), key=_by_size)
        names = (*self.defined, *extra)
        return tuple(
            Line(name, labels.get(name, name), parents.get(name, "") if parents.get(name) in names else "")
            for name in names
        )


class GroupAxis:
    """Named groups, each with its conditions."""

    def __init__(self, groups: Sequence[Group], label: str = "") -> None:
        self.groups, self.label = tuple(groups), label
        self._names = tuple(dict.fromkeys(condition.field for group in self.groups for condition in group.where))
        plain = all(condition.within is not None for group in self.groups for condition in group.where)
        self._codes = frozenset(self._names) if plain and self._names else None
        """The fields, where nothing is asked but whether a value is one of several."""
        self._met: dict[tuple[tuple[str, ...], ...], tuple[str, ...]] = {}
        """What is coded with such codes → the groups it falls in."""

    def place(self, record: Values) -> Placing:
        """Every group whose conditions all hold; else the kind of the first value that is missing."""
        if self._codes and isinstance(record, Coded) and self._codes <= record.names:
            return self._coded(record)
        read = {name: record.get(name, NOT_SOUGHT) for name in self._names}
        placed = []
        for group in self.groups:
            if all(holds(condition, read) for condition in group.where):
                words = (anchor for condition in group.where for anchor in evidence(condition, read))
                placed.append((group.id, tuple(words)))
        if placed:
            return Placing(tuple(placed))
        for found in read.values():
            if found.missing is not None:
                return Placing((), found.missing, found.anchors)
        return Placing(())

    def _coded(self, record: Coded) -> Placing:
        codes = tuple([record.codes(name) for name in self._names])
        groups = self._met.get(codes)
        if groups is None:
            groups = self._met[codes] = tuple(group.id for group in self.groups if record.meets(group.where))
        words = record.words
        if groups:
            return Placing(tuple([(name, words) for name in groups]))
        return Placing(()) if all(codes) else _NOT_CODED

    def lines(self, used: Iterable[str]) -> tuple[Line, ...]:  # noqa: ARG002 - groups are all there is
        """The groups as defined."""
        return tuple(Line(group.id, group.label) for group in self.groups)


AxisRule = FieldAxis | GroupAxis


def axis_rule(axis: Axis, protocol: Protocol, *, single: str, within: Sequence[Condition] = ()) -> AxisRule:
    """The rule of an axis. One without field or groups is a single line, labelled `single`."""
    if axis.field:
        return FieldAxis(axis, protocol, within)
    named = {_SHARED_LABELS.get(name, field_label(name, protocol)) for name in fields_of(axis)}
    return GroupAxis(axis.groups or (Group(id=ALL, label=single),), named.pop() if len(named) == 1 else "")


def fields_of(axis: Axis) -> tuple[str, ...]:
    """Every field an axis looks at."""
    grouped = (condition.field for group in axis.groups for condition in group.where)
    return tuple(dict.fromkeys((axis.field, *grouped) if axis.field else tuple(grouped)))


def _defined(field: str, protocol: Protocol, within: Sequence[Condition]) -> tuple[str, ...]:
    """The permitted values; of codes those that are offered, of sub-themes only those of the themes it is about."""
    themes = {name for condition in within if condition.field == "theme" for name in condition.within or ()}
    if field == "subtheme":
        offered = (theme for theme in protocol.codebook.offered if not themes or theme.id in themes)
        return tuple(sub.id for theme in offered for sub in theme.subthemes)
    if field == "theme":
        return tuple(theme.id for theme in protocol.codebook.offered)
    return permitted(field, protocol) or ()


def _parents(field: str, protocol: Protocol) -> Mapping[str, str]:
    definition = protocol.field_by_id.get(field)
    return {value.id: value.parent for value in definition.values} if definition else {}


def _by_size(name: str) -> tuple[bool, object, str]:
    amount = number(name)
    return (amount is None, amount if amount is not None else name.casefold(), name)
