"""What a report calls the person it is about: “Child A”, “Mr Z”, or the first name its title gives.

Reviews change or leave out names. Whatever stands in their place is used throughout, so a sentence that holds it
is about the subject, whereas “he” or “mother” may be anybody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

_CODE = r"(?:[A-Z]{1,3}\d?|\d{1,2})"  # what stands for a name: A, LE, B2, 14
_TOLD = r"(?:'s)? (?:was|had|is|has|lived|told|said|did|died|would|could)\b"
_FIRST_NAME = re.compile(r"\b[A-Z][a-z]{2,}\b")
_FULL_NAME = 2  # words
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss)\.? ([A-Z][\w'-]+)")
_DIED = re.compile(r"\b((?:[A-Z][\w'-]+ ){1,4}[A-Z][\w'-]+),? (?:who )?(?:died|was found (?:dead|hang))")
_WORD = re.compile(r"[A-Z][\w-]+")
_NO_NAMES = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "master", "baby", "deceased", "the", "child", "sir", "lady", "pc"}
)
_EARLY = 60_000  # characters of a report, some 20 pages, in which its names are looked for
_RECURS = 3
"""How often a name must stand in a report that its title does not have."""


def subject_names(even: str, title: str, titles: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    """Patterns of the names of the subjects, as found in folded text; those in `title` before all others.

    `titles` are the words such a name begins with, such as “child” and “mr”. Empty when there is no such name.
    """
    if not titles:
        return ()
    coded = _coded_pattern(tuple(titles))
    even = even[:_EARLY]
    named = tuple(dict.fromkeys(_coded(coded, title)))
    if not named:
        named = tuple(_first_names(even, title))
    if not named:
        often = Counter(_coded(coded, even)).most_common(1)
        named = tuple(name for name, times in often if times >= _RECURS)
    return tuple(re.compile(rf"\b{name}\b") for name in named)


def names_after(even: str, phrases: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    """Patterns of the first name and the surname that follow one of these phrases first, as in “the death of …”.

    A word the report also writes small (“Green”) is no name by itself.
    """
    if not phrases:
        return ()
    found = _named_pattern(tuple(phrases)).search(even) or _DIED.search(even)
    words = [word for word in _WORD.findall(found[1]) if word.lower() not in _NO_NAMES] if found else []
    kept = [
        word for word in dict.fromkeys(words[:1] + words[-1:]) if len(word) > 2 and not _written_small(word, even)
    ]
    if len(kept) < _FULL_NAME:
        kept += [word for word, times in Counter(_TITLED.findall(even)).most_common(1) if times >= _FULL_NAME]
    return tuple(re.compile(rf"\b(?:{re.escape(word)}|{re.escape(word.title())})\b") for word in dict.fromkeys(kept))


@cache
def _named_pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    before = "|".join(re.escape(phrase) for phrase in phrases)
    return re.compile(
        rf"\b(?:{before})\s+((?:(?:[A-Z][a-z]?\.|[A-Z][\w'-]*)(?:\s+(?:de|van|von|der|al|bin))?\s+){{0,5}}[A-Z][\w'-]+)"
    )


def _written_small(word: str, even: str) -> bool:
    return re.search(rf"\b{re.escape(word.lower())}\b", even) is not None


@cache
def _coded_pattern(titles: tuple[str, ...]) -> re.Pattern[str]:
    """“Child A”, “CHILD A”: capitals are spelled out, which is quicker than not minding them."""
    spelled = {form for word in titles for form in _forms(word)}
    words = "|".join(re.escape(word) for word in sorted(spelled, key=lambda word: (-len(word), word)))
    return re.compile(rf"\b({words})\s+({_CODE})\b(?!&)")


def _coded(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    for found in pattern.finditer(text):
        yield rf"(?:{'|'.join(map(re.escape, _forms(found[1])))})\s+{found[2]}"


def _forms(word: str) -> list[str]:
    return sorted({word.capitalize(), word.title(), word.upper()})


def _first_names(even: str, title: str) -> Iterator[str]:
    """Capitalised words of the title that the text never writes small and tells of as of a person."""
    for word in dict.fromkeys(_FIRST_NAME.findall(title)):
        if even.count(word) < _RECURS or _written_small(word, even):
            continue
        if len(re.findall(rf"\b{word}{_TOLD}", even)) >= _RECURS:
            yield word
