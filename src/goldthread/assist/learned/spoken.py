"""A sentence as the models read it: its words, and the same words with everybody named by what they are.

No name is kept: what is written with a capital inside a sentence is only “a name”.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

from goldthread.extraction.guards import within_name
from goldthread.extraction.reading import SHORT_NAME, Reading, Said
from goldthread.protocol.lexicon import Lexicon

POLICE, OTHERS, PERSON, REVIEWERS, THEY, NAME, NUMBER = "POLICE", "OTHERS", "PERSON", "REVIEWERS", "THEY", "NAME", "0"
WHO = frozenset({POLICE, OTHERS, PERSON, REVIEWERS, THEY})
MARKS = WHO | {NAME}
_MERGED = frozenset({POLICE, OTHERS, NAME, NUMBER})
_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?|[0-9]+")


class Spoken(NamedTuple):
    """`words` in order; `marks` the same with people and bodies replaced by what they are; `order` who is named."""

    words: tuple[str, ...]
    marks: tuple[str, ...]
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bodies:
    """The cue groups of a lexicon that name the police, and others."""

    police: frozenset[str]
    others: frozenset[str]
    names: tuple[str, ...]

    @classmethod
    def of(cls, lexicon: Lexicon) -> Bodies:
        """Those by which a protocol's practice cues name its actor and everybody else."""
        cues = lexicon.practice
        return cls(
            frozenset((*cues.actor, *cues.perhaps_actor)), frozenset(cues.other_agencies), lexicon.names_of_agencies
        )

    def names_police(self, said: Said) -> bool:
        """Whether a sentence names the police, but for bodies with police in their name."""
        return SHORT_NAME in said.groups or any(
            not within_name(hit, said, self.names) for hit in said.of(self.police)
        )


def spoken(reading: Reading, said: Said, bodies: Bodies) -> Spoken:
    """What a sentence says, and of whom."""
    spans = [
        (hit.start, hit.end, POLICE) for hit in said.of(bodies.police) if not within_name(hit, said, bodies.names)
    ]
    spans = sorted([*spans, *((hit.start, hit.end, OTHERS) for hit in said.of(bodies.others))])
    words: list[str] = []
    marks: list[str] = []
    at, mark_of = 0, _mark_of()
    for found in _WORD.finditer(reading.even, said.start, said.end):
        start, token = found.start(), found[0]
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        body = spans[at][2] if at < len(spans) and spans[at][0] <= start else ""
        word = _plain(token, inside=bool(words), body=bool(body))
        mark = body or mark_of.get(word, word)
        if word != NAME or words[-1:] != [NAME]:
            words.append(word)
        if mark not in _MERGED or marks[-1:] != [mark]:
            marks.append(mark)
    return Spoken(tuple(words), tuple(marks), tuple(mark for mark in marks if mark in WHO))


def _plain(token: str, *, inside: bool, body: bool) -> str:
    """A word in lower case; a number as one number, and a capitalised word inside a sentence as a name."""
    if token[0].isdigit():
        return NUMBER
    if inside and not body and token[0].isupper() and not token.isupper():
        return NAME
    return token.lower()


def runs(items: Iterable[str], sizes: Iterable[int]) -> list[str]:
    """Every run of so many items, joined by a blank."""
    known = tuple(items)
    return [" ".join(known[at : at + size]) for size in sizes for at in range(len(known) - size + 1)]


@cache
def _mark_of() -> dict[str, str]:
    people = tomllib.loads(resources.files(__package__).joinpath("data/people.toml").read_text("utf-8"))
    named = ((PERSON, people["person"]), (REVIEWERS, people["reviewers"]), (THEY, people["they"]))
    return {word: mark for mark, words in named for word in words} | {NAME.lower(): NAME.lower(), NAME: NAME}
