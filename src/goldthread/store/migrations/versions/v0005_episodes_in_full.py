"""Agencies, vulnerabilities and a memo of each passage, and the recommendations that answer it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, empty for what was coded before, and the table of links."""
    for name in ("agencies", "vulnerabilities"):
        op.add_column("episode", sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("episode", sa.Column("memo", sa.Text(), nullable=False, server_default=""))
    key = "episode_recommendation"
    op.create_table(
        key,
        sa.Column("episode_id", sa.Text(), nullable=False),
        sa.Column("recommendation_id", sa.Text(), nullable=False),
        sa.Column("review_id", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("episode_id", "recommendation_id", name=op.f(f"pk_{key}")),
        sa.ForeignKeyConstraint(["episode_id"], ["episode.episode_id"], name=op.f(f"fk_{key}_episode_id")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.recommendation_id"], name=op.f(f"fk_{key}_recommendation_id")
        ),
        sa.ForeignKeyConstraint(["review_id"], ["review.review_id"], name=op.f(f"fk_{key}_review_id")),
    )
    op.create_index(op.f(f"ix_{key}_review_id"), key, ["review_id"])
