"""The case template filled in: what one review says, field by field, for itself, its subjects and its suspects.

A case is read on one basis. What a person confirmed stands before every suggestion for the same field of the
same subject; a suggestion counts on the draft basis alone; what was rejected or superseded is not there.
Readings are made when asked for and kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from threading import get_ident
from typing import Any
from typing import Protocol as Interface

from goldthread.anchors import Anchor
from goldthread.protocol.conditions import NOT_APPLICABLE, NOT_SOUGHT, Reading, Stated, Values, all_hold, reading
from goldthread.protocol.model import FieldDefinition, FieldKind, Protocol
from goldthread.protocol.quantities import number, span
from goldthread.protocol.vocabulary import JOINT, LEVELS
from goldthread.values import Basis, Missing, State, Unit


class Logged(Interface):
    """One logged value of one field, as `goldthread.extraction.model.Characteristic` has it."""

    @property
    def subject_no(self) -> int: ...
    @property
    def field(self) -> str: ...
    @property
    def value(self) -> str | None: ...
    @property
    def missing(self) -> Missing | None: ...
    @property
    def state(self) -> State: ...
    @property
    def confidence(self) -> float: ...
    @property
    def anchors(self) -> tuple[Anchor, ...]: ...


_BY_WEIGHT = (
    Missing.WITHHELD,
    Missing.UNCLEAR,
    Missing.NOT_STATED,
    Missing.NOT_SOUGHT,
    Missing.NOT_APPLICABLE,
)
"""Which kind of missing speaks for several subjects: the one that says most."""


def counts(state: State, basis: Basis) -> bool:
    """Whether something in this state may be counted on this basis."""
    return state is State.CONFIRMED or (state is State.SUGGESTED and basis is Basis.DRAFT)


def register_facts(
    review_types: Sequence[str],
    *,
    source: str = "",
    round: str = "",
    publication_date: str = "",
    pages: int | None = None,
) -> dict[str, Reading]:
    """Readings of what the register itself knows of a review, for `CaseTemplate.case`.

    `pages` counts all its documents: 0 where none could be read, None where there is none yet.
    """
    days = span(publication_date)
    year = str(days[0].year) if days and days[0].year == days[1].year else ""
    group = JOINT if len(review_types) > 1 else "".join(review_types)
    return {
        "review_type": reading(*review_types),
        "review_group": _known(group),
        "source": _known(source),
        "round": _known(round),
        "publication_date": _known(publication_date),
        "publication_year": _known(year),
        "pages": NOT_SOUGHT if pages is None else reading(str(pages)),
    }


def _known(value: str) -> Reading:
    return reading(value) if value else reading()


class CaseTemplate:
    """A protocol's fields, ready to be filled in for any number of reviews on one basis."""

    def __init__(self, protocol: Protocol, basis: Basis) -> None:
        self.basis = basis
        self.fields = protocol.field_by_id
        self.fields_of = {
            unit: frozenset(field.id for field in protocol.fields if field.unit is unit)
            for unit in (Unit.REVIEW, Unit.SUBJECT, Unit.SUSPECT)
        }
        self.broader = {field.id: _broader(field) for field in protocol.fields}

    def case(self, logged: Iterable[Logged], given: Values) -> Case:
        """One review's case; `given` are the readings of fields every study has (see `vocabulary.LEVELS`)."""
        return Case(self, logged, given)

    def readings_of(self, field: FieldDefinition, items: Sequence[Logged]) -> Reading:
        """What the logged values of one field of one subject amount to."""
        confirmed = [item for item in items if item.state is State.CONFIRMED]
        pool = confirmed or items
        values = [item for item in pool if item.value is not None]
        if not values:
            return _missing(pool)
        if not confirmed and not field.multiple:
            values = [max(values, key=lambda item: item.confidence)]
        stated: dict[str, Stated] = {}
        for item in values:
            value = item.value or ""
            before = stated.get(value)
            stated[value] = Stated(
                value,
                (*before.anchors, *(a for a in item.anchors if a not in before.anchors)) if before else item.anchors,
                max(before.confidence, item.confidence) if before else item.confidence,
                self.broader[field.id].get(value, ()),
            )
        return Reading(tuple(stated.values()))


def _broader(field: FieldDefinition) -> dict[str, tuple[str, ...]]:
    parents = {value.id: value.parent for value in field.values if value.parent}
    chains: dict[str, tuple[str, ...]] = {}
    for value in parents:
        chain: list[str] = []
        above = parents[value]
        while above and above not in chain:
            chain.append(above)
            above = parents.get(above, "")
        chains[value] = tuple(chain)
    return chains


def _missing(items: Sequence[Logged]) -> Reading:
    if not items:
        return NOT_SOUGHT
    best = max(items, key=lambda item: item.confidence)
    return Reading(missing=best.missing, anchors=best.anchors, confidence=best.confidence)


class _Part(Mapping[str, Reading]):
    """A record whose readings are made once, when first asked for. Safe to share between threads."""

    def __init__(self) -> None:
        self._made: dict[str, Reading] = {}
        self._open: set[tuple[str, int]] = set()

    def __getitem__(self, name: str) -> Reading:
        found = self._made.get(name)
        return self._first(name) if found is None else found

    def get(self, name: str, default: Any = None) -> Any:
        found = self._made.get(name)
        if found is not None:
            return found
        try:
            return self._first(name)
        except KeyError:
            return default

    def _first(self, name: str) -> Reading:
        reading = (name, get_ident())
        if reading in self._open:  # a field derived from itself ends here
            return NOT_SOUGHT
        self._open.add(reading)
        try:
            found = self._made[name] = self._read(name)
        finally:
            self._open.discard(reading)
        return found

    def _read(self, name: str) -> Reading:
        raise NotImplementedError

    def _names(self) -> Iterable[str]:
        raise NotImplementedError

    def __iter__(self) -> Iterator[str]:
        return iter(self._names())

    def __len__(self) -> int:
        return sum(1 for _ in self._names())


class Case(_Part):
    """One review as readings. Fields of its subjects and suspects are seen from here as sets of values."""

    def __init__(self, template: CaseTemplate, logged: Iterable[Logged], given: Values) -> None:
        super().__init__()
        self.template, self.given = template, given
        self._logged: dict[str, list[Logged]] = {}
        for item in logged:
            if counts(item.state, template.basis):
                self._logged.setdefault(item.field, []).append(item)
        self._people: dict[Unit, tuple[Person, ...]] = {}

    def _names(self) -> Iterable[str]:
        return (*self.template.fields, *LEVELS)

    def _read(self, name: str) -> Reading:
        field = self.template.fields.get(name)
        if field is None:
            if name not in LEVELS:
                raise KeyError(name)
            return self.given.get(name, NOT_SOUGHT)
        if field.unit is Unit.REVIEW:
            return _own(self.template, field, self.logged_of(name), self)
        return _together([person[name] for person in self.people(field.unit)])

    def logged_of(self, field: str) -> Sequence[Logged]:
        """What is logged of one field and counts on this basis."""
        return self._logged.get(field, ())

    @property
    def subjects(self) -> tuple[Person, ...]:
        """The review's subjects: at least one, since every review is about somebody."""
        return self.people(Unit.SUBJECT)

    @property
    def suspects(self) -> tuple[Person, ...]:
        """The suspects or perpetrators anything is logged about; there may be none."""
        return self.people(Unit.SUSPECT)

    def people(self, unit: Unit) -> tuple[Person, ...]:
        """Subjects or suspects, in the order of their numbers."""
        if unit not in self._people:
            self._people[unit] = tuple(self._found(unit))
        return self._people[unit]

    def _found(self, unit: Unit) -> Iterator[Person]:
        names = self.template.fields_of[unit]
        numbers = {
            item.subject_no
            for name in names & self._logged.keys()
            for item in self._logged[name]
            if unit is Unit.SUBJECT or item.value is not None
        }
        numbered = sorted(numbers - {0})
        if not numbered and (unit is Unit.SUBJECT or numbers):
            numbered = [1]
        for no in numbered:
            yield Person(self, unit, no, alone=len(numbered) == 1)


class Person(_Part):
    """One subject or suspect. What is logged of the review as a whole is true of the only one there is."""

    def __init__(self, case: Case, unit: Unit, no: int, *, alone: bool) -> None:
        super().__init__()
        self.case, self.unit, self.no, self.alone = case, unit, no, alone

    def _names(self) -> Iterable[str]:
        return iter(self.case)

    def _read(self, name: str) -> Reading:
        field = self.case.template.fields.get(name)
        if field is None or field.unit is not self.unit:
            return self.case[name]
        wanted = (self.no, 0) if self.alone else (self.no,)
        items = [item for item in self.case.logged_of(name) if item.subject_no in wanted]
        return _own(self.case.template, field, items, self)


def _own(template: CaseTemplate, field: FieldDefinition, items: Sequence[Logged], record: Values) -> Reading:
    if field.applies and all_hold(field.applies, record) is False:
        return NOT_APPLICABLE
    if field.kind is FieldKind.DERIVED:
        source = record.get(field.derived_from, NOT_SOUGHT)
        if not any(item.state is State.CONFIRMED for item in items) and (source.stated or not items):
            return _derived(template, field, source)
    return template.readings_of(field, items)


def _derived(template: CaseTemplate, field: FieldDefinition, source: Reading) -> Reading:
    """The bands or groups of the source's values; unclear when none is precise enough to be banded."""
    if not source.stated:
        return source
    made: dict[str, Stated] = {}
    vague = False
    for value in source.stated:
        name = _band(field, value.value) if field.bands else _group(field, value)
        vague = vague or name is None
        if name:
            before = made[name].anchors if name in made else ()
            sure = max(made[name].confidence, value.confidence) if name in made else value.confidence
            made[name] = Stated(name, (*before, *value.anchors), sure, template.broader[field.id].get(name, ()))
    if made:
        return Reading(tuple(made.values()))
    words = tuple(anchor for value in source.stated for anchor in value.anchors)
    return Reading(missing=Missing.UNCLEAR, anchors=words) if vague else NOT_APPLICABLE


def _band(field: FieldDefinition, text: str) -> str | None:
    """The band a number, or the year of a date, falls in; "" when in none, None when that cannot be told."""
    amount = number(text)
    if amount is None and (days := span(text)) and days[0].year == days[1].year:
        amount = number(str(days[0].year))
    if amount is None:
        return None
    for band in field.bands:
        if (band.low is None or amount >= band.low) and (band.high is None or amount < band.high + 1):
            return band.id
    return ""


def _group(field: FieldDefinition, value: Stated) -> str:
    return next((name for name, members in field.groups.items() if set(members) & set(value.ids)), "")


def _together(readings: Sequence[Reading]) -> Reading:
    stated: dict[str, Stated] = {}
    for value in (value for found in readings for value in found.stated):
        before = stated.get(value.value)
        anchors = (*before.anchors, *value.anchors) if before else value.anchors
        sure = max(before.confidence, value.confidence) if before else value.confidence
        stated[value.value] = Stated(value.value, anchors, sure, value.broader)
    if stated:
        return Reading(tuple(stated.values()))
    kinds = {found.missing: found for found in readings}
    return next((kinds[kind] for kind in _BY_WEIGHT if kind in kinds), NOT_APPLICABLE)
