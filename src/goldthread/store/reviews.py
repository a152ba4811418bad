"""Registering reviews and their documents: the rows that exist before anything is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from goldthread.store.schema import document, edition, problem, review, round_


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A file about to be registered; its bytes are already among the originals."""

    file_name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class NewReview:
    """A review about to be registered. `reference` tells it from all others of the same study."""

    reference: str
    title: str
    review_types: tuple[str, ...]
    source: str
    round: str
    publication_date: str
    url: str
    found_at: str
    documents: tuple[NewDocument, ...]


@dataclass(frozen=True, slots=True)
class NewProblem:
    """A problem about to be listed. `place` is the file, row or document it concerns; page 0 is all of it."""

    place: str
    code: str
    message: str
    mend: str
    page: int = 0
    document_id: str | None = None


def references(connection: sa.Connection) -> frozenset[str]:
    """Every registered review's reference."""
    return frozenset(connection.execute(sa.select(review.c.reference)).scalars())


def ids(connection: sa.Connection) -> tuple[str, ...]:
    """Every registered review, in the order of registration."""
    return tuple(connection.execute(sa.select(review.c.review_id).order_by(review.c.position)).scalars())


def one(connection: sa.Connection, review_id: str) -> sa.Row[tuple[Any, ...]]:
    """A registered review as it is kept. Raises NoResultFound where there is none."""
    return connection.execute(sa.select(review).where(review.c.review_id == review_id)).one()


def titled(connection: sa.Connection) -> list[tuple[str, str, tuple[str, ...]]]:
    """(review id, title, review types), in the order of registration."""
    rows = connection.execute(
        sa.select(review.c.review_id, review.c.title, review.c.review_types).order_by(review.c.position)
    )
    return [(row.review_id, row.title, tuple(row.review_types)) for row in rows]


def with_documents(connection: sa.Connection) -> dict[str, list[sa.Row[tuple[Any, ...]]]]:
    """Review → its documents as they are kept, both in the order of registration; [] for one without."""
    rows = connection.execute(
        sa.select(review.c.review_id.label("whose"), document)
        .outerjoin(document, document.c.review_id == review.c.review_id)
        .order_by(review.c.position, document.c.position)
    )
    found: dict[str, list[sa.Row[tuple[Any, ...]]]] = {}
    for row in rows:
        held = found.setdefault(row.whose, [])
        if row.document_id is not None:
            held.append(row)
    return found


def register(connection: sa.Connection, new: Sequence[NewReview]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give each review and document its id, in the order given; return the review ids and document ids.

    A document whose bytes are already registered is kept, and marked as the duplicate of the first.
    """
    next_review = _next(connection, review.c.position)
    next_document = _next(connection, document.c.position)
    first: dict[str, str] = {
        row.sha256: row.document_id
        for row in connection.execute(
            sa.select(document.c.sha256, document.c.document_id).where(document.c.duplicate_of.is_(None))
        )
    }
    reviews: list[dict[str, object]] = []
    documents: list[dict[str, object]] = []
    for position, item in enumerate(new, next_review):
        review_id = f"R{position:05d}"
        reviews.append(_review_row(review_id, position, item))
        for part in item.documents:
            at = next_document + len(documents)
            document_id = f"D{at:05d}"
            documents.append(_document_row(document_id, at, review_id, part, first.get(part.sha256)))
            first.setdefault(part.sha256, document_id)
    if reviews:
        connection.execute(review.insert(), reviews)
    if documents:
        connection.execute(document.insert(), documents)
        connection.execute(edition.insert(), [_edition_row(row) for row in documents])
    return tuple(str(row["review_id"]) for row in reviews), tuple(str(row["document_id"]) for row in documents)


def duplicates_among(connection: sa.Connection, document_ids: Sequence[str]) -> int:
    """How many of these documents are, byte for byte, ones that were registered before them."""
    rows = connection.execute(sa.select(document.c.document_id).where(document.c.duplicate_of.is_not(None)))
    return len(set(rows.scalars()) & set(document_ids))


def ensure_rounds(connection: sa.Connection, names: Iterable[str]) -> None:
    """Make the rounds that do not exist yet, labelled by their own name."""
    known = set(connection.execute(sa.select(round_.c.round)).scalars())
    fresh = [{"round": name, "label": name, "opens": "", "closes": ""} for name in sorted(set(names) - known)]
    if fresh:
        connection.execute(round_.insert(), fresh)


def add_problems(connection: sa.Connection, problems: Iterable[NewProblem]) -> None:
    """List problems; one already listed is not listed twice."""
    known = {
        tuple(row)
        for row in connection.execute(sa.select(problem.c.place, problem.c.page, problem.c.code, problem.c.message))
    }
    for item in problems:
        key = (item.place, item.page, item.code, item.message)
        if key not in known:
            known.add(key)
            connection.execute(
                problem.insert().values(
                    place=item.place,
                    document_id=item.document_id,
                    page=item.page,
                    code=item.code,
                    message=item.message,
                    mend=item.mend,
                )
            )


def mend_problems(connection: sa.Connection, place: str, code: str) -> None:
    """Take problems of one kind off the list for one place: they are being looked at anew."""
    connection.execute(problem.delete().where(problem.c.place == place, problem.c.code == code))


def problems(connection: sa.Connection) -> tuple[NewProblem, ...]:
    """Every listed problem, in the order of documents, then of listing."""
    rows = connection.execute(
        sa.select(problem).order_by(problem.c.document_id.nulls_first(), problem.c.page, problem.c.problem_id)
    )
    return tuple(NewProblem(row.place, row.code, row.message, row.mend, row.page, row.document_id) for row in rows)


def identify(
    connection: sa.Connection, review_id: str, title: str, types: Sequence[str], publication_date: str
) -> None:
    """Fill in what was not known of a review when it was registered; what was known stays."""
    known = connection.execute(sa.select(review).where(review.c.review_id == review_id)).one()
    connection.execute(
        review.update()
        .where(review.c.review_id == review_id)
        .values(
            title=known.title or title,
            review_types=known.review_types or list(types),
            publication_date=known.publication_date or publication_date,
        )
    )


def _next(connection: sa.Connection, position: sa.Column[int]) -> int:
    return int(connection.execute(sa.select(sa.func.max(position))).scalar() or 0) + 1


def _review_row(review_id: str, position: int, new: NewReview) -> dict[str, object]:
    return {
        "review_id": review_id,
        "position": position,
        "reference": new.reference,
        "title": new.title,
        "review_types": list(new.review_types),
        "source": new.source,
        "round": new.round,
        "publication_date": new.publication_date,
        "url": new.url,
        "found_at": new.found_at,
    }


def _edition_row(row: dict[str, object]) -> dict[str, object]:
    return {key: row[key] for key in ("document_id", "version", "sha256", "text_sha256")}


def _document_row(
    document_id: str, position: int, review_id: str, new: NewDocument, duplicate_of: str | None
) -> dict[str, object]:
    return {
        "document_id": document_id,
        "position": position,
        "review_id": review_id,
        "file_name": new.file_name,
        "sha256": new.sha256,
        "size": new.size,
        "version": 1,
        "duplicate_of": duplicate_of,
        "is_read": duplicate_of is not None,
        "format": "",
        "reader": "",
        "title": "",
        "language": "",
        "pages": 0,
        "characters": 0,
        "text_sha256": "",
        "shingles": [],
    }
