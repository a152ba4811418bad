"""What reading a document yields: pages of immutable text and layers over it.

Layers never change the text. Their spans are code points counted from the start of the *page* they are
on; `Page.start` turns them into offsets in the whole document (see `goldthread.anchors`).
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

PARSER_VERSION = 1


class BlockKind(StrEnum):
    """What a run of lines is on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    HEADER = "header"
    FOOTER = "footer"
    PAGE_NUMBER = "page_number"

    @property
    def is_body(self) -> bool:
        """Whether a reader would read it as part of the report rather than of the page."""
        return self not in (BlockKind.HEADER, BlockKind.FOOTER, BlockKind.PAGE_NUMBER)


class Role(StrEnum):
    """What a section is for, told from its heading and carried to every block below it."""

    FRONT = "front"
    SUMMARY = "summary"
    INTRODUCTION = "introduction"
    METHOD = "method"
    FAMILY = "family"
    CHRONOLOGY = "chronology"
    ANALYSIS = "analysis"
    FINDINGS = "findings"
    GOOD_PRACTICE = "good_practice"
    LEARNING = "learning"
    RECOMMENDATIONS = "recommendations"
    CONCERNS = "concerns"
    INVESTIGATION = "investigation"
    RESPONSE = "response"
    APPENDIX = "appendix"
    REFERENCES = "references"
    OTHER = "other"


class Box(NamedTuple):
    """A rectangle in points from the page's top left corner."""

    left: float
    top: float
    right: float
    bottom: float


class Line(NamedTuple):
    """One printed line and where it stands."""

    start: int
    end: int
    box: Box


class Block(NamedTuple):
    """A paragraph, heading, list item, table or piece of page furniture.

    Blocks of a page are listed in reading order. `level` is a heading's depth from 1, else 0.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    role: Role = Role.OTHER
    section: str = ""
    box: Box | None = None


class Sentence(NamedTuple):
    """One sentence inside one block; `block` is the block's index on the page."""

    start: int
    end: int
    block: int


class Page(NamedTuple):
    """One page: its text as stored, its size in points, and its layers."""

    number: int
    start: int
    text: str
    width: float
    height: float
    blocks: tuple[Block, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    lines: tuple[Line, ...] = ()
    scanned: bool = False


class Problem(NamedTuple):
    """Something wrong with a document, said so that a person can mend it. `page` 0 is the whole file."""

    code: str
    message: str
    mend: str
    page: int = 0


class ParsedDocument(NamedTuple):
    """A document as read. `pages` is empty when nothing could be read, and then there is a problem.

    `format` is what the bytes are (pdf, docx, html, txt), whatever the name said. `shingles` is a
    fixed-length MinHash signature of the text, empty when there is too little text to compare.
    """

    format: str
    reader: str
    title: str
    language: str
    pages: tuple[Page, ...]
    problems: tuple[Problem, ...]
    shingles: tuple[int, ...] = ()

    @property
    def characters(self) -> int:
        return sum(len(page.text) for page in self.pages)
