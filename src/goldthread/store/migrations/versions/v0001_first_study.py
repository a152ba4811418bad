"""The first shape of a study, with full-text search over paragraphs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table and, on SQLite, the full-text index that reads paragraphs through a view."""
    _create_tables()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            """
            CREATE VIEW paragraph_text AS
            SELECT p.paragraph_id AS paragraph_id,
                   COALESCE(p.reading, substr(g.text, p.start - g.start + 1, p."end" - p.start)) AS words
            FROM paragraph p
            JOIN page g ON g.document_id = p.document_id AND g.version = p.version AND g.number = p.page
            """
        )
        op.execute(
            """
            CREATE VIRTUAL TABLE paragraph_fts USING fts5(
                words, content='paragraph_text', content_rowid='paragraph_id',
                tokenize="porter unicode61 remove_diacritics 2")
            """
        )


def _create_tables() -> None:  # long: one statement a table, frozen as it was
    op.create_table(
        "journal",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_journal")),
        sa.UniqueConstraint("hash", name=op.f("uq_journal_hash")),
    )
    op.create_table(
        "round",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("opens", sa.Text(), nullable=False),
        sa.Column("closes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("round", name=op.f("pk_round")),
    )
    op.create_table(
        "study",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("protocol_id", sa.Text(), nullable=False),
        sa.Column("protocol_version", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_study")),
    )
    op.create_table(
        "review",
        sa.Column("review_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("review_types", sa.JSON(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("publication_date", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("found_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["round.round"], name=op.f("fk_review_round")),
        sa.PrimaryKeyConstraint("review_id", name=op.f("pk_review")),
        sa.UniqueConstraint("position", name=op.f("uq_review_position")),
    )
    op.create_table(
        "characteristic",
        sa.Column("characteristic_id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Text(), nullable=False),
        sa.Column("subject_no", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("missing", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.CheckConstraint("(value IS NULL) <> (missing IS NULL)", name="value_or_missing"),
        sa.ForeignKeyConstraint(["review_id"], ["review.review_id"], name=op.f("fk_characteristic_review_id")),
        sa.PrimaryKeyConstraint("characteristic_id", name=op.f("pk_characteristic")),
    )
    op.create_index(op.f("ix_characteristic_review_id"), "characteristic", ["review_id"], unique=False)
    op.create_table(
        "criterion_answer",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Text(), nullable=False),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("met", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["review.review_id"], name=op.f("fk_criterion_answer_review_id")),
        sa.PrimaryKeyConstraint("answer_id", name=op.f("pk_criterion_answer")),
    )
    op.create_index(op.f("ix_criterion_answer_review_id"), "criterion_answer", ["review_id"], unique=False)
    op.create_table(
        "decision",
        sa.Column("review_id", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.CheckConstraint("(decision = 'excluded') = (reason <> '')", name="excluded_has_reason"),
        sa.ForeignKeyConstraint(["review_id"], ["review.review_id"], name=op.f("fk_decision_review_id")),
        sa.PrimaryKeyConstraint("review_id", "basis", name=op.f("pk_decision")),
    )
    op.create_table(
        "document",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("duplicate_of", sa.Text(), nullable=True),
        sa.Column("is_read", sa.Boolean(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("text_sha256", sa.Text(), nullable=False),
        sa.Column("shingles", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["duplicate_of"], ["document.document_id"], name=op.f("fk_document_duplicate_of")),
        sa.ForeignKeyConstraint(["review_id"], ["review.review_id"], name=op.f("fk_document_review_id")),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_document")),
        sa.UniqueConstraint("position", name=op.f("uq_document_position")),
    )
    op.create_index(op.f("ix_document_review_id"), "document", ["review_id"], unique=False)
    op.create_index(op.f("ix_document_sha256"), "document", ["sha256"], unique=False)
    op.create_table(
        "suggestion_run",
        sa.Column("review_id", sa.Text(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("engine_version", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["review.review_id"], name=op.f("fk_suggestion_run_review_id")),
        sa.PrimaryKeyConstraint("review_id", "engine", name=op.f("pk_suggestion_run")),
    )
    op.create_table(
        "characteristic_anchor",
        sa.Column("characteristic_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["characteristic_id"],
            ["characteristic.characteristic_id"],
            name=op.f("fk_characteristic_anchor_characteristic_id"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.document_id"], name=op.f("fk_characteristic_anchor_document_id")
        ),
        sa.PrimaryKeyConstraint("characteristic_id", "n", name=op.f("pk_characteristic_anchor")),
    )
    op.create_table(
        "criterion_anchor",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["criterion_answer.answer_id"], name=op.f("fk_criterion_anchor_answer_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.document_id"], name=op.f("fk_criterion_anchor_document_id")
        ),
        sa.PrimaryKeyConstraint("answer_id", "n", name=op.f("pk_criterion_anchor")),
    )
    op.create_table(
        "episode",
        sa.Column("episode_id", sa.Text(), nullable=False),
        sa.Column("review_id", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("subtheme", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("whose", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.document_id"], name=op.f("fk_episode_document_id")),
        sa.ForeignKeyConstraint(["review_id"], ["review.review_id"], name=op.f("fk_episode_review_id")),
        sa.PrimaryKeyConstraint("episode_id", name=op.f("pk_episode")),
    )
    op.create_index(op.f("ix_episode_review_id"), "episode", ["review_id"], unique=False)
    op.create_table(
        "near_duplicate",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("other_id", sa.Text(), nullable=False),
        sa.Column("similarity", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.document_id"], name=op.f("fk_near_duplicate_document_id")
        ),
        sa.ForeignKeyConstraint(["other_id"], ["document.document_id"], name=op.f("fk_near_duplicate_other_id")),
        sa.PrimaryKeyConstraint("document_id", "other_id", name=op.f("pk_near_duplicate")),
    )
    op.create_table(
        "edition",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.document_id"], name=op.f("fk_edition_document_id")),
        sa.PrimaryKeyConstraint("document_id", "version", name=op.f("pk_edition")),
    )
    op.create_table(
        "page",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("layers", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.document_id"], name=op.f("fk_page_document_id")),
        sa.PrimaryKeyConstraint("document_id", "version", "number", name=op.f("pk_page")),
    )
    op.create_table(
        "paragraph",
        sa.Column("paragraph_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("reading", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.document_id"], name=op.f("fk_paragraph_document_id")),
        sa.PrimaryKeyConstraint("paragraph_id", name=op.f("pk_paragraph")),
    )
    op.create_index(op.f("ix_paragraph_document_id"), "paragraph", ["document_id"], unique=False)
    op.create_table(
        "problem",
        sa.Column("problem_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=True),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("mend", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.document_id"], name=op.f("fk_problem_document_id")),
        sa.PrimaryKeyConstraint("problem_id", name=op.f("pk_problem")),
        sa.UniqueConstraint("place", "page", "code", "message", name=op.f("uq_problem_place_page_code_message")),
    )
    op.create_index(op.f("ix_problem_document_id"), "problem", ["document_id"], unique=False)
    op.create_table(
        "recommendation",
        sa.Column("recommendation_id", sa.Text(), nullable=False),
        sa.Column("review_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("addressee", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.document_id"], name=op.f("fk_recommendation_document_id")
        ),
        sa.ForeignKeyConstraint(["review_id"], ["review.review_id"], name=op.f("fk_recommendation_review_id")),
        sa.PrimaryKeyConstraint("recommendation_id", name=op.f("pk_recommendation")),
    )
    op.create_index(op.f("ix_recommendation_review_id"), "recommendation", ["review_id"], unique=False)
