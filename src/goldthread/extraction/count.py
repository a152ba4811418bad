"""Counts and short texts: a number beside a noun, the sentence of a cue."""

from __future__ import annotations

import re
from collections.abc import Sequence

from goldthread.extraction.found import Found, share
from goldthread.extraction.guards import stands
from goldthread.extraction.numbers import WORDS
from goldthread.extraction.reading import Reading
from goldthread.protocol.lexicon import FieldCues, Lexicon

_BEFORE = re.compile(r"\b(\d{1,3}|" + "|".join(WORDS) + r")(?: [a-z-]+){0,2} $")


def counts(readings: Sequence[Reading], cues: FieldCues, lexicon: Lexicon) -> list[Found]:
    """The number most often written before one of the field's nouns (groups under `near`)."""
    points: dict[int, float] = {}
    where: dict[int, tuple[Reading, int, int]] = {}
    for reading in readings:
        for said, hit in reading.hits_of(cues.near):
            found = _BEFORE.search(reading.low, max(said.start, hit.start - 40), hit.start)
            if not found or not stands(reading.low, said, hit, cues.guards, lexicon):
                continue
            number = int(found[1]) if found[1].isdecimal() else WORDS[found[1]]
            points[number] = points.get(number, 0.0) + cues.roles.get(said.role.value, 1.0)
            where.setdefault(number, (reading, found.start(1), hit.end))
    ranked = sorted(points, key=lambda number: (-points[number], number))
    if not ranked or points[ranked[0]] < cues.threshold:
        return []
    rival = points[ranked[1]] if len(ranked) > 1 else 0.0
    reading, start, end = where[ranked[0]]
    return [Found(str(ranked[0]), share(points[ranked[0]], rival, cues.threshold), (reading.anchor(start, end),))]


def texts(readings: Sequence[Reading], cues: FieldCues) -> list[Found]:
    """The rest of the sentence after the first cue under `near`, as the report words it."""
    for reading in readings:
        for said, hit in sorted(reading.hits_of(cues.near), key=lambda pair: pair[1]):
            value = reading.even[hit.end : said.end].strip(" :,.;–-")
            if 2 < len(value) <= 200:
                at = reading.even.index(value, hit.end)
                return [Found(" ".join(value.split()), 0.5, (reading.anchor(at, at + len(value)),))]
    return []
