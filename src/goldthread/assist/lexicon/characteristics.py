"""Every field of a protocol, read from a review by the extractor of its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from goldthread.anchors import Anchor
from goldthread.coding.passages import DESCRIBED, Passage
from goldthread.extraction.age import ages, further_ages
from goldthread.extraction.category import categories, first_told
from goldthread.extraction.count import counts, texts
from goldthread.extraction.event import event_dates
from goldthread.extraction.found import Found, calibrated
from goldthread.extraction.guards import within_name
from goldthread.extraction.model import Characteristic
from goldthread.extraction.part import Event, Part, parts
from goldthread.extraction.place import Named, places, stretches
from goldthread.extraction.reading import Reading
from goldthread.extraction.register import CERTAIN, registered
from goldthread.protocol.cases import Case, CaseTemplate
from goldthread.protocol.conditions import Values, all_hold
from goldthread.protocol.gazetteers import load as load_gazetteer
from goldthread.protocol.lexicon import FieldCues, Lexicon, PartCues
from goldthread.protocol.model import FieldDefinition, FieldKind, Protocol
from goldthread.protocol.places_data import slug
from goldthread.values import Basis, Missing, State, Unit

AUTHOR = "goldthread"
_PART = 1.5  # points of a name where its part in the event is told
_SAID_OUTRIGHT, _BY_NATURE, _ADDRESSED = 0.8, 0.95, 0.85  # confidence


@dataclass
class FieldReader:
    """Reads fields in the protocol's order, later ones knowing what earlier ones found."""

    review_id: str
    engine: str
    readings: Sequence[Reading]
    passages: Sequence[Sequence[Passage]]
    protocol: Protocol
    facts: Values
    found: dict[str, list[Found]] = field(default_factory=dict)

    def characteristics(self) -> tuple[Characteristic, ...]:
        """One characteristic a value, or one that says why there is none."""
        template = CaseTemplate(self.protocol, Basis.DRAFT)
        made: list[Characteristic] = []
        for definition in _in_order(self.protocol):
            case = template.case(made, self.facts) if definition.applies or definition.derived_from else None
            made += self._logged(definition, case)
        place = {definition.id: number for number, definition in enumerate(self.protocol.fields)}
        return tuple(sorted(made, key=lambda each: (place[each.field], each.subject_no)))

    def _logged(self, definition: FieldDefinition, case: Case | None) -> list[Characteristic]:
        if case and definition.applies and all_hold(definition.applies, case) is False:
            return [self._absent(definition, Missing.NOT_APPLICABLE)]
        if case and definition.kind is FieldKind.DERIVED:
            return self._derived(definition, case)
        if known := self._from_register(definition):
            return known
        cues = self.protocol.lexicon.fields.get(definition.id)
        if cues is None:
            return [self._absent(definition, Missing.NOT_SOUGHT)]
        found = self._read(definition, cues)
        found = [replace(each, confidence=calibrated(each.confidence, cues.calibration)) for each in found]
        self.found[definition.id] = found
        if not found:
            return [self._silent(definition, cues)]
        return [self._present(definition, each) for each in found]

    def _from_register(self, definition: FieldDefinition) -> list[Characteristic]:
        """What the register a document was written from states outright, and that it states nothing."""
        rows = [registered(reading.document, definition, self.protocol) for reading in self.readings]
        if all(cells is None for cells in rows):
            return []
        subject = 0 if definition.unit is Unit.REVIEW else 1
        made = [
            self._made(definition, subject, cell.value, cell.missing, CERTAIN, (cell.anchor,))
            for cells in rows
            for cell in cells or ()
        ]
        return made or [self._absent(definition, Missing.NOT_STATED)]

    def _silent(self, definition: FieldDefinition, cues: FieldCues) -> Characteristic:
        """Why there is no value: the report says it leaves it out, or could not find out, or says nothing."""
        subject = 0 if definition.unit is Unit.REVIEW else 1
        for why, groups in ((Missing.WITHHELD, cues.withheld), (Missing.UNCLEAR, cues.unclear)):
            for reading in self.readings:
                for said, _ in reading.hits_of(groups):
                    return self._made(definition, subject, None, why, 0.6, (reading.sentence_anchor(said),))
        return self._absent(definition, Missing.NOT_STATED)

    def _derived(self, definition: FieldDefinition, case: Case) -> list[Characteristic]:
        """What follows from another field, with its evidence and confidence."""
        people = case.people(definition.unit) if definition.unit is not Unit.REVIEW else ()
        made = []
        for number, reading in [(each.no, each[definition.id]) for each in people] or [(0, case[definition.id])]:
            if reading.missing:
                made.append(self._made(definition, number, None, reading.missing, 0.5, ()))
            for stated in reading.stated:
                made.append(self._made(definition, number, stated.value, None, stated.confidence, stated.anchors))
        return made

    def _read(self, definition: FieldDefinition, cues: FieldCues) -> list[Found]:
        if presumed := self._presumed(cues) or self._addressed(cues):
            return presumed
        if cues.part:
            return self._from_part(cues.part, cues)
        if cues.practice:
            return self._from_practice(cues)
        match definition.kind:
            case FieldKind.AGE:
                return [*ages(self.readings, cues, self._event()), *further_ages(self.readings, cues)]
            case FieldKind.DATE:
                return event_dates(self.readings, cues, self.protocol.lexicon)
            case FieldKind.GAZETTEER:
                return self._places(definition, cues)
            case FieldKind.COUNT:
                return counts(self.readings, cues, self.protocol.lexicon)
            case FieldKind.TEXT:
                return texts(self.readings, cues)
            case _:
                return self._categories(definition, cues)

    def _event(self) -> str:
        """The date found for the event, where the protocol asks for one before ages."""
        dated = (each.id for each in self.protocol.fields if each.kind is FieldKind.DATE)
        return next((each.value for name in dated for each in self.found.get(name, ())), "")

    def _categories(self, definition: FieldDefinition, cues: FieldCues) -> list[Found]:
        if cues.first:
            return first_told(self.readings, cues, self.protocol.lexicon)
        by_age = self._banded(cues)
        if by_age:
            return by_age
        found = categories(self.readings, self._limited(cues), self.protocol.lexicon, definition.multiple)
        left = cues.otherwise or self._left(cues)
        if not found and left:
            return self._on_account(left, cues)
        return found or self._from_places(cues)

    def _left(self, cues: FieldCues) -> str:
        """The value that is left, given another field, when nothing speaks for any."""
        known = self._values()
        given = (left[value] for other, left in cues.rest.items() for value in known.get(other, ()) if value in left)
        return next(given, "")

    def _from_places(self, cues: FieldCues) -> list[Found]:
        """The nation of the places found, by the first of them that tells."""
        for name in cues.place_of:
            gazetteer = load_gazetteer(self.protocol.field_by_id[name].gazetteer)
            for each in self.found.get(name, ()):
                place = gazetteer.by_name.get(each.value)
                value = slug(place.nation) if place else ""
                if value in cues.values:
                    return [Found(value, each.confidence, each.anchors)]
        return []

    def _limited(self, cues: FieldCues) -> FieldCues:
        """The cues of the values that remain possible given the type of the review and other fields."""
        types = {stated.value for stated in self.facts["review_type"].stated}
        by_law = {value for value, lawful in cues.by_type.items() if types & set(lawful)}
        if by_law:
            values = {value: groups for value, groups in cues.values.items() if value in by_law}
            cues = cues.model_copy(update={"values": values, "threshold": min(cues.threshold, 1.0)})
        for other, limits in cues.given.items():
            allowed = {value for known in self._values().get(other, ()) for value in limits.get(known, ())}
            values = {value: groups for value, groups in cues.values.items() if value in allowed}
            cues = cues.model_copy(update={"values": values})
        for other, aside in cues.without.items():
            dropped = {group for known in self._values().get(other, ()) for group in aside.get(known, ())}
            values = {value: tuple(g for g in groups if g not in dropped) for value, groups in cues.values.items()}
            cues = cues.model_copy(update={"values": values})
        return cues

    def _banded(self, cues: FieldCues) -> list[Found]:
        if not cues.bands:
            return []
        aged = [definition.id for definition in self.protocol.fields if definition.kind is FieldKind.AGE]
        for found in (each for name in aged for each in self.found.get(name, [])):
            for value, (low, high) in cues.bands.items():
                if low <= int(found.value) <= high:
                    return [Found(value, found.confidence, found.anchors, found.subject_no)]
        return []

    def _presumed(self, cues: FieldCues) -> list[Found]:
        """What reports of this type are about by their nature; its evidence is the account."""
        types = {stated.value for stated in self.facts["review_type"].stated}
        value = next((value for value, lawful in cues.presumed.items() if types & set(lawful)), "")
        return [replace(each, confidence=_BY_NATURE) for each in self._on_account(value, cues)] if value else []

    def _parts(self, part: PartCues) -> list[Part]:
        known = self._values()
        late = any(value in values for other, values in part.late.items() for value in known.get(other, ()))
        return parts(self.readings, part, self.protocol.lexicon, Event(self._event(), late))

    def _addressed(self, cues: FieldCues) -> list[Found]:
        """What follows from to whom the report is addressed first."""
        names = self.protocol.lexicon.names_of_agencies
        for value, groups in cues.addressed.items():
            for reading in self.readings:
                for said, hit in reading.hits_of(groups):
                    first = ";" not in reading.low[said.start : hit.start]
                    if first and said.has(cues.addressee) and not within_name(hit, said, names):
                        return [Found(value, _ADDRESSED, (reading.sentence_anchor(said),))]
        return []

    def _from_part(self, part: PartCues, cues: FieldCues) -> list[Found]:
        told = self._parts(part)
        before, after = [each for each in told if not each.after], [each for each in told if each.after]
        for kind, some in (("before", before), ("after", after)):
            if some:
                anchors = tuple(each.reading.sentence_anchor(each.said) for each in some[:3])
                return [Found(part.values[kind], min(0.95, 0.6 + 0.1 * len(some)), anchors)]
        return self._on_account(part.values["none"], cues)

    def _from_practice(self, cues: FieldCues) -> list[Found]:
        told = [
            (reading, each) for reading, found in zip(self.readings, self.passages, strict=True) for each in found
        ]
        judged = [pair for pair in told if pair[1].direction != DESCRIBED]
        if not any(passage.own_actor for _, passage in judged):
            judged = []
        if "afterwards" in cues.practice and (denied := self._denied(cues, bool(told), bool(judged))):
            return [denied]
        named = [pair for pair in told if pair[1].own_actor]
        only_after = named if not judged and all(passage.afterwards for _, passage in named) else []
        possible = self._possible(cues)
        for kind, pairs in (("judged", judged), ("afterwards", only_after), ("described", told)):
            if pairs and kind in cues.practice and possible(cues.practice[kind]):
                best = sorted(pairs, key=lambda pair: -pair[1].points)[:3]
                anchors = tuple(reading.sentence_anchor(passage.said) for reading, passage in best)
                sure = min(0.95, 0.5 + 0.1 * len(pairs))
                return [Found(cues.practice[kind], round(sure, 3), anchors)]
        return self._on_account(cues.practice["none"], cues) if "none" in cues.practice else []

    def _possible(self, cues: FieldCues) -> Callable[[str], bool]:
        """Whether a value is possible given other fields."""
        known = self._values()
        limits = [
            limit[value] for other, limit in cues.given.items() for value in known.get(other, ()) if value in limit
        ]
        return lambda value: all(value in allowed for allowed in limits)

    def _denied(self, cues: FieldCues, told: bool, judged: bool) -> Found | None:
        """What follows where the report says outright that there was no involvement, before the event or at all."""
        practice = self.protocol.lexicon.practice
        for reading in self.readings:
            for said, _ in reading.hits_of((*practice.uninvolved_before, *practice.uninvolved)):
                never = said.has(practice.uninvolved)
                if never and judged:
                    continue
                value = cues.practice["none" if never or not told else "afterwards"]
                return Found(value, _SAID_OUTRIGHT, (reading.sentence_anchor(said),))
        return None

    def _on_account(self, value: str, cues: FieldCues) -> list[Found]:
        """A value that rests on the account being silent, if it is long enough for its silence to tell anything.

        Its evidence is the sentence that says what the account is about.
        """
        if sum(len(reading.said) for reading in self.readings) < cues.silence:
            return []
        for reading in self.readings:
            if reading.account:
                return [Found(value, 0.5, (reading.sentence_anchor(reading.account),))]
        return []

    def _places(self, definition: FieldDefinition, cues: FieldCues) -> list[Found]:
        gazetteer = load_gazetteer(definition.gazetteer)
        names = [
            [
                Named(start + hit.start, start + hit.end, hit.place.name, hit.weak)
                for start, end in stretches(reading, cues)
                for hit in gazetteer.find(reading.even[start:end])
            ]
            for reading in self.readings
        ]
        return places(self.readings, names, cues, self._at_issue())

    def _at_issue(self) -> dict[int, list[tuple[int, float]]]:
        """How far each sentence on practice, or on the actor's part in the event, is what the report is about."""
        part = next((cues.part for cues in self.protocol.lexicon.fields.values() if cues.part), None)
        told = self._parts(part) if part else []
        weights: dict[int, list[tuple[int, float]]] = {}
        for number, (reading, found) in enumerate(zip(self.readings, self.passages, strict=True)):
            practice = {each.said.place: 0.5 if each.direction == DESCRIBED else 1.0 for each in found}
            for each in told:
                if each.reading is reading:
                    practice[each.said.place] = 0.0 if each.after else _PART + practice.get(each.said.place, 0.0)
            weights[number] = list(practice.items())
        return weights

    def _values(self) -> Mapping[str, Sequence[str]]:
        return {name: [each.value for each in found] for name, found in self.found.items()}

    def _present(self, definition: FieldDefinition, found: Found) -> Characteristic:
        subject = max(found.subject_no, 1) if definition.unit is not Unit.REVIEW else 0
        return self._made(definition, subject, found.value, None, found.confidence, found.anchors)

    def _absent(self, definition: FieldDefinition, why: Missing) -> Characteristic:
        subject = 0 if definition.unit is Unit.REVIEW else 1
        return self._made(definition, subject, None, why, 0.5, ())

    def _made(
        self,
        definition: FieldDefinition,
        subject_no: int,
        value: str | None,
        missing: Missing | None,
        confidence: float,
        anchors: tuple[Anchor, ...],
    ) -> Characteristic:
        return Characteristic(
            review_id=self.review_id,
            subject_no=subject_no,
            field=definition.id,
            value=value,
            missing=missing,
            state=State.SUGGESTED,
            author=AUTHOR,
            engine=self.engine,
            confidence=confidence,
            anchors=anchors,
        )


def _in_order(protocol: Protocol) -> list[FieldDefinition]:
    """Fields such that what a field depends on comes before it; otherwise as the protocol lists them."""
    waiting, done, ordered = list(protocol.fields), set[str](), list[FieldDefinition]()
    known = {each.id for each in protocol.fields}
    while waiting:
        ready = [each for each in waiting if _needs(each, protocol.lexicon) & known <= done] or waiting[:1]
        ordered += ready
        done |= {each.id for each in ready}
        waiting = [each for each in waiting if each.id not in done]
    return ordered


def _needs(definition: FieldDefinition, lexicon: Lexicon) -> set[str]:
    needs = {condition.field for condition in definition.applies}
    if cues := lexicon.fields.get(definition.id):
        needs |= {*cues.place_of, *cues.given, *cues.rest, *cues.without, *(cues.part.late if cues.part else ())}
    return needs | ({definition.derived_from} if definition.derived_from else set())
