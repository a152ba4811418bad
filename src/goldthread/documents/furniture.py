"""Page furniture: the headers, footers and page numbers that belong to the page and not to the report.

A line is furniture when it stands near the top or bottom edge and the same words, numerals aside, stand at the same
height on other pages; or when it is nothing but a number there and other pages have one too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from goldthread.documents.markers import page_number
from goldthread.documents.model import BlockKind
from goldthread.documents.shapes import RawPage

_TOP_SHARE, _BOTTOM_SHARE = 0.13, 0.86
_MOST_LINES = 6
_FEWEST_LETTERS = 4
_NUMERALS = re.compile(r"\d+")
_PAGE_OF = re.compile(r"page\s+#(\s+of\s+#)?|#", re.IGNORECASE)

Place = tuple[int, int]
"""Index of a page and of a shape on it."""


class _Edge(NamedTuple):
    """A line near the edge of its page: its words with numerals as #, and its height in steps of 8 points."""

    page: int
    shape: int
    key: str
    top: bool
    height: int
    outermost: bool


def furniture(pages: Sequence[RawPage]) -> dict[Place, BlockKind]:
    """Which lines are headers, footers or page numbers. A document of one page can only have a page number."""
    edges = [edge for index, page in enumerate(pages) for edge in _edges(index, page)]
    seen: Counter[tuple[str, bool, int]] = Counter()
    for edge in edges:
        seen.update({(edge.key, edge.top, edge.height), (edge.key, edge.top, edge.height + 1)})
    numbers = [edge for edge in edges if edge.outermost and _PAGE_OF.fullmatch(edge.key)]
    numbered = len({edge.page for edge in numbers})
    found: dict[Place, BlockKind] = {}
    if numbered >= min(3, max(2, len(pages))) or (numbered == 1 == len(pages) and numbers[0].key != "#"):
        found = {(edge.page, edge.shape): BlockKind.PAGE_NUMBER for edge in numbers}
    for edge in edges:
        repeats = max(seen[edge.key, edge.top, edge.height], seen[edge.key, edge.top, edge.height + 1])
        if not _PAGE_OF.fullmatch(edge.key) and repeats >= _enough(len(pages)):
            found[edge.page, edge.shape] = BlockKind.HEADER if edge.top else BlockKind.FOOTER
    return found


def _enough(pages: int) -> int:
    """On how many pages a line must stand: odd and even pages, and chapters, have their own."""
    return 2 if pages < 6 else max(3, min(pages // 12, 4))


def _edges(index: int, page: RawPage) -> Iterator[_Edge]:
    height = page.height or 1.0
    tops = sorted((shape.top, at) for at, shape in enumerate(page.shapes) if shape.bottom < _TOP_SHARE * height)
    bottoms = sorted(
        (-shape.bottom, at) for at, shape in enumerate(page.shapes) if shape.top > _BOTTOM_SHARE * height
    )
    for group, is_top in ((tops[:_MOST_LINES], True), (bottoms[:_MOST_LINES], False)):
        for place, at in group:
            shape = page.shapes[at]
            key = _key(page.text[shape.start : shape.end], index, is_top)
            if key:
                yield _Edge(index, at, key, is_top, int(shape.top // 8), abs(place - group[0][0]) < shape.size)


def _key(text: str, page: int, is_top: bool) -> str:
    """A line's words as they would repeat on other pages, or "" if there are too few of them.

    At the foot of a page a number at the start must count with the pages: a footnote has a number there too.
    """
    if page_number(text):
        return "#"
    key = " ".join(_NUMERALS.sub("#", text).casefold().split())
    if _PAGE_OF.fullmatch(key):
        return key
    if sum(letter.isalpha() for letter in key) < (1 if is_top else _FEWEST_LETTERS):
        return ""
    if key[0] == "#" and not is_top:
        first = _NUMERALS.search(text)
        return f"{int(first[0]) - page if first else 0} {key}"
    return key
