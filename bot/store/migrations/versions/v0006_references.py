"""References of cases, and to whom a case is assigned."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table and the column."""
    op.create_table(
        "references",
        sa.Column("case", sa.String(16), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("who", sa.BigInteger(), nullable=False),
        sa.Column("added", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case"], ["cases.key"], name="fk_references_case", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case", "number", name="pk_references"),
    )
    op.add_column("cases", sa.Column("assigned", sa.BigInteger()))


def downgrade() -> None:
    """Drop both."""
    op.drop_column("cases", "assigned")
    op.drop_table("references")
