"""The case template of one review as a person works through it: sections, fields, and how each field stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
        """`settled` when a person said, `waiting` when an engine proposed, `open` when neither."""
        states = {one.item.state for one in self.items}
        return "settled" if State.CONFIRMED in states else "waiting" if State.SUGGESTED in states else "open"

    @property
    def live(self) -> tuple[Kept[Characteristic], ...]:
        """What stands: confirmed values, else the proposed ones."""
        wanted = State.CONFIRMED if self.standing == "settled" else State.SUGGESTED
        return tuple(one for one in self.items if one.item.state is wanted)

    @property
    def rejected(self) -> tuple[Kept[Characteristic], ...]:
        """What a person turned down."""
        return tuple(one for one in self.items if one.item.state is State.REJECTED)


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one section for the review, or for one of its subjects or suspects."""

    section: Section
    person: str
    lines: tuple[Line, ...]


def groups(protocol: Protocol, items: Sequence[Kept[Characteristic]]) -> tuple[Group, ...]:
    """The whole template, section by section; fields worked out from others are not filled in by hand."""
    logged: dict[tuple[str, int], list[Kept[Characteristic]]] = defaultdict(list)
    for one in items:
        logged[one.item.field, one.item.subject_no].append(one)
    return tuple(group for section in protocol.sections for group in _section(protocol, section, logged))


def _section(
    protocol: Protocol, section: Section, logged: dict[tuple[str, int], list[Kept[Characteristic]]]
) -> Iterator[Group]:
    fields = [one for one in protocol.fields if one.section == section.id and one.kind is not FieldKind.DERIVED]
    mixed = len({one.unit for one in fields}) > 1
    for unit, name in ((Unit.REVIEW, ""), (Unit.SUBJECT, "Subject"), (Unit.SUSPECT, "Suspect")):
        mine = [one for one in fields if one.unit is unit]
        if not mine:
            continue
        numbers = sorted({no for field, no in logged if field in {one.id for one in mine}})
        for no in numbers or [0 if unit is Unit.REVIEW else 1]:
            person = f"{name} {no}" if name and (no > 1 or len(numbers) > 1) else name if mixed else ""
            yield Group(section, person, tuple(Line(one, no, tuple(logged[one.id, no])) for one in mine))


def choices(field: FieldDefinition, protocol: Protocol) -> dict[str, str]:
    """The values a field may have, by id; empty where anything may be written."""
    return labels_of(field.id, protocol)
