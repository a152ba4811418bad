"""A whole study read at one moment into the frozen records that the pure rules count."""

from __future__ import annotations

import gc
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from goldthread.analysis.records import (
    DocumentRecord,
    EngineRecord,
    ReviewRecord,
    RoundRecord,
    StudyRecord,
)
from goldthread.anchors import Anchor
from goldthread.coding.model import Episode, Recommendation
from goldthread.coding.voices import joining
from goldthread.extraction.model import Characteristic
from goldthread.quality.rating import by_review, standing
from goldthread.screening.model import CriterionAnswer, ScreeningDecision
from goldthread.store import journal, links, measurements, populations, ratings
from goldthread.store.documents import near_duplicates
from goldthread.store.rows import MISSING, STATES, anchor_of, answer_of
from goldthread.store.schema import (
    characteristic,
    characteristic_anchor,
    criterion_anchor,
    criterion_answer,
    decision,
    document,
    edition,
    episode,
    problem,
    recommendation,
    review,
    round_,
    study,
    suggestion_run,
)
from goldthread.store.suggestions import anchor_row, decision_from
from goldthread.values import Basis, State

LIVE = (State.SUGGESTED, State.CONFIRMED)
_AT_ONCE = 2000
"""So many rows are taken from the database at a time."""


def load(
    connection: sa.Connection,
    versions: Mapping[str, str],
    citations: Mapping[str, str],
    states: Sequence[State] = LIVE,
) -> StudyRecord:
    """Read everything outputs may say, suggestions of those states only.

    `citations` maps review ids to how they are cited; `versions` names the software in use.
    """
    held = connection.execute(sa.select(study)).one()
    with _unswept():
        parts = _Parts(connection, states)
        reviews = tuple(
            parts.review(row, citations[row.review_id])
            for row in connection.execute(sa.select(review).order_by(review.c.position))
        )
    return StudyRecord(
        name=held.name,
        created=held.created,
        state=journal.state(connection),
        reviews=reviews,
        rounds=_rounds(connection),
        engines=engines(connection),
        versions=dict(versions),
        measured=measurements.known(connection),
        populations=populations.known(connection),
    )


@contextmanager
def _unswept() -> Iterator[None]:
    """Without the collector of unused values: it would look at every value read again and again, and all are used."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def anchored(connection: sa.Connection) -> Iterator[tuple[str, Anchor]]:
    """Every anchor of the study, with what rests on it, document by document, superseded ones included."""
    hashes = _hashes(connection)
    sources = (
        (characteristic_anchor, "characteristic ", characteristic_anchor.c.characteristic_id),
        (criterion_anchor, "answer ", criterion_anchor.c.answer_id),
        (episode, "episode ", episode.c.episode_id),
        (recommendation, "recommendation ", recommendation.c.recommendation_id),
    )
    for table, what, key in sources:
        for row in connection.execute(sa.select(table, key.label("owner")).order_by(table.c.document_id)):
            yield what + str(row.owner), anchor_of(row, hashes)


def move_anchors(
    connection: sa.Connection, document_id: str, place: Callable[[Anchor], Anchor | None]
) -> tuple[int, tuple[Anchor, ...]]:
    """Carry every anchor on a document to where `place` finds it in the present version.

    Returns how many were carried, and those that found no place and stay with the version they were made on.
    """
    hashes = _hashes(connection)
    moved, lost = 0, []
    for table in (characteristic_anchor, criterion_anchor, episode, recommendation):
        keys = list(table.primary_key.columns)
        for row in connection.execute(sa.select(table).where(table.c.document_id == document_id)).all():
            old = anchor_of(row, hashes)
            new = place(old)
            if new is None:
                lost.append(old)
                continue
            moved += 1
            where = [key == row._mapping[key.name] for key in keys]
            connection.execute(table.update().where(*where).values(anchor_row(new)))
    return moved, tuple(dict.fromkeys(lost))


def hashes_of(connection: sa.Connection, review_id: str) -> dict[tuple[str, int], str]:
    """The hash of the file each version of each document of one review was read from."""
    rows = connection.execute(
        sa.select(edition.c.document_id, edition.c.version, edition.c.sha256)
        .join(document, document.c.document_id == edition.c.document_id)
        .where(document.c.review_id == review_id)
    )
    return {(row.document_id, row.version): row.sha256 for row in rows}


def anchors_of(connection: sa.Connection, table: sa.Table, owners: sa.Select[int]) -> defaultdict[int, list[Anchor]]:
    """The anchors of some owners, by owner, in order. `table` is one of the tables of anchors."""
    key = next(iter(table.primary_key.columns))
    rows = connection.execute(
        sa.select(table, key.label("owner"), edition.c.sha256)
        .join(
            edition,
            sa.and_(edition.c.document_id == table.c.document_id, edition.c.version == table.c.version),
        )
        .where(key.in_(owners))
        .order_by(key, table.c.n)
    )
    found: defaultdict[int, list[Anchor]] = defaultdict(list)
    for row in rows:
        found[row.owner].append(anchor_of(row, {(row.document_id, row.version): row.sha256}))
    return found


def _hashes(connection: sa.Connection) -> dict[tuple[str, int], str]:
    """The hash of the file each version of each document was read from."""
    rows = connection.execute(sa.select(edition.c.document_id, edition.c.version, edition.c.sha256))
    return {(row.document_id, row.version): row.sha256 for row in rows}


class _Parts:
    """Everything below a review, read once and grouped by review."""

    def __init__(self, connection: sa.Connection, states: Sequence[State]) -> None:
        self._connection = connection
        self._states = [state.value for state in states]
        self._hashes = _hashes(connection)
        self._documents = self._read_documents()
        self._decisions = self._read_decisions()
        self._characteristics = self._read_characteristics()
        self._answers = self._read_answers()
        self._episodes = self._read_episodes()
        self._recommendations = self._read_recommendations()
        self._ratings = self._read_ratings()
        self._links = links.every(connection)

    def review(self, row: sa.Row[tuple[object, ...]], citation: str) -> ReviewRecord:
        key = row.review_id
        return ReviewRecord(
            review_id=key,
            title=row.title,
            citation=citation,
            review_types=tuple(row.review_types),
            source=row.source,
            round=row.round,
            publication_date=row.publication_date,
            url=row.url,
            found_at=row.found_at,
            documents=tuple(self._documents[key]),
            decision=self._decisions.get(key),
            answers=tuple(self._answers[key]),
            characteristics=tuple(self._characteristics[key]),
            episodes=tuple(self._episodes[key]),
            recommendations=tuple(self._recommendations[key]),
            ratings=self._ratings.get(key, ()),
            links=joining(self._links[key], self._episodes[key], self._recommendations[key]),
        )

    def _read_documents(self) -> dict[str, list[DocumentRecord]]:
        near = near_duplicates(self._connection)
        messages: dict[str, list[str]] = defaultdict(list)
        listed = sa.select(problem).where(problem.c.document_id.is_not(None)).order_by(problem.c.problem_id)
        for row in self._connection.execute(listed):
            messages[row.document_id].append(row.message)
        found: dict[str, list[DocumentRecord]] = defaultdict(list)
        rows = self._connection.execute(sa.select(document).order_by(document.c.position)).all()
        by_id = {row.document_id: row for row in rows}
        for row in rows:
            text = by_id[row.duplicate_of or row.document_id]
            found[row.review_id].append(
                DocumentRecord(
                    document_id=row.document_id,
                    file_name=row.file_name,
                    sha256=row.sha256,
                    format=text.format,
                    pages=text.pages,
                    characters=text.characters,
                    problems=tuple(messages[row.document_id]),
                    duplicate_of=row.duplicate_of or "",
                    near_duplicates=near.get(row.document_id, ()),
                )
            )
        return found

    def _read_ratings(self) -> dict[str, tuple[tuple[str, str], ...]]:
        return {review: standing(found) for review, found in by_review(ratings.every(self._connection)).items()}

    def _read_decisions(self) -> dict[str, ScreeningDecision]:
        """A person's decision where there is one, else the proposed one."""
        found: dict[str, ScreeningDecision] = {}
        for row in self._connection.execute(sa.select(decision)):
            made = decision_from(row._mapping)
            if made.basis is Basis.CONFIRMED or made.review_id not in found:
                found[made.review_id] = made
        return found

    def _read_characteristics(self) -> dict[str, list[Characteristic]]:
        evidence = self._evidence(characteristic_anchor, characteristic_anchor.c.characteristic_id)
        at = characteristic.c
        columns = (at.review_id, at.subject_no, at.field, at.value, at.missing, *_by(characteristic))
        found: dict[str, list[Characteristic]] = defaultdict(list)
        for row in self._live(at.characteristic_id, *columns):
            key, review_id, subject, field, value, missing, state, author, engine, sure = row
            said = (value, MISSING[missing] if missing else None, STATES[state], author, engine, sure)
            words = tuple(evidence.get(key, ()))
            found[review_id].append(Characteristic(review_id, subject, field, *said, words))
        return found

    def _read_answers(self) -> dict[str, list[CriterionAnswer]]:
        evidence = self._evidence(criterion_anchor, criterion_anchor.c.answer_id)
        found: dict[str, list[CriterionAnswer]] = defaultdict(list)
        for row in self._live(criterion_answer.c.answer_id, *criterion_answer.c):
            found[row.review_id].append(answer_of(row, evidence[row.answer_id]))
        return found

    def _read_episodes(self) -> dict[str, list[Episode]]:
        at = episode.c
        codes = (at.review_id, at.theme, at.subtheme, at.direction, at.explanation, at.whose)
        lists = (sa.type_coerce(at.agencies, sa.Text), sa.type_coerce(at.vulnerabilities, sa.Text))
        columns = (*codes, *_by(episode), *lists, at.memo, *_words(episode))
        found: dict[str, list[Episode]] = defaultdict(list)
        for key, review_id, *row in self._live(at.episode_id, *columns):
            theme, subtheme, direction, explanation, whose, state, author, engine, sure, bodies, people, memo = row[
                :12
            ]
            said = (theme, subtheme, direction, explanation, whose, STATES[state], author, engine, sure)
            more = (self._anchor(*row[12:]), _listed(bodies), _listed(people), memo)
            found[review_id].append(Episode(review_id, key, *said, *more))
        return found

    def _read_recommendations(self) -> dict[str, list[Recommendation]]:
        at = recommendation.c
        columns = (at.review_id, at.text, at.addressee, at.scope, *_by(recommendation), *_words(recommendation))
        found: dict[str, list[Recommendation]] = defaultdict(list)
        for key, review_id, *row in self._live(at.recommendation_id, *columns):
            text, addressee, scope, state, author, engine, sure = row[:7]
            said = (text, addressee, scope, STATES[state], author, engine, sure, self._anchor(*row[7:]))
            found[review_id].append(Recommendation(review_id, key, *said))
        return found

    def _live(self, key: sa.Column[int] | sa.Column[str], *columns: sa.ColumnElement[Any]) -> Iterator[Any]:
        """The rows in the states asked for, in the order of their key, which is each one's first column."""
        states = key.table.c.state.in_(self._states)
        rows = self._connection.execute(sa.select(key, *columns).where(states).order_by(key))
        return (row for some in rows.partitions(_AT_ONCE) for row in some)

    def _evidence(self, table: sa.Table, key: sa.Column[int]) -> dict[int, list[Anchor]]:
        found: dict[int, list[Anchor]] = defaultdict(list)
        rows = self._connection.execute(sa.select(key, *_words(table)).order_by(key, table.c.n))
        for owner, *words in (row for some in rows.partitions(_AT_ONCE) for row in some):
            found[owner].append(self._anchor(*words))
        return found

    def _anchor(self, document_id: str, version: int, *words: Any) -> Anchor:
        return Anchor(document_id, self._hashes[document_id, version], version, *words)


@lru_cache(maxsize=4096)
def _listed(text: str) -> tuple[str, ...]:
    """A list of ids as it is stored; there are few different ones."""
    return tuple(json.loads(text))


def _words(table: sa.Table) -> tuple[sa.Column[Any], ...]:
    at = table.c
    return (at.document_id, at.version, at.start, at.end, at.page, at.quote, at.before, at.after)


def _by(table: sa.Table) -> tuple[sa.Column[Any], ...]:
    return (table.c.state, table.c.author, table.c.engine, table.c.confidence)


def _rounds(connection: sa.Connection) -> tuple[RoundRecord, ...]:
    rows = connection.execute(sa.select(round_).order_by(round_.c.round))
    return tuple(RoundRecord(row.round, row.label, row.opens, row.closes) for row in rows)


def engines(connection: sa.Connection) -> tuple[EngineRecord, ...]:
    """The engines that were run, and on how many reviews."""
    run = suggestion_run.c
    rows = connection.execute(
        sa.select(run.engine, run.engine_version, sa.func.count().label("reviews"), sa.func.max(run.at).label("last"))
        .group_by(run.engine, run.engine_version)
        .order_by(run.engine, run.engine_version)
    )
    return tuple(EngineRecord(row.engine, row.engine_version, row.reviews, row.last) for row in rows)
