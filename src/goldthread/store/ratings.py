"""How people rated reviews as sources of learning: one row a person, and one more where somebody settled it."""

from __future__ import annotations

import sqlalchemy as sa

from goldthread.quality.rating import Rating
from goldthread.store.schema import rating


def every(connection: sa.Connection) -> tuple[Rating, ...]:
    """Every rating of the study, review by review."""
    return _read(connection, sa.select(rating))


def of_review(connection: sa.Connection, review_id: str) -> tuple[Rating, ...]:
    """Every rating of one review."""
    return _read(connection, sa.select(rating).where(rating.c.review_id == review_id))


def keep(connection: sa.Connection, made: Rating) -> None:
    """Keep a rating in place of the same person's before; one that settles, in place of whoever settled it before."""
    where = [rating.c.review_id == made.review_id, rating.c.item == made.item, rating.c.settles == made.settles]
    if not made.settles:
        where.append(rating.c.author == made.author)
    connection.execute(rating.delete().where(*where))
    connection.execute(
        rating.insert().values(
            review_id=made.review_id,
            item=made.item,
            author=made.author,
            settles=made.settles,
            value=made.value,
            note=made.note,
            at=made.at,
        )
    )


def _read(connection: sa.Connection, asked: sa.Select[object]) -> tuple[Rating, ...]:
    c = rating.c
    rows = connection.execute(asked.order_by(c.review_id, c.item, c.settles, c.at, c.author))
    return tuple(Rating(**row._mapping) for row in rows)
