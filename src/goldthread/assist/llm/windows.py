"""Cutting a long document into windows that fit a model, at headings and pages, each overlapping the one before."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from goldthread.assist.engine import ReadDocument
from goldthread.documents.model import BlockKind, Page

LETTERS_PER_TOKEN = 3.5
"""English prose takes about 4.2 letters a token with the usual tokenisers; fewer is the careful estimate."""
OVERLAP = 0.08
_EARLIEST = 0.6  # of a full window: a good place to cut is not worth a smaller one
_SENTENCE, _BLOCK, _PAGE, _HEADING = range(4)


class Window(NamedTuple):
    """A stretch of a document's stored text."""

    start: int
    end: int


def tokens(text: str) -> int:
    """About how many tokens a text takes; rather too many than too few."""
    return math.ceil(len(text) / LETTERS_PER_TOKEN)


def windows(document: ReadDocument, budget: int) -> tuple[Window, ...]:
    """The whole text in windows of at most `budget` tokens, each cut at the best place near its end."""
    size = len(document.text.text)
    most = max(1, int(budget * LETTERS_PER_TOKEN))
    cuts = _cuts(document.pages)
    places = [place for place, _ in cuts]
    made: list[Window] = []
    start = 0
    while start < size:
        if size - start <= most:
            made.append(Window(start, size))
            break
        end = _best(cuts, places, start + int(most * _EARLIEST), start + most)
        made.append(Window(start, end))
        back = bisect_left(places, end - int(most * OVERLAP))
        start = places[back] if back < len(places) and start < places[back] < end else end
    return tuple(made)


def _best(cuts: list[tuple[int, int]], places: list[int], low: int, high: int) -> int:
    """The strongest cut in (low, high], the last of equals; `high` itself where there is none."""
    near = cuts[bisect_right(places, low) : bisect_right(places, high)]
    return max(near, key=lambda cut: (cut[1], cut[0]))[0] if near else high


def _cuts(pages: Iterable[Page]) -> list[tuple[int, int]]:
    """Where a window may begin, with how good a place it is, in order."""
    found: dict[int, int] = {}
    for page in pages:
        found[page.start] = _PAGE
        for sentence in page.sentences:
            found.setdefault(page.start + sentence.start, _SENTENCE)
        for block in page.blocks:
            place = page.start + block.start
            strength = _HEADING if block.kind is BlockKind.HEADING else _BLOCK
            found[place] = max(found.get(place, 0), strength)
    return sorted(found.items())
