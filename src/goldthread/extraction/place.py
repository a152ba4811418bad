"""The one organisation of a gazetteer that a review is mainly about, such as the police force at issue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from goldthread.documents.model import BlockKind
from goldthread.extraction.found import Found, share
from goldthread.extraction.reading import Reading
from goldthread.protocol.lexicon import FieldCues

_WEAK = 0.4  # what practice beside a name counts for that may mean something else
_AS_MUCH = 0.95  # of the points of the first name: the text does not say which of the two is mainly at issue


class Named(NamedTuple):
    """A name of the gazetteer found in a text. `weak` names also mean other things (“the Met”)."""

    start: int
    end: int
    name: str
    weak: bool


def stretches(reading: Reading, cues: FieldCues) -> list[tuple[int, int]]:
    """Where to look for names: the whole text, or runs of the sentences the field's cues ask for."""
    if not cues.within and not cues.front:
        return [(0, len(reading.even))]
    runs: list[tuple[int, int]] = []
    last = -2
    for said in reading.said:
        if said.place >= cues.front and said.kind is not BlockKind.HEADING and not said.has(cues.within):
            continue
        if said.place == last + 1:
            runs[-1] = (runs[-1][0], said.end)
        else:
            runs.append((said.start, said.end))
        last = said.place
    return runs


def places(
    readings: Sequence[Reading],
    names: Sequence[Sequence[Named]],
    cues: FieldCues,
    practice: Mapping[int, Iterable[tuple[int, float]]],
) -> list[Found]:
    """The name mainly at issue.

    `names` are the names found in each document, `practice` the passages on practice per document as
    (sentence, weight): a name there, or just before such a passage, is at issue; one that is only mentioned
    is not. A headline and an addressee count too.
    """
    points: dict[str, float] = {}
    best: dict[str, tuple[float, Reading, Named]] = {}
    for number, (reading, found) in enumerate(zip(readings, names, strict=True)):
        weights = dict(practice.get(number, ()))
        for name in found:
            score = _at_issue(reading, name, cues, weights)
            if score <= 0:
                continue
            points[name.name] = points.get(name.name, 0.0) + score
            if name.name not in best or best[name.name][0] < score:
                best[name.name] = (score, reading, name)
    ranked = sorted(points, key=lambda name: (-points[name], name))
    if not ranked or points[ranked[0]] < cues.threshold:
        return []
    rival = points[ranked[1]] if len(ranked) > 1 else 0.0
    if cues.one and rival >= _AS_MUCH * points[ranked[0]]:
        return []
    _, reading, name = best[ranked[0]]
    found_name = share(points[ranked[0]], rival, cues.threshold)
    return [Found(ranked[0], found_name, (reading.anchor(name.start, name.end),))]


def _at_issue(reading: Reading, name: Named, cues: FieldCues, practice: Mapping[int, float]) -> float:
    said = reading.sentence_at(name.start)
    if said is None:
        return 0.0
    score = 0.3 if name.weak else 0.5
    if said is reading.headline or said.kind is BlockKind.HEADING:
        score += 3.0 * cues.headline
    if said.has(cues.near):
        score += 3.0
    if said.has(cues.far):
        score -= 0.4
    for place, factor in ((said.place, 1.0), (said.place + 1, 0.4)):
        score += practice.get(place, 0.0) * factor * (_WEAK if name.weak else 1.0)
    return score * cues.roles.get(said.role.value, 1.0)
