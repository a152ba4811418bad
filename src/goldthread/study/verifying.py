"""Verifying: everything a study rests on, held against itself once more, letter by letter."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from goldthread.analysis.records import ReviewRecord, StudyRecord
from goldthread.anchors import Anchor, DocumentText, verify
from goldthread.documents.encoded import text_hash
from goldthread.errors import BrokenAnchor, StudyFault, UnbalancedLedger
from goldthread.screening.ledger import ledger
from goldthread.store import amendments, documents, findings, journal, records
from goldthread.store.documents import Edition
from goldthread.study.findings.acts import VERBS, plain
from goldthread.study.findings.planning import plans_of
from goldthread.study.folder import Held
from goldthread.study.progress import Progress
from goldthread.study.recording import record
from goldthread.values import Basis


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not hold. `what` is the kind of check that failed."""

    what: str
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Verification:
    """How much was checked, in counts, and every fault found. Sound when there is none."""

    documents: int
    characters: int
    anchors: int
    journal_entries: int
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        return not self.faults


def verify_study(held: Held, progress: Progress) -> Verification:
    """Check every original, every stored letter, every anchor, the journal's chain and the ledger's balance."""
    faults: list[Fault] = []
    with held.database.read() as connection:
        editions = documents.editions(connection)
        progress.stage("Checking originals and anchors", len(editions))
        grouped = _grouped(connection)
        total = sum(len(items) for items in grouped.values())
        sealed = journal.readings(connection)
        characters = 0
        for item in editions:
            text = documents.text_of(connection, item.document_id, item.version)
            characters += len(text.text)
            faults += _edition_faults(held, item, text, sealed)
            faults += _anchor_faults(grouped.pop((item.document_id, item.version), []), text)
            progress.step()
        faults += [
            Fault("anchor", owner, "its document is not registered") for left in grouped.values() for owner, _ in left
        ]
        entries, chain_fault = _journal_fault(connection)
        faults += finding_faults(held, connection)
        faults += _code_faults(held, connection)
    faults += chain_fault
    faults += _balance_faults(held)
    return Verification(len(editions), characters, total, entries, tuple(faults))


def ensure_verified(held: Held, kept: StudyRecord) -> None:
    """Raise BrokenAnchor unless every anchor outputs may show is exact; called before anything is published."""
    ensure_exact(held, (found for review in kept.reviews for found in review_anchors(review)))


def ensure_exact(held: Held, anchors: Iterable[Anchor]) -> None:
    """Raise BrokenAnchor unless each of these anchors still reads as the stored text does."""
    grouped: dict[tuple[str, int], list[Anchor]] = {}
    for found in anchors:
        grouped.setdefault((found.document_id, found.version), []).append(found)
    with held.database.read() as connection:
        for (document_id, version), anchors in sorted(grouped.items()):
            text = documents.text_of(connection, document_id, version)
            for found in anchors:
                verify(found, text)


def review_anchors(review: ReviewRecord) -> Iterator[Anchor]:
    """Every anchor of one review, whatever rests on it."""
    for characteristic in review.characteristics:
        yield from characteristic.anchors
    for answer in review.answers:
        yield from answer.anchors
    yield from (item.anchor for item in review.episodes)
    yield from (item.anchor for item in review.recommendations)


def _grouped(connection: sa.Connection) -> dict[tuple[str, int], list[tuple[str, Anchor]]]:
    grouped: dict[tuple[str, int], list[tuple[str, Anchor]]] = {}
    for owner, found in records.anchored(connection):
        grouped.setdefault((found.document_id, found.version), []).append((owner, found))
    return grouped


def _edition_faults(
    held: Held, item: Edition, text: DocumentText, sealed: dict[tuple[str, int], str]
) -> Iterator[Fault]:
    where = f"{item.document_id} {item.file_name}" + (f", version {item.version}" if item.version > 1 else "")
    if not held.originals.intact(item.sha256):
        yield Fault("original", where, "the original file is missing or was altered")
    if not item.read:
        return
    hashed = text_hash(text.pages) if text.pages else ""
    if hashed != item.text_sha256 or hashed != sealed.get((item.document_id, item.version)):
        yield Fault("text", where, "the stored text is not the text that was read: at least one letter differs")


def _anchor_faults(items: list[tuple[str, Anchor]], text: DocumentText) -> Iterator[Fault]:
    for owner, found in items:
        try:
            verify(found, text)
        except BrokenAnchor as broken:
            yield Fault("anchor", owner, f"{broken.where}: {broken.what}")


def _code_faults(held: Held, connection: sa.Connection) -> Iterator[Fault]:
    """No passage may stand under a code that the codebook, as amended, does not have."""
    book = held.rules.renew(connection).codebook
    for place, number in amendments.places(connection).items():
        if place not in book.places and place != ("", ""):
            named = "/".join(filter(None, place))
            yield Fault("code", named, f"{number} passages stand under it, and the codebook has no such code")


def finding_faults(held: Held, connection: sa.Connection) -> Iterator[Fault]:
    """A finding must be what the journal last left it, rest on passages there are, and bear on actions there are."""
    plans = plans_of(held, connection).by_id
    for made in findings.load(connection):
        last = None
        for entry in journal.of_object(connection, made.finding_id, VERBS):
            last = entry
        if last is None or json.loads(last.after) != plain(made):
            yield Fault("finding", made.finding_id, "it is not as the journal last left it")
        for plan_id, action in made.actions:
            plan = plans.get(plan_id)
            if plan is None or action not in {one.id for one in plan.actions}:
                yield Fault("finding", made.finding_id, f"it is mapped to {action} of {plan_id}, which is not there")
    known = {
        one.episode_id for one in findings.episodes(connection, {e for _, e, _ in findings.references(connection)})
    }
    for finding_id, episode_id, side in findings.references(connection):
        if episode_id not in known:
            yield Fault("finding", finding_id, f"its evidence {side} it, {episode_id}, is not there")


def _journal_fault(connection: sa.Connection) -> tuple[int, list[Fault]]:
    try:
        return journal.check(connection), []
    except StudyFault as broken:
        return 0, [Fault("journal", broken.where, broken.what)]


def _balance_faults(held: Held) -> Iterator[Fault]:
    kept = record(held)
    for basis in Basis:
        try:
            ledger(kept.reviews, held.protocol, basis).balance()
        except UnbalancedLedger as broken:
            yield Fault("ledger", f"{basis.value} basis", broken.what)
