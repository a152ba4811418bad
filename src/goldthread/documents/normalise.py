"""Reading text: a page's words as a reader takes them, with the way back to the stored text.

Engines match on this; evidence is always quoted from the stored text, through `to_original`.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

_EVENT = re.compile(
    r"(?P<hyphen>(?<=\w)(?:\u00ad|[-\u2010](?=\s*\n))\s*(?=\w))"
    r"|(?P<soft>\u00ad)"
    r"|(?P<space>\s{2,}|[^\S ])"
    r"|(?P<letter>[\u2018\u2019\u201a\u201b\u2032\u201c\u201d\u201e\u2033\u2010\u2011\ufb00-\ufb04\u200b-\u200d\ufeff])"
)
_LETTERS = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u2033", '"'),
    **dict.fromkeys("\u2010\u2011", "-"),
    **dict.fromkeys("\u200b\u200c\u200d\ufeff", ""),
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
}
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BEFORE = re.compile(r"[^\W\d_]+$")
_AFTER = re.compile(r"[^\W\d_]+")


class Normalised(NamedTuple):
    """Reading text and `offsets`, the place in the stored text of each of its characters and of its end."""

    text: str
    offsets: array[int]

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the stored text that a span of the reading text stands for."""
        if start >= end:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end - 1] + 1

    def from_original(self, offset: int) -> int:
        """Where a place in the stored text is in the reading text."""
        return max(0, bisect_right(self.offsets, offset) - 1)


def vocabulary(texts: Iterable[str]) -> Counter[str]:
    """How often each word, hyphenated ones whole, stands unbroken in a document; in small letters."""
    words: Counter[str] = Counter()
    for text in texts:
        words.update(_WORD.findall(text.lower()))
    return words


def normalise(text: str, words: Counter[str] | None = None) -> Normalised:
    """Fold white space to single spaces, join words broken at line ends, straighten quotes, split ligatures.

    Whether a hyphen at a line end stays is decided by `words`, the document's vocabulary (by default that of the
    text itself): "safe-guarding" is joined if the document writes "safeguarding" elsewhere, and keeps its hyphen if
    it writes that. When it writes neither, a soft hyphen goes and a printed one stays. Case is kept.
    """
    known = words
    parts: list[str] = []
    offsets = array("I")
    at = 0
    for event in _EVENT.finditer(text):
        begin, end = event.span()
        parts.append(text[at:begin])
        offsets.extend(range(at, begin))
        if event["hyphen"]:
            if known is None:
                known = vocabulary([text])
            new = "-" if _keeps_hyphen(text, begin, end, known) else ""
        elif event["space"]:
            new = " "
        else:
            new = _LETTERS.get(event[0], "")
        parts.append(new)
        offsets.extend([begin] * len(new))
        at = end
    parts.append(text[at:])
    offsets.extend(range(at, len(text) + 1))
    return Normalised("".join(parts), offsets)


def _keeps_hyphen(text: str, begin: int, end: int, words: Counter[str]) -> bool:
    before, after = _BEFORE.search(text, max(0, begin - 40), begin), _AFTER.match(text, end)
    if not before or not after:
        return text[begin] != "\u00ad"
    if text[before.start() - 1 : before.start()] == "-":
        return True
    first, second = before[0].lower(), after[0].lower()
    joined, hyphened = words[first + second], words[f"{first}-{second}"]
    if joined == hyphened:
        return text[begin] != "\u00ad" or (not joined and words[first] > 0 and words[second] > 1)
    return hyphened > joined
