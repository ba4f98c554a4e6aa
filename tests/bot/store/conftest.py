"""An empty store whose clock the test sets, and a case to put into it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

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


@pytest.fixture
async def store(tmp_path: Path, clock: Clock) -> AsyncIterator[Store]:
    opened = Store(StorageSettings(directory=tmp_path), clock)
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
