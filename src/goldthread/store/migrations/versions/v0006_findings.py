"""Findings with their evidence and plan actions, and plans a team loads beside the protocol's own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the four tables."""
    op.create_table(
        "finding",
        sa.Column("finding_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("finding_id", name=op.f("pk_finding")),
        sa.UniqueConstraint("position", name=op.f("uq_finding_position")),
    )
    op.create_table(
        "finding_evidence",
        sa.Column("finding_id", sa.Text(), nullable=False),
        sa.Column("episode_id", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.CheckConstraint("side IN ('for', 'against')", name="side_known"),
        sa.PrimaryKeyConstraint("finding_id", "episode_id", name=op.f("pk_finding_evidence")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.finding_id"], name=op.f("fk_finding_evidence_finding_id")),
        sa.ForeignKeyConstraint(["episode_id"], ["episode.episode_id"], name=op.f("fk_finding_evidence_episode_id")),
    )
    op.create_table(
        "finding_action",
        sa.Column("finding_id", sa.Text(), nullable=False),
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("action_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("finding_id", "plan_id", "action_id", name=op.f("pk_finding_action")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.finding_id"], name=op.f("fk_finding_action_finding_id")),
    )
    op.create_table(
        "plan",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_plan")),
        sa.UniqueConstraint("position", name=op.f("uq_plan_position")),
    )
