"""A document made ready for the store where it was read, so that only flat values cross between processes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from goldthread.anchors import PAGE_BREAK
from goldthread.documents.encode import encode_layers
from goldthread.documents.model import Page, ParsedDocument, Problem
from goldthread.documents.normalise import normalise
from goldthread.documents.weighty import weighty

SOFT_HYPHEN = "\u00ad"


class EncodedPage(NamedTuple):
    """A page as it is stored: number from 1, offset of its first letter in the document, text, encoded layers."""

    number: int
    start: int
    text: str
    layers: bytes


class Paragraph(NamedTuple):
    """A body block as it is searched: page, offsets in the document, its text.

    `reading` is the text with line-end hyphens joined, None where it is the text itself; `weighty` the words that
    weigh most in it (see `goldthread.documents.weighty`).
    """

    page: int
    start: int
    end: int
    text: str
    reading: str | None
    weighty: str


class EncodedDocument(NamedTuple):
    """All that is stored of one reading. `text_sha256` is "" when nothing could be read."""

    format: str
    reader: str
    title: str
    language: str
    characters: int
    text_sha256: str
    shingles: tuple[int, ...]
    problems: tuple[Problem, ...]
    pages: tuple[EncodedPage, ...]
    paragraphs: tuple[Paragraph, ...]


def encode_document(parsed: ParsedDocument) -> EncodedDocument:
    """The reading of a document as flat values."""
    return EncodedDocument(
        format=parsed.format,
        reader=parsed.reader,
        title=parsed.title,
        language=parsed.language,
        characters=parsed.characters,
        text_sha256=text_hash([page.text for page in parsed.pages]) if parsed.pages else "",
        shingles=parsed.shingles,
        problems=parsed.problems,
        pages=tuple(EncodedPage(page.number, page.start, page.text, encode_layers(page)) for page in parsed.pages),
        paragraphs=tuple(found for page in parsed.pages for found in _paragraphs(page)),
    )


def text_hash(pages: Sequence[str]) -> str:
    """SHA-256 of a document's whole text: what every stored letter is held against."""
    return hashlib.sha256(PAGE_BREAK.join(pages).encode("utf-8", "surrogatepass")).hexdigest()


def _paragraphs(page: Page) -> Iterator[Paragraph]:
    for block in page.blocks:
        text = page.text[block.start : block.end]
        if block.kind.is_body and text.strip():
            reading = normalise(text).text if SOFT_HYPHEN in text else None
            start, end = page.start + block.start, page.start + block.end
            yield Paragraph(page.number, start, end, text, reading, weighty(reading or text))
