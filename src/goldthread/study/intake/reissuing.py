"""Re-issuing: a document published anew becomes a new version, and the evidence is looked for in it again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from goldthread.anchors import Anchor, refind
from goldthread.documents.encoded import encode_document
from goldthread.documents.limits import Limits
from goldthread.documents.workers import Job, read_each
from goldthread.errors import UnreadableInput, UsageError
from goldthread.store import documents, journal, records, reviews
from goldthread.store.reviews import NewProblem
from goldthread.study.folder import Held

_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Reissued:
    """What became of the evidence: anchors found again in the new version, and those whose words are gone."""

    document_id: str
    version: int
    moved: int
    lost: tuple[Anchor, ...]


def reissue(held: Held, document_id: str, path: Path, who: str, limits: Limits) -> Reissued:
    """Take a file as the new version of a document; nothing changes when it cannot be read.

    Anchors are found again by their words and surroundings. What no longer matches is listed as a problem and
    stays with the old version, whose text is kept.
    Raises UsageError for an unknown document or an identical file, UnreadableInput for one without text.
    """
    known = _known(held, document_id)
    if not path.is_file():
        raise UsageError("there is no such file", where=str(path), mend="name the newly published file")
    data = path.read_bytes()
    stored = held.originals.put(data)
    if stored.sha256 == known.sha256:
        raise UsageError(f"{document_id} is this very file already", where=str(path), mend="nothing needs doing")
    job = Job(document_id, held.originals.path(stored.sha256), path.name)
    ((_, read),) = read_each([job], encode_document, limits, workers=1)
    if not read.pages:
        what = read.problems[0]
        raise UnreadableInput(what.message, where=str(path), mend=what.mend)
    with held.database.write() as connection:
        version = documents.begin_edition(connection, document_id, stored.sha256, stored.size)
        documents.save(connection, document_id, read, version)
        text = documents.text_of(connection, document_id, version)
        moved, lost = records.move_anchors(connection, document_id, lambda found: refind(found, text))
        listed = [_lost(known.file_name, document_id, version, item) for item in lost]
        reviews.add_problems(connection, listed)
        journal.append(
            connection,
            who,
            "reissue",
            document_id,
            before={"version": known.version, "sha256": known.sha256},
            after={
                "version": version,
                "sha256": stored.sha256,
                "text_sha256": read.text_sha256,
                "moved": moved,
                "lost": len(lost),
            },
        )
    return Reissued(document_id, version, moved, lost)


def _known(held: Held, document_id: str) -> sa.Row[tuple[Any, ...]]:
    with held.database.read() as connection:
        found = documents.one(connection, document_id)
    if found is None or not found.is_read or found.duplicate_of:
        raise UsageError(
            f"there is no read document {document_id!r} to replace",
            mend="find its id in documents.csv of `goldthread export --format csv`",
        )
    return found


def _lost(file_name: str, document_id: str, version: int, found: Anchor) -> NewProblem:
    words = " ".join(found.quote.split())
    shown = words if len(words) <= _SHOWN else words[:_SHOWN].rstrip() + "…"
    return NewProblem(
        file_name,
        "lost_evidence",
        f"Version {version} no longer says, or says more than once: “{shown}”",
        "Read the new version and code the passage again, or reject what rested on it.",
        found.page,
        document_id,
    )
