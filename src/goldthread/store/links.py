"""Which recommendations answer which coded passages, as people said."""

from __future__ import annotations

from collections import defaultdict

import sqlalchemy as sa

from goldthread.coding.model import Link
from goldthread.store.schema import episode_recommendation as link


def of_review(connection: sa.Connection, review_id: str) -> tuple[Link, ...]:
    """The links of one review, in the order of their passages; those of what was since rejected too."""
    return tuple(every(connection, review_id)[review_id])


def every(connection: sa.Connection, review_id: str = "") -> defaultdict[str, list[Link]]:
    """Review id → its links, of one review only when it is named."""
    asked = sa.select(link).order_by(link.c.episode_id, link.c.recommendation_id)
    if review_id:
        asked = asked.where(link.c.review_id == review_id)
    found: defaultdict[str, list[Link]] = defaultdict(list)
    for row in connection.execute(asked):
        found[row.review_id].append(Link(row.episode_id, row.recommendation_id, row.author))
    return found


def add(connection: sa.Connection, review_id: str, made: Link, at: str) -> None:
    """Keep one link that is not there yet."""
    connection.execute(
        link.insert().values(
            episode_id=made.episode_id,
            recommendation_id=made.recommendation_id,
            review_id=review_id,
            author=made.author,
            at=at,
        )
    )


def remove(connection: sa.Connection, gone: Link) -> None:
    """Take one link away."""
    connection.execute(
        link.delete().where(link.c.episode_id == gone.episode_id, link.c.recommendation_id == gone.recommendation_id)
    )


def carry(connection: sa.Connection, old: str, new: str) -> None:
    """What was linked to a passage or recommendation goes to the one that takes its place."""
    for column in (link.c.episode_id, link.c.recommendation_id):
        connection.execute(link.update().where(column == old).values({column.name: new}))
