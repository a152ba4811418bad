"""The counted terms of every text, kept under the hash of the text: a new version of a document has its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import sqlalchemy as sa

from goldthread.store.schema import document, page, text_terms


def lacking(connection: sa.Connection) -> tuple[tuple[str, str, int], ...]:
    """(Hash of the text, document id, version) of every text whose terms are not kept, one document for each text."""
    rows = connection.execute(
        sa.select(document.c.text_sha256, sa.func.min(document.c.document_id).label("name"), document.c.version)
        .outerjoin(text_terms, text_terms.c.text_sha256 == document.c.text_sha256)
        .where(document.c.duplicate_of.is_(None), document.c.pages > 0, text_terms.c.terms.is_(None))
        .group_by(document.c.text_sha256, document.c.version)
        .order_by("name")
    )
    return tuple((row.text_sha256, row.name, row.version) for row in rows)


def opening(connection: sa.Connection, document_id: str, version: int, letters: int) -> str:
    """The first letters of a document's text, whole pages as far as they go."""
    rows = connection.execute(
        sa.select(page.c.text)
        .where(page.c.document_id == document_id, page.c.version == version, page.c.start < letters)
        .order_by(page.c.number)
    )
    return "\n".join(rows.scalars())


def keep(connection: sa.Connection, counted: Mapping[str, bytes]) -> None:
    """Keep the terms of texts by their hash; what is kept already stays."""
    known = set(connection.execute(sa.select(text_terms.c.text_sha256)).scalars())
    fresh = [{"text_sha256": key, "terms": data} for key, data in counted.items() if key not in known]
    if fresh:
        connection.execute(text_terms.insert(), fresh)


def by_review(connection: sa.Connection) -> dict[str, list[bytes]]:
    """Review id → the terms of each of its documents."""
    found: dict[str, list[bytes]] = defaultdict(list)
    rows = connection.execute(
        sa.select(document.c.review_id, text_terms.c.terms)
        .join(text_terms, text_terms.c.text_sha256 == document.c.text_sha256)
        .where(document.c.duplicate_of.is_(None))
        .order_by(document.c.position)
    )
    for row in rows:
        found[row.review_id].append(row.terms)
    return found
