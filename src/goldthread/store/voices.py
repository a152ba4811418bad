"""Votes of second screeners, and saved views."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from goldthread.screening.model import ScreeningDecision, ScreeningState
from goldthread.screening.second import Vote
from goldthread.store.schema import decision, review, saved_view, vote
from goldthread.store.suggestions import decision_from
from goldthread.values import Basis


@dataclass(frozen=True, slots=True)
class View:
    """A list somebody wants to find again: its name and the address that shows it."""

    name: str
    address: str
    author: str


def decided(connection: sa.Connection) -> dict[str, ScreeningDecision]:
    """Every review a person screened, in the order of registration."""
    rows = connection.execute(
        sa.select(decision)
        .join(review, review.c.review_id == decision.c.review_id)
        .where(decision.c.basis == Basis.CONFIRMED.value)
        .order_by(review.c.position)
    )
    return {row.review_id: decision_from(row._mapping) for row in rows}


def votes(connection: sa.Connection) -> tuple[Vote, ...]:
    """Every vote, review by review."""
    rows = connection.execute(sa.select(vote).order_by(vote.c.review_id, vote.c.who))
    return tuple(
        Vote(row.review_id, row.who, ScreeningState(row.decision), row.reason, row.at, row.resolved_by)
        for row in rows
    )


def cast(connection: sa.Connection, made: Vote) -> None:
    """Keep a vote; one person has one vote a review."""
    connection.execute(vote.delete().where(vote.c.review_id == made.review_id, vote.c.who == made.who))
    connection.execute(
        vote.insert().values(
            review_id=made.review_id,
            who=made.who,
            decision=made.decision.value,
            reason=made.reason,
            at=made.at,
            resolved_by=made.resolved_by,
        )
    )


def resolved(connection: sa.Connection, review_id: str, by: str) -> None:
    """Mark every vote on a review as settled."""
    connection.execute(vote.update().where(vote.c.review_id == review_id).values(resolved_by=by))


def views(connection: sa.Connection) -> tuple[View, ...]:
    """The saved views by name."""
    return tuple(
        View(**row._mapping) for row in connection.execute(sa.select(saved_view).order_by(saved_view.c.name))
    )


def save_view(connection: sa.Connection, made: View) -> None:
    """Keep a view in place of one of the same name; without an address it is forgotten."""
    connection.execute(saved_view.delete().where(saved_view.c.name == made.name))
    if made.address:
        connection.execute(saved_view.insert().values(name=made.name, address=made.address, author=made.author))
