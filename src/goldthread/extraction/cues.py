"""The matcher: a lexicon's phrases, found in one pass over a text.

Every cue is filed under its first word. A text is cut into words once; only where a word begins some cue,
and the next word may go on with it, is a pattern tried. What is read is *folded* text (see
`goldthread.extraction.folding`): lower case, even blanks and apostrophes, of the same length as the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import accumulate, chain
from typing import NamedTuple

from goldthread.extraction.landmarks import LANDMARKS
from goldthread.protocol.lexicon import CueGroup, Lexicon
from goldthread.protocol.phrases import Phrase, phrase

_SPLIT = re.compile(r"([^a-z0-9]+)")
_REMEMBERED = 150_000  # words and pairs of words, at most some 20 MB


class Hit(NamedTuple):
    """A cue found: where, in code points of the folded text, and of which group."""

    start: int
    end: int
    group: str


class _Try(NamedTuple):
    """What to look for at a word on behalf of one group: its longer cues, and whether the word itself is one.

    `exact` and `open` are the words, or beginnings of words, one of which must follow; both empty when any may.
    """

    group: str
    word: bool
    pattern: re.Pattern[str] | None
    exact: frozenset[str]
    open: tuple[str, ...]

    def may_go_on(self, following: str) -> bool:
        if not self.exact and not self.open:
            return True
        return following in self.exact or following.startswith(self.open)


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
        self._after: dict[str, _After] = {}
        self._going = 0

    def scan(self, folded: str, start: int = 0, end: int | None = None) -> list[Hit]:
        """All hits in a stretch of folded text, by where they start."""
        end = len(folded) if end is None else end
        hits: list[Hit] = []
        found = hits.append
        known = self._after
        if len(self._known) + self._going > _REMEMBERED:
            self._known.clear()
            known.clear()
            self._going = 0
        parts = _SPLIT.split(folded[start:end] if start or end < len(folded) else folded)
        words = parts[::2]
        starts = list(accumulate(map(len, parts), initial=start))[::2]
        for word, following, at in zip(words, chain(words[1:], ("",)), starts, strict=False):
            after = known.get(word)
            if after is None:
                after = known[word] = self._what_may_follow(word)
            if after is _NOTHING:
                continue
            tries = after[0].get(following, after[1])
            if tries is None:
                tries = after[0][following] = self._going_on(word, following)
            for group, is_word, pattern in tries:
                if pattern is not None and (match := pattern.match(folded, at, end)):
                    found(Hit(at, match.end(), group))
                elif is_word:
                    found(Hit(at, at + len(word), group))
        return hits

    def _what_may_follow(self, word: str) -> _After:
        """What is left to look for at a word by the next one, and else; None when that must be found out."""
        tries = self._tries(word)
        if not tries:
            return _NOTHING
        if any(each.open for each in tries):
            return {}, None
        telling = {following for each in tries for following in each.exact}
        return {following: self._going_on(word, following) for following in telling}, self._going_on(word, "")

    def _going_on(self, word: str, following: str) -> tuple[_Left, ...]:
        """What is left to look for at a word when the next one is known."""
        self._going += 1
        left = []
        for each in self._tries(word):
            pattern = each.pattern if each.may_go_on(following) else None
            if pattern is not None or each.word:
                left.append((each.group, each.word, pattern))
        return tuple(left)

    def _tries(self, word: str) -> tuple[_Try, ...]:
        known = self._known.get(word)
        if known is None:
            cues: dict[str, list[Phrase]] = {name: list(each) for name, each in self._exact.get(word, {}).items()}
            for length in self._lengths:
                for name, each in self._open.get(word[:length], {}).items() if length <= len(word) else ():
                    cues.setdefault(name, []).extend(each)
            known = self._known[word] = tuple(_try(name, tuple(each)) for name, each in cues.items())
        return known


_Left = tuple[str, bool, "re.Pattern[str] | None"]
_After = tuple[dict[str, tuple[_Left, ...]], tuple[_Left, ...] | None]
_NOTHING: _After = ({}, ())


@lru_cache(maxsize=16_384)
def _try(group: str, cues: tuple[Phrase, ...]) -> _Try:
    longer = [cue for cue in cues if not cue.word]
    seconds = set() if any(not cue.seconds for cue in longer) else {s for cue in longer for s in cue.seconds}
    return _Try(
        group=group,
        word=len(longer) < len(cues),
        pattern=re.compile(_longest_first(longer)) if longer else None,
        exact=frozenset(each for each in seconds if not each.endswith("*")),
        open=tuple(each[:-1] for each in seconds if each.endswith("*")),
    )


def _longest_first(cues: Iterable[Phrase]) -> str:
    return "|".join(sorted({f"(?:{cue.pattern})" for cue in cues}, key=lambda each: (-len(each), each)))


_FINDS_ACTOR = frozenset({"practice.actor", "practice.perhaps_actor", "practice.rivals", "practice.deeds"})


class Matchers(NamedTuple):
    """A lexicon's cues in two parts: those wanted everywhere, and those of practice, wanted near its actor."""

    everywhere: Matcher
    near_actor: Matcher


_BY_LEXICON: dict[int, tuple[Lexicon, Matchers]] = {}


def matchers_of(lexicon: Lexicon) -> Matchers:
    """The compiled cues of a lexicon and the landmarks of dates and ages, made once. Unused groups are left out."""
    known = _BY_LEXICON.get(id(lexicon))
    if known and known[0] is lexicon:
        return known[1]
    everywhere, coding = set[str](), set[str]()
    for place, groups in lexicon.named().items():
        if place.startswith("agencies."):
            continue  # looked for in passages alone, by `goldthread.coding.agencies`
        only_near = place.startswith("practice.") and place not in _FINDS_ACTOR
        (coding if only_near else everywhere).update(groups)
    known_groups = lexicon.groups.keys()
    made = Matchers(
        Matcher({**{name: lexicon.groups[name] for name in sorted(everywhere & known_groups)}, **LANDMARKS}),
        Matcher({name: lexicon.groups[name] for name in sorted((coding - everywhere) & known_groups)}),
    )
    if len(_BY_LEXICON) >= 16:
        _BY_LEXICON.clear()
    _BY_LEXICON[id(lexicon)] = (lexicon, made)
    return made
