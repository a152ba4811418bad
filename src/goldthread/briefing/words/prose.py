"""Prose a person writes, with live figures named in braces, as blocks.

Paragraphs are parted by an empty line, points of a list begin with "- ", numbered ones with "1. ". **Strong** and
*emphasis* may be marked, and a brace itself is written twice. A table or figure is named by its number in braces too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goldthread.briefing import numbered
from goldthread.briefing.blocks import Block, CrossReference, Inline, Items, Paragraph, Words
from goldthread.briefing.evidence import EvidenceIndex
from goldthread.briefing.words.live import PUBLIC, LiveFigures, Named
from goldthread.errors import UsageError

_PART = re.compile(r"(\{\{|\}\})|\{([^{}\n]*)\}|([{}])")
_HELD = re.compile("\x02(\\d+)\x03")
_STARS = (
    (re.compile(r"(?<![\w*])\*\*\*(?=[^\s*])(.+?)(?<=[^\s*])\*\*\*(?![\w*])"), True, True),
    (re.compile(r"(?<![\w*])\*\*(?=\S)((?:[^*]|(?<!\*)\*(?!\*))+?)(?<=\S)\*\*(?![\w*])"), True, False),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])((?:[^*]|\*\*[^*]+\*\*)+?)(?<=[^\s*])\*(?![\w*])"), False, True),
)
_POINT = re.compile(r"^(?:(?P<bullet>[-•])|(?P<number>\d+[.)]))\s+")


@dataclass(frozen=True, slots=True)
class Reference:
    """A figure named in prose, with the form it is to take."""

    name: str
    form: str = ""

    @classmethod
    def of(cls, written: str) -> Reference:
        name, _, form = written.partition("|")
        return cls(name.strip(), form.strip())

    def __str__(self) -> str:
        return f"{self.name}|{self.form}" if self.form else self.name


def _is_number(reference: Reference) -> bool:
    return not numbered.is_one(reference.name)


def references(text: str) -> tuple[Reference, ...]:
    """The figures prose names, each once, in order."""
    named = (found[2] for found in _PART.finditer(text) if found[2] is not None)
    return tuple(dict.fromkeys(Reference.of(written) for written in named))


def values(text: str, figures: LiveFigures, where: str = "") -> dict[str, str]:
    """What each figure prose names says now. Raises UsageError, with the place, for one that does not exist."""
    return {str(one): _named(one, figures, where)[1] for one in references(text) if _is_number(one)}


def blocks(text: str, figures: LiveFigures, index: EvidenceIndex, where: str = "") -> tuple[Block, ...]:
    """The prose as blocks, its figures entered in the index. Raises UsageError, with the place, for what is wrong."""
    found: list[Block] = []
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        points = [line for line in lines if _POINT.match(line)]
        if lines and _POINT.match(lines[0]):
            ordered = bool(_POINT.match(points[0])["number"])  # type: ignore[index]
            items = tuple(_inline(_POINT.sub("", each), figures, index, where) for each in _joined(lines))
            found.append(Items(items, ordered))
        elif lines:
            found.append(Paragraph(_inline(" ".join(lines), figures, index, where)))
    return tuple(found)


def _joined(lines: list[str]) -> Iterator[str]:
    """Points of a list, each with the lines that go on from it."""
    point = ""
    for line in lines:
        if _POINT.match(line) and point:
            yield point
            point = line
        else:
            point = f"{point} {line}".strip()
    yield point


def _inline(text: str, figures: LiveFigures, index: EvidenceIndex, where: str) -> tuple[Inline, ...]:
    """A line as words and figures. Braces are read first, so that no name and no brace can begin or end emphasis."""
    held: list[Inline] = []

    def hold(found: re.Match[str]) -> str:
        held.append(_braced(found, figures, index, where))
        return f"\x02{len(held) - 1}\x03"

    return tuple(_marked(_PART.sub(hold, re.sub("[\x02\x03]", "", text)), held, strong=False, emphasis=False))


def _braced(found: re.Match[str], figures: LiveFigures, index: EvidenceIndex, where: str) -> Inline:
    if found[1]:
        return Words(found[1][0])
    if found[3]:
        raise UsageError(
            f"there is a brace `{found[3]}` without its partner",
            where=where,
            mend="close it, or write it twice where a brace itself is meant",
        )
    reference = Reference.of(found[2])
    if not _is_number(reference):
        return _whole(reference, figures, where)
    named, said = _named(reference, figures, where)
    enter = index.public if named.name.partition(".")[0] in PUBLIC else index.figure
    return enter(said, named.claim or f"{named.label}: {said}", named.reviews, named.anchors)


def _marked(text: str, held: list[Inline], *, strong: bool, emphasis: bool) -> Iterator[Inline]:
    """Words inside their stars, the first mark first; a star that marks nothing stays a star."""
    hits = [
        (found.start(), found, is_strong, is_emphasis)
        for stars, is_strong, is_emphasis in _STARS
        if (found := stars.search(text))
    ]
    if not hits:
        yield from _unmarked(text, held, strong=strong, emphasis=emphasis)
        return
    _, found, is_strong, is_emphasis = min(hits, key=lambda hit: hit[0])
    yield from _unmarked(text[: found.start()], held, strong=strong, emphasis=emphasis)
    yield from _marked(found[1], held, strong=strong or is_strong, emphasis=emphasis or is_emphasis)
    yield from _marked(text[found.end() :], held, strong=strong, emphasis=emphasis)


def _unmarked(text: str, held: list[Inline], *, strong: bool, emphasis: bool) -> Iterator[Inline]:
    """Words without marks, the figures held aside put back; a brace is part of the words around it."""
    words = ""
    for n, part in enumerate(_HELD.split(text)):
        back = held[int(part)] if n % 2 else Words(part)
        if isinstance(back, Words):
            words += back.text
            continue
        if words:
            yield Words(words, strong, emphasis)
        words = ""
        yield back
    if words:
        yield Words(words, strong, emphasis)


def _whole(reference: Reference, figures: LiveFigures, where: str) -> CrossReference:
    if reference.form:
        raise UsageError(
            f"`{reference}` is a table or figure as a whole", where=where, mend=f"leave out `|{reference.form}`"
        )
    try:
        return figures.whole(reference.name)
    except UsageError as error:
        raise UsageError(error.what, where=where, mend=error.mend) from error


def _named(reference: Reference, figures: LiveFigures, where: str) -> tuple[Named, str]:
    """The figure, and what it says in the form asked for."""
    try:
        named = figures.named(reference.name)
        return named, named.text(reference.form)
    except UsageError as error:
        raise UsageError(error.what, where=where, mend=error.mend) from error
