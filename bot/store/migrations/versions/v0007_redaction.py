"""How much of the posts a server's cases show."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the column; a server that set nothing shows as much as before."""
    op.add_column("guilds", sa.Column("redaction", sa.String(8)))


def downgrade() -> None:
    """Forget what servers set."""
    op.drop_column("guilds", "redaction")
