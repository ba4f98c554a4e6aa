"""Brings the database to the tables that this version needs; safe to run at every start."""

from __future__ import annotations

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from bot.config import StorageSettings
from bot.store.engine import connect

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(storage: StorageSettings) -> None:
    """Upgrade the database, making it first where it is a file. Blocks: call it in a thread."""
    storage.directory.mkdir(parents=True, exist_ok=True)
    asyncio.run(_migrate(storage))


async def _migrate(storage: StorageSettings) -> None:
    engine = connect(storage)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(upgrade)
    finally:
        await engine.dispose()


def upgrade(connection: Connection) -> None:
    """Run all migrations that this database has not seen, in the transaction of `connection`."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
