"""A review rated as a source by several people, and by whoever settles where they differ."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_KEPT = "review_id, item, author, value, note, at"


def upgrade() -> None:
    """Give each rater a row of their own; who rated so far keeps it."""
    op.execute("CREATE TABLE rating_before AS SELECT * FROM rating")
    op.drop_table("rating")
    op.create_table(
        "rating",
        sa.Column("review_id", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("settles", sa.Boolean(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("review_id", "item", "author", "settles", name=op.f("pk_rating")),
        sa.ForeignKeyConstraint(["review_id"], ["review.review_id"], name=op.f("fk_rating_review_id")),
    )
    op.execute(
        sa.text(f"INSERT INTO rating ({_KEPT}, settles) SELECT {_KEPT}, :not_settling FROM rating_before").bindparams(  # noqa: S608 - no data in it
            not_settling=False
        )
    )
    op.drop_table("rating_before")
