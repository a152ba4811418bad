"""The searchable paragraphs of a study, document by document, and each with its exact words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from goldthread.store.schema import document, page, paragraph

_PASSAGES = sa.text(
    """
    SELECT p.paragraph_id, p.document_id, p.version, d.sha256, d.review_id, d.file_name, p.page, p.start, p."end",
           substr(g.text, p.start - g.start + 1, p."end" - p.start) AS quote, p.reading AS reading
    FROM json_each(:ids) wanted
    JOIN paragraph p ON p.paragraph_id = wanted.value
    JOIN document d ON d.document_id = p.document_id
    JOIN page g ON g.document_id = p.document_id AND g.version = p.version AND g.number = p.page
    ORDER BY wanted.key
    """
)


@dataclass(frozen=True, slots=True)
class Span:
    """The paragraphs of a document in its present version: `count` of them, numbered from `first` without a gap."""

    document_id: str
    version: int
    text_sha256: str
    review_id: str
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph with its place. `quote` is exactly the document's text from `start` to `end`.

    `reading` is the same with line-end hyphens joined.
    """

    paragraph_id: int
    document_id: str
    version: int
    sha256: str
    review_id: str
    file_name: str
    page: int
    start: int
    end: int
    quote: str
    reading: str


def spans(connection: sa.Connection) -> tuple[Span, ...]:
    """The paragraphs of every document that has any, in the order of registration."""
    numbered = (
        sa.select(
            paragraph.c.document_id,
            sa.func.min(paragraph.c.paragraph_id).label("first"),
            sa.func.count().label("count"),
        )
        .group_by(paragraph.c.document_id)
        .subquery()
    )
    rows = connection.execute(
        sa.select(
            document.c.document_id,
            document.c.version,
            document.c.text_sha256,
            document.c.review_id,
            numbered.c.first,
            numbered.c.count,
        )
        .join(numbered, numbered.c.document_id == document.c.document_id)
        .order_by(document.c.position)
    )
    return tuple(Span(*row) for row in rows)


def readings(connection: sa.Connection, span: Span) -> list[str]:
    """The words of each paragraph of a document, line-end hyphens joined, in the order of their numbers."""
    pages = {
        row.number: row
        for row in connection.execute(
            sa.select(page.c.number, page.c.start, page.c.text).where(
                page.c.document_id == span.document_id, page.c.version == span.version
            )
        )
    }
    rows = connection.execute(
        sa.select(paragraph.c.page, paragraph.c.start, paragraph.c.end, paragraph.c.reading)
        .where(paragraph.c.paragraph_id >= span.first, paragraph.c.paragraph_id < span.first + span.count)
        .order_by(paragraph.c.paragraph_id)
    )
    return [
        reading or pages[number].text[start - pages[number].start : end - pages[number].start]
        for number, start, end, reading in rows
    ]


def passages(connection: sa.Connection, paragraph_ids: Sequence[int]) -> tuple[Passage, ...]:
    """Those paragraphs, in the order named."""
    rows = connection.execute(_PASSAGES, {"ids": json.dumps(list(paragraph_ids))})
    return tuple(Passage(**{**row._mapping, "reading": row.reading or row.quote}) for row in rows)
