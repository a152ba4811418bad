"""The matcher: a lexicon's phrases, found in one pass over a text.

Every cue is filed under its first word. A text is cut into words once; only where a word begins some cue,
and the next word may go on with it, is a pattern tried. What is read is *folded* text (see
`goldthread.extraction.folding`): lower case, even blanks and apostrophes, of the same length as the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from goldthread.extraction.landmarks import LANDMARKS
from goldthread.protocol.lexicon import CueGroup, Lexicon
from goldthread.protocol.phrases import Phrase, phrase

WORD = re.compile(r"[a-z0-9]+")
_REMEMBERED = 50_000


class Hit(NamedTuple):
    """A cue found: where, in code points of the folded text, and of which group."""

    start: int
    end: int
    group: str


class _Try(NamedTuple):
    """What to look for at a word on behalf of one group: its longer cues, and whether the word itself is one."""

    group: str
    word: bool
    pattern: re.Pattern[str] | None
    seconds: tuple[str, ...]


class Matcher:
    """Finds every cue of some groups. Groups may overlap; within a group the longest cue at a place wins."""

    def __init__(self, groups: Mapping[str, CueGroup]) -> None:
        self._exact: dict[str, dict[str, list[Phrase]]] = {}
        self._open: dict[str, dict[str, list[Phrase]]] = {}
        for name, group in groups.items():
            for cue in map(phrase, group.cues):
                for start in cue.firsts:
                    table = self._open if start.endswith("*") else self._exact
                    table.setdefault(start.rstrip("*"), {}).setdefault(name, []).append(cue)
        self._lengths = sorted({len(start) for start in self._open})
        self._known: dict[str, tuple[_Try, ...]] = {}
        self._pairs: dict[str, dict[str, tuple[_Try, ...]]] = {}

    def scan(self, folded: str) -> list[Hit]:
        """All hits in a folded text, by where they start."""
        hits: list[Hit] = []
        found = hits.append
        pairs = self._pairs
        if len(self._known) > _REMEMBERED:
            self._known.clear()
            pairs.clear()
        tokens = [(token.start(), token.group()) for token in WORD.finditer(folded)]
        tokens.append((len(folded), ""))
        for place in range(len(tokens) - 1):
            start, word = tokens[place]
            after = pairs.get(word)
            if after is None:
                after = pairs[word] = {} if self._tries(word) else _NOTHING
            if after is _NOTHING:
                continue
            following = tokens[place + 1][1]
            tries = after.get(following)
            if tries is None:
                tries = after[following] = self._going_on(word, following)
            for group, is_word, pattern, _ in tries:
                if pattern is not None and (match := pattern.match(folded, start)):
                    found(Hit(start, match.end(), group))
                elif is_word:
                    found(Hit(start, start + len(word), group))
        return hits

    def _going_on(self, word: str, following: str) -> tuple[_Try, ...]:
        """The tries at a word that the next word does not rule out."""
        kept = []
        for each in self._tries(word):
            if each.pattern is not None and each.seconds and not _may_follow(following, each.seconds):
                each = each._replace(pattern=None)
            if each.pattern is not None or each.word:
                kept.append(each)
        return tuple(kept)

    def _tries(self, word: str) -> tuple[_Try, ...]:
        known = self._known.get(word)
        if known is None:
            cues: dict[str, list[Phrase]] = {name: list(each) for name, each in self._exact.get(word, {}).items()}
            for length in self._lengths:
                for name, each in self._open.get(word[:length], {}).items() if length <= len(word) else ():
                    cues.setdefault(name, []).extend(each)
            known = self._known[word] = tuple(_try(name, each) for name, each in cues.items())
        return known


_NOTHING: dict[str, tuple[_Try, ...]] = {}


def _try(group: str, cues: list[Phrase]) -> _Try:
    longer = [cue for cue in cues if not cue.word]
    seconds = () if any(not cue.seconds for cue in longer) else tuple({s for cue in longer for s in cue.seconds})
    pattern = re.compile(_longest_first(longer)) if longer else None
    return _Try(group, len(longer) < len(cues), pattern, seconds)


def _may_follow(word: str, seconds: Iterable[str]) -> bool:
    return any(word.startswith(each[:-1]) if each.endswith("*") else word == each for each in seconds)


def _longest_first(cues: Iterable[Phrase]) -> str:
    return "|".join(sorted({f"(?:{cue.pattern})" for cue in cues}, key=lambda each: (-len(each), each)))


_BY_LEXICON: dict[int, tuple[Lexicon, Matcher]] = {}


def matcher_of(lexicon: Lexicon) -> Matcher:
    """The compiled matcher of a lexicon and of the landmarks of dates and ages, made once."""
    known = _BY_LEXICON.get(id(lexicon))
    if known and known[0] is lexicon:
        return known[1]
    made = Matcher({**lexicon.groups, **LANDMARKS})
    if len(_BY_LEXICON) >= 16:
        _BY_LEXICON.clear()
    _BY_LEXICON[id(lexicon)] = (lexicon, made)
    return made
