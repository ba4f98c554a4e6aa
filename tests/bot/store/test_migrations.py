"""The tables that migrations make are those that the code expects, on a new and an old database."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from pydantic import SecretStr
from sqlalchemy import Connection

from analyzers.model.refusal import BadInput
from bot.config import StorageSettings
from bot.store import Base, Store
from bot.store.engine import FILE, address, connect
from bot.store.migrate import migrate, reach


def differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, Base.metadata))


async def test_from_nothing_to_what_the_code_expects(
    store: Store, storage: StorageSettings
) -> None:
    engine = connect(storage)
    async with engine.begin() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


def test_at_every_start_what_is_there_stays(tmp_path: Path) -> None:
    storage = StorageSettings(directory=tmp_path)
    migrate(storage)
    with sqlite3.connect(tmp_path / FILE) as database:
        database.execute("INSERT INTO guilds (guild, language) VALUES (1, 'fr')")
    migrate(storage)
    with sqlite3.connect(tmp_path / FILE) as database:
        assert database.execute("SELECT guild, language FROM guilds").fetchall() == [(1, "fr")]
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize(
    ("written", "driver"),
    [
        ("", "sqlite+aiosqlite"),
        ("sqlite:///elsewhere.db", "sqlite+aiosqlite"),
        ("postgresql://me:secret@host/limier", "postgresql+asyncpg"),
    ],
)
def test_a_database_by_its_address(tmp_path: Path, written: str, driver: str) -> None:
    storage = StorageSettings(directory=tmp_path, database=SecretStr(written))
    assert address(storage).drivername == driver
    assert "secret" not in repr(storage)


@pytest.mark.parametrize("written", ["mysql://host/name", "limier.db"])
def test_an_unknown_database_is_refused_in_one_sentence(written: str) -> None:
    with pytest.raises(BadInput, match="no address of a database"):
        address(StorageSettings(database=SecretStr(written)))


@pytest.mark.filterwarnings(  # aiosqlite's thread answers a loop that is already closed
    "ignore::pytest.PytestUnhandledThreadExceptionWarning"
)
@pytest.mark.parametrize(
    "written", ["sqlite:////nowhere/at/all.db", "postgresql://me:secret@127.0.0.1:9/none"]
)
def test_a_database_that_does_not_answer_is_one_sentence_without_its_password(
    tmp_path: Path, written: str
) -> None:
    if written.startswith("postgresql"):
        pytest.importorskip("asyncpg")
    storage = StorageSettings(directory=tmp_path, database=SecretStr(written))
    for ask in (migrate, reach):
        with pytest.raises(BadInput, match="The database does not answer") as refused:
            ask(storage)
        assert "secret" not in repr(refused.value.text)
