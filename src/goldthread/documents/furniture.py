"""Page furniture: the headers, footers and page numbers that belong to the page and not to the report.

A line is furniture when it stands near the top or bottom edge and the same words, numerals aside, stand at the same
height on other pages; or when it is nothing but a number there and other pages have one too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from goldthread.documents.markers import page_number
from goldthread.documents.model import BlockKind
from goldthread.documents.shapes import RawPage, Shape

_TOP_SHARE, _BOTTOM_SHARE = 0.13, 0.86
_MOST_LINES = 6
_NUMERALS = re.compile(r"\d+")
_ONLY_PAGE = re.compile(r"page\s+#(\s+of\s+#)?|#|[ivxl]+", re.IGNORECASE)

Place = tuple[int, int]
"""Index of a page and of a shape on it."""


def furniture(pages: Sequence[RawPage]) -> dict[Place, BlockKind]:
    """Which lines are headers, footers or page numbers. A document of one page can only have a page number."""
    edges = [(index, *edge) for index, page in enumerate(pages) for edge in _edge_lines(page)]
    seen: Counter[tuple[str, bool, int]] = Counter()
    for *_, key, top, height in edges:
        seen.update({(key, top, height), (key, top, height + 1)})
    numbered = {index for index, _, key, _, _ in edges if _ONLY_PAGE.fullmatch(key)}
    found: dict[Place, BlockKind] = {}
    for index, shape, key, top, height in edges:
        repeats = max(seen[key, top, height], seen[key, top, height + 1])
        if _ONLY_PAGE.fullmatch(key):
            if len(numbered) >= min(3, len(pages)) and (len(numbered) > 1 or key.lower().startswith("page")):
                found[index, shape] = BlockKind.PAGE_NUMBER
        elif repeats >= _enough(len(pages)):
            found[index, shape] = BlockKind.HEADER if top else BlockKind.FOOTER
    return found


def _enough(pages: int) -> int:
    """On how many pages a line must stand: odd and even pages, and chapters, have their own."""
    return 2 if pages < 6 else max(3, min(pages // 12, 8))


def _edge_lines(page: RawPage) -> list[tuple[int, str, bool, int]]:
    """The outermost lines: index, words with numerals as #, whether at the top, height in steps of 8 points."""
    height = page.height or 1.0
    top_edge, bottom_edge = _TOP_SHARE * height, _BOTTOM_SHARE * height
    tops = [(shape.top, index) for index, shape in enumerate(page.shapes) if shape.bottom < top_edge]
    bottoms = [(-shape.bottom, index) for index, shape in enumerate(page.shapes) if shape.top > bottom_edge]
    found = []
    for group, is_top in ((sorted(tops)[:_MOST_LINES], True), (sorted(bottoms)[:_MOST_LINES], False)):
        for _, index in group:
            shape = page.shapes[index]
            found.append((index, _key(page, shape), is_top, int(shape.top // 8)))
    return found


def _key(page: RawPage, shape: Shape) -> str:
    text = page.text[shape.start : shape.end]
    if page_number(text):
        return "#"
    return " ".join(_NUMERALS.sub("#", text).casefold().split())
