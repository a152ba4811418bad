"""The words that weigh most in a paragraph are indexed apart, so that common words are searched quickly."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from goldthread.documents.weighty import weighty

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_AT_A_TIME = 2000


def upgrade() -> None:
    """Weigh the words of every paragraph and, on SQLite, make the full-text index anew with them."""
    op.add_column("paragraph", sa.Column("weighty", sa.Text(), nullable=False, server_default=""))
    if op.get_bind().dialect.name != "sqlite":
        return
    _weigh(op.get_bind())
    op.execute("DROP TABLE paragraph_fts")
    op.execute("DROP VIEW paragraph_text")
    op.execute(
        """
        CREATE VIEW paragraph_text AS
        SELECT p.paragraph_id AS paragraph_id,
               COALESCE(p.reading, substr(g.text, p.start - g.start + 1, p."end" - p.start)) AS words,
               p.weighty AS weighty
        FROM paragraph p
        JOIN page g ON g.document_id = p.document_id AND g.version = p.version AND g.number = p.page
        """
    )
    op.execute(
        """
        CREATE VIRTUAL TABLE paragraph_fts USING fts5(
            words, weighty, content='paragraph_text', content_rowid='paragraph_id',
            tokenize="porter unicode61 remove_diacritics 2")
        """
    )
    op.execute("INSERT INTO paragraph_fts(paragraph_fts) VALUES ('rebuild')")
    op.execute("INSERT INTO paragraph_fts(paragraph_fts, rank) VALUES ('rank', 'bm25(1.0, 0.0)')")


def _weigh(connection: sa.Connection) -> None:
    last = 0
    following = sa.text(
        "SELECT paragraph_id, words FROM paragraph_text "
        "WHERE paragraph_id > :last ORDER BY paragraph_id LIMIT :number"
    )
    while rows := connection.execute(following, {"last": last, "number": _AT_A_TIME}).all():
        connection.execute(
            sa.text("UPDATE paragraph SET weighty = :weighty WHERE paragraph_id = :id"),
            [{"id": row.paragraph_id, "weighty": weighty(row.words)} for row in rows],
        )
        last = rows[-1].paragraph_id
