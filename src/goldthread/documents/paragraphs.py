"""Paragraphs: which printed lines, one after the other, are one block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from goldthread.documents.markers import ends_sentence, marker
from goldthread.documents.shapes import RawPage, Shape


class Measure(NamedTuple):
    """What is usual in a document: height of the letters of its body, line spacing in heights, boldness."""

    size: float
    pitch: float
    bold: bool


def measure(pages: Sequence[RawPage]) -> Measure:
    """The document's body type, by number of characters."""
    sizes: Counter[float] = Counter()
    pitches: Counter[float] = Counter()
    bold = total = 0
    for page in pages:
        before: Shape | None = None
        for shape in page.shapes:
            length = shape.end - shape.start
            sizes[round(shape.size * 2) / 2] += length
            total += length
            if shape.bold:
                bold += length
            if before is not None and length > 40 and before.size and abs(shape.size - before.size) < 0.5:
                drop = (shape.top - before.top) / shape.size
                if 0.7 < drop < 2.6:
                    pitches[round(drop * 20) / 20] += 1
            before = shape
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    pitch = pitches.most_common(1)[0][0] if pitches else 1.2
    return Measure(size or 10.0, pitch, bold * 2 > total)


def right_margins(page: RawPage, lines: Sequence[int]) -> tuple[float, float]:
    """The right edge of lines that end in the left half of the page, and of the others.

    On a page of one column both are the same.
    """
    shapes = [page.shapes[index] for index in lines]
    if not shapes:
        return page.width, page.width
    centre = page.width / 2
    left = [shape.right for shape in shapes if shape.right < centre + 6 and not shape.cells]
    crossing = sum(shape.left < centre - 12 and shape.right > centre + 12 for shape in shapes)
    right = max(shape.right for shape in shapes)
    if len(left) > 4 and crossing * 4 < len(shapes):
        return max(left), right
    return right, right


def continues(
    page: RawPage, first: Shape, before: Shape, line: Shape, body: Measure, margins: tuple[float, float]
) -> bool:
    """Whether `line` goes on with the block that started at `first` and so far ends at `before`."""
    size = max(before.size, line.size)
    drop = line.top - before.top
    if (
        drop < -0.4 * size
        or drop > size * (body.pitch + 0.38)
        or line.left > before.right
        or before.left > line.right
    ):
        return False
    if min(before.size, line.size) < 0.86 * size or (
        first.bold != line.bold and _is_change_of_style(first, before, line)
    ):
        return False
    text = page.text[line.start : line.end]
    above = page.text[before.start : before.end]
    ended = ends_sentence(above)
    found = marker(text)
    if found and (
        found["bullet"] or ended or drop > size * (body.pitch + 0.12) or _broke_early(before, line, margins, page)
    ):
        return False
    if drop > size * (body.pitch + 0.16) and (ended or not text[:1].islower()):
        return False
    if ended and line.left - before.left > 0.8 * size and before is not first:
        return False
    return not (
        (ended or text[:1].isupper()) and _broke_early(before, line, margins, page) and (ended or not runs_on(above))
    )


def _is_change_of_style(first: Shape, before: Shape, line: Shape) -> bool:
    """Bold may come and go inside a paragraph; a line wholly of the other weight after a short line may not."""
    return (
        before.bold != line.bold and before.right - before.left < 0.75 * (max(line.right, before.right) - line.left)
    ) or (first is before and first.bold and not line.bold)


def runs_on(above: str) -> bool:
    """Whether a line plainly wants another: it ends with a comma, a hyphen, or a little word."""
    last = above[-12:].split()[-1:] or [""]
    return last[0][-1:] in ",-–\u00ad(" or last[0] in _LITTLE_WORDS


_LITTLE_WORDS = frozenset(
    (
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
        "that",
        "which",
    )
)


def _broke_early(before: Shape, line: Shape, margins: tuple[float, float], page: RawPage) -> bool:
    """Whether the first word of `line` would have fitted at the end of `before`: someone ended that line."""
    margin = margins[0] if before.right <= margins[0] + 1 else margins[1]
    text = page.text[line.start : line.end]
    word = text.find(" ")
    word = len(text) if word < 0 else word
    letter = (line.right - line.left) / max(1, line.end - line.start)
    return before.right + (word + 1.5) * letter < margin
