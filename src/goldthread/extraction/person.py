"""Whose a word is: the person who died or was harmed, among all the people of a report.

Three ways lead to that person. A verb that befalls somebody (“died”, “was struck”) says it of the person before it;
one that is done to somebody (“assaulted”, “the death of”) of the person after it; and a name, once the report has
given it, holds for the pronoun that follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from goldthread.extraction.cues import Hit
from goldthread.extraction.guards import stands
from goldthread.extraction.reading import Reading, Said, clause_end, clause_start
from goldthread.protocol.lexicon import FieldCues, Lexicon

_BEFORE, _AFTER = 70, 45  # characters between a verb and the person it is said of
_OF_ANOTHER = re.compile(
    r"\b(?:by|with|from|to|of|for|and|his|her|their) (?:an? |the |another |(?:his|her|their) )?(?:[\w-]+ ){0,2}$"
)
_TITLED = 3.0
_PASSIVE = re.compile(r"\b(?:was|were|been|being)(?: \w+ly)? $")
_NOUN_NEXT = re.compile(
    r" (?!(?:in|at|on|to|by|with|for|from|and|or|before|after|while|during|several|repeatedly|dead|when|as)\b)\w"
)
_OWNER = re.compile(r"'s?\b")
_OWN_HARM = re.compile(r"(?:'s?)? (?:own )?(?:body|death|injur|remains|murder|suicide|own life)")


class Told(NamedTuple):
    """A value said of the person who was harmed, and the sentence that says it."""

    value: str
    said: Said
    points: float


def told_of_harmed(reading: Reading, cues: FieldCues, lexicon: Lexicon) -> Iterator[Told]:
    """What words for people say of the person who died or was harmed (`harmed` of the field's cues)."""
    value_of = {group: value for value, groups in cues.harmed.items() for group in groups}
    if not value_of:
        return
    for after, groups in ((False, cues.befalls), (True, cues.done_to)):
        for said, verb in reading.hits_of(groups):
            if not stands(reading.low, said, verb, cues.guards, lexicon):
                continue
            people = said.of(value_of)
            if after:
                person = _following(reading.low, said, verb, people)
            else:
                person = _leading(reading.low, said, verb, people) or _own(reading.low, said, verb, people)
            if person:
                weight = lexicon.groups[verb.group].weight * (2.0 if said is reading.headline else 1.0)
                yield Told(value_of[person.group], said, weight)
    yield from _owned(reading, value_of)


def _leading(low: str, said: Said, verb: Hit, people: Sequence[Hit]) -> Hit | None:
    """The person a verb is said of that befalls somebody: the nearest before it that no “by” or “with” leads to."""
    begin = clause_start(low, said.start, verb.start)
    near = [
        each for each in people if begin <= each.start and each.end <= verb.start and verb.start - each.end < _BEFORE
    ]
    own = [each for each in near if not _owns(low, each)]
    free = [each for each in own if not _OF_ANOTHER.search(low, begin, each.start)]
    return next(reversed(free or own), None)


def _own(low: str, said: Said, verb: Hit, people: Sequence[Hit]) -> Hit | None:
    """Whose body a verb is said to have hurt: “the rider sustained an injury to his leg”."""
    end = min(clause_end(low, verb.end, said.end), verb.end + _AFTER)
    first = next((each for each in people if verb.end <= each.start < end), None)
    return first if first and low[first.start : first.end] in ("his", "her") else None


def _following(low: str, said: Said, verb: Hit, people: Sequence[Hit]) -> Hit | None:
    """The person to whom something is done: the first after the verb; none where it was done “by” somebody."""
    if _PASSIVE.search(low, said.start, verb.start):
        return None
    end = clause_end(low, verb.end, said.end)
    near = [each for each in people if verb.end <= each.start < min(end, verb.end + _AFTER)]
    return next((each for each in near if not _owns(low, each)), None)


def _owns(low: str, person: Hit) -> bool:
    """Whether a word only says whose somebody or something is: “the woman’s son”, “his wife”, “her home”."""
    if low[person.start : person.end] in ("his", "her"):
        return _NOUN_NEXT.match(low, person.end) is not None
    return _OWNER.match(low, person.end) is not None


def _owned(reading: Reading, value_of: Mapping[str, str]) -> Iterator[Told]:
    """“The woman’s body”, “the boy’s death”."""
    for said, hit in reading.hits_of(value_of):
        if _OWN_HARM.match(reading.low, hit.end):
            yield Told(value_of[hit.group], said, 1.0)


def told_of_named(reading: Reading, cues: FieldCues, lexicon: Lexicon) -> Iterator[Told]:
    """What a title before the subject's name, or the first pronoun after it, says of the subject."""
    value_of = {group: value for value, groups in cues.named.items() for group in groups}
    if not value_of:
        return
    others = {group for groups in cues.harmed.values() for group in groups} - value_of.keys()
    called = [(hit.start, hit.end) for _, hit in reading.hits_of(lexicon.subject_words)]
    for start, end in (*reading.named, *called):
        said = reading.sentence_at(start)
        if said is None:
            continue
        title = next((each for each in said.of(value_of) if reading.low[each.end : start] in (" ", ". ")), None)
        last = clause_end(reading.low, end, said.end)
        after = [each for each in said.of({*value_of, *others}) if end <= each.start < last]
        person = title or (after[0] if after and after[0].group in value_of else None)
        if person:
            yield Told(value_of[person.group], said, _TITLED if title else 1.0)
