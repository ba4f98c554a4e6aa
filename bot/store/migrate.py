"""Brings the database to the tables that this version needs; safe to run at every start."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from bot.config import StorageSettings
from bot.store.engine import connect

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(storage: StorageSettings) -> None:
    """Upgrade the database, making it first where it is a file. Blocks: call it in a thread.

    Raises BadInput when it does not answer.
    """
    storage.directory.mkdir(parents=True, exist_ok=True)
    with _answering():
        asyncio.run(_connected(storage, upgrade))


def reach(storage: StorageSettings) -> None:
    """Connect and change nothing. Blocks. Raises BadInput when the database does not answer."""
    with _answering():
        asyncio.run(_connected(storage, lambda _: None))


async def _connected(storage: StorageSettings, work: Callable[[Connection], None]) -> None:
    engine = connect(storage)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(work)
    finally:
        await engine.dispose()


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, OSError) as error:  # their messages may repeat the password
        cause = getattr(error, "orig", None) or error
        raise BadInput(
            Text(
                "The database does not answer ({problem}): check storage.database, and that the "
                "server runs.",
                problem=Code(type(cause.__cause__ or cause).__name__),
            )
        ) from error


def upgrade(connection: Connection) -> None:
    """Run all migrations that this database has not seen, in the transaction of `connection`."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
