"""Opens transactions that end well or not at all, and says what time it is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker


class Sessions:
    """The transactions of one database. `now` gives the time in UTC."""

    def __init__(self, engine: AsyncEngine, now: Callable[[], datetime]) -> None:
        self.now = now
        self._make = async_sessionmaker(engine, expire_on_commit=False)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A transaction that changes nothing."""
        async with self._make() as session:
            yield session

    async def count(self, query: Select[Any]) -> int:
        """What a query of one number gives; 0 where it gives none."""
        async with self.read() as session:
            return await session.scalar(query) or 0

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A transaction that is kept when the block ends well, and undone otherwise."""
        async with self._make.begin() as session:
            yield session
