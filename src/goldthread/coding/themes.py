"""Coding a passage: which theme, sub-theme, explanation, and whose risk or voice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goldthread.coding.passages import DESCRIBED, GOOD, Passage, neighbours
from goldthread.extraction.reading import Reading, Said
from goldthread.protocol.lexicon import Lexicon
from goldthread.protocol.model import Protocol

_NEIGHBOUR = 0.35


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of one passage; "" where the protocol's codebook has none that fits."""

    theme: str
    subtheme: str
    explanation: str
    whose: str
    certainty: float


def coded(reading: Reading, passage: Passage, protocol: Protocol, before: str = "") -> Codes:
    """The codes whose cues weigh most in the sentence, then in the sentences beside it.

    A judged passage without cues of any theme goes on with the theme `before` it, in a codebook that has
    no theme for the rest.
    """
    lexicon = protocol.lexicon
    cues = lexicon.practice
    theme, certainty = best(reading, passage.said, cues.themes, lexicon, _NEIGHBOUR)
    described = passage.direction == DESCRIBED
    if not theme:
        theme = "" if described else cues.other_theme or before
    return Codes(
        theme=theme,
        subtheme=subtheme_of(reading, passage.said, theme, protocol),
        explanation=_explanation(reading, passage, lexicon),
        whose=whose_of(reading, passage.said, lexicon),
        certainty=certainty,
    )


def _explanation(reading: Reading, passage: Passage, lexicon: Lexicon) -> str:
    cues = lexicon.practice
    if passage.direction in (DESCRIBED, GOOD):
        return cues.unexplained
    found, _ = best(reading, passage.said, cues.explanations, lexicon, _NEIGHBOUR, at_least=0.7)
    return found or cues.unexplained


def whose_of(reading: Reading, said: Said, lexicon: Lexicon) -> str:
    """Whose risk or voice a sentence is about."""
    return best(reading, said, lexicon.practice.whose, lexicon, _NEIGHBOUR)[0]


def subtheme_of(reading: Reading, said: Said, theme: str, protocol: Protocol) -> str:
    """The sub-theme of a theme whose cues weigh most; those that stood below it once are among them."""
    known = protocol.theme_by_id.get(theme)
    if known is None:
        return ""
    below = {each.id for each in known.subthemes} | protocol.codebook.gone_from(theme)
    cues = {id_: groups for id_, groups in protocol.lexicon.practice.subthemes.items() if id_ in below}
    return best(reading, said, cues, protocol.lexicon, _NEIGHBOUR)[0]


def best(
    reading: Reading,
    said: Said,
    codes: Mapping[str, Sequence[str]],
    lexicon: Lexicon,
    neighbour: float,
    at_least: float = 0.3,
) -> tuple[str, float]:
    """The code whose cues have most points in a sentence and those beside it, with its share; "" below `at_least`."""
    if not codes:
        return "", 0.0
    points = dict.fromkeys(codes, 0.0)
    for each, factor in ((said, 1.0), *((beside, neighbour) for beside in neighbours(reading, said))):
        for code, groups in codes.items():
            for group in groups:
                if group in each.groups:
                    points[code] += factor * lexicon.groups[group].weight
    best = max(points, key=lambda code: points[code])
    if points[best] < at_least:
        return "", 0.0
    return best, points[best] / (sum(points.values()) or 1.0)
