"""One review with everything said about it, each thing with its key and a stamp of how it now stands."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import sqlalchemy as sa

from goldthread.coding.model import Episode, Link, Recommendation
from goldthread.extraction.model import Characteristic
from goldthread.quality.rating import judged, standing
from goldthread.screening.model import CriterionAnswer, ScreeningDecision
from goldthread.store import links, ratings
from goldthread.store.records import anchors_of, hashes_of
from goldthread.store.rows import answer_of, characteristic_of, episode_of, recommendation_of
from goldthread.store.schema import (
    characteristic,
    characteristic_anchor,
    criterion_anchor,
    criterion_answer,
    decision,
    document,
    episode,
    problem,
    recommendation,
    review,
)
from goldthread.store.suggestions import decision_from
from goldthread.values import Basis, State

Item = Characteristic | Episode | Recommendation | CriterionAnswer
"""Anything an engine proposes or a person says about a review."""
T = TypeVar("T", bound=Item)
T_co = TypeVar("T_co", bound=Item, covariant=True)
SHOWN = (State.SUGGESTED, State.CONFIRMED, State.REJECTED)
"""What a person working on a review sees: superseded suggestions are only in the history."""


@dataclass(frozen=True, slots=True)
class Kept(Generic[T_co]):
    """Something said about a review. `stamp` changes whenever it does: what was seen can be told from what is."""

    key: str
    stamp: str
    item: T_co


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """A document of a review, in its present version. `text_id` is the document whose text it has."""

    document_id: str
    file_name: str
    title: str
    format: str
    sha256: str
    version: int
    pages: int
    characters: int
    text_id: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewFile:
    """A review as somebody working on it sees it."""

    review_id: str
    title: str
    review_types: tuple[str, ...]
    source: str
    round: str
    publication_date: str
    url: str
    found_at: str
    documents: tuple[HeldDocument, ...]
    proposed: ScreeningDecision | None
    decided: ScreeningDecision | None
    answers: tuple[Kept[CriterionAnswer], ...]
    characteristics: tuple[Kept[Characteristic], ...]
    episodes: tuple[Kept[Episode], ...]
    recommendations: tuple[Kept[Recommendation], ...]
    ratings: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def stamp(self) -> str:
        """The stamp of a person's screening decision; "" while there is none."""
        return stamp_of(self.decided) if self.decided else ""


def stamp_of(item: object) -> str:
    """A short hash of a frozen value."""
    return hashlib.sha256(repr(item).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def load(connection: sa.Connection, review_id: str, states: Sequence[State] = SHOWN) -> ReviewFile | None:
    """Everything about one review; None when there is no such review."""
    row = connection.execute(sa.select(review).where(review.c.review_id == review_id)).first()
    if row is None:
        return None
    decisions = {
        made.basis: made
        for made in (
            decision_from(one._mapping)
            for one in connection.execute(sa.select(decision).where(decision.c.review_id == review_id))
        )
    }
    return ReviewFile(
        review_id=review_id,
        title=row.title,
        review_types=tuple(row.review_types),
        source=row.source,
        round=row.round,
        publication_date=row.publication_date,
        url=row.url,
        found_at=row.found_at,
        documents=_documents(connection, review_id),
        proposed=decisions.get(Basis.DRAFT),
        decided=decisions.get(Basis.CONFIRMED),
        answers=answers(connection, review_id, states),
        characteristics=characteristics(connection, review_id, states),
        episodes=episodes(connection, review_id, states),
        recommendations=recommendations(connection, review_id, states),
        ratings=standing(judged(ratings.of_review(connection, review_id))),
        links=links.of_review(connection, review_id),
    )


def _documents(connection: sa.Connection, review_id: str) -> tuple[HeldDocument, ...]:
    messages: dict[str, list[str]] = defaultdict(list)
    listed = (
        sa.select(problem.c.document_id, problem.c.message)
        .join(document, document.c.document_id == problem.c.document_id)
        .where(document.c.review_id == review_id)
        .order_by(problem.c.problem_id)
    )
    for one in connection.execute(listed):
        messages[one.document_id].append(one.message)
    rows = connection.execute(
        sa.select(document).where(document.c.review_id == review_id).order_by(document.c.position)
    ).all()
    originals = {row.duplicate_of for row in rows if row.duplicate_of}
    sizes = {
        row.document_id: row
        for row in connection.execute(sa.select(document).where(document.c.document_id.in_(originals)))
    }
    return tuple(
        HeldDocument(
            document_id=row.document_id,
            file_name=row.file_name,
            title=row.title,
            format=sizes[row.duplicate_of].format if row.duplicate_of else row.format,
            sha256=row.sha256,
            version=row.version,
            pages=sizes[row.duplicate_of].pages if row.duplicate_of else row.pages,
            characters=row.characters,
            text_id=row.duplicate_of or row.document_id,
            problems=tuple(messages[row.document_id]),
        )
        for row in rows
    )


def characteristics(
    connection: sa.Connection, review_id: str, states: Sequence[State] = SHOWN
) -> tuple[Kept[Characteristic], ...]:
    """The values logged for a review, in the order they were made."""
    key = characteristic.c.characteristic_id
    evidence = anchors_of(connection, characteristic_anchor, _keys(key, characteristic, review_id))

    def made(row: sa.Row[tuple[object, ...]]) -> Characteristic:
        return characteristic_of(row, evidence[row.characteristic_id])

    return _kept(connection, characteristic, key, review_id, states, made)


def answers(
    connection: sa.Connection, review_id: str, states: Sequence[State] = SHOWN
) -> tuple[Kept[CriterionAnswer], ...]:
    """The answers to the criteria, in the order they were made."""
    key = criterion_answer.c.answer_id
    evidence = anchors_of(connection, criterion_anchor, _keys(key, criterion_answer, review_id))

    def made(row: sa.Row[tuple[object, ...]]) -> CriterionAnswer:
        return answer_of(row, evidence[row.answer_id])

    return _kept(connection, criterion_answer, key, review_id, states, made)


def episodes(connection: sa.Connection, review_id: str, states: Sequence[State] = SHOWN) -> tuple[Kept[Episode], ...]:
    """The coded passages, in the order they stand in the documents."""
    hashes = hashes_of(connection, review_id)

    def made(row: sa.Row[tuple[object, ...]]) -> Episode:
        return episode_of(row, hashes)

    found = _kept(connection, episode, episode.c.episode_id, review_id, states, made)
    return tuple(sorted(found, key=lambda one: (one.item.anchor.document_id, one.item.anchor.start, one.key)))


def recommendations(
    connection: sa.Connection, review_id: str, states: Sequence[State] = SHOWN
) -> tuple[Kept[Recommendation], ...]:
    """The recommendations, in the order they stand in the documents."""
    hashes = hashes_of(connection, review_id)

    def made(row: sa.Row[tuple[object, ...]]) -> Recommendation:
        return recommendation_of(row, hashes)

    found = _kept(connection, recommendation, recommendation.c.recommendation_id, review_id, states, made)
    return tuple(sorted(found, key=lambda one: (one.item.anchor.document_id, one.item.anchor.start, one.key)))


def _keys(key: sa.Column[int], table: sa.Table, review_id: str) -> sa.Select[int]:
    return sa.select(key).where(table.c.review_id == review_id)


def _kept(
    connection: sa.Connection,
    table: sa.Table,
    key: sa.Column[int] | sa.Column[str],
    review_id: str,
    states: Sequence[State],
    made: Callable[[sa.Row[tuple[object, ...]]], T],
) -> tuple[Kept[T], ...]:
    rows = connection.execute(
        sa.select(table)
        .where(table.c.review_id == review_id, table.c.state.in_([state.value for state in states]))
        .order_by(key)
    ).all()
    return tuple(Kept(str(row._mapping[key.name]), stamp_of(item := made(row)), item) for row in rows)
