"""The cue language and its matcher: a lexicon's phrases, found in one pass over a text.

Every cue is filed under its first word. A text is cut into words once; only where a word begins some cue
is that cue's pattern tried. What is read is *folded* text (see `goldthread.extraction.folding`): lower
case, single-character blanks, straight apostrophes, of the same length as the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from goldthread.errors import ProtocolError
from goldthread.protocol.lexicon import CueGroup, Lexicon

WORD = re.compile(r"[a-z0-9]+")
_TOKEN = re.compile(r"\(([^()]*)\)(\?)?|(\.\.\.)|(\S+)")
_GAP = r"(?:[^ .;:?!]+ +){0,5}?"
_REMEMBERED_WORDS = 50_000


class Hit(NamedTuple):
    """A cue found: where, in code points of the folded text, and of which group."""

    start: int
    end: int
    group: str


def pattern_of(cue: str) -> str:
    """The regular expression of one cue. Raises ProtocolError for a cue that cannot be read."""
    parts: list[str] = []
    needs_gap = False
    for token in _TOKEN.finditer(cue.strip().lower()):
        alternatives, optional_group, gap, word = token.groups()
        if gap:
            parts.append(" +" + _GAP)
            needs_gap = False
            continue
        if word and "(" in word:
            raise ProtocolError(f"brackets do not close in the cue “{cue}”")
        if alternatives is not None:
            body = "(?:" + "|".join(_words(part) for part in alternatives.split("|")) + ")"
            optional = bool(optional_group)
        else:
            optional = word.endswith("?")
            body = _words(word.rstrip("?"))
        lead = " +" if needs_gap else ""
        if optional and not parts:
            raise ProtocolError(f"the first word of the cue “{cue}” cannot be optional")
        parts.append(f"(?:{lead}{body})?" if optional else lead + body)
        needs_gap = True
    if not parts or not needs_gap:
        raise ProtocolError(f"the cue “{cue}” ends in a gap or is empty")
    return "".join(parts)


def first_words(cue: str) -> tuple[str, ...]:
    """The words one of which must begin the cue; a trailing `*` marks a beginning of a word."""
    token = _TOKEN.match(cue.strip().lower())
    if not token:
        raise ProtocolError("a cue is empty")
    alternatives = token.group(1).split("|") if token.group(1) is not None else [token.group(4) or ""]
    starts = []
    for alternative in alternatives:
        word = WORD.match(alternative.strip())
        if not word:
            raise ProtocolError(f"the cue “{cue}” does not begin with a word")
        open_ended = alternative[word.end() : word.end() + 1] in ("*", "-")
        starts.append(word.group() + ("*" if open_ended else ""))
    return tuple(starts)


def _words(phrase: str) -> str:
    return " +".join(_word(word) for word in phrase.split())


def _word(word: str) -> str:
    open_ended = word.endswith("*")
    body = re.escape(word.rstrip("*")).replace(r"\-", "[- ]?")
    if open_ended:
        return body + r"[\w']*"
    return body + (r"\b" if word[-1].isalnum() else "")


class Matcher:
    """Finds every cue of some groups. Groups may overlap; within a group the longest cue at a place wins."""

    def __init__(self, groups: Mapping[str, CueGroup]) -> None:
        filed: dict[tuple[str, str], list[str]] = {}
        for name, group in groups.items():
            for cue in group.cues:
                for start in first_words(cue):
                    filed.setdefault((start, name), []).append(cue)
        self._exact: dict[str, list[tuple[re.Pattern[str] | None, str]]] = {}
        self._open: dict[str, list[tuple[re.Pattern[str] | None, str]]] = {}
        for (start, name), cues in filed.items():
            table = self._open if start.endswith("*") else self._exact
            single = set(cues) == {start}
            pattern = None if single else re.compile(_longest_first(cues))
            table.setdefault(start.rstrip("*"), []).append((pattern, name))
        self._lengths = sorted({len(start) for start in self._open})
        self._known: dict[str, tuple[tuple[re.Pattern[str] | None, str], ...]] = {}

    def scan(self, folded: str) -> list[Hit]:
        """All hits in a folded text, by where they start."""
        hits: list[Hit] = []
        known = self._known
        for token in WORD.finditer(folded):
            word = token.group()
            tries = known.get(word)
            if tries is None:
                tries = self._tries(word)
            for pattern, name in tries:
                if pattern is None:
                    hits.append(Hit(token.start(), token.end(), name))
                elif found := pattern.match(folded, token.start()):
                    hits.append(Hit(found.start(), found.end(), name))
        return hits

    def _tries(self, word: str) -> tuple[tuple[re.Pattern[str] | None, str], ...]:
        tries = list(self._exact.get(word, ()))
        for length in self._lengths:
            if length > len(word):
                break
            for pattern, name in self._open.get(word[:length], ()):
                tries.append((pattern, name))
        if len(self._known) >= _REMEMBERED_WORDS:
            self._known.clear()
        self._known[word] = tuple(tries)
        return self._known[word]


def _longest_first(cues: Iterable[str]) -> str:
    return "|".join(f"(?:{pattern_of(cue)})" for cue in sorted(set(cues), key=lambda cue: (-len(cue), cue)))


_BY_LEXICON: dict[int, tuple[Lexicon, Matcher]] = {}


def matcher_of(lexicon: Lexicon) -> Matcher:
    """The compiled matcher of a lexicon, made once."""
    known = _BY_LEXICON.get(id(lexicon))
    if known and known[0] is lexicon:
        return known[1]
    made = Matcher(lexicon.groups)
    if len(_BY_LEXICON) >= 16:
        _BY_LEXICON.clear()
    _BY_LEXICON[id(lexicon)] = (lexicon, made)
    return made
