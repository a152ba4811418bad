"""Full-text search over every paragraph, answered with the page and the exact place."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from goldthread.learn.excerpt import excerpt
from goldthread.store.passages import Passage, passages
from goldthread.store.query import Query
from goldthread.store.tiers import worth_ranking

# With the plus sign the full-text index is read through once; without it, it is asked anew for every paragraph.
_NARROWED = """
    AND +rowid IN (
        SELECT p.paragraph_id FROM paragraph p JOIN document d ON d.document_id = p.document_id
        WHERE d.review_id IN (SELECT value FROM json_each(:reviews)))
"""
_MATCHING = "FROM paragraph_fts WHERE paragraph_fts MATCH :match"
_COUNTED = [
    sa.text(f"SELECT count(*) FROM (SELECT 1 {matching} LIMIT :most)")  # noqa: S608 - nothing but the two constants
    for matching in (_MATCHING, _MATCHING + _NARROWED)
]
_RANKED = [
    sa.text(f"SELECT rowid, rank AS score {_MATCHING} ORDER BY rank LIMIT :limit"),
    # Asked for `rank` alone the index ranks all that matches; with a plus sign only what it is narrowed to.
    sa.text(f"SELECT rowid, rank AS score {_MATCHING} {_NARROWED} ORDER BY +rank LIMIT :limit"),
]


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
    ranked, sought = best(connection, query, review_ids=review_ids, limit=limit), query.seeker()
    return tuple(hit(item, sought, ranked[item.paragraph_id]) for item in passages(connection, list(ranked)))


def best(
    connection: sa.Connection, query: Query, *, review_ids: Collection[str] | None = None, limit: int = 20
) -> dict[int, float]:
    """The numbers of the best `limit` paragraphs for a query with their BM25 scores, best first."""
    narrowing = _reviews(review_ids)
    paragraphs = connection.execute(sa.text("SELECT max(paragraph_id) FROM paragraph")).scalar() or 0

    def count(expression: str, most: int) -> int:
        values = {"match": expression, "most": most} | narrowing
        return int(connection.execute(_COUNTED[review_ids is not None], values).scalar_one())

    match = worth_ranking(query, limit, paragraphs, count)
    rows = connection.execute(_RANKED[review_ids is not None], {"match": match, "limit": limit} | narrowing)
    return {row.rowid: -row.score for row in sorted(rows, key=lambda row: (row.score, row.rowid))}


def matches(connection: sa.Connection, query: Query, *, review_ids: Collection[str] | None = None) -> int:
    """How many paragraphs match a query, exactly."""
    values = {"match": query.expression, "most": -1} | _reviews(review_ids)
    return int(connection.execute(_COUNTED[review_ids is not None], values).scalar_one())


def saying(connection: sa.Connection, expression: str, paragraph_ids: Sequence[int]) -> set[int]:
    """Those of some paragraphs that a full-text expression matches."""
    statement = sa.text(
        "SELECT rowid FROM paragraph_fts WHERE paragraph_fts MATCH :match "
        "AND +rowid IN (SELECT value FROM json_each(:ids))"
    )
    values = {"match": expression, "ids": json.dumps(list(paragraph_ids))}
    return set(connection.execute(statement, values).scalars())


def hit(passage: Passage, sought: Callable[[str], bool], score: float, shared: tuple[str, ...] = ()) -> Hit:
    """A paragraph as an answer, shown where most of the sought stems stand."""
    return Hit(
        document_id=passage.document_id,
        version=passage.version,
        review_id=passage.review_id,
        file_name=passage.file_name,
        page=passage.page,
        start=passage.start,
        end=passage.end,
        quote=passage.quote,
        snippet=excerpt(passage.reading, sought),
        score=score,
        shared=shared,
    )


def _reviews(review_ids: Collection[str] | None) -> dict[str, object]:
    return {} if review_ids is None else {"reviews": json.dumps(sorted(review_ids))}
