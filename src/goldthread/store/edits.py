"""What a person adds, changes or takes back, row by row; each returns the key of what it wrote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from goldthread.assist.engine import Suggestions
from goldthread.coding.model import Episode, Recommendation
from goldthread.extraction.model import Characteristic
from goldthread.screening.model import ScreeningDecision
from goldthread.store import suggestions
from goldthread.store.schema import (
    characteristic,
    criterion_answer,
    decision,
    document,
    episode,
    recommendation,
    review,
)
from goldthread.store.suggestions import decision_from
from goldthread.values import Basis, State

_NO_KEY = -1
_TABLES: dict[str, tuple[sa.Table, sa.Column[int] | sa.Column[str]]] = {
    "characteristics": (characteristic, characteristic.c.characteristic_id),
    "answers": (criterion_answer, criterion_answer.c.answer_id),
    "episodes": (episode, episode.c.episode_id),
    "recommendations": (recommendation, recommendation.c.recommendation_id),
}


def review_of_document(connection: sa.Connection, document_id: str) -> tuple[str, int] | None:
    """The review a document belongs to and its present version; None for an unknown document."""
    row = connection.execute(
        sa.select(document.c.review_id, document.c.version).where(document.c.document_id == document_id)
    ).first()
    return (row.review_id, row.version) if row else None


def exists(connection: sa.Connection, review_id: str) -> bool:
    """Whether the study has this review."""
    return (
        connection.execute(sa.select(review.c.review_id).where(review.c.review_id == review_id)).first() is not None
    )


def open_suggestions(
    connection: sa.Connection, kind: str, review_id: str, keys: Sequence[str] = ()
) -> Sequence[sa.Row[tuple[Any, ...]]]:
    """What is still suggested of a review, all or with these keys, each row with its `key`, in their order."""
    table, column = _TABLES[kind]
    where = [table.c.review_id == review_id, table.c.state == State.SUGGESTED.value]
    if keys:
        where.append(column.in_([_typed(column, key) for key in keys]))
    return connection.execute(sa.select(table, column.label("key")).where(*where).order_by(column)).all()


def settle(connection: sa.Connection, kind: str, keys: Sequence[str], state: State, author: str) -> None:
    """Give what has these keys another state, on somebody's word."""
    table, column = _TABLES[kind]
    chosen = column.in_([_typed(column, key) for key in keys])
    connection.execute(table.update().where(chosen).values(state=state.value, author=author))


def set_state(connection: sa.Connection, kind: str, key: str, state: State, author: str) -> None:
    """Give one thing said about a review another state, on somebody's word."""
    table, column = _TABLES[kind]
    connection.execute(table.update().where(column == _typed(column, key)).values(state=state.value, author=author))


def add_value(connection: sa.Connection, item: Characteristic) -> str:
    """Keep a person's value."""
    suggestions.save(connection, item.review_id, Suggestions((), (item,), (), ()))
    return str(_last(connection, characteristic.c.characteristic_id))


def add_episode(connection: sa.Connection, item: Episode) -> str:
    """Keep a person's coding of a passage."""
    suggestions.save(connection, item.review_id, Suggestions((), (), (item,), ()))
    return _newest(connection, episode.c.episode_id, episode, item.review_id)


def add_recommendation(connection: sa.Connection, item: Recommendation) -> str:
    """Keep a recommendation a person found."""
    suggestions.save(connection, item.review_id, Suggestions((), (), (), (item,)))
    return _newest(connection, recommendation.c.recommendation_id, recommendation, item.review_id)


def decided(connection: sa.Connection, review_id: str) -> ScreeningDecision | None:
    """A person's screening decision."""
    row = connection.execute(
        sa.select(decision).where(decision.c.review_id == review_id, decision.c.basis == Basis.CONFIRMED.value)
    ).first()
    return decision_from(row._mapping) if row else None


def withdraw_decision(connection: sa.Connection, review_id: str) -> None:
    """Leave a review unscreened again."""
    connection.execute(
        decision.delete().where(decision.c.review_id == review_id, decision.c.basis == Basis.CONFIRMED.value)
    )


def _typed(column: sa.Column[int] | sa.Column[str], key: str) -> int | str:
    if isinstance(column.type, sa.Integer):
        return int(key) if key.isdecimal() else _NO_KEY
    return key


def _last(connection: sa.Connection, column: sa.Column[int]) -> int:
    return int(connection.execute(sa.select(sa.func.max(column))).scalar() or 0)


def _newest(connection: sa.Connection, column: sa.Column[str], table: sa.Table, review_id: str) -> str:
    newest = sa.select(sa.func.max(column)).where(table.c.review_id == review_id)
    return str(connection.execute(newest).scalar())
