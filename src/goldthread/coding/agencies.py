"""Whose practice a passage speaks of, and which vulnerabilities: proposed from its words, for a person to settle.

The agencies are those named in the sentence itself. Where it names none, they are those of the sentence just before
that does, else of the heading it stands under. A protocol whose passages are all of one agency counts it always.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from goldthread.extraction.cues import Hit, Matcher
from goldthread.extraction.folding import folded, lowered
from goldthread.extraction.guards import stands
from goldthread.extraction.reading import Reading, Said
from goldthread.protocol.lexicon import AgencyCues, Lexicon
from goldthread.protocol.model import About, Protocol

_ENOUGH = 1.0  # points; one sure word, or two that may only name a place
_BACK = 2  # sentences
_BY_LEXICON: dict[int, tuple[Lexicon, Matcher]] = {}


def about_of(review_types: Sequence[str], protocol: Protocol) -> About:
    """Whom a review is about; both when its types, or where it has none those of the protocol, are about both."""
    known = protocol.review_type_by_id
    kinds = {known[one].about for one in review_types if one in known} or {one.about for one in known.values()}
    return kinds.pop() if len(kinds) == 1 else About.BOTH


def agencies(reading: Reading, said: Said, protocol: Protocol, about: About) -> tuple[str, ...]:
    """The agencies of a passage in a review about children, adults or both, in the codebook's order."""
    own = tuple(_said_in(reading.low, said.start, said.end, protocol, about))
    actor = protocol.codebook.actor
    known = [value.id for value in protocol.codebook.agencies]
    found = set(own)
    if actor in known:
        found.add(actor)
    elif not own:
        found.update(_nearby(reading, said, protocol, about))
    return tuple(name for name in known if name in found)


def of_words(words: str, protocol: Protocol, about: About) -> tuple[str, ...]:
    """The agencies of a passage of which only its words are known, in the codebook's order."""
    found = {protocol.codebook.actor, *named(words, protocol, about)}
    return tuple(value.id for value in protocol.codebook.agencies if value.id in found)


def named(words: str, protocol: Protocol, about: About) -> tuple[str, ...]:
    """The agencies that some words name."""
    low = lowered(folded(words))
    return tuple(_said_in(low, 0, len(low), protocol, about))


def vulnerabilities(reading: Reading, said: Said, protocol: Protocol) -> tuple[str, ...]:
    """The values of the protocol's field of vulnerabilities that a sentence states, in the field's order."""
    cues = protocol.lexicon.fields.get(protocol.codebook.vulnerabilities)
    if cues is None:
        return ()
    found = {
        value
        for value, groups in cues.values.items()
        for hit in said.of(groups)
        if stands(reading.low, said, hit, cues.guards, protocol.lexicon)
    }
    return tuple(value.id for value in protocol.vulnerabilities if value.id in found)


def _nearby(reading: Reading, said: Said, protocol: Protocol, about: About) -> Sequence[str]:
    """What the nearest sentence before names, in the same section, else the heading."""
    places = [said.place - back for back in range(1, _BACK + 1)]
    before = [reading.said[place] for place in places if place > said.heading and place >= 0]
    above = [reading.said[said.heading]] if said.heading >= 0 else []
    for each in (*before, *above):
        if found := tuple(_said_in(reading.low, each.start, each.end, protocol, about)):
            return found
    return ()


def _said_in(low: str, start: int, end: int, protocol: Protocol, about: About) -> Iterator[str]:
    """The agencies named in a stretch of folded text, most points first; together they are `several` if none is."""
    cues, lexicon = protocol.lexicon.agencies, protocol.lexicon
    hits = _longest(_matcher(lexicon).scan(low, start, end))
    points = {
        agency: sum(lexicon.groups[hit.group].weight for hit in hits if hit.group in groups)
        for agency, groups in _cues(cues, about).items()
    }
    known = sorted((agency for agency in points if points[agency] >= _ENOUGH), key=lambda one: -points[one])
    yield from known
    actor = protocol.codebook.actor
    if cues.several and not set(known) - {actor} and any(hit.group in cues.together for hit in hits):
        yield cues.several


def _cues(cues: AgencyCues, about: About) -> Mapping[str, tuple[str, ...]]:
    also = cues.of_children if about is About.CHILD else cues.of_adults
    return {name: (*cues.cues.get(name, ()), *also.get(name, ())) for name in {**cues.cues, **also}}


def _longest(hits: Sequence[Hit]) -> list[Hit]:
    """The hits that share no letter with a longer one: a school nurse is no school."""
    return [
        hit
        for hit in hits
        if not any(
            other.start < hit.end and hit.start < other.end and other.end - other.start > hit.end - hit.start
            for other in hits
        )
    ]


def _matcher(lexicon: Lexicon) -> Matcher:
    """The compiled cues of agencies, made once a lexicon."""
    held = _BY_LEXICON.get(id(lexicon))
    if held and held[0] is lexicon:
        return held[1]
    cues = lexicon.agencies
    wanted = {*cues.names, *cues.together}
    for part in (cues.cues, cues.of_children, cues.of_adults):
        wanted.update(group for groups in part.values() for group in groups)
    made = Matcher({name: lexicon.groups[name] for name in sorted(wanted)})
    if len(_BY_LEXICON) >= 16:
        _BY_LEXICON.clear()
    _BY_LEXICON[id(lexicon)] = (lexicon, made)
    return made
