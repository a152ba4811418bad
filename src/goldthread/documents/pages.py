"""From the pieces of each page to finished pages: offsets in the whole text, sections, sentences, signature."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.documents.language import language_of
from goldthread.documents.model import Block, BlockKind, Box, Line, Page, ParsedDocument, Problem
from goldthread.documents.sections import Sections
from goldthread.documents.sentences import sentences
from goldthread.documents.shapes import Piece, RawPage
from goldthread.documents.shingles import signature


def finish(
    format: str,
    reader: str,
    title: str,
    raw: Sequence[RawPage],
    pieces: Sequence[Sequence[Piece]],
    problems: tuple[Problem, ...],
) -> ParsedDocument:
    """A document of the given pages, each with its pieces in reading order."""
    has_headings = any(piece.kind is BlockKind.HEADING for page in pieces for piece in page)
    sections = Sections(front=has_headings)
    pages, start = [], 0
    for number, (page, found) in enumerate(zip(raw, pieces, strict=True), 1):
        blocks = tuple(_block(piece, page.text, sections) for piece in found)
        pages.append(
            Page(
                number,
                start,
                page.text,
                round(page.width, 1),
                round(page.height, 1),
                blocks,
                sentences(page.text, blocks),
                tuple(
                    Line(
                        shape[0],
                        shape[1],
                        Box(round(shape[2], 1), round(shape[3], 1), round(shape[4], 1), round(shape[5], 1)),
                    )
                    for shape in page.shapes
                ),
                page.scanned,
            )
        )
        start += len(page.text) + 1
    texts = [page.text for page in raw]
    return ParsedDocument(format, reader, title, language_of(texts), tuple(pages), problems, signature(texts))


def _block(piece: Piece, text: str, sections: Sections) -> Block:
    kind = piece.kind
    role, section = sections.place(kind, piece.level, text[piece.start : piece.end] if piece.level else "")
    box = piece.box
    return Block(
        kind,
        piece.start,
        piece.end,
        piece.level,
        role,
        section,
        Box(round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1)) if box else None,
    )
