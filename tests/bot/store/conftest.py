"""An empty store whose clock the test sets, and a case to put into it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.config import StorageSettings
from bot.record import Case
from bot.store import Store

THEN = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Clock:
    """Shows the time that it was set to."""

    def __init__(self) -> None:
        self.time = THEN

    def __call__(self) -> datetime:
        return self.time

    def tick(self) -> None:
        self.time += timedelta(minutes=1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.peers)])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StorageSettings]:
    """Where the store is: a file, and where PostgreSQL is installed, a server on loopback."""
    if request.param == "sqlite":
        yield StorageSettings(directory=tmp_path)
        return
    with postgresql(tmp_path) as address:
        yield StorageSettings(directory=tmp_path, database=SecretStr(address))


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A PostgreSQL server of its own, gone afterwards; its programs must be on the path."""
    data, port = folder / "postgresql", free_port()
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    data.mkdir()
    if user:  # PostgreSQL refuses to run as root
        shutil.chown(data, "postgres")
        for parent in (folder, *folder.parents[:3]):
            parent.chmod(parent.stat().st_mode | 0o011)
    options = f"-c listen_addresses=127.0.0.1 -p {port} -k {data}"
    control = [*user, program("pg_ctl"), "-D", str(data)]
    subprocess.run(
        [*control, "init", "-o", "-A trust -U limier"], check=True, stdout=subprocess.DEVNULL
    )
    subprocess.run(
        [*control, "start", "-w", "-o", options, "-l", str(data / "log")],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield f"postgresql://limier@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "stop", "-m", "immediate"], check=True, stdout=subprocess.DEVNULL)


def program(name: str) -> str:
    """A program of PostgreSQL, from the path or where Debian keeps it."""
    found = shutil.which(name) or max(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), default=None
    )
    if found is None:
        pytest.skip("PostgreSQL is not installed")
    return str(found)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@pytest.fixture
async def store(storage: StorageSettings, clock: Clock) -> AsyncIterator[Store]:
    opened = Store(storage, clock)
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
def case() -> Callable[..., Case]:
    """A case, with what the test says of it."""

    def build(**overrides: Any) -> Case:
        plain = Case(
            key="0123456789abcdef",
            guild=1,
            channel=10,
            thread=11,
            card=11,
            starter=100,
            title="Posts about @target_person",
            language="en",
            targets=("@target_person",),
            created=THEN,
            updated=THEN,
        )
        return replace(plain, **overrides)

    return build
