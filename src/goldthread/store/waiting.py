"""What waits for a person's decision, and what people decided, in as few columns as ranking needs."""

from __future__ import annotations

from typing import NamedTuple

import sqlalchemy as sa

from goldthread.screening.model import ScreeningState
from goldthread.store.schema import criterion_answer, decision, episode, journal, review
from goldthread.values import Basis, State

_SETTLING = ("decide", "confirm", "reject", "evaluate", "sample", "together", "apart")
"""Verbs that change what is decided, but neither what there is nor what it says."""
_SIDES = {ScreeningState.INCLUDED.value: 1.0, ScreeningState.EXCLUDED.value: -1.0}


class Waiting(NamedTuple):
    """Something a person can decide. `proposal` is a machine's word on it, from -1 (against) to 1 (for).

    `name` is the review's id, or that of a passage; `text` the review's title, or the words of the passage.
    """

    name: str
    review_id: str
    text: str
    about: str
    proposal: float


def shape(connection: sa.Connection) -> int:
    """A number that stays the same while nothing is added, read or suggested anew."""
    last = sa.select(sa.func.max(journal.c.n)).where(journal.c.verb.not_in(_SETTLING))
    return int(connection.execute(last).scalar() or 0)


def reviews(connection: sa.Connection) -> tuple[Waiting, ...]:
    """Every registered review with what an engine proposed for it."""
    sure = (
        sa.select(criterion_answer.c.review_id, sa.func.avg(criterion_answer.c.confidence).label("confidence"))
        .where(criterion_answer.c.state != State.SUPERSEDED.value)
        .group_by(criterion_answer.c.review_id)
        .subquery()
    )
    rows = connection.execute(
        sa.select(review.c.review_id, review.c.title, decision.c.decision, sure.c.confidence)
        .outerjoin(
            decision,
            sa.and_(decision.c.review_id == review.c.review_id, decision.c.basis == Basis.DRAFT.value),
        )
        .outerjoin(sure, sure.c.review_id == review.c.review_id)
        .order_by(review.c.position)
    )
    return tuple(
        Waiting(row.review_id, row.review_id, row.title, "", _SIDES.get(row.decision, 0.0) * _or_half(row.confidence))
        for row in rows
    )


def screened(connection: sa.Connection) -> dict[str, ScreeningState]:
    """Review id → what a person decided, the earliest decision first."""
    rows = connection.execute(
        sa.select(decision.c.review_id, decision.c.decision)
        .where(decision.c.basis == Basis.CONFIRMED.value)
        .order_by(decision.c.at, decision.c.review_id)
    )
    return {row.review_id: ScreeningState(row.decision) for row in rows}


def passages(connection: sa.Connection) -> tuple[Waiting, ...]:
    """Every coded passage that an engine proposed and nothing has superseded."""
    rows = connection.execute(
        sa.select(
            episode.c.episode_id,
            episode.c.review_id,
            episode.c.quote,
            episode.c.theme,
            episode.c.direction,
            episode.c.confidence,
        )
        .where(episode.c.state != State.SUPERSEDED.value)
        .order_by(episode.c.episode_id)
    )
    return tuple(
        Waiting(
            row.episode_id, row.review_id, row.quote, f"theme_{row.theme} {row.direction}", 2 * row.confidence - 1
        )
        for row in rows
    )


def settled_passages(connection: sa.Connection) -> dict[str, State]:
    """Episode id → confirmed or rejected, of the passages people settled."""
    rows = connection.execute(
        sa.select(episode.c.episode_id, episode.c.state)
        .where(episode.c.state.in_((State.CONFIRMED.value, State.REJECTED.value)))
        .order_by(episode.c.episode_id)
    )
    return {row.episode_id: State(row.state) for row in rows}


def _or_half(confidence: float | None) -> float:
    return 0.5 if confidence is None else float(confidence)
