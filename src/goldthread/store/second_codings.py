"""What a second coder said: kept as values and passages that no table counts, and marked here with who said it."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from goldthread.store.schema import second_coding


@dataclass(frozen=True, slots=True)
class SecondCoding:
    """One thing a second coder said. `kind` is characteristics or episodes, or `uncoded` of a first coder's passage
    that the second did not code and somebody settled; `key` is what it is kept under. `settled_by` is "" while open.
    """

    kind: str
    key: str
    review_id: str
    who: str
    settled_by: str = ""
    outcome: str = ""


def every(connection: sa.Connection, review_id: str = "") -> tuple[SecondCoding, ...]:
    """All of them, or those of one review."""
    asked = sa.select(second_coding).order_by(second_coding.c.review_id, second_coding.c.kind, second_coding.c.key)
    if review_id:
        asked = asked.where(second_coding.c.review_id == review_id)
    return tuple(SecondCoding(**row._mapping) for row in connection.execute(asked))


def keep(connection: sa.Connection, made: SecondCoding) -> None:
    """Keep one in place of what was known of the same thing."""
    columns = second_coding.c
    connection.execute(second_coding.delete().where(columns.kind == made.kind, columns.key == made.key))
    connection.execute(
        second_coding.insert().values(
            kind=made.kind,
            key=made.key,
            review_id=made.review_id,
            who=made.who,
            settled_by=made.settled_by,
            outcome=made.outcome,
        )
    )


def forget(connection: sa.Connection, kind: str, key: str) -> None:
    """Take one out."""
    connection.execute(second_coding.delete().where(second_coding.c.kind == kind, second_coding.c.key == key))
