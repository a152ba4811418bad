"""The case template of one review as a person works through it: sections, fields, and how each field stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from goldthread.extraction.model import Characteristic
from goldthread.protocol.labels import labels_of
from goldthread.protocol.model import FieldDefinition, FieldKind, Protocol, Section
from goldthread.store.review_file import Kept
from goldthread.values import State, Unit


@dataclass(frozen=True, slots=True)
class Line:
    """One field of the review, or of one of its subjects, with everything logged for it."""

    field: FieldDefinition
    subject_no: int
    items: tuple[Kept[Characteristic], ...]

    @property
    def id(self) -> str:
        """By which a page finds it."""
        return f"{self.field.id}-{self.subject_no}"

    @property
    def standing(self) -> str:
        """`settled` when a person said, `waiting` when an engine proposed, `open` when neither.

        A field of several values waits as long as any of them does.
        """
        states = {one.item.state for one in self.items}
        if State.CONFIRMED in states and not (self.field.multiple and State.SUGGESTED in states):
            return "settled"
        return "waiting" if State.SUGGESTED in states else "open"

    @property
    def live(self) -> tuple[Kept[Characteristic], ...]:
        """What stands: confirmed values, and the proposed ones where none is or the field takes several."""
        wanted = {State.CONFIRMED} if self.standing == "settled" else {State.CONFIRMED, State.SUGGESTED}
        return tuple(one for one in self.items if one.item.state in wanted)

    @property
    def rejected(self) -> tuple[Kept[Characteristic], ...]:
        """What a person turned down."""
        return tuple(one for one in self.items if one.item.state is State.REJECTED)


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one section for the review, or for one of its subjects or suspects.

    `further` names the kind of person (`subject`, `suspect`) of which one more may be added below this group.
    """

    section: Section
    person: str
    lines: tuple[Line, ...]
    further: str = ""


def groups(protocol: Protocol, items: Sequence[Kept[Characteristic]], opened: str = "") -> tuple[Group, ...]:
    """The whole template, section by section; fields worked out from others are not filled in by hand.

    `opened` begins one more person: `subject`, `suspect`, or a field of theirs with a number ("age-2.").
    """
    logged: dict[tuple[str, int], list[Kept[Characteristic]]] = defaultdict(list)
    for one in items:
        logged[one.item.field, one.item.subject_no].append(one)
    more = _further(protocol, logged, opened)
    found = [group for section in protocol.sections for group in _section(protocol, section, logged, more)]
    last = {group.further: n for n, group in enumerate(found) if group.further}
    return tuple(
        replace(group, further="" if last.get(group.further) != n or group.further in more else group.further)
        for n, group in enumerate(found)
    )


_NUMBERED = re.compile(r"(.+)-(\d{1,2})\..*")


def _further(protocol: Protocol, logged: Mapping[tuple[str, int], object], opened: str) -> dict[str, int]:
    """The kind of person of which one more is begun, and their number."""
    unit_of = {one.id: one.unit.value for one in protocol.fields}
    most = {
        unit: max((no for field, no in logged if unit_of.get(field) == unit), default=1)
        for unit in (Unit.SUBJECT.value, Unit.SUSPECT.value)
    }
    found = _NUMBERED.fullmatch(opened)
    unit = unit_of.get(found[1], "") if found else opened
    if unit not in most or (found and int(found[2]) != most[unit] + 1):
        return {}
    return {unit: most[unit] + 1}


def _section(
    protocol: Protocol,
    section: Section,
    logged: dict[tuple[str, int], list[Kept[Characteristic]]],
    more: Mapping[str, int],
) -> Iterator[Group]:
    fields = [one for one in protocol.fields if one.section == section.id and one.kind is not FieldKind.DERIVED]
    mixed = len({one.unit for one in fields}) > 1
    for unit, name in ((Unit.REVIEW, ""), (Unit.SUBJECT, "Subject"), (Unit.SUSPECT, "Suspect")):
        mine = [one for one in fields if one.unit is unit]
        if not mine:
            continue
        known = {no for field, no in logged if field in {one.id for one in mine}}
        numbers = sorted((known or {0 if unit is Unit.REVIEW else 1}) | {more[kind] for kind in more if kind == unit})
        for no in numbers:
            person = f"{name} {no}" if name and (no > 1 or len(numbers) > 1) else name if mixed else ""
            lines = tuple(Line(one, no, tuple(logged[one.id, no])) for one in mine)
            yield Group(section, person, lines, unit.value if name else "")


def choices(field: FieldDefinition, protocol: Protocol) -> dict[str, str]:
    """The values a field may have, by id; empty where anything may be written."""
    return labels_of(field.id, protocol)
