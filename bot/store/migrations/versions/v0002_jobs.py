"""The investigations under way, so that a restart goes on with them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "jobs",
        sa.Column("key", sa.String(16), nullable=False),
        sa.Column("guild", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.BigInteger(), nullable=False),
        sa.Column("starter", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("request", sa.JSON(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stage", sa.String(8), nullable=False),
        sa.Column("starts", sa.BigInteger(), nullable=False),
        sa.Column("plan", sa.JSON()),
        sa.PrimaryKeyConstraint("key", name="pk_jobs"),
    )


def downgrade() -> None:
    """Drop the table: what is under way is forgotten."""
    op.drop_table("jobs")
