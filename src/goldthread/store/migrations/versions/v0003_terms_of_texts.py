"""The terms of each text, kept so that ranking need not read it again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of terms; they are counted when first wanted."""
    op.create_table(
        "text_terms",
        sa.Column("text_sha256", sa.Text(), nullable=False),
        sa.Column("terms", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("text_sha256", name=op.f("pk_text_terms")),
    )
