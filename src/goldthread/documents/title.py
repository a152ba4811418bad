"""What a document is called: its own metadata where that is sensible, else the largest heading on page one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from goldthread.documents.model import BlockKind
from goldthread.documents.shapes import Piece, RawPage

_LONGEST = 220
_NOT_A_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint)|untitled|document\d*$|title$|slide \d|template|layout \d)"
    r"|\.(?:docx?|pdf|rtf|indd|pptx?|xlsx?|odt)\b|^[\w.-]+$|_",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_OPENING = 2


def title_of(metadata: str, raw: Sequence[RawPage], pieces: Sequence[Sequence[Piece]]) -> str:
    """The title, one line of at most 220 characters, or "" if nothing serves."""
    given = " ".join(metadata.split())
    if _is_sensible(given, raw):
        return given[:_LONGEST]
    for page, found in zip(raw[:_OPENING], pieces[:_OPENING], strict=False):
        title = _largest_heading(page, found)
        if title:
            return title[:_LONGEST].strip()
    return given[:_LONGEST] if _WORD.search(given) and not _NOT_A_TITLE.search(given) else ""


def _is_sensible(given: str, raw: Sequence[RawPage]) -> bool:
    """Two words or more, not a file name, and most of its words on the first two pages."""
    words = _WORD.findall(given.casefold())
    if len(words) < 2 or len(given) > _LONGEST or _NOT_A_TITLE.search(given):
        return False
    opening = " ".join(page.text for page in raw[:_OPENING]).casefold()
    return sum(word in opening for word in words) >= 0.7 * len(words)


def _largest_heading(page: RawPage, pieces: Sequence[Piece]) -> str:
    """The heading of the highest rank, with the lines of the same rank below it where the page is laid out.

    A title of one or two words is a name ("Brent"): the heading under it says what the document is.
    """
    headings = [piece for piece in pieces if piece.kind is BlockKind.HEADING]
    if not headings:
        return ""
    first = min(headings, key=lambda piece: piece.level)
    following = pieces[pieces.index(first) + 1 :]
    title = _words(page, first)
    for piece in following:
        if piece.kind is not BlockKind.HEADING or piece.level != first.level or piece.box is None:
            break
        title += " " + _words(page, piece)
    if len(title.split()) < 3 and following and following[0].kind is BlockKind.HEADING and following[0].box:
        title += ": " + _words(page, following[0])
    return title


def _words(page: RawPage, piece: Piece) -> str:
    return " ".join(page.text[piece.start : piece.end].replace("\u00ad", "").split())
