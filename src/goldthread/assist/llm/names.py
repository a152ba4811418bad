"""Standing in for people's names before a text leaves the machine. Every stand-in is as long as its name.

Because lengths agree, a place in the text that was sent is the same place in the stored text: a quote comes back
with the document's own words. What counts as a name is told from capitals, titles and a list the study may have; it
is careful rather than clever, and neither complete nor anonymisation (see docs/language-models.md).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise

_WORD = re.compile(r"[^\W\d_]+(?:(?:['’]|\u00ad\s*)[^\W\d_]+)*")
_BROKEN = re.compile(r"\u00ad\s*")
_POSSESSIVE = re.compile(r"['’]s\Z")
_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"


@dataclass
class StandIns:
    """The names known so far, lower case, each with its stand-in; grows as texts are read. Kept on this machine.

    `salt` makes the stand-ins of one study its own. `ordinary` are words never taken for names; `titles` are words
    that a name follows.
    """

    salt: str
    ordinary: Set[str]
    titles: Set[str]
    known: dict[str, str] = field(default_factory=dict)

    def replace(self, text: str, kept: Sequence[tuple[int, int]], listed: Iterable[str] = ()) -> str:
        """The text with every name stood in for, as long as it was.

        `kept` are stretches left as they are (names of organisations and places); `listed` are names the study
        itself lists, replaced in any case and wherever they stand.
        """
        words = list(_WORD.finditer(text))
        always = {part.lower() for name in listed for part in _WORD.findall(name)}
        found = _names(text, words, kept, self.ordinary, self.titles) | always
        taken = {word.group().lower() for word in words} | set(self.ordinary)
        for name in sorted(found - self.known.keys()):
            self.known[name] = self._stand_in(name, taken)
        return _written(text, words, kept, {name: self.known[name] for name in found}, always)

    def _stand_in(self, name: str, taken: Set[str]) -> str:
        used = set(self.known.values())
        for attempt in range(200):
            made = _spelled(f"{self.salt}\n{name}\n{attempt}", name)
            if made != name and made not in taken and made not in used:
                return made
        return _spelled(f"{self.salt}\n{name}", name)


def _names(
    text: str, words: Sequence[re.Match[str]], kept: Sequence[tuple[int, int]], ordinary: Set[str], titles: Set[str]
) -> set[str]:
    """The words of a text that name people, lower case."""
    lower = {_bare(word.group()) for word in words if word.group()[0].islower()}
    found: set[str] = set()
    named = False  # whether the word before belongs to a name or announces one
    last, before = 0, ""
    for word in words:
        spelled, low = word.group(), _bare(word.group())
        gap = text[last : word.start()]
        stopped = "." in gap and before not in titles and len(before) > 1
        joined = named and not stopped and not re.search(r"[^\s.\-]|\n\s*\n", gap)
        last, before = word.end(), low
        if spelled[0].isupper() and low in titles:
            named = True
        elif not spelled[0].isupper() or _inside(word.span(), kept):
            named = False
        elif joined or (low not in ordinary and low not in lower and _is_titled(spelled)):
            named = joined or len(low) > 1
            if len(low) > 1:
                found.add(low)
        else:
            named = False
    return found | _forenames(text, words, found, kept, lower | set(ordinary), titles)


def _forenames(
    text: str,
    words: Sequence[re.Match[str]],
    found: Set[str],
    kept: Sequence[tuple[int, int]],
    usual: Set[str],
    titles: Set[str],
) -> set[str]:
    """Capitalised words straight before a name that are words too, unless they begin a sentence: “Hope Ashdown”."""
    more = set()
    for word, following in pairwise(words):
        low = _bare(word.group())
        begins = not re.search(r"[\w,;][ \t\r\n]*\Z", text[max(0, word.start() - 4) : word.start()])
        if (
            _bare(following.group()) in found
            and following.group()[0].isupper()
            and _is_titled(word.group())
            and len(low) > 1
            and text[word.end() : following.start()].strip(" ") in ("", "-")
            and low not in titles
            and not (begins and low in usual)
            and not _inside(word.span(), kept)
        ):
            more.add(low)
    return more


def _written(
    text: str,
    words: Sequence[re.Match[str]],
    kept: Sequence[tuple[int, int]],
    stand_ins: Mapping[str, str],
    always: Set[str],
) -> str:
    parts: list[str] = []
    at = 0
    for word in words:
        spelled = word.group()
        low = _bare(spelled)
        everywhere = low in always
        if low in stand_ins and (everywhere or (spelled[0].isupper() and not _inside(word.span(), kept))):
            core = _POSSESSIVE.sub("", spelled)
            parts += [text[at : word.start()], _in_case(stand_ins[low], core)]
            at = word.start() + len(core)
    return "".join([*parts, text[at:]])


def _bare(word: str) -> str:
    """The word in small letters, without a possessive or a broken line; a letter stays one letter."""
    core = _BROKEN.sub("", _POSSESSIVE.sub("", word))
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in core)


def _is_titled(word: str) -> bool:
    """Capital first and a small letter after: a name as printed, not an abbreviation."""
    return word[0].isupper() and any(letter.islower() for letter in _POSSESSIVE.sub("", word)[1:])


def _inside(span: tuple[int, int], kept: Sequence[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in kept)


def _in_case(stand_in: str, pattern: str) -> str:
    """The stand-in with capitals, and a line's broken end, where the name had them; as long as the name."""
    letters = iter(stand_in)
    broken = {at for found in _BROKEN.finditer(pattern) for at in range(*found.span())}
    return "".join(
        letter if at in broken else next(letters, "x").upper() if letter.isupper() else next(letters, "x")
        for at, letter in enumerate(pattern)
    )


def _spelled(seed: str, name: str) -> str:
    """Letters one can read aloud, as many as the name has; what is no letter stays."""
    digest = hashlib.sha256(seed.encode()).digest() * (len(name) // 32 + 1)
    letters = []
    for n, (old, number) in enumerate(zip(name, digest, strict=False)):
        pool = _CONSONANTS if n % 2 == 0 else _VOWELS
        letters.append(pool[number % len(pool)] if old.isalpha() else old)
    return "".join(letters)
