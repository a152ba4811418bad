"""How reviews stand that several are changed at once: screened, in which round, and of which type."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from goldthread.screening.model import ScreeningDecision
from goldthread.store.reviews import ensure_rounds
from goldthread.store.schema import decision, review
from goldthread.store.suggestions import decision_from
from goldthread.values import Basis


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's decision on a review, the round it belongs to, and its types."""

    decided: ScreeningDecision | None
    round: str
    review_types: tuple[str, ...]


def standings(connection: sa.Connection, review_ids: Collection[str]) -> dict[str, Standing]:
    """How some reviews stand, by id, in the order of registration; an id nobody has is left out."""
    wanted = sorted(review_ids)
    made = {
        row.review_id: decision_from(row._mapping)
        for row in connection.execute(
            sa.select(decision).where(decision.c.basis == Basis.CONFIRMED.value, decision.c.review_id.in_(wanted))
        )
    }
    rows = connection.execute(
        sa.select(review.c.review_id, review.c.round, review.c.review_types)
        .where(review.c.review_id.in_(wanted))
        .order_by(review.c.position)
    )
    return {row.review_id: Standing(made.get(row.review_id), row.round, tuple(row.review_types)) for row in rows}


def put_into_round(connection: sa.Connection, review_id: str, name: str) -> None:
    """Let a review belong to a round, which is made where there is none of that name."""
    ensure_rounds(connection, [name])
    connection.execute(review.update().where(review.c.review_id == review_id).values(round=name))


def give_types(connection: sa.Connection, review_id: str, types: Collection[str]) -> None:
    """Give a review other types."""
    connection.execute(review.update().where(review.c.review_id == review_id).values(review_types=list(types)))
