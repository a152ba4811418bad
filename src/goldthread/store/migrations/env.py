"""Alembic runs this. The connection, already inside a transaction, is handed over by the store."""

from __future__ import annotations

from alembic import context

from goldthread.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True
)
context.run_migrations()
