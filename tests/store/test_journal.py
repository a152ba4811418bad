"""The journal's chain holds, and one altered entry breaks it."""

from __future__ import annotations

from itertools import pairwise

import pytest
import sqlalchemy as sa

from goldthread.errors import StudyFault
from goldthread.store import journal
from goldthread.store.database import Database
from goldthread.store.schema import journal as table


@pytest.fixture
def written(database: Database) -> Database:
    for n in range(5):
        with database.write() as connection:
            journal.append(connection, "Ada", "read", f"D0000{n}", after={"text_sha256": f"{n}", "é": "ü😀"})
    return database


def test_each_entry_names_the_hash_of_the_one_before(written: Database) -> None:
    with written.read() as connection:
        entries = list(journal.entries(connection))
    assert [entry.n for entry in entries] == [1, 2, 3, 4, 5]
    assert entries[0].previous_hash == journal.GENESIS
    for earlier, later in pairwise(entries):
        assert later.previous_hash == earlier.hash


def test_an_untouched_journal_checks_out(written: Database) -> None:
    with written.read() as connection:
        assert journal.check(connection) == 5
        assert journal.state(connection) == list(journal.entries(connection))[-1].hash


@pytest.mark.parametrize("column", ["at", "who", "verb", "object", "before", "after", "previous_hash", "hash"])
def test_altering_any_column_of_any_entry_is_noticed(written: Database, column: str) -> None:
    with written.write() as connection:
        connection.execute(table.update().where(table.c.n == 3).values({column: "altered"}))
    with written.read() as connection, pytest.raises(StudyFault) as caught:
        journal.check(connection)
    assert caught.value.where in ("journal entry 3", "journal entry 4")


def test_an_entry_taken_out_is_noticed(written: Database) -> None:
    with written.write() as connection:
        connection.execute(sa.delete(table).where(table.c.n == 2))
    with written.read() as connection, pytest.raises(StudyFault, match="does not follow"):
        journal.check(connection)


def test_the_latest_reading_of_a_document_is_the_one_that_counts(written: Database) -> None:
    with written.write() as connection:
        journal.append(connection, "Ada", "read", "D00001", after={"text_sha256": "new"})
    with written.read() as connection:
        assert journal.readings(connection)["D00001", 1] == "new"


def test_each_version_of_a_document_has_its_own_sealed_reading(written: Database) -> None:
    with written.write() as connection:
        journal.append(connection, "Ada", "reissue", "D00001", after={"version": 2, "text_sha256": "second"})
    with written.read() as connection:
        assert journal.readings(connection)["D00001", 1] == "1"
        assert journal.readings(connection)["D00001", 2] == "second"
