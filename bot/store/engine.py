"""Connects to the database: SQLite in the storage directory, or PostgreSQL by its URL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from bot.config import StorageSettings

FILE = "limier.sqlite3"

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
"""The databases that are known, each with the driver that does not make the bot wait."""

PATIENCE = 30
"""Seconds that SQLite waits for another writer: transactions take milliseconds."""


def address(storage: StorageSettings) -> URL:
    """Where the database is. Raises BadInput when the URL is not one of a known database."""
    written = storage.database.get_secret_value()
    if not written:
        return URL.create(DRIVERS["sqlite"], database=str(storage.directory / FILE))
    try:
        url = make_url(written)
    except ArgumentError:
        raise BadInput(_UNKNOWN) from None
    driver = DRIVERS.get(url.get_backend_name())
    if driver is None:
        raise BadInput(_UNKNOWN)
    return url.set(drivername=driver)


def connect(storage: StorageSettings) -> AsyncEngine:
    """An engine that connects when it is first used."""
    url = address(storage)
    try:
        if url.get_backend_name() != "sqlite":
            return create_async_engine(url, pool_pre_ping=True)
        engine = create_async_engine(url, connect_args={"timeout": PATIENCE})
    except ModuleNotFoundError as error:
        raise BadInput(
            Text(
                "The database of storage.database needs {package}: install limier[postgresql].",
                package=Code(error.name or "asyncpg"),
            )
        ) from None
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _: object) -> None:
    connection.isolation_level = None  # the driver would else begin transactions on its own
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Any) -> None:
    """Take the turn to write at once: one that reads first could not wait for it later."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


_UNKNOWN = Text(
    "storage.database is no address of a database that I know: leave it empty for SQLite, or "
    "write it as postgresql://user:password@host/name."
)
