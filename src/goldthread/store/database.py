"""The one way to a study's database: opened, brought up to date, and used in explicit transactions."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from goldthread.errors import StudyFault
from goldthread.store import schema

_MODE = "goldthread_mode"
_READ, _WRITE, _REPEATABLE = "read", "write", "repeatable"
_OPENINGS = {
    _READ: ("BEGIN",),
    _WRITE: ("PRAGMA synchronous = FULL", "BEGIN IMMEDIATE"),
    _REPEATABLE: ("PRAGMA synchronous = NORMAL", "BEGIN IMMEDIATE"),
}
_BUSY_MS = 30_000


class Database:
    """A study's tables. Readers see one moment; a writer is alone and durable before it returns.

    May be shared by threads: every block has its own connection. Not to be carried into another process.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        address = sa.URL.create("sqlite+pysqlite", database=str(path))
        self._engine = sa.create_engine(address, json_deserializer=_from_json)
        sa.event.listen(self._engine, "connect", _configure)
        sa.event.listen(self._engine, "begin", _begin)

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A block that reads one consistent state."""
        with _in_reach(self.path), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self, *, repeatable: bool = False) -> Iterator[sa.Connection]:
        """A block that is all or nothing: committed at its end, undone when it raises.

        What it wrote is on disk when it ends. A `repeatable` block, one that would simply be done again, is
        safe from the program's death at once and from the machine's only a moment later.
        """
        mode = _REPEATABLE if repeatable else _WRITE
        options = {_MODE: mode}
        with (
            _in_reach(self.path),
            self._engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            yield connection

    def revision(self) -> str:
        """The migration this database stands at; "" for a database that holds nothing yet.

        Raises StudyFault when the file is not a study's database.
        """
        try:
            with self.read() as connection:
                if not sa.inspect(connection).has_table("alembic_version"):
                    return ""
                found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
        except sa.exc.DatabaseError as fault:
            raise StudyFault(
                "this is not a Goldthread database",
                where=str(self.path),
                mend="restore it from the study's backups folder or from your own backup",
            ) from fault
        return str(found or "")

    def migrate(self) -> None:
        """Bring the tables to this version's shape, after a backup when there is something to lose.

        Raises StudyFault when the study was made by a newer Goldthread.
        """
        revision = self.revision()
        if revision == schema.HEAD:
            return
        if revision > schema.HEAD:
            raise StudyFault(
                f"this study has database version {revision}, newer than the {schema.HEAD} known here",
                where=str(self.path),
                mend="install the newer Goldthread that made it",
            )
        if revision:
            self.backup(f"before-{schema.HEAD}")
        from alembic import command  # noqa: PLC0415 - 0.3 s, and needed only when a study is made or upgraded
        from alembic.config import Config  # noqa: PLC0415

        config = Config()
        config.set_main_option("script_location", "goldthread.store:migrations")
        with self.write() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def backup(self, name: str) -> Path:
        """Copy the whole database, as it stands, into the study's `backups` folder."""
        folder = self.path.parent / "backups"
        folder.mkdir(exist_ok=True)
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        target = folder / f"{stamp}-{name}.db"
        source, copy = sqlite3.connect(self.path), sqlite3.connect(target)
        try:
            source.backup(copy)
        finally:
            source.close()
            copy.close()
        return target

    def close(self) -> None:
        """Give back every connection; the write-ahead log is folded in."""
        self._engine.dispose()


@contextmanager
def _in_reach(path: Path) -> Iterator[None]:
    """Says in the study's own terms that its database is locked, gone, full or read-only."""
    try:
        yield
    except (sa.exc.OperationalError, sqlite3.OperationalError) as fault:
        reason = fault.orig if isinstance(fault, sa.exc.OperationalError) else fault
        raise StudyFault(
            f"the study's database cannot be used: {reason}",
            where=str(path),
            mend="check the disk, that its folder may be written to, and who else has it open",
        ) from fault


def _from_json(text: str) -> object:
    """What a JSON column holds; most lists are empty, and are made without a parser."""
    return [] if text == "[]" else json.loads(text)


def _configure(connection: sqlite3.Connection, _: object) -> None:
    """Set one new SQLite connection up: explicit transactions, enforced keys, durable commits."""
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {_BUSY_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "temp_store = MEMORY",
        "wal_autocheckpoint = 8000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    options: dict[str, Any] = dict(connection.get_execution_options())
    cursor = connection.connection.cursor()
    for statement in _OPENINGS[options.get(_MODE, _READ)]:
        cursor.execute(statement)
    cursor.close()
