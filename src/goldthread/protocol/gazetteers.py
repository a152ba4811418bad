"""Gazetteers: police forces, local authorities and safeguarding boards, and finding them in text.

The facts are CSV files in `data/gazetteers` (see `SOURCES.md` there). `patterns.csv` says how an area's name
becomes the names of its institutions, `contexts.csv` beside which words an ambiguous name may be believed,
`words.csv` which words of a name may be written in lower case. A study may bring a folder of its own with
the same files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from goldthread.errors import UsageError
from goldthread.protocol.names import GAP, Match, NameIndex, folded
from goldthread.protocol.places_data import (
    BOARDS,
    DECOY,
    FORCES,
    LOCAL_AUTHORITIES,
    NAMES,
    Place,
    read_contexts,
    read_places,
    read_sorts,
)

DATA = Path(__file__).parent / "data" / "gazetteers"

BEFORE, AFTER = 64, 48
"""Characters looked at on either side of an ambiguous name for a word that vouches for it."""

_COORDINATED = re.compile(r"\s*(?:,\s*)?(?:and|&)\s+(?:the\s+)?|\s*,\s*", re.IGNORECASE)
_LISTED = re.compile(r"\s*,\s*")
_DEFINITION = re.compile(r"(?:['’]s)?,?\s*[(\[][^()\[\]\n]{0,24}")


class Hit(NamedTuple):
    """A place named at `text[start:end]`; `weak` when only an ambiguous name in a telling context."""

    start: int
    end: int
    place: Place
    weak: bool


@dataclass(frozen=True)
class Gazetteer:
    """All places of one sort."""

    name: str
    places: tuple[Place, ...]
    contexts: Mapping[str, tuple[str, ...]]
    sorts: Mapping[str, str]

    @cached_property
    def by_name(self) -> Mapping[str, Place]:
        """Places by their usual name."""
        return MappingProxyType({place.name: place for place in self.places if place.kind != DECOY})

    def find(self, text: str) -> tuple[Hit, ...]:
        """Every place named in `text`, left to right, longest name first, never overlapping.

        A weak name counts when a telling word stands beside it ("Kent officers", "Chief Constable of Kent"), when
        it shares the noun of the next force ("Surrey and Sussex Police"), or when the text itself defines
        it ("Greater Manchester Police (GMP)").
        """
        matches = tuple(self._index.matches(text))
        sure = self._believed(text, matches)
        return tuple(
            Hit(match.start, match.end, self._by_id[match.key], match.weak)
            for match, believed in zip(matches, sure, strict=True)
            if believed and self._by_id[match.key].kind != DECOY
        )

    def resolve(self, name: str) -> Place | None:
        """The place a whole cell or name stands for, in any case and spelling listed; None if unknown."""
        key = self._index.key_of(name)
        return self._by_id[key] if key and self._by_id[key].kind != DECOY else None

    @cached_property
    def _by_id(self) -> dict[str, Place]:
        return {place.id: place for place in self.places}

    @cached_property
    def _index(self) -> NameIndex:
        index = NameIndex(self.sorts)
        for place in self.places:
            index.add(place.id, (place.name,) if folded(place.name) not in _weak_names(place) else ())
        for place in self.places:
            index.add(place.id, place.aliases)
        for place in self.places:
            index.add(place.id, place.weak_aliases, weak=True)
        return index

    @cached_property
    def _telling(self) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
        before, after = (_any_of(self.contexts.get(side, ())) for side in ("before", "after"))
        return (
            re.compile(rf"(?<!\w){before},?{GAP}(?:\bthe\b{GAP})?\Z", re.IGNORECASE) if before else None,
            re.compile(rf"(?:['’]s?)?(?=[\s-])-?{GAP}{after}(?!\w)", re.IGNORECASE) if after else None,
        )

    def _believed(self, text: str, matches: tuple[Match, ...]) -> list[bool]:
        sure = [not match.weak or self._vouched(text, match) for match in matches]
        defined = {
            (match.key, match.spelling)
            for last, match, believed in zip(matches, matches[1:], sure, strict=False)
            if believed and last.key == match.key and _DEFINITION.fullmatch(text, last.end, match.start)
        }
        for n in range(len(matches) - 1, -1, -1):
            if not sure[n]:
                sure[n] = (matches[n].key, matches[n].spelling) in defined or (
                    n + 1 < len(matches) and sure[n + 1] and _shares_noun(text, matches[n], matches[n + 1])
                )
        return sure

    def _vouched(self, text: str, match: Match) -> bool:
        before, after = self._telling
        near = text[max(0, match.start - BEFORE) : match.start]
        return bool((before and before.search(near)) or (after and after.match(text, match.end, match.end + AFTER)))


def _shares_noun(text: str, weak: Match, following: Match) -> bool:
    gap = _COORDINATED.fullmatch(text, weak.end, following.start)
    if not gap:
        return False
    return following.weak or not _LISTED.fullmatch(gap.group())


def _any_of(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases, longest first, blanks and apostrophes of any kind."""
    spelled = (
        re.escape(phrase).replace(r"\ ", r"\s+").replace("'", "['’]")
        for phrase in sorted(phrases, key=len, reverse=True)
    )
    joined = "|".join(spelled)
    return f"(?:{joined})" if joined else ""


def _weak_names(place: Place) -> set[tuple[str, ...]]:
    return {folded(name) for name in place.weak_aliases}


@lru_cache(maxsize=16)
def load(name: str, folder: Path = DATA) -> Gazetteer:
    """The gazetteer of that name: `forces`, `local_authorities` or `boards`. Read once, then shared.

    Raises UsageError for another name, ProtocolError for a data file that does not hold together.
    """
    if name not in NAMES:
        raise UsageError(f"there is no gazetteer called {name!r}", mend=f"choose one of {', '.join(NAMES)}")
    return Gazetteer(name, read_places(name, folder), read_contexts(name, folder), read_sorts(folder))


def force_of(authority_name: str) -> str | None:
    """The usual name of the territorial force of a local authority or board; None if unknown or more than one."""
    for name in (LOCAL_AUTHORITIES, BOARDS, FORCES):
        if place := load(name).resolve(authority_name):
            return place.force or None
    return None
