"""Finding known names in running text: longest first, on word boundaries, whatever the line breaks.

Names are compared token by token, so that a line break, a doubled blank, a hyphen of another shape, a curly
apostrophe or an ampersand never hides a name. Capitals matter: the proper part of a name must begin with a
capital, an abbreviation must stand exactly as listed; only generic nouns ("police", "council") may be lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

_SOFT_HYPHEN = "\u00ad"
_WORD = rf"[^\W_]+(?:{_SOFT_HYPHEN}\s*[^\W_]+)*"
_FIRST = re.compile(rf"(?<![^\W_])(?=[^\W\d_])(?![a-z]){_WORD}")
_TOKEN = re.compile(rf"{_WORD}|[,&.]")
_BLANKS = r"[^\S\r\n\f]*"
GAP = rf"{_BLANKS}(?:(?:\r\n|[\r\n\f]){_BLANKS})?"
"""What may part two words that belong together: blanks and at most one line or page break."""
_GAP = re.compile(rf"[-\u2010-\u2013{_SOFT_HYPHEN}'\u2018\u2019]?{GAP}")
_GLUED = re.compile(r"[A-Z]+[a-z]+(?=[A-Z])")
_ARTICLE = re.compile(r"\b[Tt](?:he|HE)\s+$")
LONGEST_ABBREVIATION = 2
"""Letters after which a full stop may stand inside a name ("St. Helens"); elsewhere it ends a sentence."""
_BROKEN_WORD = re.compile(rf"{_SOFT_HYPHEN}\s*")


class Match(NamedTuple):
    """One name found: `text[start:end]`, the key it was listed under, and whether that name is weak."""

    start: int
    end: int
    key: str
    weak: bool
    spelling: tuple[str, ...]


class _Listed(NamedTuple):
    key: str
    weak: bool
    article: bool
    words: tuple[str, ...]


class _Taken(NamedTuple):
    """One step of the reading of a text along the names: the word as folded, as it stands, and its end."""

    folded: str
    surface: str
    end: int


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    names: list[_Listed] = field(default_factory=list)


def words_of(name: str) -> tuple[str, ...]:
    """A name as words and commas: hyphens and apostrophes part words, an ampersand is `and`, full stops go."""
    found = (match.group().replace("&", "and") for match in _TOKEN.finditer(name))
    return tuple(word for word in found if word != ".")


def folded(name: str) -> tuple[str, ...]:
    """A name as its words without case: two spellings of one name have the same."""
    return tuple(word.casefold() for word in words_of(name))


class NameIndex:
    """All names of a gazetteer. Built once, then only read.

    `sorts` says which words are `linking` (any case) or `generic` (lower case too); all others are proper.
    """

    def __init__(self, sorts: Mapping[str, str]) -> None:
        self._sorts = sorts
        self._root = _Node()
        self._whole: dict[tuple[str, ...], str] = {}

    def add(self, key: str, names: Iterable[str], *, weak: bool = False) -> None:
        """List `names` under `key`. The first listing of a spelling stands; a leading `the` is then required."""
        for name in names:
            words = words_of(name)
            article = len(words) > 1 and words[0] == "the"
            words = words[1:] if article else words
            path = tuple(word.casefold() for word in words)
            node = self._root
            for word in path:
                node = node.children.setdefault(word, _Node())
            node.names.append(_Listed(key, weak, article, words))
            node.names.sort(key=lambda listed: listed.weak)
            self._whole.setdefault(path, key)

    def key_of(self, name: str) -> str | None:
        """The key of a whole name in any case, weak ones included; None if it is not listed."""
        path = folded(name)
        if path[:1] == ("the",) and path not in self._whole:
            path = path[1:]
        return self._whole.get(path)

    def matches(self, text: str) -> Iterator[Match]:
        """Every listed name in `text` from left to right, longest first, never overlapping."""
        opening = self._root.children
        after = 0
        for first in _FIRST.finditer(text):
            if first.start() < after:
                continue
            if (node := opening.get(_fold(first.group()))) is not None:
                found = self._longest(text, first, node)
                if found:
                    after = found.end
                    yield found

    def _longest(self, text: str, first: re.Match[str], node: _Node) -> Match | None:
        taken = [_Taken(_fold(first.group()), first.group(), first.end())]
        best = self._named(text, first.start(), node, taken)
        while node.children and (step := _step(text, taken[-1], node)):
            node = node.children[step.folded]
            taken.append(step)
            best = self._named(text, first.start(), node, taken) or best
        return best

    def _named(self, text: str, start: int, node: _Node, taken: list[_Taken]) -> Match | None:
        surfaces = [step.surface for step in taken]
        for listed in node.names:
            if listed.article and not _ARTICLE.search(text, max(0, start - 10), start):
                continue
            if all(map(self._fits, listed.words, surfaces)):
                return Match(start, taken[-1].end, listed.key, listed.weak, listed.words)
        return None

    def _fits(self, word: str, surface: str) -> bool:
        """Whether `surface` may stand for `word` where capitals are concerned."""
        sort = self._sorts.get(word.casefold(), "proper")
        if sort != "proper" or not word[0].isupper():
            return True
        if any(letter.isupper() for letter in word[1:]):
            return _joined(surface) == word
        return surface[0].isupper()


def _step(text: str, last: _Taken, node: _Node) -> _Taken | None:
    """The next word of the text after `last`, if some name goes on with it."""
    gap = _GAP.match(text, last.end)
    token = _TOKEN.match(text, gap.end() if gap else last.end)
    if not token:
        return None
    surface, end = token.group(), token.end()
    if (word := _fold(surface)) in node.children:
        return _Taken(word, surface, end)
    if surface == "." and last.surface != "." and len(last.surface) <= LONGEST_ABBREVIATION:
        return _step(text, _Taken(".", ".", end), node)
    head = surface.partition(_SOFT_HYPHEN)[0]
    glued = _GLUED.match(head)
    head = glued.group() if glued else head
    if (word := _fold(head)) in node.children:
        return _Taken(word, head, token.start() + len(head))
    return None


def _joined(surface: str) -> str:
    return _BROKEN_WORD.sub("", surface) if _SOFT_HYPHEN in surface else surface


def _fold(surface: str) -> str:
    return "and" if surface == "&" else _joined(surface).casefold()
