"""Ages: every way a report gives one, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from goldthread.documents.model import BlockKind
from goldthread.extraction.dates import dates_in
from goldthread.extraction.found import Found, share
from goldthread.extraction.landmarks import AGE, BIRTH
from goldthread.extraction.numbers import WORDS, whole_number
from goldthread.extraction.reading import SUBJECT, Reading, Said, aboutness
from goldthread.protocol.lexicon import FieldCues

OLDEST = 115
_BEFORE, _AFTER = 28, 24  # characters around a word that marks an age
_NUMBER = r"(\d{1,3}|" + "|".join(WORDS) + r")"
_UNIT = r"(years?|yrs?|months?|weeks?|days?)"
_AGED = re.compile(
    rf"\b(?:aged|age:?|age of|age at death:?)\s+(?:just |only )?(?:of )?{_NUMBER}\b"
    r"(?!\s*(?:to|-|–|and over|or over|\+|%)\s*\d?)"
    rf"(?:[ -]{_UNIT})?"
)
_OLD = re.compile(rf"\b{_NUMBER}[ -]{_UNIT}[ -](?:old|of age)\b")
_AT_DEATH = re.compile(
    rf"\b(?:was|were|is)(?: only| just)? {_NUMBER}(?: {_UNIT})?(?: old)? (?:at the time|when (?:he|she|they))\b"
)
_WAS = re.compile(rf"\b(?:he|she|who) was (?:only |just )?{_NUMBER}(?=[,.;]| and\b| with\b| at\b| when\b|$)")
_IN_ROW = re.compile(rf"\b{_NUMBER}(?: {_UNIT})?(?: old)?\s*$")
_HIS_OWN = 16  # characters from an age to whose it is: “14-year-old daughter”
_SURE, _COMPUTED = 3.0, 2.0  # points
_BESIDE_NAME = re.compile(r"(?:,? |, ?\(| ?\()(?:then )?(?:aged? )?(\d{1,3})(?=[.,;)]|$| who\b| died\b| years?\b)")
_FROM_ROW = 0.6  # confidence
_LOOSE = re.compile(r"\b(?:under|over|above|below|between|up to|from|minimum) (?:the )?$|\bages? of $")


class Candidate(NamedTuple):
    """An age in years and where it stands."""

    years: int
    start: int
    end: int
    points: float


def ages(readings: Sequence[Reading], cues: FieldCues, event: str = "") -> list[Found]:
    """The age of the main subject. Babies are 0; an age group (“in his 30s”) is no age.

    `event` is the date of the event, for the age of somebody of whom only the date of birth is told.
    """
    points: dict[int, float] = {}
    best: dict[int, tuple[float, Reading, Candidate]] = {}
    for reading in readings:
        for candidate in _candidates(reading, cues, event):
            if candidate.points <= 0:
                continue
            points[candidate.years] = points.get(candidate.years, 0.0) + candidate.points
            if candidate.years not in best or best[candidate.years][0] < candidate.points:
                best[candidate.years] = (candidate.points, reading, candidate)
    if not points:
        return []
    ranked = sorted(points, key=lambda years: (-points[years], best[years][2].start))
    years = ranked[0]
    if points[years] < cues.threshold:
        return []
    rival = points[ranked[1]] if len(ranked) > 1 else 0.0
    _, reading, candidate = best[years]
    return [
        Found(
            str(years),
            share(points[years], rival, cues.threshold),
            (reading.anchor(candidate.start, candidate.end),),
            subject_no=1,
        )
    ]


def _candidates(reading: Reading, cues: FieldCues, event: str) -> Iterator[Candidate]:
    low = reading.low
    seen: set[int] = set()
    for said, hit in reading.hits_of((AGE,)):
        start, end = max(said.start, hit.start - _BEFORE), min(said.end, hit.end + _AFTER)
        if said.has(cues.unless):
            continue
        for pattern, sure in ((_AT_DEATH, 3.0), (_AGED, 1.0), (_OLD, 1.0), (_WAS, 1.0)):
            for found in pattern.finditer(low, start, end):
                years = _years(low, found)
                if years is None or found.start(1) in seen:
                    continue
                seen.add(found.start(1))
                points = sure * _speaks_for(said, found.start(), cues)
                yield Candidate(years, found.start(), found.end(), points * aboutness(reading, said, cues))
    yield from _beside_name(reading, seen)
    yield from _from_birth(reading, cues, event)


def _beside_name(reading: Reading, seen: set[int]) -> Iterator[Candidate]:
    """An age set behind the subject's name: “…, 18.”, “… (61)”."""
    for _, end in reading.named:
        found = _BESIDE_NAME.match(reading.low, end)
        if found and found.start(1) not in seen and int(found[1]) <= OLDEST:
            seen.add(found.start(1))
            yield Candidate(int(found[1]), found.start(1), found.end(1), _SURE)


def _years(low: str, found: re.Match[str]) -> int | None:
    number = whole_number(found[1])
    unit = next((part for part in found.groups()[1:] if part), "years")
    if number is None or (found.re is _AGED and _LOOSE.search(low, max(0, found.start() - 20), found.start())):
        return None
    years = number if unit[0] == "y" else _in_years(number, unit)
    return years if years <= OLDEST else None


def _in_years(number: int, unit: str) -> int:
    return number // {"m": 12, "w": 52, "d": 365}[unit[0]]


def _speaks_for(said: Said, at: int, cues: FieldCues) -> float:
    """How likely an age in this sentence is the subject's: nearer words of both sides count."""
    if cues.near_only and not said.has(cues.near):
        return 0.0
    points = 1.0
    for hit in said.hits:
        distance = min(abs(hit.start - at), abs(hit.end - at))
        if hit.group in cues.near:
            points += 2.0 if distance < 60 else 0.7
        elif hit.group in cues.far and distance < 40 and (hit.start < at or distance < _HIS_OWN):
            points -= 2.5
    early = 1.0 / (1.0 + said.place / 60)
    return points * (0.4 + early) * cues.roles.get(said.role.value, 1.0)


def further_ages(readings: Sequence[Reading], cues: FieldCues) -> list[Found]:
    """Ages of the other subjects, where the opening says there are several and a table of the family lists them."""
    rows: dict[str, Found] = {}
    for reading in readings:
        if not any(reading.said[place].has(cues.several) for place in reading.opening):
            continue
        for said, _ in reading.hits_of(cues.rows):
            last = _IN_ROW.search(reading.low, said.start, said.end) if said.kind is BlockKind.TABLE else None
            years = _years(reading.low, last) if last else None
            if last and years is not None and SUBJECT not in said.groups:
                row = " ".join(reading.low[said.start : last.start()].split())
                found = Found(str(years), _FROM_ROW, (reading.sentence_anchor(said),), subject_no=len(rows) + 2)
                rows.setdefault(row, found)
    return list(rows.values())


def _from_birth(reading: Reading, cues: FieldCues, event: str) -> Iterator[Candidate]:
    """Ages computed from “born on … died on …” in one sentence, or from a birth and the date of the event."""
    for said, hit in reading.hits_of((BIRTH,)):
        dates = [when for when in dates_in(reading.low, said.start, said.end) if len(when.iso) == 10]
        born = next((when for when in dates if when.start >= hit.start), None)
        if not born or not said.has(cues.near):
            continue
        died = next((when.iso for when in dates if when.start != born.start and when.iso > born.iso), "")
        for day, points in ((died, _SURE), (event if SUBJECT in said.groups else "", _COMPUTED)):
            years = _between(born.iso, day) if len(day) == len(born.iso) else -1
            if 0 <= years <= OLDEST:
                yield Candidate(years, said.start, said.end, points)
                break


def _between(born: str, day: str) -> int:
    return int(day[:4]) - int(born[:4]) - (day[5:] < born[5:])
