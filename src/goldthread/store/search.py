"""Full-text search over every paragraph, answered with the page and the exact place."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from goldthread.learn.excerpt import MARK_CLOSE, MARK_OPEN
from goldthread.store.query import Query

_NARROWED = """
    AND rowid IN (
        SELECT p.paragraph_id FROM paragraph p JOIN document d ON d.document_id = p.document_id
        WHERE d.review_id IN (SELECT value FROM json_each(:reviews)))
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph that answers. `quote` is exactly what the document's text says from `start` to `end`.

    `snippet` shows the best part of it, found words between ‹ and ›. `score` is the higher the better, and compares
    answers to one question only. `shared` are words that the passage asked about and this one have in common.
    """

    document_id: str
    version: int
    review_id: str
    file_name: str
    page: int
    start: int
    end: int
    quote: str
    snippet: str
    score: float
    shared: tuple[str, ...] = ()


def search(
    connection: sa.Connection, query: Query, *, review_ids: Collection[str] | None = None, limit: int = 20
) -> tuple[Hit, ...]:
    """The best `limit` paragraphs for a query, best first; `review_ids` narrows to those reviews."""
    narrowed = "" if review_ids is None else _NARROWED
    statement = sa.text(
        f"""
        SELECT d.document_id, p.version, d.review_id, d.file_name, p.page, p.start, p."end",
               substr(g.text, p.start - g.start + 1, p."end" - p.start) AS quote, hit.snippet, -hit.score AS score
        FROM (
            SELECT rowid AS id, rank AS score,
                   snippet(paragraph_fts, 0, :open, :close, '…', 28) AS snippet
            FROM paragraph_fts WHERE paragraph_fts MATCH :match {narrowed} ORDER BY rank LIMIT :limit
        ) AS hit
        JOIN paragraph p ON p.paragraph_id = hit.id
        JOIN document d ON d.document_id = p.document_id
        JOIN page g ON g.document_id = p.document_id AND g.version = p.version AND g.number = p.page
        ORDER BY hit.score, p.paragraph_id
        """  # noqa: S608 - the only part that varies is one of two constants
    )
    values: dict[str, object] = {
        "match": query.expression,
        "open": MARK_OPEN,
        "close": MARK_CLOSE,
        "limit": limit,
    } | _reviews(review_ids)
    rows = connection.execute(statement, values)
    return tuple(
        Hit(
            row.document_id,
            row.version,
            row.review_id,
            row.file_name,
            row.page,
            row.start,
            row.end,
            row.quote,
            " ".join(row.snippet.split()),
            row.score,
        )
        for row in rows
    )


def best(
    connection: sa.Connection, query: Query, *, review_ids: Collection[str] | None = None, limit: int = 20
) -> list[int]:
    """The numbers of the best `limit` paragraphs for a query, best first."""
    narrowed = "" if review_ids is None else _NARROWED
    statement = sa.text(
        f"SELECT rowid FROM paragraph_fts WHERE paragraph_fts MATCH :match {narrowed} ORDER BY rank LIMIT :limit"  # noqa: S608 - as above
    )
    values = {"match": query.expression, "limit": limit} | _reviews(review_ids)
    return list(connection.execute(statement, values).scalars())


def saying(connection: sa.Connection, expression: str, paragraph_ids: Sequence[int]) -> set[int]:
    """Those of some paragraphs that a full-text expression matches."""
    statement = sa.text(
        "SELECT rowid FROM paragraph_fts WHERE paragraph_fts MATCH :match "
        "AND rowid IN (SELECT value FROM json_each(:ids))"
    )
    values = {"match": expression, "ids": json.dumps(list(paragraph_ids))}
    return set(connection.execute(statement, values).scalars())


def _reviews(review_ids: Collection[str] | None) -> dict[str, object]:
    return {} if review_ids is None else {"reviews": json.dumps(sorted(review_ids))}
