"""Where words stand on a page as it is shown: rectangles for spans, and text cut at the edges of what is marked.

Everything here counts code points from the start of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from goldthread.documents.model import Block, BlockKind, Box, Page, Sentence
from goldthread.documents.pictures import Word

_SAME_LINE = 0.5


@dataclass(frozen=True, slots=True)
class Mark:
    """Something shown on a page: what kind, its key, its span on the page, and its name for those who listen."""

    kind: str
    key: str
    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with the same marks over all of it, the longest first. `start` is its offset on the page."""

    start: int
    text: str
    marks: tuple[Mark, ...]
    sentence: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of a page as it is read, in pieces. `level` is a heading's, none skipped on the way down."""

    kind: str
    level: int
    pieces: tuple[Piece, ...]


def lanes(marks: Sequence[Mark], kind: str) -> tuple[int, ...]:
    """For each mark of a kind the first lane of the margin, from 0, that no mark it shares words with has taken."""
    taken: list[tuple[int, Mark]] = []
    found = dict.fromkeys(range(len(marks)), 0)
    wanted = (n for n in found if marks[n].kind.startswith(kind))
    for n in sorted(wanted, key=lambda n: (marks[n].start, -marks[n].end)):
        beside = {lane for lane, other in taken if other.end > marks[n].start and other.start < marks[n].end}
        found[n] = next(lane for lane in range(len(marks)) if lane not in beside)
        taken.append((found[n], marks[n]))
    return tuple(found[n] for n in range(len(marks)))


def rectangles(words: Sequence[Word], start: int, end: int) -> tuple[Box, ...]:
    """One rectangle a line around the letters from `start` to `end`; a word cut in two is cut in proportion."""
    found: list[Box] = []
    for word in words:
        if word.end <= start or word.start >= end:
            continue
        box = _part(word, max(start, word.start), min(end, word.end))
        if found and _follows(found[-1], box):
            last = found[-1]
            found[-1] = Box(
                last.left, min(last.top, box.top), max(last.right, box.right), max(last.bottom, box.bottom)
            )
        else:
            found.append(box)
    return tuple(found)


def _part(word: Word, start: int, end: int) -> Box:
    letter = (word.right - word.left) / (word.end - word.start)
    left = word.left + letter * (start - word.start)
    return Box(left, word.top, left + letter * (end - start), word.bottom)


def _follows(last: Box, box: Box) -> bool:
    """Whether a box goes on with the line of the last one."""
    height = max(last.bottom - last.top, 1.0)
    return (
        abs(last.top - box.top) < _SAME_LINE * height and box.left >= last.left and box.left - last.right < 3 * height
    )


def stretched(words: Sequence[Word], text: str) -> Iterator[tuple[Word, str, float]]:
    """Each word with the blank after it, and how wide both are: up to the next word where that is on its line."""
    for word, after in zip_longest(words, words[1:]):
        wide = word.right - word.left
        if after is not None and _follows(Box(*word[2:]), Box(*after[2:])):
            yield word, f"{text[word.start : word.end]} ", max(after.left - word.left, wide)
        else:
            yield word, f"{text[word.start : word.end]} ", wide


def paragraphs(page: Page, marks: Sequence[Mark]) -> tuple[Paragraph, ...]:
    """A page's blocks in reading order, each cut where a mark or a sentence begins or ends."""
    blocks = page.blocks or (Block(BlockKind.PARAGRAPH, 0, len(page.text)),)
    cuts = sorted({0, len(page.text), *_edges(marks), *_edges(page.sentences)})
    found, last = [], 0
    for block in blocks:
        if page.text[block.start : block.end].strip():
            if block.kind is BlockKind.HEADING:
                last = min(max(block.level, 1), last + 1)
            found.append(Paragraph(block.kind.value, last, tuple(_pieces(page, block, cuts, marks))))
    return tuple(found)


def _edges(spans: Iterable[Mark | Sentence]) -> Iterator[int]:
    for span in spans:
        yield span.start
        yield span.end


def _pieces(page: Page, block: Block, cuts: Sequence[int], marks: Sequence[Mark]) -> Iterator[Piece]:
    here = [block.start, *(cut for cut in cuts if block.start < cut < block.end), block.end]
    for start, end in pairwise(here):
        over = tuple(
            sorted(
                (mark for mark in marks if mark.start < end and mark.end > start),
                key=lambda mark: (mark.start - mark.end, mark.start),
            )
        )
        sentence = next((n for n, one in enumerate(page.sentences) if one.start <= start < one.end), -1)
        yield Piece(start, page.text[start:end], over, sentence)
