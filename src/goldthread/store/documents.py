"""Read documents: their pages, layers, paragraphs and signatures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from goldthread.anchors import DocumentText
from goldthread.documents.encoded import EncodedDocument, EncodedPage, Paragraph
from goldthread.store.reviews import NewProblem
from goldthread.store.schema import document, edition, near_duplicate, page, paragraph

if TYPE_CHECKING:
    from goldthread.documents.duplicates import Pair  # brings numpy, which most commands do without


@dataclass(frozen=True, slots=True)
class Pending:
    """A registered document that nobody has read yet."""

    document_id: str
    review_id: str
    file_name: str
    sha256: str


def pending(connection: sa.Connection) -> tuple[Pending, ...]:
    """Documents still to be read, in the order they were registered."""
    rows = connection.execute(
        sa.select(document.c.document_id, document.c.review_id, document.c.file_name, document.c.sha256)
        .where(~document.c.is_read)
        .order_by(document.c.position)
    )
    return tuple(Pending(*row) for row in rows)


def is_pending(connection: sa.Connection, document_id: str) -> bool:
    """Whether nobody has read the document yet; asked within a writing transaction, it stays so until its end."""
    waiting = sa.select(document.c.document_id).where(document.c.document_id == document_id, ~document.c.is_read)
    return connection.execute(waiting.with_for_update()).first() is not None


def all_ids(connection: sa.Connection) -> tuple[str, ...]:
    """Every document's id, in the order of registration."""
    return tuple(connection.execute(sa.select(document.c.document_id).order_by(document.c.position)).scalars())


def one(connection: sa.Connection, document_id: str) -> sa.Row[tuple[Any, ...]] | None:
    """A registered document as it is kept; None where there is none."""
    return connection.execute(sa.select(document).where(document.c.document_id == document_id)).first()


def with_text(connection: sa.Connection, review_id: str) -> Sequence[sa.Row[tuple[Any, ...]]]:
    """A review's documents that have text of their own, in the order of registration."""
    own = (document.c.review_id == review_id, document.c.duplicate_of.is_(None), document.c.pages > 0)
    return connection.execute(sa.select(document).where(*own).order_by(document.c.position)).all()


def reviews_of(connection: sa.Connection, document_ids: Collection[str]) -> dict[str, str]:
    """Document id → the review it belongs to."""
    rows = connection.execute(sa.select(document.c.document_id, document.c.review_id))
    return {row.document_id: row.review_id for row in rows if row.document_id in document_ids}


def save(connection: sa.Connection, document_id: str, read: EncodedDocument, version: int = 1) -> None:
    """Store what reading a version of a document yielded and index its paragraphs."""
    connection.execute(
        document.update()
        .where(document.c.document_id == document_id)
        .values(
            is_read=True,
            version=version,
            format=read.format,
            reader=read.reader,
            title=read.title,
            language=read.language,
            pages=len(read.pages),
            characters=read.characters,
            text_sha256=read.text_sha256,
            shingles=list(read.shingles),
        )
    )
    connection.execute(
        edition.update()
        .where(edition.c.document_id == document_id, edition.c.version == version)
        .values(text_sha256=read.text_sha256)
    )
    if read.pages:
        connection.execute(page.insert(), [_page_row(document_id, version, item) for item in read.pages])
    if read.paragraphs:
        _index(connection, document_id, version, read.paragraphs)


def begin_edition(connection: sa.Connection, document_id: str, sha256: str, size: int) -> int:
    """Make room for a new version of a document and take the old one out of search; return its number.

    The pages of every version stay: an anchor that found no new place still reads exactly in the old one.
    """
    held = connection.execute(sa.select(document).where(document.c.document_id == document_id)).one()
    version = int(held.version) + 1
    connection.execute(
        edition.insert().values(document_id=document_id, version=version, sha256=sha256, text_sha256="")
    )
    connection.execute(
        document.update().where(document.c.document_id == document_id).values(sha256=sha256, size=size)
    )
    old = connection.execute(
        sa.text(
            "SELECT t.paragraph_id, t.words, t.weighty FROM paragraph_text t JOIN paragraph p USING (paragraph_id) "
            "WHERE p.document_id = :document"
        ),
        {"document": document_id},
    ).all()
    if old:
        connection.execute(
            sa.text(
                "INSERT INTO paragraph_fts(paragraph_fts, rowid, words, weighty) "
                "VALUES ('delete', :id, :words, :weighty)"
            ),
            [{"id": row.paragraph_id, "words": row.words, "weighty": row.weighty} for row in old],
        )
        connection.execute(paragraph.delete().where(paragraph.c.document_id == document_id))
    return version


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of one document, as it was registered. `read` is false for copies and unread documents."""

    document_id: str
    version: int
    sha256: str
    text_sha256: str
    file_name: str
    read: bool


def editions(connection: sa.Connection) -> tuple[Edition, ...]:
    """Every version of every document."""
    rows = connection.execute(
        sa.select(edition, document.c.file_name, document.c.is_read, document.c.duplicate_of)
        .join(document, document.c.document_id == edition.c.document_id)
        .order_by(document.c.position, edition.c.version)
    )
    return tuple(
        Edition(
            row.document_id,
            row.version,
            row.sha256,
            row.text_sha256,
            row.file_name,
            bool(row.is_read) and row.duplicate_of is None,
        )
        for row in rows
    )


def text_of(connection: sa.Connection, document_id: str, version: int) -> DocumentText:
    """The stored text of one version of a document; an exact copy has the text of what it copies."""
    held = connection.execute(
        sa.select(edition.c.sha256, document.c.duplicate_of)
        .join(document, document.c.document_id == edition.c.document_id)
        .where(edition.c.document_id == document_id, edition.c.version == version)
    ).one()
    rows = connection.execute(
        sa.select(page.c.text)
        .where(page.c.document_id == (held.duplicate_of or document_id), page.c.version == version)
        .order_by(page.c.number)
    )
    return DocumentText(document_id, held.sha256, version, tuple(rows.scalars()))


def texts(connection: sa.Connection, document_ids: Iterable[str]) -> Iterator[DocumentText]:
    """The stored text of each document in its present version, one document at a time."""
    for document_id in document_ids:
        version = connection.execute(
            sa.select(document.c.version).where(document.c.document_id == document_id)
        ).scalar_one()
        yield text_of(connection, document_id, version)


def layers(connection: sa.Connection, document_id: str, version: int) -> tuple[bytes, ...]:
    """The encoded layers of each page of a document (see `goldthread.documents.encode`)."""
    rows = connection.execute(
        sa.select(page.c.layers)
        .where(page.c.document_id == document_id, page.c.version == version)
        .order_by(page.c.number)
    )
    return tuple(rows.scalars())


def signatures(connection: sa.Connection) -> dict[str, tuple[int, ...]]:
    """The MinHash signature of every document long enough to have one; exact duplicates are left out."""
    rows = connection.execute(
        sa.select(document.c.document_id, document.c.shingles)
        .where(document.c.duplicate_of.is_(None))
        .order_by(document.c.position)
    )
    return {row.document_id: tuple(row.shingles) for row in rows if row.shingles}


def save_near_duplicates(connection: sa.Connection, pairs: Sequence[Pair]) -> bool:
    """Replace the known near-duplicates; return whether anything changed."""
    fresh = [{"document_id": pair.a, "other_id": pair.b, "similarity": round(pair.similarity, 3)} for pair in pairs]
    order = (near_duplicate.c.document_id, near_duplicate.c.other_id)
    known = [dict(row._mapping) for row in connection.execute(sa.select(near_duplicate).order_by(*order))]
    fresh.sort(key=lambda row: (str(row["document_id"]), str(row["other_id"])))
    if known == fresh:
        return False
    connection.execute(near_duplicate.delete())
    if fresh:
        connection.execute(near_duplicate.insert(), fresh)
    return True


def near_duplicate_problems(connection: sa.Connection) -> tuple[NewProblem, ...]:
    """Each pair of documents that say nearly the same, as something for a person to settle."""
    one, other = document.alias(), document.alias()
    rows = connection.execute(
        sa.select(
            one.c.file_name, other.c.file_name, other.c.document_id, other.c.review_id, near_duplicate.c.similarity
        )
        .select_from(near_duplicate)
        .join(one, one.c.document_id == near_duplicate.c.document_id)
        .join(other, other.c.document_id == near_duplicate.c.other_id)
        .where(one.c.review_id != other.c.review_id)
        .order_by(near_duplicate.c.document_id, near_duplicate.c.other_id)
    )
    return tuple(
        NewProblem(
            later,
            "near_duplicate",
            f"It says nearly the same as {earlier} ({similarity:.0%} alike), and both are counted.",
            f"Read both; if one replaces the other: goldthread decide DIR {review_id} excluded --reason duplicate",
            document_id=document_id,
        )
        for earlier, later, document_id, review_id, similarity in rows
    )


def near_duplicates(connection: sa.Connection) -> Mapping[str, tuple[str, ...]]:
    """Document id → ids of documents that say nearly the same, both ways round."""
    found: dict[str, list[str]] = {}
    rows = connection.execute(
        sa.select(near_duplicate).order_by(near_duplicate.c.document_id, near_duplicate.c.other_id)
    )
    for row in rows:
        found.setdefault(row.document_id, []).append(row.other_id)
        found.setdefault(row.other_id, []).append(row.document_id)
    return {key: tuple(value) for key, value in found.items()}


def _page_row(document_id: str, version: int, item: EncodedPage) -> dict[str, object]:
    return {
        "document_id": document_id,
        "version": version,
        "number": item.number,
        "start": item.start,
        "text": item.text,
        "layers": item.layers,
    }


def _index(connection: sa.Connection, document_id: str, version: int, paragraphs: Sequence[Paragraph]) -> None:
    """Put paragraphs into the full-text index."""
    last = connection.execute(sa.select(sa.func.max(paragraph.c.paragraph_id))).scalar() or 0
    numbered = list(enumerate(paragraphs, last + 1))
    connection.execute(
        paragraph.insert(),
        [
            {
                "paragraph_id": number,
                "document_id": document_id,
                "version": version,
                "page": item.page,
                "start": item.start,
                "end": item.end,
                "reading": item.reading,
                "weighty": item.weighty,
            }
            for number, item in numbered
        ],
    )
    connection.execute(
        sa.text("INSERT INTO paragraph_fts(rowid, words, weighty) VALUES (:id, :words, :weighty)"),
        [{"id": number, "words": item.reading or item.text, "weighty": item.weighty} for number, item in numbered],
    )
