"""Anchors: evidence as an exact place in an immutable text.

Offsets are Unicode code points in the whole text of a document, in which pages are separated by one
form feed. The quote is exactly `text[start:end]`; if it is not, the anchor is broken and nothing resting
on it may be counted or shown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from goldthread.errors import BrokenAnchor

PAGE_BREAK = "\f"
CONTEXT = 48


@dataclass(frozen=True)
class DocumentText:
    """The stored text of one version of a document, page by page."""

    document_id: str
    sha256: str
    version: int
    pages: tuple[str, ...]

    @cached_property
    def text(self) -> str:
        """All pages joined by one form feed: what offsets count in."""
        return PAGE_BREAK.join(self.pages)

    @cached_property
    def page_starts(self) -> tuple[int, ...]:
        """Offset of the first code point of each page."""
        starts, at = [], 0
        for page in self.pages:
            starts.append(at)
            at += len(page) + 1
        return tuple(starts)

    def page_of(self, offset: int) -> int:
        """The page, counted from 1, on which the code point at `offset` stands."""
        return bisect_right(self.page_starts, offset)


@dataclass(frozen=True, slots=True)
class Anchor:
    """One exact passage of one version of one document."""

    document_id: str
    sha256: str
    version: int
    start: int
    end: int
    page: int
    quote: str
    before: str = ""
    after: str = ""

    def __hash__(self) -> int:
        """By its place alone, which tells anchors of one study apart: tables hash them by the ten thousand."""
        return hash((self.document_id, self.start, self.end))


def anchor(document: DocumentText, start: int, end: int) -> Anchor:
    """Anchor `document.text[start:end]`, without blank edges.

    Raises BrokenAnchor if the span is empty or outside the text.
    """
    text = document.text
    if not 0 <= start < end <= len(text):
        raise BrokenAnchor(f"span {start}–{end} lies outside a text of {len(text)}", where=document.document_id)
    quote = text[start:end]
    start += len(quote) - len(quote.lstrip())
    end -= len(quote) - len(quote.rstrip())
    if start >= end:
        raise BrokenAnchor(f"span {start}–{end} is blank", where=document.document_id)
    return Anchor(
        document_id=document.document_id,
        sha256=document.sha256,
        version=document.version,
        start=start,
        end=end,
        page=document.page_of(start),
        quote=text[start:end],
        before=text[max(0, start - CONTEXT) : start],
        after=text[end : end + CONTEXT],
    )


def refind(found: Anchor, document: DocumentText) -> Anchor | None:
    """The same words in another version of the document; None when they are gone or cannot be told apart.

    White space may differ. Among several places the one whose surroundings agree longest with the anchor's is
    taken, unless two agree equally long.
    """
    words = r"\s+".join(re.escape(word) for word in found.quote.split())
    places = [match.span() for match in re.finditer(words, document.text)]
    if len(places) > 1:
        ranked = sorted(((_agreement(found, document.text, *place), place) for place in places), reverse=True)
        if ranked[0][0] == ranked[1][0]:
            return None
        places = [ranked[0][1]]
    return anchor(document, *places[0]) if places else None


def _agreement(found: Anchor, text: str, start: int, end: int) -> int:
    """How many letters around a place, white space apart, read as those around the anchor."""
    before, after = "".join(found.before.split())[::-1], "".join(found.after.split())
    here_before = "".join(text[max(0, start - 2 * CONTEXT) : start].split())[::-1]
    here_after = "".join(text[end : end + 2 * CONTEXT].split())
    return _shared_start(before, here_before) + _shared_start(after, here_after)


def _shared_start(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def verify(found: Anchor, document: DocumentText) -> None:
    """Raise BrokenAnchor unless the anchor is, letter for letter, what the document says at that place."""
    where = f"{found.document_id}, page {found.page}, {found.start}–{found.end}"
    mend = "restore the study from a backup, or run `goldthread verify` to list every broken anchor"
    if (found.document_id, found.sha256, found.version) != (
        document.document_id,
        document.sha256,
        document.version,
    ):
        raise BrokenAnchor("the anchor belongs to another document or text version", where=where, mend=mend)
    text = document.text
    if not 0 <= found.start < found.end <= len(text) or text[found.start : found.end] != found.quote:
        raise BrokenAnchor("the stored text no longer reads as quoted", where=where, mend=mend)
    if text[max(0, found.start - len(found.before)) : found.start] != found.before:
        raise BrokenAnchor("the words before the quote have changed", where=where, mend=mend)
    if text[found.end : found.end + len(found.after)] != found.after:
        raise BrokenAnchor("the words after the quote have changed", where=where, mend=mend)
    if document.page_of(found.start) != found.page:
        raise BrokenAnchor("the quote is not on the page the anchor names", where=where, mend=mend)
