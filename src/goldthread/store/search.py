"""Full-text search over every paragraph, answered with the page and the exact place."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from goldthread.errors import UsageError

MARK_OPEN, MARK_CLOSE = "\u2039", "\u203a"
_TERM = re.compile(r'(-?)"([^"]*)"|(-?)([^\s"]+)')
_WORD = re.compile(r"\w+")
_NARROWED = """
    AND rowid IN (
        SELECT p.paragraph_id FROM paragraph p JOIN document d ON d.document_id = p.document_id
        WHERE d.review_id IN (SELECT value FROM json_each(:reviews)))
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph that matches. `start` and `end` are its offsets in the document's text.

    `snippet` shows the best part of it, matched words between ‹ and ›; lower `score` is better.
    """

    document_id: str
    review_id: str
    file_name: str
    page: int
    start: int
    end: int
    snippet: str
    score: float


def match_expression(query: str) -> str:
    """A person's query as an FTS5 expression: words all required, "phrases", word*, -without, OR.

    Raises UsageError when nothing in it can be searched for.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    either = False
    for found in _TERM.finditer(query):
        negative = bool(found.group(1) or found.group(3))
        text = found.group(2) if found.group(2) is not None else found.group(4)
        if text == "OR" and wanted:
            either = True
            continue
        words = _WORD.findall(text)
        if not words:
            continue
        phrase = '"' + " ".join(words) + '"' + ("*" if text.endswith("*") else "")
        if negative:
            unwanted.append(phrase)
        elif either:
            wanted[-1] = f"({wanted[-1]} OR {phrase})"
        else:
            wanted.append(phrase)
        either = False
    if not wanted:
        raise UsageError(
            f"there is nothing to search for in {query!r}",
            mend='give words, a "phrase", a beginning* or -word to leave out; join alternatives with OR',
        )
    expression = " AND ".join(wanted)
    return f"({expression}) NOT ({' OR '.join(unwanted)})" if unwanted else expression


def search(
    connection: sa.Connection, query: str, *, review_ids: Sequence[str] | None = None, limit: int = 20
) -> tuple[Hit, ...]:
    """The best `limit` paragraphs for a query, best first; `review_ids` narrows to those reviews."""
    narrowed = "" if review_ids is None else _NARROWED
    statement = sa.text(
        f"""
        SELECT d.document_id, d.review_id, d.file_name, p.page, p.start, p."end", hit.snippet, hit.score
        FROM (
            SELECT rowid AS id, rank AS score,
                   snippet(paragraph_fts, 0, :open, :close, '…', 28) AS snippet
            FROM paragraph_fts WHERE paragraph_fts MATCH :match {narrowed} ORDER BY rank LIMIT :limit
        ) AS hit
        JOIN paragraph p ON p.paragraph_id = hit.id
        JOIN document d ON d.document_id = p.document_id
        ORDER BY hit.score, p.paragraph_id
        """  # noqa: S608 - the only part that varies is one of two constants
    )
    values: dict[str, object] = {
        "match": match_expression(query),
        "open": MARK_OPEN,
        "close": MARK_CLOSE,
        "limit": limit,
    }
    if review_ids is not None:
        values["reviews"] = json.dumps(list(review_ids))
    rows = connection.execute(statement, values)
    return tuple(
        Hit(
            row.document_id,
            row.review_id,
            row.file_name,
            row.page,
            row.start,
            row.end,
            " ".join(row.snippet.split()),
            row.score,
        )
        for row in rows
    )
