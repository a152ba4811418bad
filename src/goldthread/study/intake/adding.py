"""Adding: from files, folders and registers to registered reviews, and from those to stored text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from goldthread.documents.encoded import EncodedDocument, encode_document
from goldthread.documents.limits import Limits
from goldthread.documents.workers import Job, read_each
from goldthread.errors import UnreadableInput, UsageError
from goldthread.protocol.model import Protocol
from goldthread.sources.files import KINDS, Found, Kind, discover
from goldthread.sources.identify import identify
from goldthread.sources.problems import printable
from goldthread.sources.registers import Entry, read_register
from goldthread.store import documents, journal, reviews
from goldthread.store.journal import today
from goldthread.store.originals import Originals
from goldthread.store.reviews import NewDocument, NewProblem, NewReview
from goldthread.study.folder import Held
from goldthread.study.progress import Progress

_COPIERS = 4


@dataclass(frozen=True, slots=True)
class Given:
    """What the one who adds already knows of the reviews; blank where nothing is known.

    With `together`, all files named in one call are documents of one review.
    """

    source: str = ""
    review_types: tuple[str, ...] = ()
    round: str = ""
    together: bool = False


@dataclass(frozen=True, slots=True)
class Added:
    """What adding did, in counts: reviews and documents that are new, reviews known before, exact duplicates."""

    reviews: int
    documents: int
    known: int
    duplicates: int


@dataclass(frozen=True)
class _Incoming:
    """A review on its way in: what is known of it, and its documents as name and bytes or path."""

    review: NewReview
    parts: tuple[tuple[str, Path | bytes], ...]
    size_limit: int


def current_round(today: datetime | None = None) -> str:
    """The calendar quarter, e.g. "2019-Q3": the round reviews belong to when none is named."""
    day = today or datetime.now(UTC)
    return f"{day.year}-Q{(day.month + 2) // 3}"


def add(held: Held, paths: Sequence[Path], given: Given, who: str, limits: Limits, progress: Progress) -> Added:
    """Register everything new among `paths`, read what is not read yet, and compare it with the rest.

    Interrupted at any moment and called again, it goes on where it was.
    """
    incoming, problems = _gather(held.protocol, paths, given, limits)
    progress.stage("Keeping originals", len(incoming))
    prepared = _keep(held.originals, incoming, progress)
    kept = [item for item in prepared if isinstance(item, NewReview)]
    problems += [item for item in prepared if isinstance(item, NewProblem)]
    new_reviews, new_documents, known = _register(held, kept, problems, who)
    read_pending(held, who, limits, progress)
    compare(held, who)
    with held.database.read() as connection:
        duplicates = reviews.duplicates_among(connection, new_documents)
    return Added(len(new_reviews), len(new_documents), known, duplicates)


def read_pending(held: Held, who: str, limits: Limits, progress: Progress) -> None:
    """Read every registered document that has not been read, each in a child process with limits."""
    with held.database.read() as connection:
        waiting = documents.pending(connection)
    progress.stage("Reading documents", len(waiting))
    by_id = {item.document_id: item for item in waiting}
    jobs = (Job(item.document_id, held.originals.path(item.sha256), item.file_name) for item in waiting)
    for document_id, read in read_each(jobs, encode_document, limits):
        _save_reading(held, by_id[document_id], read, who)
        progress.step()


def compare(held: Held, who: str) -> None:
    """Find documents that say nearly the same; they are shown, never dropped."""
    from goldthread.documents.duplicates import near_duplicates  # noqa: PLC0415 - numpy, 0.25 s that others are spared

    with held.database.read() as connection:
        signatures = documents.signatures(connection)
    pairs = near_duplicates(signatures)
    with held.database.write() as connection:
        if documents.save_near_duplicates(connection, pairs):
            journal.append(connection, who, "compare", "documents", after={"near_duplicates": len(pairs)})


def _gather(
    protocol: Protocol, paths: Sequence[Path], given: Given, limits: Limits
) -> tuple[list[_Incoming], list[NewProblem]]:
    """Everything the paths name, in a stable order, and what is wrong with any of it.

    Raises UsageError when they hold nothing at all.
    """
    found = discover(paths)
    if not found.found and not found.problems:
        named = ", ".join(printable(str(path)) for path in paths)
        raise UsageError("there is nothing to read", where=named, mend=f"add files ending in {', '.join(KINDS)}")
    problems = [NewProblem(item.place, item.code, item.message, item.mend) for item in found.problems]
    incoming: list[_Incoming] = []
    listed: set[Path] = set()
    for register in (item for item in found.found if item.kind is Kind.REGISTER):
        try:
            content = read_register(register.path, protocol)
        except UnreadableInput as fault:
            problems.append(NewProblem(register.file_name, "unreadable", fault.what, fault.mend))
            continue
        problems += [NewProblem(item.place, item.code, item.message, item.mend) for item in content.problems]
        for entry in content.entries:
            listed.update(path.resolve() for path in entry.files)
            incoming.append(_from_entry(register, entry, given, limits))
    plain = [item for item in found.found if item.kind is Kind.DOCUMENT and item.path.resolve() not in listed]
    if given.together and plain:
        incoming.append(_from_files(plain, given, limits))
    else:
        incoming += [_from_files([item], given, limits) for item in plain]
    return incoming, problems


def _from_files(files: Sequence[Found], given: Given, limits: Limits) -> _Incoming:
    return _Incoming(
        NewReview(
            reference=files[0].file_name,
            title="",
            review_types=given.review_types,
            source=given.source,
            round=given.round or current_round(),
            publication_date="",
            url="",
            found_at=today(),
            documents=(),
        ),
        tuple((item.file_name, item.path) for item in files),
        limits.file_size,
    )


def _from_entry(register: Found, entry: Entry, given: Given, limits: Limits) -> _Incoming:
    parts: list[tuple[str, Path | bytes]] = [
        (str(Path(register.file_name).parent / path.relative_to(register.path.parent)), path) for path in entry.files
    ]
    if entry.text is not None:
        parts.append((entry.file_name, entry.text.encode("utf-8", "surrogatepass")))
    return _Incoming(
        NewReview(
            reference=f"{register.file_name}: {entry.reference}",
            title=entry.title,
            review_types=entry.review_types or given.review_types,
            source=entry.source or given.source,
            round=entry.round or given.round or current_round(),
            publication_date=entry.publication_date,
            url=entry.url,
            found_at=today(),
            documents=(),
        ),
        tuple(parts),
        limits.file_size,
    )


def _keep(originals: Originals, incoming: Sequence[_Incoming], progress: Progress) -> list[NewReview | NewProblem]:
    """Store the bytes of every incoming document; a file that cannot be kept becomes a problem."""
    prepared: list[NewReview | NewProblem] = []
    with ThreadPoolExecutor(_COPIERS) as pool:
        for item, results in zip(incoming, pool.map(_keeper(originals), incoming), strict=True):
            prepared += [result for result in results if isinstance(result, NewProblem)]
            stored = tuple(result for result in results if isinstance(result, NewDocument))
            digest = hashlib.sha256("".join(part.sha256 for part in stored).encode()).hexdigest()[:16]
            reference = f"{item.review.reference} {digest}"
            prepared.append(replace(item.review, reference=reference, documents=stored))
            progress.step()
    return prepared


def _keeper(originals: Originals) -> Callable[[_Incoming], list[NewDocument | NewProblem]]:
    def keep(item: _Incoming) -> list[NewDocument | NewProblem]:
        return [_keep_part(originals, name, content, item.size_limit) for name, content in item.parts]

    return keep


def _keep_part(originals: Originals, name: str, content: Path | bytes, size_limit: int) -> NewDocument | NewProblem:
    try:
        if isinstance(content, Path):
            size = content.stat().st_size
            if size > size_limit:
                return NewProblem(
                    name,
                    "too_large",
                    f"the file has {size / 1e6:.0f} MB, more than the {size_limit / 1e6:.0f} MB that are read",
                    "split it, or save it smaller, and add it again",
                )
            content = content.read_bytes()
    except OSError as fault:
        return NewProblem(
            name,
            "unreadable",
            f"the file cannot be opened: {fault.strerror}",
            "mend its permissions and add it again",
        )
    stored = originals.put(content)
    return NewDocument(name, stored.sha256, stored.size)


def _register(
    held: Held, incoming: Sequence[NewReview], problems: Iterable[NewProblem], who: str
) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """One transaction that makes every new review known; what is known already is left as it is."""
    with held.database.write() as connection:
        known = reviews.references(connection)
        fresh: dict[str, NewReview] = {}
        for item in incoming:
            if item.reference not in known:
                fresh.setdefault(item.reference, item)
        reviews.add_problems(connection, problems)
        if not fresh:
            return (), (), len(incoming)
        reviews.ensure_rounds(connection, (item.round for item in fresh.values()))
        review_ids, document_ids = reviews.register(connection, list(fresh.values()))
        journal.append(
            connection,
            who,
            "add",
            f"{review_ids[0]}–{review_ids[-1]}",
            after={"reviews": len(review_ids), "documents": len(document_ids)},
        )
    return review_ids, document_ids, len(incoming) - len(fresh)


def _save_reading(held: Held, waiting: documents.Pending, read: EncodedDocument, who: str) -> None:
    """One transaction: the pages of a document, what they say the review is, and what was wrong.

    Nothing is done where another process has read the document meanwhile.
    """
    first = next((page.text for page in read.pages if page.text.strip()), "")
    identity = identify(first, waiting.file_name, held.protocol)
    with held.database.write(repeatable=True) as connection:
        if not documents.is_pending(connection, waiting.document_id):
            return
        documents.save(connection, waiting.document_id, read)
        reviews.identify(
            connection,
            waiting.review_id,
            identity.title or read.title or Path(waiting.file_name).stem,
            identity.review_types,
            identity.publication_date,
        )
        reviews.add_problems(
            connection,
            [
                NewProblem(waiting.file_name, item.code, item.message, item.mend, item.page, waiting.document_id)
                for item in read.problems
            ],
        )
        journal.append(
            connection,
            who,
            "read",
            waiting.document_id,
            after={"pages": len(read.pages), "text_sha256": read.text_sha256, "problems": len(read.problems)},
        )
