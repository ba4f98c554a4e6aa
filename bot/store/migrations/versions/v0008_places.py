"""Where cases live, how long the log is kept, and what of a case was deleted in Discord."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the columns and the table; every case so far is a thread under its card."""
    for table in ("cases", "jobs"):
        op.add_column(
            table, sa.Column("home", sa.String(8), nullable=False, server_default="channel")
        )
    for column in ("place", "log_days"):
        op.add_column("guilds", sa.Column(column, sa.BigInteger()))
    op.create_table(
        "losses",
        sa.Column("case", sa.String(16), nullable=False),
        sa.Column("what", sa.String(64), nullable=False),
        sa.Column("when", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case"], ["cases.key"], name="fk_losses_case_cases", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case", "what", name="pk_losses"),
    )
    op.create_index("ix_messages_message", "messages", ["message"])


def downgrade() -> None:
    """Forget them again."""
    op.drop_index("ix_messages_message", "messages")
    op.drop_table("losses")
    for column in ("log_days", "place"):
        op.drop_column("guilds", column)
    for table in ("jobs", "cases"):
        op.drop_column(table, "home")
