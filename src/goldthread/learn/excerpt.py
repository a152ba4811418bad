"""The best part of a passage to show: the stretch in which most of the sought words stand, each marked."""

from __future__ import annotations

import re
from collections.abc import Callable

from goldthread.learn.stems import stem, words

MARK_OPEN, MARK_CLOSE = "\u2039", "\u203a"
LENGTH = 28
_LEAD = 2  # pieces shown before the first sought word
_PIECE = re.compile(r"[^\W_]+")


def excerpt(text: str, sought: Callable[[str], bool], length: int = LENGTH) -> str:
    """At most `length` blank-separated pieces of the text on one line, words whose stem is sought between ‹ and ›."""
    pieces = text.split()
    found = [any(sought(stem(word)) for word in words(piece)) for piece in pieces]
    start = 0
    best = count = sum(found[:length])
    for last in range(length, len(pieces)):
        count += found[last] - found[last - length]
        if count > best:
            best, start = count, last - length + 1
    lead = max(0, next((n for n in range(start, len(pieces)) if found[n]), start) - _LEAD)
    start = max(start, min(lead, len(pieces) - length))
    shown = pieces[start : start + length]
    marked = " ".join(_marked(piece, sought) if found[start + n] else piece for n, piece in enumerate(shown))
    return f"{'…' if start else ''}{marked}{'…' if start + length < len(pieces) else ''}"


def _marked(piece: str, sought: Callable[[str], bool]) -> str:
    def mark(found: re.Match[str]) -> str:
        return f"{MARK_OPEN}{found[0]}{MARK_CLOSE}" if sought(stem(words(found[0])[0])) else found[0]

    return _PIECE.sub(mark, piece)
