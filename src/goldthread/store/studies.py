"""The one row that says what a database is the study of."""

from __future__ import annotations

import sqlalchemy as sa

from goldthread.store.schema import study


def is_made(connection: sa.Connection) -> bool:
    """Whether a study was completely made here."""
    return connection.execute(sa.select(study.c.name)).first() is not None


def make(connection: sa.Connection, name: str, created: str, protocol_id: str, protocol_version: str) -> None:
    """Say which study this is."""
    connection.execute(
        study.insert().values(name=name, created=created, protocol_id=protocol_id, protocol_version=protocol_version)
    )
