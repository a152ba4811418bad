"""Read documents: their pages, layers, paragraphs and signatures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from goldthread.anchors import PAGE_BREAK, DocumentText
from goldthread.documents.encode import encode_layers
from goldthread.documents.model import Page, ParsedDocument
from goldthread.documents.normalise import normalise
from goldthread.store.reviews import NewProblem
from goldthread.store.schema import document, near_duplicate, page, paragraph

if TYPE_CHECKING:
    from goldthread.documents.duplicates import Pair  # brings numpy, which most commands do without

SOFT_HYPHEN = "\u00ad"


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


def all_ids(connection: sa.Connection) -> tuple[str, ...]:
    """Every document's id, in the order of registration."""
    return tuple(connection.execute(sa.select(document.c.document_id).order_by(document.c.position)).scalars())


def text_hash(pages: Sequence[str]) -> str:
    """SHA-256 of a document's whole text: what `verify` holds every stored letter against."""
    return hashlib.sha256(PAGE_BREAK.join(pages).encode("utf-8", "surrogatepass")).hexdigest()


def save(connection: sa.Connection, document_id: str, parsed: ParsedDocument) -> str:
    """Store what reading yielded and index its paragraphs; return the hash of the text."""
    hashed = text_hash([item.text for item in parsed.pages]) if parsed.pages else ""
    connection.execute(
        document.update()
        .where(document.c.document_id == document_id)
        .values(
            is_read=True,
            format=parsed.format,
            reader=parsed.reader,
            title=parsed.title,
            language=parsed.language,
            pages=len(parsed.pages),
            characters=parsed.characters,
            text_sha256=hashed,
            shingles=list(parsed.shingles),
        )
    )
    if parsed.pages:
        connection.execute(page.insert(), [_page_row(document_id, item) for item in parsed.pages])
        _index(connection, document_id, parsed.pages)
    return hashed


def texts(connection: sa.Connection, document_ids: Iterable[str]) -> Iterator[DocumentText]:
    """The stored text of each document, read one document at a time."""
    for document_id in document_ids:
        held = connection.execute(sa.select(document).where(document.c.document_id == document_id)).one()
        source = held.duplicate_of or document_id
        rows = connection.execute(
            sa.select(page.c.text)
            .where(page.c.document_id == source, page.c.version == held.version)
            .order_by(page.c.number)
        )
        yield DocumentText(document_id, held.sha256, held.version, tuple(rows.scalars()))


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


def _page_row(document_id: str, item: Page) -> dict[str, object]:
    return {
        "document_id": document_id,
        "version": 1,
        "number": item.number,
        "start": item.start,
        "text": item.text,
        "layers": encode_layers(item),
    }


def _index(connection: sa.Connection, document_id: str, pages: Sequence[Page]) -> None:
    """Cut the body of each page into paragraphs and put them into the full-text index."""
    last = connection.execute(sa.select(sa.func.max(paragraph.c.paragraph_id))).scalar() or 0
    rows: list[dict[str, object]] = []
    words: list[dict[str, object]] = []
    for item in pages:
        for block in item.blocks:
            text = item.text[block.start : block.end]
            if not block.kind.is_body or not text.strip():
                continue
            last += 1
            reading = normalise(text).text if SOFT_HYPHEN in text else None
            rows.append(
                {
                    "paragraph_id": last,
                    "document_id": document_id,
                    "version": 1,
                    "page": item.number,
                    "start": item.start + block.start,
                    "end": item.start + block.end,
                    "reading": reading,
                }
            )
            words.append({"id": last, "words": text if reading is None else reading})
    if rows:
        connection.execute(paragraph.insert(), rows)
        connection.execute(sa.text("INSERT INTO paragraph_fts(rowid, words) VALUES (:id, :words)"), words)
