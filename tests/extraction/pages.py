"""Documents written out in a test: blocks of text with their kind and section, laid on pages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from goldthread.anchors import DocumentText
from goldthread.documents.model import Block, BlockKind, Page, Role, Sentence
from goldthread.extraction.reading import Reading, read
from goldthread.protocol.lexicon import CueGroup, FieldCues, Lexicon, PracticeCues, RecommendationCues

Laid = tuple[BlockKind, Role, str]


def heading(text: str, role: Role = Role.OTHER) -> Laid:
    return BlockKind.HEADING, role, text


def para(text: str, role: Role = Role.OTHER) -> Laid:
    return BlockKind.PARAGRAPH, role, text


def item(text: str, role: Role = Role.OTHER) -> Laid:
    return BlockKind.LIST_ITEM, role, text


def furniture(text: str) -> Laid:
    return BlockKind.FOOTER, Role.OTHER, text


def page(blocks: Sequence[Laid], number: int = 1, start: int = 0) -> Page:
    """One page: blocks on lines of their own, split into sentences at full stops."""
    text, laid, sentences = "", [], []
    for kind, role, words in blocks:
        at = len(text)
        text += words + "\n"
        laid.append(Block(kind, at, at + len(words), int(kind is BlockKind.HEADING), role))
        for found in re.finditer(r"\S.*?(?:[.?!](?=\s|$)|$)", words, re.DOTALL):
            sentences.append(Sentence(at + found.start(), at + found.end(), len(laid) - 1))
    return Page(number, start, text, 595.0, 842.0, tuple(laid), tuple(sentences))


def pages(*each: Sequence[Laid]) -> tuple[DocumentText, tuple[Page, ...]]:
    """A document of several pages."""
    made: list[Page] = []
    start = 0
    for number, blocks in enumerate(each, start=1):
        made.append(page(blocks, number, start))
        start += len(made[-1].text) + 1
    return DocumentText("d1", "0" * 64, 1, tuple(one.text for one in made)), tuple(made)


def reading(lexicon: Lexicon, *blocks: Laid | str) -> Reading:
    """A one-page document as the rules read it; a plain string is a paragraph."""
    document, made = pages([para(each) if isinstance(each, str) else each for each in blocks])
    return read(document, made, lexicon)


def lexicon(
    fields: dict[str, FieldCues] | None = None,
    practice: PracticeCues | None = None,
    recommendations: RecommendationCues | None = None,
    names: tuple[str, ...] = (),
    conclusion: tuple[str, ...] = (),
    **groups: Sequence[str] | CueGroup,
) -> Lexicon:
    """A small lexicon. A group is a list of cues, or a CueGroup for one with a weight."""
    return Lexicon(
        groups={
            name: each if isinstance(each, CueGroup) else CueGroup(cues=tuple(each)) for name, each in groups.items()
        },
        fields=fields or {"x": FieldCues(values={"v": tuple(groups)}, guards=())},
        practice=practice or PracticeCues(),
        recommendations=recommendations or RecommendationCues(),
        names_of_agencies=names,
        conclusion=conclusion,
    )
