"""Recommendations: sentences that ask somebody for a change, and whom they ask.

A concern that only states a problem asks for nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from goldthread.documents.model import BlockKind, Role
from goldthread.extraction.guards import within_name
from goldthread.extraction.reading import Reading, Said
from goldthread.protocol.lexicon import Lexicon

_NUMBERED = re.compile(r"\s*(?:recommendation )?(?:\(?[0-9ivx]{1,4}[.):]|[•▪◼\-–])")
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
    for said in reading.said:
        confidence = _asking(reading, said, lexicon)
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


def _asking(reading: Reading, said: Said, lexicon: Lexicon) -> float:
    cues = lexicon.recommendations
    if not said.is_prose or said.has(cues.never_asks):
        return 0.0
    if said.has(cues.asks):
        return 0.85
    if said.kind is BlockKind.LIST_ITEM and said.role is not Role.FRONT and reading.under(said, cues.heading):
        return 0.75
    quoted = '"' in reading.even[said.start : said.end]
    if said.has(cues.not_asks) or quoted:
        return 0.0
    if said.has(cues.modal):
        return _MODAL.get(said.role, 0.0)
    numbered = said.kind is BlockKind.LIST_ITEM or bool(_NUMBERED.match(reading.low, said.start))
    if said.role is Role.RECOMMENDATIONS and numbered and said.has(cues.imperative):
        return 0.6
    return 0.0
