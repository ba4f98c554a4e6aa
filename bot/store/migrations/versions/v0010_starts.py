"""Who started what of late, and by what a case is known again when the same is asked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the table and the column; cases so far are never found again in this way."""
    op.create_table(
        "starts",
        sa.Column("key", sa.String(16), nullable=False),
        sa.Column("guild", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.BigInteger(), nullable=False),
        sa.Column("when", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_starts"),
    )
    op.create_index("ix_starts_guild_when", "starts", ["guild", "when"])
    op.create_index("ix_starts_when", "starts", ["when"])
    op.add_column("cases", sa.Column("asked", sa.String(64)))
    op.create_index("ix_cases_guild_asked", "cases", ["guild", "asked"])


def downgrade() -> None:
    """Forget them again."""
    op.drop_index("ix_cases_guild_asked", "cases")
    op.drop_column("cases", "asked")
    op.drop_table("starts")
