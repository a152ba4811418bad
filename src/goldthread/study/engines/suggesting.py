"""Suggesting: every review read by an engine, its proposals saved with their evidence and screened by the rules."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from goldthread.anchors import verify
from goldthread.assist.engine import Engine, ReadDocument, ReviewText, Suggestions
from goldthread.assist.engines import engine, reads_words, usual
from goldthread.assist.llm.spending import Spent
from goldthread.documents.encode import decode_layers
from goldthread.documents.limits import Limits
from goldthread.documents.pool import Budget, Failure, run_limited
from goldthread.protocol.amend.amendments import Amendment, amended
from goldthread.protocol.cases import CaseTemplate, register_facts
from goldthread.protocol.load import load
from goldthread.protocol.model import Protocol
from goldthread.screening.criteria import answer_criteria, propose
from goldthread.screening.model import CriterionAnswer, ScreeningDecision
from goldthread.store import documents, journal, reviews, suggestions
from goldthread.store.others import values_of_others
from goldthread.store.reviews import NewProblem
from goldthread.store.settled import settled
from goldthread.study.folder import PROTOCOL, Held
from goldthread.study.progress import Progress
from goldthread.values import Basis

_NOTHING = Suggestions((), (), (), ())
_CHARACTERS_PER_TASK = 150_000
_REVIEWS_PER_TASK = 32
_SECONDS_PER_BATCH = 300.0


@dataclass(frozen=True, slots=True)
class Told:
    """What asking a language model came to. `stopped` says why not everything was asked; "" when it was."""

    asked: int
    reused: int
    unanswered: int
    discarded: Mapping[str, int]
    spent: Spent
    stopped: str = ""


@dataclass(frozen=True, slots=True)
class Suggested:
    """What suggesting did, in counts of reviews and of suggestions; `told` when a language model was asked."""

    reviews: int
    unchanged: int
    characteristics: int = 0
    episodes: int = 0
    recommendations: int = 0
    failed: int = 0
    told: Told | None = None

    def plus(self, proposed: Suggestions, failed: bool) -> Suggested:
        """These counts and those of one more review."""
        return replace(
            self,
            characteristics=self.characteristics + len(proposed.characteristics),
            episodes=self.episodes + len(proposed.episodes),
            recommendations=self.recommendations + len(proposed.recommendations),
            failed=self.failed + failed,
        )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A review an engine has not read in its present state."""

    review_id: str
    fingerprint: str
    characters: int
    pages: int
    readable: bool
    duplicate: bool
    place: str


def suggest(held: Held, engine_name: str, who: str, limits: Limits, progress: Progress) -> Suggested:
    """Have an engine read every review it has not read in its present state.

    Interrupted at any moment and called again, it goes on where it was. A review on which the engine
    fails becomes a problem and the others go on. Without a name it is the usual engine of the protocol.
    """
    engine_name = engine_name or usual(held.protocol)
    chosen = engine(engine_name)
    open_, unchanged = waiting(held, chosen)
    progress.stage("Reading for suggestions", len(open_))
    done = Suggested(len(open_), unchanged)
    for item, result in _proposals(held, engine_name, open_, limits):
        failure = result if isinstance(result, Failure) else None
        proposed = _NOTHING if isinstance(result, Failure) else result
        kept = save(held, item, chosen, proposed, who, problems=[_engine_problem(item, failure)] if failure else [])
        done = done.plus(kept, failure is not None)
        progress.step()
    return done


@dataclass(frozen=True, slots=True)
class StoredReview:
    """A review as it is stored: what is known of it, and each document with its pages' layers still encoded."""

    known: ReviewText
    layers: tuple[tuple[bytes, ...], ...]

    def unfolded(self) -> ReviewText:
        """The review as engines see it."""
        pairs = zip(self.known.documents, self.layers, strict=True)
        return replace(self.known, documents=tuple(_unfolded(document, encoded) for document, encoded in pairs))


def _unfolded(read: ReadDocument, encoded: Sequence[bytes]) -> ReadDocument:
    text = read.text
    pages = zip(encoded, text.page_starts, text.pages, strict=True)
    return replace(
        read,
        pages=tuple(
            decode_layers(layers, number=number, start=start, text=words)
            for number, (layers, start, words) in enumerate(pages, 1)
        ),
    )


def read_reviews(
    engine_name: str, protocol_folder: str, amendments: tuple[Amendment, ...], stored: Sequence[StoredReview]
) -> list[Suggestions]:
    """Run an engine over some reviews; what a child process is asked to do."""
    chosen, protocol = engine(engine_name), _protocol(protocol_folder, amendments)
    return [chosen.suggest(item.unfolded(), protocol) for item in stored]


@cache
def _protocol(folder: str, amendments: tuple[Amendment, ...]) -> Protocol:
    return amended(load(Path(folder)), amendments)


def stored_review(connection: sa.Connection, review_id: str) -> StoredReview:
    """A review with its documents but for exact duplicates and those without text."""
    held = reviews.one(connection, review_id)
    rows = documents.with_text(connection, review_id)
    texts = documents.texts(connection, [row.document_id for row in rows])
    known = ReviewText(
        review_id=review_id,
        title=held.title,
        review_types=tuple(held.review_types),
        publication_date=held.publication_date,
        source=held.source,
        documents=tuple(
            ReadDocument(text, row.file_name, row.format, row.title, ())
            for row, text in zip(rows, texts, strict=True)
        ),
    )
    return StoredReview(known, tuple(documents.layers(connection, row.document_id, row.version) for row in rows))


def waiting(held: Held, chosen: Engine) -> tuple[list[Waiting], int]:
    """Reviews whose text, protocol or engine changed since this engine read them, and how many did not."""
    with held.database.read() as connection:
        held.rules.renew(connection)
        rules = held.fingerprint(words=reads_words(chosen))
        done = suggestions.fingerprints(connection, chosen.name)
        grouped = reviews.with_documents(connection)
    found = []
    for review_id, parts in grouped.items():
        item = _described(chosen, rules, review_id, parts)
        if done.get(review_id) != item.fingerprint:
            found.append(item)
    return found, len(grouped) - len(found)


def _described(chosen: Engine, rules: str, review_id: str, present: Sequence[sa.Row[tuple[Any, ...]]]) -> Waiting:
    read = [part for part in present if part.duplicate_of is None and part.pages > 0]
    texts = "".join(f"{part.document_id}{part.text_sha256}{part.duplicate_of or ''}" for part in present)
    mark = "\n".join((chosen.name, chosen.version, rules, texts))
    return Waiting(
        review_id=review_id,
        fingerprint=hashlib.sha256(mark.encode()).hexdigest(),
        characters=sum(part.characters for part in read),
        pages=sum(part.pages for part in read),
        readable=any(part.characters for part in read),
        duplicate=bool(present) and all(part.duplicate_of for part in present),
        place=present[0].file_name if present else review_id,
    )


def _proposals(
    held: Held, engine_name: str, waiting: Sequence[Waiting], limits: Limits
) -> Iterator[tuple[Waiting, Suggestions | Failure]]:
    """Each waiting review with what the engine proposes for it, in order, read in child processes."""
    batches = list(_batches(waiting))
    read = partial(read_reviews, engine_name, str((held.folder / PROTOCOL).resolve()), held.rules.standing)

    def jobs() -> Iterator[tuple[int, list[StoredReview]]]:
        for number, batch in enumerate(batches):
            with held.database.read() as connection:
                yield number, [stored_review(connection, item.review_id) for item in batch if item.readable]

    budget = Budget(_SECONDS_PER_BATCH, limits.memory)
    for number, result in run_limited(read, jobs(), budget=budget):
        batch = batches[number]
        if isinstance(result, Failure) and len(batch) > 1:
            for item in batch:
                yield from _proposals(held, engine_name, [item], limits)
            continue
        found = iter(() if isinstance(result, Failure) else result)
        for item in batch:
            if not item.readable:
                yield item, _NOTHING
            else:
                yield item, result if isinstance(result, Failure) else next(found)


def _batches(waiting: Sequence[Waiting]) -> Iterator[list[Waiting]]:
    """Reviews in runs of about equal text, so that small ones do not each pay for a process's attention."""
    batch: list[Waiting] = []
    size = 0
    for item in waiting:
        batch.append(item)
        size += item.characters
        if size >= _CHARACTERS_PER_TASK or len(batch) == _REVIEWS_PER_TASK:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def save(
    held: Held,
    item: Waiting,
    chosen: Engine,
    proposed: Suggestions,
    who: str,
    *,
    problems: Sequence[NewProblem] = (),
    noted: Mapping[str, object] = MappingProxyType({}),
    finished: bool = True,
) -> Suggestions:
    """One transaction: the suggestions, each anchor verified, the answers and the proposed decision.

    What a person settled before is not suggested again; returns what was. `noted` goes into the journal beside the
    counts; unless `finished` the engine reads the review again the next time.
    """
    with held.database.write(repeatable=True) as connection:
        _verify_all(connection, proposed)
        held.rules.renew(connection)
        proposed = _as_offered(proposed, held.protocol)
        known = settled(connection, item.review_id)
        kept = known.open(proposed)
        if suggestions.was_read(connection, item.review_id, chosen.name, item.fingerprint):
            return kept  # another process has saved the same since this one began to read
        answers, made = _screen(connection, held, item, chosen, proposed)
        suggestions.replace(connection, item.review_id, chosen.name, kept, known.open_answers(answers))
        suggestions.save_decision(connection, made)
        reviews.add_problems(connection, problems)
        mark = item.fingerprint if finished else ""
        suggestions.mark_run(connection, item.review_id, chosen.name, chosen.version, mark, journal.now())
        journal.append(
            connection,
            who,
            "suggest",
            item.review_id,
            after={
                "engine": f"{chosen.name} {chosen.version}",
                "characteristics": len(kept.characteristics),
                "episodes": len(kept.episodes),
                "recommendations": len(kept.recommendations),
                "decision": made.decision.value,
                "reason": made.reason,
                **noted,
            },
        )
    return kept


def _as_offered(proposed: Suggestions, protocol: Protocol) -> Suggestions:
    """The passages under codes that are offered: what engines know by a former name is put where it belongs now."""
    episodes = []
    for item in proposed.episodes:
        theme, subtheme = protocol.codebook.offer(item.theme, item.subtheme)
        episodes.append(replace(item, theme=theme, subtheme=subtheme))
    return replace(proposed, episodes=tuple(episodes))


def _engine_problem(item: Waiting, failure: Failure) -> NewProblem:
    message = f"the engine gave up: {failure.code} {failure.detail}"
    return NewProblem(
        item.place, "engine", message, "run `goldthread suggest` again; if it fails again, report the file"
    )


def _screen(
    connection: sa.Connection, held: Held, item: Waiting, chosen: Engine, proposed: Suggestions
) -> tuple[tuple[CriterionAnswer, ...], ScreeningDecision]:
    """What the protocol's rules make of an engine's values for one review, and of all engines' values together.

    The answers are this engine's own. The one proposed decision rests on what every engine proposes, and is the same
    in whatever order they read.
    """
    known = reviews.one(connection, item.review_id)
    facts = register_facts(
        known.review_types,
        source=known.source,
        round=known.round,
        publication_date=known.publication_date,
        pages=item.pages,
    )
    template = CaseTemplate(held.protocol, Basis.DRAFT)
    others = values_of_others(connection, item.review_id, chosen.name)
    own, together = (
        template.case(proposed.characteristics, facts),
        template.case(others + proposed.characteristics, facts),
    )
    answers = answer_criteria(item.review_id, own, held.protocol, author=chosen.name, engine=chosen.name)
    joint = answer_criteria(item.review_id, together, held.protocol, author=chosen.name, engine=chosen.name)
    made = propose(
        item.review_id,
        joint if others else answers,
        together,
        held.protocol,
        author=chosen.name,
        at=journal.now(),
        duplicate=item.duplicate,
        unreadable=not item.readable and not item.duplicate,
    )
    return answers, made


def _verify_all(connection: sa.Connection, proposed: Suggestions) -> None:
    """Raise BrokenAnchor unless every anchor reads, letter for letter, as the stored text does."""
    anchors = [found for item in proposed.characteristics for found in item.anchors]
    anchors += [item.anchor for item in proposed.episodes]
    anchors += [item.anchor for item in proposed.recommendations]
    wanted = sorted({found.document_id for found in anchors})
    texts = {text.document_id: text for text in documents.texts(connection, wanted)}
    for found in anchors:
        verify(found, texts[found.document_id])
