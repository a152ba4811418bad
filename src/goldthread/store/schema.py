# long: one table after another, all of one database
"""The tables of a study. One definition serves SQLite and PostgreSQL; migrations bring a database to it."""

from __future__ import annotations

import sqlalchemy as sa

HEAD = "0011"

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _anchor_columns() -> list[sa.Column[str] | sa.Column[int]]:
    return [
        sa.Column("document_id", sa.Text, sa.ForeignKey("document.document_id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
    ]


def _authorship_columns() -> list[sa.Column[str] | sa.Column[float]]:
    return [
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("engine", sa.Text, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
    ]


def _review_column() -> sa.Column[str]:
    return sa.Column("review_id", sa.Text, sa.ForeignKey("review.review_id"), nullable=False, index=True)


study = sa.Table(
    "study",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("created", sa.Text, nullable=False),
    sa.Column("protocol_id", sa.Text, nullable=False),
    sa.Column("protocol_version", sa.Text, nullable=False),
)

round_ = sa.Table(
    "round",
    metadata,
    sa.Column("round", sa.Text, primary_key=True),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("opens", sa.Text, nullable=False),
    sa.Column("closes", sa.Text, nullable=False),
)

review = sa.Table(
    "review",
    metadata,
    sa.Column("review_id", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, nullable=False, unique=True),
    sa.Column("reference", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("review_types", sa.JSON, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("round", sa.Text, sa.ForeignKey("round.round"), nullable=False),
    sa.Column("publication_date", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("found_at", sa.Text, nullable=False),
)

document = sa.Table(
    "document",
    metadata,
    sa.Column("document_id", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, nullable=False, unique=True),
    _review_column(),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False, index=True),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("duplicate_of", sa.Text, sa.ForeignKey("document.document_id"), nullable=True),
    sa.Column("is_read", sa.Boolean, nullable=False),
    sa.Column("format", sa.Text, nullable=False),
    sa.Column("reader", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("pages", sa.Integer, nullable=False),
    sa.Column("characters", sa.Integer, nullable=False),
    sa.Column("text_sha256", sa.Text, nullable=False),
    sa.Column("shingles", sa.JSON, nullable=False),
)

edition = sa.Table(
    "edition",
    metadata,
    sa.Column("document_id", sa.Text, sa.ForeignKey("document.document_id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("text_sha256", sa.Text, nullable=False),
)

page = sa.Table(
    "page",
    metadata,
    sa.Column("document_id", sa.Text, sa.ForeignKey("document.document_id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("layers", sa.LargeBinary, nullable=False),
)

paragraph = sa.Table(
    "paragraph",
    metadata,
    sa.Column("paragraph_id", sa.Integer, primary_key=True),
    sa.Column("document_id", sa.Text, sa.ForeignKey("document.document_id"), nullable=False, index=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("page", sa.Integer, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("reading", sa.Text, nullable=True),
    sa.Column("weighty", sa.Text, nullable=False, server_default=""),
)

problem = sa.Table(
    "problem",
    metadata,
    sa.Column("problem_id", sa.Integer, primary_key=True),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("document_id", sa.Text, sa.ForeignKey("document.document_id"), nullable=True, index=True),
    sa.Column("page", sa.Integer, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("mend", sa.Text, nullable=False),
    sa.UniqueConstraint("place", "page", "code", "message"),
)

text_terms = sa.Table(
    "text_terms",
    metadata,
    sa.Column("text_sha256", sa.Text, primary_key=True),
    sa.Column("terms", sa.LargeBinary, nullable=False),
)

near_duplicate = sa.Table(
    "near_duplicate",
    metadata,
    sa.Column("document_id", sa.Text, sa.ForeignKey("document.document_id"), primary_key=True),
    sa.Column("other_id", sa.Text, sa.ForeignKey("document.document_id"), primary_key=True),
    sa.Column("similarity", sa.Float, nullable=False),
)

suggestion_run = sa.Table(
    "suggestion_run",
    metadata,
    sa.Column("review_id", sa.Text, sa.ForeignKey("review.review_id"), primary_key=True),
    sa.Column("engine", sa.Text, primary_key=True),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("engine_version", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
)

characteristic = sa.Table(
    "characteristic",
    metadata,
    sa.Column("characteristic_id", sa.Integer, primary_key=True),
    _review_column(),
    sa.Column("subject_no", sa.Integer, nullable=False),
    sa.Column("field", sa.Text, nullable=False),
    sa.Column("value", sa.Text, nullable=True),
    sa.Column("missing", sa.Text, nullable=True),
    *_authorship_columns(),
    sa.CheckConstraint("(value IS NULL) <> (missing IS NULL)", name="value_or_missing"),
)

characteristic_anchor = sa.Table(
    "characteristic_anchor",
    metadata,
    sa.Column("characteristic_id", sa.Integer, sa.ForeignKey("characteristic.characteristic_id"), primary_key=True),
    sa.Column("n", sa.Integer, primary_key=True),
    *_anchor_columns(),
)

criterion_answer = sa.Table(
    "criterion_answer",
    metadata,
    sa.Column("answer_id", sa.Integer, primary_key=True),
    _review_column(),
    sa.Column("criterion", sa.Text, nullable=False),
    sa.Column("met", sa.Text, nullable=False),
    *_authorship_columns(),
)

criterion_anchor = sa.Table(
    "criterion_anchor",
    metadata,
    sa.Column("answer_id", sa.Integer, sa.ForeignKey("criterion_answer.answer_id"), primary_key=True),
    sa.Column("n", sa.Integer, primary_key=True),
    *_anchor_columns(),
)

decision = sa.Table(
    "decision",
    metadata,
    sa.Column("review_id", sa.Text, sa.ForeignKey("review.review_id"), primary_key=True),
    sa.Column("basis", sa.Text, primary_key=True),
    sa.Column("decision", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.CheckConstraint("(decision = 'excluded') = (reason <> '')", name="excluded_has_reason"),
)

episode = sa.Table(
    "episode",
    metadata,
    sa.Column("episode_id", sa.Text, primary_key=True),
    _review_column(),
    sa.Column("theme", sa.Text, nullable=False),
    sa.Column("subtheme", sa.Text, nullable=False),
    sa.Column("direction", sa.Text, nullable=False),
    sa.Column("explanation", sa.Text, nullable=False),
    sa.Column("whose", sa.Text, nullable=False),
    *_authorship_columns(),
    *_anchor_columns(),
    sa.Column("agencies", sa.JSON, nullable=False, server_default="[]"),
    sa.Column("vulnerabilities", sa.JSON, nullable=False, server_default="[]"),
    sa.Column("memo", sa.Text, nullable=False, server_default=""),
)

recommendation = sa.Table(
    "recommendation",
    metadata,
    sa.Column("recommendation_id", sa.Text, primary_key=True),
    _review_column(),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("addressee", sa.Text, nullable=False),
    sa.Column("scope", sa.Text, nullable=False),
    *_authorship_columns(),
    *_anchor_columns(),
)

episode_recommendation = sa.Table(
    "episode_recommendation",
    metadata,
    sa.Column("episode_id", sa.Text, sa.ForeignKey("episode.episode_id"), primary_key=True),
    sa.Column("recommendation_id", sa.Text, sa.ForeignKey("recommendation.recommendation_id"), primary_key=True),
    _review_column(),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
)

vote = sa.Table(
    "vote",
    metadata,
    sa.Column("review_id", sa.Text, sa.ForeignKey("review.review_id"), primary_key=True),
    sa.Column("who", sa.Text, primary_key=True),
    sa.Column("decision", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("resolved_by", sa.Text, nullable=False),
)

rating = sa.Table(
    "rating",
    metadata,
    sa.Column("review_id", sa.Text, sa.ForeignKey("review.review_id"), primary_key=True),
    sa.Column("item", sa.Text, primary_key=True),
    sa.Column("author", sa.Text, primary_key=True),
    sa.Column("settles", sa.Boolean, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
)

finding = sa.Table(
    "finding",
    metadata,
    sa.Column("finding_id", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, nullable=False, unique=True),
    sa.Column("statement", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("withdrawn", sa.Boolean, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
)

finding_evidence = sa.Table(
    "finding_evidence",
    metadata,
    sa.Column("finding_id", sa.Text, sa.ForeignKey("finding.finding_id"), primary_key=True),
    sa.Column("episode_id", sa.Text, sa.ForeignKey("episode.episode_id"), primary_key=True),
    sa.Column("side", sa.Text, nullable=False),
    sa.CheckConstraint("side IN ('for', 'against')", name="side_known"),
)

finding_action = sa.Table(
    "finding_action",
    metadata,
    sa.Column("finding_id", sa.Text, sa.ForeignKey("finding.finding_id"), primary_key=True),
    sa.Column("plan_id", sa.Text, primary_key=True),
    sa.Column("action_id", sa.Text, primary_key=True),
)

plan = sa.Table(
    "plan",
    metadata,
    sa.Column("plan_id", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, nullable=False, unique=True),
    sa.Column("content", sa.JSON, nullable=False),
    sa.Column("in_use", sa.Boolean, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
)

own_words = sa.Table(
    "own_words",
    metadata,
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("section", sa.Text, primary_key=True),
    sa.Column("slot", sa.Text, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("basis", sa.Text, nullable=False),
    sa.Column("figures", sa.JSON, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
)

saved_view = sa.Table(
    "saved_view",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
)

amendment = sa.Table(
    "amendment",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("says", sa.Text, nullable=False),
    sa.Column("change", sa.Text, nullable=False),
    sa.Column("withdrawn_at", sa.Text, nullable=False),
    sa.Column("withdrawn_by", sa.Text, nullable=False),
)

recoded = sa.Table(
    "recoded",
    metadata,
    sa.Column("n", sa.Integer, sa.ForeignKey("amendment.n"), primary_key=True),
    sa.Column("episode_id", sa.Text, sa.ForeignKey("episode.episode_id"), primary_key=True),
    sa.Column("theme", sa.Text, nullable=False),
    sa.Column("subtheme", sa.Text, nullable=False),
    sa.Column("to_theme", sa.Text, nullable=False),
    sa.Column("to_subtheme", sa.Text, nullable=False),
)

journal = sa.Table(
    "journal",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("verb", sa.Text, nullable=False),
    sa.Column("object", sa.Text, nullable=False),
    sa.Column("before", sa.Text, nullable=False),
    sa.Column("after", sa.Text, nullable=False),
    sa.Column("previous_hash", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False, unique=True),
)

population = sa.Table(
    "population",
    metadata,
    sa.Column("level", sa.Text, primary_key=True),
    sa.Column("area", sa.Text, primary_key=True),
    sa.Column("period", sa.Text, primary_key=True),
    sa.Column("unit", sa.Text, primary_key=True),
    sa.Column("people", sa.BigInteger, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
)

second_coding = sa.Table(
    "second_coding",
    metadata,
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    _review_column(),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("settled_by", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
)
