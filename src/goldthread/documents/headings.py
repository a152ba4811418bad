"""Headings: short blocks set apart by size, weight, capitals or a known heading's words; and how deep each is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from goldthread.documents.markers import marker
from goldthread.documents.paragraphs import Measure
from goldthread.documents.sections import is_known_heading

_LONGEST = 200
_MOST_LINES = 4
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_NOT_A_HEADING = re.compile(
    r"(?:https?://|www\.|\S+@\S+$|dear\b|yours\b|tel(?:ephone)?\b|\d{1,2}\s+[A-Z][a-z]+\s+\d{4}$)", re.IGNORECASE
)
_DEEPEST = 6


class Style(NamedTuple):
    """How a heading is set: height of its letters in half points, bold, capitals."""

    size: float
    bold: bool
    capitals: bool


def heading_style(
    text: str, size: float, *, bold: bool, italic: bool, lines: int, body: Measure, apart: bool
) -> Style | None:
    """The style of a block that is a heading, or None. `apart`: it is one line, and short."""
    if lines > _MOST_LINES or len(text) > _LONGEST or not _LETTERS.search(text):
        return None
    found = marker(text)
    words = text[found.end() :] if found else text
    if not words or words[0].islower() or _NOT_A_HEADING.match(words) or (found and found["bullet"]):
        return None
    capitals = words.isupper() and len(words) > 3
    bigger = size > body.size * 1.12
    bolder = bold and not body.bold
    last = words[-1]
    if last in ",;" or (last == "." and (len(words) > 90 or not (bigger or (bolder and found and found["deep"])))):
        return None
    if size < 0.9 * body.size and not is_known_heading(words):
        return None
    if italic and apart and len(words) < 70 and last.isalnum() and words[0].isupper():
        return Style(round(body.size * 2) / 2, bolder, capitals)
    if bigger or bolder or (capitals and apart and len(words) < 110) or (apart and is_known_heading(words)):
        return Style(round(max(size, body.size) * 2) / 2, bolder, capitals)
    return None


def levels(styles: Iterable[Style]) -> dict[Style, int]:
    """Depth from 1 of each style in a document: larger, then bold, then capitals come first."""
    ranked = sorted(set(styles), key=lambda style: (-style.size, not style.bold, not style.capitals))
    found: dict[Style, int] = {}
    level = 0
    above: Style | None = None
    for style in ranked:
        same_size = above is not None and above.size - style.size <= 0.03 * above.size
        if above is None or not (same_size and above[1:] == style[1:]):
            level = min(level + 1, _DEEPEST)
        found[style] = level
        above = style
    return found
