"""Categories and presence: cues counted per value, weighed by where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from goldthread.anchors import Anchor
from goldthread.documents.model import BlockKind
from goldthread.extraction.found import Found, share
from goldthread.extraction.guards import stands
from goldthread.extraction.person import told_of_harmed, told_of_named
from goldthread.extraction.reading import Reading, Said, aboutness
from goldthread.protocol.lexicon import FieldCues, Lexicon

EVIDENCE = 3
_HARMED, _NAMED = 4.0, 2.0  # points of a word said of whoever was harmed, of one beside the subject's name
_OF_OTHERS = 0.15  # what all other words count for where there are such
_ELSEWHERE = 0.4  # what a cue counts for away from the words it must stand beside
_SAID_FIRST, _READ_FIRST = 0.7, 0.45  # confidence: the report says it was the first; it is only the first told


@dataclass(slots=True)
class Tally:
    """Points of one value and the sentences they came from."""

    points: float = 0.0
    best: list[tuple[float, int, int]] = field(default_factory=list)  # (−points, reading, sentence)

    def add(self, points: float, reading: int, said: Said) -> None:
        self.points += points
        self.best.append((-points, reading, said.place))


def tally(readings: Sequence[Reading], cues: FieldCues, lexicon: Lexicon) -> dict[str, Tally]:
    """Points for every value of a field, over all documents of a review."""
    values_of: dict[str, list[str]] = {}
    for value, groups in cues.values.items():
        for group in groups:
            values_of.setdefault(group, []).append(value)
    tallies: dict[str, Tally] = {value: Tally() for value in cues.values}
    of_subject = False
    for number, reading in enumerate(readings):
        for factor, told in (
            (_HARMED, told_of_harmed(reading, cues, lexicon)),
            (_NAMED, told_of_named(reading, cues, lexicon)),
        ):
            for value, said, points in told:
                tallies[value].add(points * factor, number, said)
                of_subject = True
    aside = _OF_OTHERS if of_subject else 1.0
    for number, reading in enumerate(readings):
        concluding = reading.conclusion(lexicon.conclusion) if cues.conclusion != 1.0 else frozenset()
        for said, hit in reading.hits_of(values_of):
            if (cues.within and not said.has(cues.within)) or (cues.unless and said.has(cues.unless)):
                continue
            cue = lexicon.groups[hit.group]
            points = aside * cue.weight * _place_weight(reading, said, cues, concluding)
            if hit.group in cues.beside and not _told_with(reading, said, cues.beside[hit.group], concluding):
                points *= _ELSEWHERE
            guards = [guard for guard in cues.guards if guard not in cue.despite]
            if points <= 0 or not stands(reading.low, said, hit, guards, lexicon):
                continue
            for value in values_of[hit.group]:
                tallies[value].add(points, number, said)
    return tallies


def categories(readings: Sequence[Reading], cues: FieldCues, lexicon: Lexicon, multiple: bool) -> list[Found]:
    """The best value of a field, or every value past the threshold where a field has several."""
    tallies = tally(readings, cues, lexicon)
    sentences = sum(len(reading.said) for reading in readings)
    threshold = cues.threshold * max(1.0, sentences / cues.length) if cues.length else cues.threshold
    ranked = sorted(tallies.items(), key=lambda item: (-item[1].points, list(tallies).index(item[0])))
    passed = [(value, told) for value, told in ranked if told.points >= threshold]
    if not passed:
        return []
    if multiple:
        return [Found(value, share(told.points, 0.0, threshold), evidence(readings, told)) for value, told in passed]
    value, told = passed[0]
    rival = ranked[1][1].points if len(ranked) > 1 else 0.0
    return [Found(value, share(told.points, rival, threshold), evidence(readings, told))]


def first_told(readings: Sequence[Reading], cues: FieldCues, lexicon: Lexicon) -> list[Found]:
    """The value of the first sentence that has a cue, in reading order; one that says it is the first goes before."""
    values_of = {group: value for value, groups in reversed(cues.values.items()) for group in groups}
    told: list[tuple[bool, int, int, int, str]] = []
    for number, reading in enumerate(readings):
        for said, hit in reading.hits_of(values_of):
            if not said.is_prose or not cues.roles.get(said.role.value, 1.0) or not said.has(cues.within):
                continue
            if stands(reading.low, said, hit, cues.guards, lexicon):
                told.append((not said.has(cues.near), number, said.place, hit.start, values_of[hit.group]))
    if not told:
        return []
    unsaid, number, place, _, value = min(told)
    where = readings[number].sentence_anchor(readings[number].said[place])
    return [Found(value, _READ_FIRST if unsaid else _SAID_FIRST, (where,))]


def evidence(readings: Sequence[Reading], told: Tally) -> tuple[Anchor, ...]:
    """Anchors of the strongest sentences, each once."""
    places: list[tuple[int, int]] = []
    for _, number, place in sorted(told.best):
        if (number, place) not in places:
            places.append((number, place))
        if len(places) == EVIDENCE:
            break
    return tuple(readings[number].sentence_anchor(readings[number].said[place]) for number, place in places)


def _told_with(reading: Reading, said: Said, groups: Sequence[str], concluding: frozenset[int]) -> bool:
    return said is reading.headline or said.place in concluding or said.has(groups)


def _place_weight(reading: Reading, said: Said, cues: FieldCues, concluding: frozenset[int]) -> float:
    weight = cues.roles.get(said.role.value, 1.0) * aboutness(reading, said, cues)
    if said.place in concluding:
        return weight * cues.conclusion
    if said is reading.headline:
        return weight * cues.headline
    return weight * (0.5 if said.kind is BlockKind.HEADING else 1.0)
