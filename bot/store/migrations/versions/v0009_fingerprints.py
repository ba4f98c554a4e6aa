"""The templates of cases as keyed numbers, and the key of each server."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the table; the numbers of a case go with the case."""
    op.add_column("guilds", sa.Column("key", sa.LargeBinary(32)))
    op.create_table(
        "fingerprints",
        sa.Column("case", sa.String(16), nullable=False),
        sa.Column("family", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["case"], ["cases.key"], name="fk_fingerprints_case_cases", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case", "family", "number", name="pk_fingerprints"),
    )
    op.create_index("ix_fingerprints_number", "fingerprints", ["number"])


def downgrade() -> None:
    """Drop the numbers and the keys that they were made with."""
    op.drop_table("fingerprints")
    op.drop_column("guilds", "key")
