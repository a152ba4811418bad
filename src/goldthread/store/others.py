"""What the other engines propose for a review that one engine has just read."""

from __future__ import annotations

import sqlalchemy as sa

from goldthread.extraction.model import Characteristic
from goldthread.store.records import anchors_of
from goldthread.store.rows import characteristic_of
from goldthread.store.schema import characteristic, characteristic_anchor, suggestion_run
from goldthread.values import State


def values_of_others(connection: sa.Connection, review_id: str, engine: str) -> tuple[Characteristic, ...]:
    """What every other engine proposes for one review and nobody has settled."""
    run = suggestion_run.c
    others = sa.select(run.engine).where(run.review_id == review_id, run.engine != engine)
    if connection.execute(others).first() is None:
        return ()
    table = characteristic.c
    where = (table.review_id == review_id, table.engine != engine, table.state == State.SUGGESTED.value)
    evidence = anchors_of(connection, characteristic_anchor, sa.select(table.characteristic_id).where(*where))
    return tuple(
        characteristic_of(row, evidence[row.characteristic_id])
        for row in connection.execute(sa.select(characteristic).where(*where).order_by(table.characteristic_id))
    )
