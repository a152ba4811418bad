"""Changing what is stored about reviews, row by row: states, and the keys by which rows are known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import sqlalchemy as sa

from goldthread.store.schema import characteristic, criterion_answer, episode, recommendation
from goldthread.values import State

Key = int | str

_TABLES: dict[str, tuple[sa.Table, sa.Column[int] | sa.Column[str]]] = {
    "characteristics": (characteristic, characteristic.c.characteristic_id),
    "answers": (criterion_answer, criterion_answer.c.answer_id),
    "episodes": (episode, episode.c.episode_id),
    "recommendations": (recommendation, recommendation.c.recommendation_id),
}
KINDS = tuple(_TABLES)


def keys(connection: sa.Connection, kind: str) -> dict[str, list[Key]]:
    """Review id → the keys of its rows of one kind, whatever their state, in the order records list them."""
    table, key = _TABLES[kind]
    found: dict[str, list[Key]] = defaultdict(list)
    for row in connection.execute(sa.select(table.c.review_id, key.label("key")).order_by(key)):
        found[row.review_id].append(row.key)
    return found


def set_states(connection: sa.Connection, kind: str, changes: Iterable[tuple[Key, State]], author: str) -> None:
    """Give rows of one kind a new state. What is confirmed or rejected is `author`'s word from now on."""
    table, key = _TABLES[kind]
    for one, state in changes:
        values = {"state": state.value}
        if state in (State.CONFIRMED, State.REJECTED):
            values["author"] = author
        connection.execute(table.update().where(key == one).values(**values))
