"""What a second coder said of values and passages, until somebody settles where two differ."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for marks of who said what."""
    op.create_table(
        "second_coding",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("review_id", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("settled_by", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_second_coding")),
        sa.ForeignKeyConstraint(["review_id"], ["review.review_id"], name=op.f("fk_second_coding_review_id")),
    )
    op.create_index(op.f("ix_second_coding_review_id"), "second_coding", ["review_id"])
