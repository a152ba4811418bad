"""What a study amended in its protocol, and which passages each change of the codebook carried along."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "amendment",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.Text(), nullable=False),
        sa.Column("withdrawn_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_amendment")),
    )
    op.create_table(
        "recoded",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("episode_id", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("subtheme", sa.Text(), nullable=False),
        sa.Column("to_theme", sa.Text(), nullable=False),
        sa.Column("to_subtheme", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", "episode_id", name=op.f("pk_recoded")),
        sa.ForeignKeyConstraint(["n"], ["amendment.n"], name=op.f("fk_recoded_n")),
        sa.ForeignKeyConstraint(["episode_id"], ["episode.episode_id"], name=op.f("fk_recoded_episode_id")),
    )
