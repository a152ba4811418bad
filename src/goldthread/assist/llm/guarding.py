"""Words in a document that speak to a machine instead of a reader. They are never shown to a model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from goldthread.documents.model import Page

MASK = "\u2588"


def addressed_to_machines(pages: Sequence[Page], patterns: Sequence[re.Pattern[str]]) -> tuple[tuple[int, int], ...]:
    """The sentences, as offsets in the whole text, that hold one of the patterns; in order."""
    found: set[tuple[int, int]] = set()
    for page in pages:
        even = page.text.replace("\n", " ").replace("\r", " ").replace("\u00ad", " ")
        for pattern in patterns:
            for hit in pattern.finditer(even):
                found.add(_around(page, hit.start(), hit.end()))
    return tuple(sorted(found))


def _around(page: Page, start: int, end: int) -> tuple[int, int]:
    """The sentences a stretch of a page touches, or itself where it is in none."""
    touched = [each for each in page.sentences if each.start < end and start < each.end]
    low = min([start, *(each.start for each in touched)])
    high = max([end, *(each.end for each in touched)])
    return page.start + low, page.start + high


def masked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with those spans blacked out, white space left; as long as it was."""
    for start, end in spans:
        text = text[:start] + re.sub(r"\S", MASK, text[start:end]) + text[end:]
    return text
