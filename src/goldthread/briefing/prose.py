"""Prose a person writes, with live figures named in braces, as blocks.

Paragraphs are parted by an empty line, points of a list begin with "- ", numbered ones with "1. ". **Strong** and
*emphasis* may be marked, and a brace itself is written twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goldthread.briefing.blocks import Block, Inline, Items, Paragraph, Words
from goldthread.briefing.evidence import EvidenceIndex
from goldthread.briefing.live import PUBLIC, LiveFigures, Named
from goldthread.errors import UsageError

_PART = re.compile(r"(\{\{|\}\})|\{([^{}\n]*)\}|([{}])")
_MARKED = re.compile(r"\*\*(?P<strong>[^*]+)\*\*|\*(?P<emphasis>[^*\s][^*]*)\*")
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


def references(text: str) -> tuple[Reference, ...]:
    """The figures prose names, each once, in order."""
    named = (found[2] for found in _PART.finditer(text) if found[2] is not None)
    return tuple(dict.fromkeys(Reference.of(written) for written in named))


def values(text: str, figures: LiveFigures, where: str = "") -> dict[str, str]:
    """What each figure prose names says now. Raises UsageError, with the place, for one that does not exist."""
    return {str(one): _named(one, figures, where)[1] for one in references(text)}


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
    parts: list[Inline] = []
    at = 0
    for marked in _MARKED.finditer(text):
        parts += _run(text[at : marked.start()], figures, index, where)
        strong, emphasis = marked["strong"], marked["emphasis"]
        for part in _run(strong or emphasis, figures, index, where):
            parts.append(Words(part.text, bool(strong), bool(emphasis)) if isinstance(part, Words) else part)
        at = marked.end()
    parts += _run(text[at:], figures, index, where)
    return tuple(part for part in parts if part.text)


def _run(text: str, figures: LiveFigures, index: EvidenceIndex, where: str) -> Iterator[Inline]:
    at = 0
    for found in _PART.finditer(text):
        yield Words(text[at : found.start()])
        at = found.end()
        if found[1]:
            yield Words(found[1][0])
        elif found[2] is not None:
            named, said = _named(Reference.of(found[2]), figures, where)
            enter = index.public if named.name.partition(".")[0] in PUBLIC else index.figure
            yield enter(said, named.claim or f"{named.label}: {said}", named.reviews, named.anchors)
        else:
            raise UsageError(
                f"there is a brace `{found[3]}` without its partner",
                where=where,
                mend="close it, or write it twice where a brace itself is meant",
            )
    yield Words(text[at:])


def _named(reference: Reference, figures: LiveFigures, where: str) -> tuple[Named, str]:
    """The figure, and what it says in the form asked for."""
    try:
        named = figures.named(reference.name)
        return named, named.text(reference.form)
    except UsageError as error:
        raise UsageError(error.what, where=where, mend=error.mend) from error
