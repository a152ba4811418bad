"""The database is made by its migrations, keeps its promises and refuses what it cannot read."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import goldthread as gt
from goldthread.errors import StudyFault
from goldthread.store import schema
from goldthread.store.database import Database
from tests.study.reviews import write_reviews


def test_the_newest_migration_is_the_one_the_program_expects() -> None:
    config = Config()
    config.set_main_option("script_location", "goldthread.store:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == schema.HEAD


def test_migrations_make_exactly_the_tables_the_program_uses(database: Database) -> None:
    with database.read() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: kind != "table" or "fts" not in str(name)}
        )
        assert compare_metadata(context, schema.metadata) == []


def test_a_database_in_use_is_write_ahead_durable_and_keeps_its_keys(database: Database) -> None:
    with database.read() as connection:
        pragma = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragma == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_row_pointing_nowhere_is_refused(database: Database) -> None:
    with pytest.raises(sa.exc.IntegrityError), database.write() as connection:
        connection.execute(
            schema.decision.insert().values(
                review_id="R99999", basis="draft", decision="maybe", reason="", author="x", at="now"
            )
        )


def test_a_block_that_raises_leaves_nothing_behind(database: Database) -> None:
    values = {"round": "2019-Q3", "label": "2019-Q3", "opens": "", "closes": ""}
    with pytest.raises(ZeroDivisionError), database.write() as connection:
        connection.execute(schema.round_.insert().values(values))
        raise ZeroDivisionError
    with database.read() as connection:
        assert connection.execute(sa.select(schema.round_)).first() is None


def test_a_reader_sees_one_moment_while_a_writer_works(database: Database) -> None:
    values = {"round": "2019-Q3", "label": "2019-Q3", "opens": "", "closes": ""}
    count = sa.select(sa.func.count()).select_from(schema.round_)
    with database.read() as reader:
        assert reader.execute(count).scalar() == 0
        writer = threading.Thread(target=_insert, args=(database, values))
        writer.start()
        writer.join()
        assert reader.execute(count).scalar() == 0
    with database.read() as reader:
        assert reader.execute(count).scalar() == 1


def _insert(database: Database, values: dict[str, str]) -> None:
    with database.write() as connection:
        connection.execute(schema.round_.insert().values(values))


def test_a_database_of_a_newer_program_is_refused_with_the_way_out(database: Database) -> None:
    with database.write() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StudyFault, match=r"9999.*newer") as caught:
        database.migrate()
    assert "install" in caught.value.mend


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "study.db"
    path.write_bytes(b"not a database at all, but long enough to have a header" * 10)
    with pytest.raises(StudyFault, match="not a Goldthread database"):
        Database(path).revision()


def test_a_backup_is_a_whole_database_with_the_same_rows(database: Database) -> None:
    _insert(database, {"round": "2019-Q3", "label": "2019-Q3", "opens": "", "closes": ""})
    copy = sqlite3.connect(database.backup("before-test"))
    try:
        assert copy.execute("SELECT round FROM round").fetchall() == [("2019-Q3",)]
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    finally:
        copy.close()


def test_migrating_twice_changes_nothing_and_makes_no_backup(database: Database) -> None:
    database.migrate()
    assert not (database.path.parent / "backups").exists()


def test_a_study_of_the_first_shape_is_searched_as_one_made_today(tmp_path: Path) -> None:
    with gt.init(tmp_path / "study") as today:
        today.add(write_reviews(tmp_path / "reviews", 3))
        asked = [today.search(query, limit=50) for query in ("police", '"missed opportunity"', "assess*")]
    old = sqlite3.connect(tmp_path / "study/study.db", isolation_level=None)
    old.executescript(
        """
        DROP TABLE episode_recommendation; ALTER TABLE episode DROP COLUMN agencies;
        ALTER TABLE episode DROP COLUMN vulnerabilities; ALTER TABLE episode DROP COLUMN memo;
        DROP TABLE recoded; DROP TABLE amendment; DROP TABLE population; DROP TABLE second_coding;
        DROP TABLE vote; DROP TABLE rating; DROP TABLE saved_view;
        DROP TABLE finding_evidence; DROP TABLE finding_action; DROP TABLE finding; DROP TABLE plan;
        DROP TABLE own_words;
        DROP TABLE text_terms; DROP TABLE paragraph_fts; DROP VIEW paragraph_text;
        ALTER TABLE paragraph DROP COLUMN weighty;
        CREATE VIEW paragraph_text AS
        SELECT p.paragraph_id AS paragraph_id,
               COALESCE(p.reading, substr(g.text, p.start - g.start + 1, p."end" - p.start)) AS words
        FROM paragraph p JOIN page g ON g.document_id = p.document_id AND g.version = p.version AND g.number = p.page;
        CREATE VIRTUAL TABLE paragraph_fts USING fts5(
            words, content='paragraph_text', content_rowid='paragraph_id',
            tokenize="porter unicode61 remove_diacritics 2");
        INSERT INTO paragraph_fts(paragraph_fts) VALUES ('rebuild');
        UPDATE alembic_version SET version_num = '0001';
        """
    )
    old.close()
    with gt.open(tmp_path / "study") as upgraded:
        assert [upgraded.search(query, limit=50) for query in ("police", '"missed opportunity"', "assess*")] == asked
        assert upgraded.verify().sound
    assert list((tmp_path / "study/backups").iterdir())
