"""Run by Alembic, not imported: migrates over the connection that `bot.store.migrate` opened."""

from __future__ import annotations

from alembic import context

from bot.store import Base


def run() -> None:
    """Run the migrations in the caller's transaction, tables copied where SQLite needs that."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=Base.metadata,
        render_as_batch=True,
        transactional_ddl=True,
    )
    context.run_migrations()


if hasattr(context, "config"):
    run()
