"""Finding a quote in the text it is said to come from: letter for letter, but for white space and broken lines.

Two texts are the same here when they differ only in runs of white space, soft hyphens, and the line end after a
hyphen. Nothing else is forgiven: not a letter, not a case, not a mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

_LOOSE = re.compile(r"\u00ad\s*|(?<=\w[-\u2010])\s*[\r\n]\s*|(?P<blank>\s+)")


@dataclass(frozen=True)
class Folded:
    """A text with its white space evened. `places[n]` is where letter n of `text` stands in the original."""

    original: str

    @cached_property
    def _made(self) -> tuple[str, list[int]]:
        letters: list[str] = []
        places: list[int] = []
        at = 0
        for loose in _LOOSE.finditer(self.original):
            letters.append(self.original[at : loose.start()])
            places.extend(range(at, loose.start()))
            if loose.lastgroup == "blank":
                letters.append(" ")
                places.append(loose.start())
            at = loose.end()
        letters.append(self.original[at:])
        places.extend(range(at, len(self.original)))
        return "".join(letters), places

    @property
    def text(self) -> str:
        return self._made[0]

    @property
    def places(self) -> list[int]:
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


def _cuts(text: str, at: int) -> bool:
    """Whether a cut here would go through a word or a number."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def shown(text: str) -> str:
    """A text as a reader is shown it: soft hyphens at line ends joined, everything else as it stands."""
    return re.sub(r"\u00ad\s*", "", text)
