"""Evaluating: the suggestions a study holds, scored against labels that careful readers gave the same documents."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from goldthread.analysis.records import EngineRecord, ReviewRecord
from goldthread.assist.engines import engine, installed, learned_from
from goldthread.errors import UnreadableInput, UsageError
from goldthread.protocol.labels import field_label, labels_of
from goldthread.protocol.model import Protocol
from goldthread.scoring.cases import Pair
from goldthread.scoring.evaluation import EngineScores, Evaluation, engine_scores, measured_of
from goldthread.scoring.finding import Candidate, by_name, by_text, placed
from goldthread.scoring.gold import CODES, GoldDocument, in_terms_of, parse_gold, with_words
from goldthread.scoring.proposed import Proposed, proposed
from goldthread.scoring.score import ADDRESSEE, TARGET_LABELS
from goldthread.store import documents, journal, measurements, suggestions
from goldthread.study.folder import Held
from goldthread.study.progress import Progress
from goldthread.study.recording import record
from goldthread.values import State

LABELS = "labels.jsonl"
_MADE = (State.SUGGESTED, State.CONFIRMED, State.REJECTED)
"""What an engine proposed stays its proposal, whatever a person made of it."""
_NAMED = 5


@dataclass(frozen=True, slots=True)
class _Gold:
    """A gold file as read: its documents, and the texts of those whose files lie beside it."""

    name: str
    documents: tuple[GoldDocument, ...]
    texts: dict[str, str]


def evaluate(
    held: Held, gold_file: Path, engine_names: Sequence[str], name: str, keeper: str | None, progress: Progress
) -> Evaluation:
    """Score what each engine has proposed (all that were run, when none is named) against a gold file.

    `name` is what outputs call the gold; its folder's or file's name when empty. `keeper` is who keeps the figures in
    the study; nobody does when None. Raises UnreadableInput for a gold
    that cannot be read, UsageError when none of its documents is in the study or an engine was never run.
    """
    gold = _as_now(read_gold(gold_file, name), held.protocol)
    kept = record(held, _MADE)
    chosen = _engines(kept.engines, engine_names)
    progress.stage("Finding the labelled documents", 1)
    found = _found(held, gold, kept.reviews)
    progress.step()
    if not found:
        raise UsageError(_not_there(gold), where=str(gold_file), mend="add those documents with `goldthread add`")
    fields = {item.id for item in held.protocol.fields}
    progress.stage("Scoring", len(chosen))
    scores, notes = [], _notes(gold, found, fields)
    for item in chosen:
        scored, unread = _scored(held, item, gold, found, kept.reviews, fields)
        scores.append(scored)
        notes += unread
        progress.step()
    made = Evaluation(
        gold=gold.name,
        study=kept.name,
        protocol=f"{held.protocol.id} {held.protocol.edition}",
        at=journal.today(),
        labelled=len(gold.documents),
        found=len(found),
        engines=tuple(scores),
        notes=tuple(notes),
        labels=labels_of_targets(gold.documents, held.protocol),
    )
    if keeper is not None:
        with held.database.write() as connection:
            measurements.keep(connection, keeper, gold.name, measured_of(made))
    return made


def read_gold(path: Path, name: str = "") -> _Gold:
    """Read a gold file, or the one named labels.jsonl in a folder, with the texts in `docs` or beside it.

    Raises UnreadableInput when there is none or it does not hold together.
    """
    file = path / LABELS if path.is_dir() else path
    if not file.is_file():
        mend = f"name a gold file, or a folder with a {LABELS}"
        raise UnreadableInput("there is no gold file here", where=str(path), mend=mend)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        mend = "save it as UTF-8"
        raise UnreadableInput(f"it is not UTF-8 at byte {fault.start:,}", where=str(file), mend=mend) from fault
    read = parse_gold(text, str(file))
    texts = {item.id: words for item in read if (words := _text_of(item, file.parent)) is not None}
    worded = tuple(with_words(item, texts[item.id]) if item.id in texts else item for item in read)
    return _Gold(name or (file.resolve().parent.name if file.name == LABELS else file.stem), worded, texts)


def _text_of(gold: GoldDocument, folder: Path) -> str | None:
    """The text of a labelled document whose file is plain text and lies where gold keeps its files."""
    if Path(gold.file).name != gold.file or not gold.file.lower().endswith((".txt", ".md")):
        return None
    for path in (folder / "docs" / gold.file, folder / gold.file):
        if path.is_file():
            return path.read_bytes().decode("utf-8", errors="replace")
    return None


def _as_now(gold: _Gold, protocol: Protocol) -> _Gold:
    """A gold in the terms of an amended protocol: a theme that became part of another is labelled as that one."""

    def home(theme: str) -> str:
        return protocol.codebook.home(theme)[0]

    return replace(gold, documents=tuple(in_terms_of(one, home) for one in gold.documents))


def _engines(run: Sequence[EngineRecord], names: Sequence[str]) -> list[EngineRecord]:
    """The engines to score, each in the version it last ran in."""
    latest = {item.name: item for item in sorted(run, key=lambda item: item.last_run)}
    if not latest:
        raise UsageError("no engine has suggested anything in this study", mend="run `goldthread suggest` first")
    for name in names:
        if name not in latest:
            mend = f"run `goldthread suggest --engine {name}` first, or choose one of: {', '.join(latest)}"
            raise UsageError(f"the engine “{name}” has suggested nothing in this study", mend=mend)
    return [latest[name] for name in dict.fromkeys(names or sorted(latest))]


def _found(held: Held, gold: _Gold, reviews: Sequence[ReviewRecord]) -> dict[str, Candidate]:
    """Gold id → its document in the study, by name and else by text."""
    candidates = [
        Candidate(part.document_id, item.review_id, part.file_name)
        for item in reviews
        for part in item.documents
        if not part.duplicate_of and part.pages
    ]
    found = by_name(gold.documents, candidates)
    lost = {key: text for key, text in gold.texts.items() if key not in found}
    if lost:
        taken = {item.document_id for item in found.values()}
        rest = {item.document_id: item for item in candidates if item.document_id not in taken}
        with held.database.read() as connection:
            texts = documents.texts(connection, list(rest))
            found |= by_text(lost, ((rest[text.document_id], text.text) for text in texts))
    return found


def _scored(
    held: Held,
    item: EngineRecord,
    gold: _Gold,
    found: dict[str, Candidate],
    reviews: Sequence[ReviewRecord],
    fields: Collection[str],
) -> tuple[EngineScores, list[str]]:
    with held.database.read() as connection:
        read = set(suggestions.fingerprints(connection, item.name))
        wanted = [found[one.id].document_id for one in gold.documents if one.id in found]
        texts = {text.document_id: text.text for text in documents.texts(connection, wanted)}
    by_id = {one.review_id: one for one in reviews}
    pairs: list[tuple[str, Pair]] = []
    for one in gold.documents:
        place = found.get(one.id)
        if place and place.review_id in read:
            review = by_id[place.review_id]
            label = placed(one, gold.texts.get(one.id), texts[place.document_id])
            pairs.append(("/".join(review.review_types), (label, proposals(review, place.document_id, item.name))))
    unread = len(found) - len(pairs)
    notes = [f"{item.name} has not read {unread} of these documents; run `goldthread suggest`."] if unread else []
    known = _learned(item.name) & {hashlib.sha256(text.encode()).hexdigest() for text in texts.values()}
    if known:
        notes.append(
            f"{item.name} learned from {len(known)} of these documents: its figures are better than on others."
        )
    labels = {kind.id: kind.label for kind in held.protocol.review_types}
    return engine_scores(item.name, item.version, pairs, labels, fields), notes


def _learned(name: str) -> frozenset[str]:
    return learned_from(engine(name)) if name in installed() else frozenset()


def proposals(review: ReviewRecord, document_id: str, engine: str) -> Proposed:
    """What one engine proposed for one document: values of its review, and passages in the document itself."""
    return proposed(
        (each for each in review.characteristics if each.engine == engine),
        (each for each in review.episodes if each.engine == engine and each.anchor.document_id == document_id),
        (each for each in review.recommendations if each.engine == engine and each.anchor.document_id == document_id),
    )


def _notes(gold: _Gold, found: dict[str, Candidate], fields: Collection[str]) -> list[str]:
    notes = []
    lost = [item.file for item in gold.documents if item.id not in found]
    if lost:
        notes.append(f"Not in the study, so not scored: {_some(lost)}.")
    unknown = sorted({key for item in gold.documents for key in (*item.values, *item.sets)} - set(fields))
    if unknown:
        notes.append(f"The protocol has no such field, so the label is not scored: {_some(unknown)}.")
    return notes


def _not_there(gold: _Gold) -> str:
    names = _some([item.file for item in gold.documents])
    return f"none of its {len(gold.documents)} documents is in the study; looked by file name and by text for {names}"


def _some(names: Sequence[str]) -> str:
    rest = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def labels_of_targets(documents: Iterable[GoldDocument], protocol: Protocol) -> dict[str, str]:
    """Targets of a gold and their values as people read them."""
    named = dict(TARGET_LABELS)
    for code in (*CODES, ADDRESSEE):
        named |= labels_of(code, protocol)
    for key in dict.fromkeys(key for item in documents for key in (*item.values, *item.sets)):
        named |= labels_of(key, protocol) | {key: field_label(key, protocol)}
    return named
