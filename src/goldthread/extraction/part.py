"""What part an actor such as the police had: before or during the event, only afterwards, or none that is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from goldthread.documents.model import Role
from goldthread.extraction.cues import Hit
from goldthread.extraction.dates import dates_in
from goldthread.extraction.guards import stands, within_name
from goldthread.extraction.reading import Reading, Said
from goldthread.protocol.lexicon import Lexicon, PartCues

_REACH = 90  # characters between the actor and what it does
_NO_TALE = frozenset({Role.FRONT, Role.REFERENCES, Role.RECOMMENDATIONS})


class Part(NamedTuple):
    """A sentence in which the actor has a part, and whether that was only after the event."""

    reading: Reading
    said: Said
    after: bool


class Event(NamedTuple):
    """The date of the event, ISO, or empty; and whether those who come to events of its kind come afterwards."""

    date: str = ""
    late: bool = False


def parts(readings: Sequence[Reading], cues: PartCues, lexicon: Lexicon, event: Event) -> list[Part]:
    """Every sentence that tells of a part of the actor's."""
    return [
        Part(reading, said, after) for reading in readings for said, after in _told(reading, cues, lexicon, event)
    ]


def _told(reading: Reading, cues: PartCues, lexicon: Lexicon, event: Event) -> Iterator[tuple[Said, bool]]:
    known: set[int] = set()
    for said, hit in reading.hits_of((*cues.actor, *cues.deeds, *cues.after_alone)):
        if said.place in known or not said.is_prose or said.role in _NO_TALE:
            continue
        if said.has(cues.aside) or not stands(reading.low, said, hit, cues.guards, lexicon):
            continue
        after = _afterwards(reading, said, hit, cues, event)
        if after or hit.group in cues.deeds or _deals(said, hit, cues, lexicon):
            known.add(said.place)
            late = (event.late or said.has(cues.scene)) and not said.has(cues.during)
            yield said, after or late


def _deals(said: Said, actor: Hit, cues: PartCues, lexicon: Lexicon) -> bool:
    """Whether the actor does something, or is told or asked of something, in the sentence."""
    near = (each for each in said.of(cues.dealing) if _apart(each, actor) <= _REACH)
    return any(not within_name(each, said, lexicon.names_of_agencies) for each in near)


def _apart(one: Hit, other: Hit) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _afterwards(reading: Reading, said: Said, hit: Hit, cues: PartCues, event: Event) -> bool:
    """Whether it was once all was over: said outright, or dated so."""
    if hit.group in cues.after_alone or said.has(cues.after):
        return True
    dates = [when.iso for when in dates_in(reading.low, said.start, said.end) if len(when.iso) == len("2019-01-31")]
    return bool(dates) and len(event.date) == len("2019-01-31") and min(dates) > event.date
