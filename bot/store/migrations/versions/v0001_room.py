"""The first tables: servers' settings, cases and their messages, opinions, the log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)
STANDS = sa.text("withdrawn IS NULL AND kind <> 'note'")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "guilds",
        sa.Column("guild", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("investigate", sa.BigInteger()),
        sa.Column("review", sa.BigInteger()),
        sa.Column("reveal", sa.BigInteger()),
        sa.Column("administer", sa.BigInteger()),
        sa.Column("language", sa.String(2)),
        sa.Column("retention_days", sa.BigInteger()),
        sa.PrimaryKeyConstraint("guild", name="pk_guilds"),
    )
    op.create_table(
        "cases",
        sa.Column("key", sa.String(16), nullable=False),
        sa.Column("guild", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.BigInteger(), nullable=False),
        sa.Column("thread", sa.BigInteger(), nullable=False),
        sa.Column("card", sa.BigInteger(), nullable=False),
        sa.Column("starter", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("targets", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("hold", sa.Boolean(), nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("updated", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_cases"),
    )
    op.create_index("ix_cases_guild_created", "cases", ["guild", "created"])
    op.create_table(
        "messages",
        sa.Column("case", sa.String(16), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("message", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        _of_case("messages"),
        sa.PrimaryKeyConstraint("case", "key", name="pk_messages"),
    )
    op.create_table(
        "opinions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case", sa.String(16), nullable=False),
        sa.Column("step", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("who", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("given", MOMENT, nullable=False),
        sa.Column("message", sa.BigInteger()),
        sa.Column("withdrawn", MOMENT),
        _of_case("opinions"),
        sa.PrimaryKeyConstraint("id", name="pk_opinions"),
    )
    op.create_index("ix_opinions_who", "opinions", ["who"])
    op.create_index(
        "uq_opinions_standing",
        "opinions",
        ["case", "step", "who"],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )
    op.create_table(
        "log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guild", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(32), nullable=False),
        sa.Column("on", sa.String(64), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("when", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_log"),
    )
    op.create_index("ix_log_guild_when", "log", ["guild", "when"])


def downgrade() -> None:
    """Drop the tables, and all that they hold."""
    for table in ("log", "opinions", "messages", "cases", "guilds"):
        op.drop_table(table)


def _of_case(table: str) -> sa.ForeignKeyConstraint:
    """A row that goes when its case goes."""
    return sa.ForeignKeyConstraint(
        ["case"], ["cases.key"], name=f"fk_{table}_case", ondelete="CASCADE"
    )
