"""Recommendations: sentences that ask somebody for a change, and whom they ask.

A concern that only states a problem asks for nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from goldthread.documents.model import BlockKind, Role
from goldthread.extraction.guards import within_name
from goldthread.extraction.reading import Reading, Said
from goldthread.protocol.lexicon import Lexicon, RecommendationCues

_NUMBERED = re.compile(r"\s*(?:recommendation )?(?:\(?[0-9ivx]{1,4}[.):]|[•▪◼\-–])")
_LEAD_IN = 90  # characters of a line that only announces a list: “I recommend that:”
_LONGEST_LIST = 20  # sentences below a heading
_AFTERTHOUGHT = re.compile(r"\b(?:so that|so|that|which|who|whose|where|when|if|because|as|to|and)\b")
_STATES = re.compile(r"\b(?:is|are|was|were|has|have|had|do|does|did|can|cannot|will)\b")
_MODAL = {Role.RECOMMENDATIONS: 0.8, Role.CONCERNS: 0.55, Role.LEARNING: 0.5, Role.FINDINGS: 0.45}


@dataclass(frozen=True, slots=True)
class Ask:
    """One recommendation: its sentence, addressee, scope and confidence (0–1)."""

    said: Said
    addressee: str
    scope: str
    confidence: float


def asks(reading: Reading, lexicon: Lexicon) -> list[Ask]:
    """Every recommendation of a document, in reading order."""
    found = []
    led_in = False
    for said in reading.said:
        if said.kind is not BlockKind.LIST_ITEM:
            led_in = _leads_in(reading, said, lexicon)
        confidence = _asking(reading, said, lexicon, led_in)
        if confidence > 0:
            addressee, several = addressed(reading, said, lexicon)
            cues = lexicon.recommendations
            scope = cues.several_scope if several else cues.single_scope
            found.append(Ask(said, addressee, scope, confidence))
    return found


def addressed(reading: Reading, said: Said, lexicon: Lexicon) -> tuple[str, bool]:
    """To whom a recommendation goes, and whether to several: told by its words, those beside it, the title."""
    cues = lexicon.recommendations
    places = [said]
    for back in range(1, 4):
        if said.place >= back and reading.said[said.place - back].role is said.role:
            places.append(reading.said[said.place - back])
    if reading.headline is not None:
        places.append(reading.headline)
    for place in places:
        names = _addressees(place, lexicon)
        if len(names) > 1 and cues.several:
            return cues.several, True
        if names:
            return names[0], len(names) > 1
    return cues.other, False


def _addressees(said: Said, lexicon: Lexicon) -> list[str]:
    names = lexicon.names_of_agencies
    return [
        addressee
        for addressee, groups in lexicon.recommendations.addressees.items()
        if any(not within_name(hit, said, names) for hit in said.of(groups))
    ]


def _asking(reading: Reading, said: Said, lexicon: Lexicon, led_in: bool) -> float:
    """How surely a sentence asks for a change, 0 when it does not. `led_in`: the line above the list asks for it."""
    cues = lexicon.recommendations
    listed = said.kind is BlockKind.LIST_ITEM
    if not (listed or said.has(cues.asks) or said.has(cues.modal) or said.role is Role.RECOMMENDATIONS):
        return 0.0
    if not said.is_prose or said.has(cues.never_asks) or _only_announces(reading, said):
        return 0.0
    if said.has(cues.asks):
        return 0.85
    if listed and said.role is not Role.FRONT and (led_in or _asked_for(reading, said, cues)):
        return 0.75
    if said.has(cues.not_asks) or '"' in reading.even[said.start : said.end]:
        return 0.0
    if said.has(cues.modal):
        return _MODAL.get(said.role, 0.0)
    numbered = listed or bool(_NUMBERED.match(reading.low, said.start))
    if said.role is Role.RECOMMENDATIONS and numbered and said.has(cues.imperative):
        return 0.6
    return 0.0


def _only_announces(reading: Reading, said: Said) -> bool:
    """Whether it is a question, or a line before a list: “We recommend that:”."""
    end = reading.text_of(said).rstrip()[-1:]
    return end == "?" or (end == ":" and said.end - said.start < _LEAD_IN)


def _asked_for(reading: Reading, said: Said, cues: RecommendationCues) -> bool:
    """Whether an item below a heading such as “What needs to improve” names a thing, rather than stating a fact."""
    if said.place - said.heading > _LONGEST_LIST or not reading.under(said, cues.heading):
        return False
    return not _STATES.search(_AFTERTHOUGHT.split(reading.text_of(said).strip(), maxsplit=1)[0])


def _leads_in(reading: Reading, said: Said, lexicon: Lexicon) -> bool:
    """Whether a line asks for what is listed below it: “We recommend that the force:”."""
    cues = lexicon.recommendations
    return (said.has(cues.asks) or said.has(cues.modal)) and reading.text_of(said).rstrip().endswith(":")
