"""Finding a quote in the text it is said to come from: letter for letter, but for white space and broken lines.

Two texts are the same here when they differ only in runs of white space, soft hyphens, and the line end after a
hyphen. Nothing else is forgiven: not a letter, not a case, not a mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

_BROKEN_WORD = re.compile(r"\u00ad\s*")
_LINE_END = re.compile(r"(?<=\w[-\u2010])\s*[\r\n]\s*")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Folded:
    """A text with its white space evened. `places[n]` is where letter n of `text` stands in the original."""

    original: str

    @cached_property
    def _made(self) -> tuple[str, Sequence[int]]:
        text, places = _replaced(_BROKEN_WORD, "", self.original, range(len(self.original)))
        text, places = _replaced(_LINE_END, "", text, places)
        return _replaced(_BLANKS, " ", text, places)

    @property
    def text(self) -> str:
        return self._made[0]

    @property
    def places(self) -> Sequence[int]:
        return self._made[1]

    def find(self, quote: str) -> Iterator[tuple[int, int]]:
        """Every place of the original (start, end) where the quote stands as whole words."""
        wanted = Folded(quote).text.strip()
        if not wanted:
            return
        at = self.text.find(wanted)
        while at >= 0:
            end = at + len(wanted)
            if not _cuts(self.text, at) and not _cuts(self.text, end):
                yield self.places[at], self.places[end - 1] + 1
            at = self.text.find(wanted, at + 1)


def _replaced(pattern: re.Pattern[str], by: str, text: str, places: Sequence[int]) -> tuple[str, Sequence[int]]:
    """The text with each match replaced by at most one letter, and where its letters stand in the original."""
    kept: list[str] = []
    at_places: list[int] = []
    at = 0
    for found in pattern.finditer(text):
        kept += [text[at : found.start()], by]
        at_places += [*places[at : found.start()], *places[found.start() : found.start() + len(by)]]
        at = found.end()
    return "".join([*kept, text[at:]]), [*at_places, *places[at:]]


def _cuts(text: str, at: int) -> bool:
    """Whether a cut here would go through a word or a number."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def shown(text: str) -> str:
    """A text as a reader is shown it: soft hyphens at line ends joined, everything else as it stands."""
    return _BROKEN_WORD.sub("", text)
