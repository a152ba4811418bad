"""What a report calls the person it is about: “Child A”, “Mr Z”, or the first name its title gives.

Reviews change or leave out names. Whatever stands in their place is used throughout, so a sentence that holds it
is about the subject, whereas “he” or “mother” may be anybody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

_CODE = r"(?:[A-Z]{1,3}\d?|\d{1,2})"  # what stands for a name: A, LE, B2, 14
_TOLD = r"(?:'s)? (?:was|had|is|has|lived|told|said|did|died|would|could)\b"
_FIRST_NAME = re.compile(r"\b[A-Z][a-z]{2,}\b")
_RECURS = 3
"""How often a name must stand in a report that its title does not have."""


def subject_names(even: str, title: str, titles: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    """Patterns of the names of the subjects, as found in folded text; those in `title` before all others.

    `titles` are the words such a name begins with, such as “child” and “mr”. Empty when there is no such name.
    """
    if not titles:
        return ()
    words = "|".join(re.escape(word) for word in sorted(titles, key=len, reverse=True))
    coded = re.compile(rf"\b({words})\s+({_CODE})\b(?!\s*(?:and|&)\s*E\b)", re.IGNORECASE)
    named = tuple(dict.fromkeys(_coded(coded, title)))
    if not named:
        named = tuple(_first_names(even, title))
    if not named:
        often = Counter(_coded(coded, even)).most_common(1)
        named = tuple(name for name, times in often if times >= _RECURS)
    return tuple(re.compile(rf"\b{name}\b") for name in named)


def _coded(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    for found in pattern.finditer(text):
        if found[2].isupper() or found[2].isdecimal():
            yield rf"(?i:{re.escape(found[1].lower())})\s+{found[2]}"


def _first_names(even: str, title: str) -> Iterator[str]:
    """Capitalised words of the title that the text never writes small and tells of as of a person."""
    for word in dict.fromkeys(_FIRST_NAME.findall(title)):
        told = re.findall(rf"\b{word}{_TOLD}", even)
        if len(told) >= _RECURS and not re.search(rf"\b{word.lower()}\b", even):
            yield word
