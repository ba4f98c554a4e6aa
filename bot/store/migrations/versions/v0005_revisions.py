"""Revisions: how cases went on after they were published."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "revisions",
        sa.Column("case", sa.String(16), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("guild", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("request", sa.JSON(), nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("starts", sa.BigInteger(), nullable=False),
        sa.Column("changed", sa.JSON(), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("read", MOMENT),
        sa.Column("told", MOMENT),
        sa.ForeignKeyConstraint(
            ["case"], ["cases.key"], name="fk_revisions_case", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case", "number", name="pk_revisions"),
    )


def downgrade() -> None:
    """Drop the table: what cases said before stays in their folders."""
    op.drop_table("revisions")
