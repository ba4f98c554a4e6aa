"""What outlives a restart: servers' settings, cases, unfinished jobs, opinions and the log."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from bot.config import LimitSettings, StorageSettings
from bot.store.base import Base
from bot.store.cases import Cases
from bot.store.engine import connect
from bot.store.entries import Log
from bot.store.events import Events
from bot.store.exhibits import Exhibits
from bot.store.figures import Figures
from bot.store.fingerprints import Fingerprints
from bot.store.guilds import Guilds
from bot.store.jobs import Jobs
from bot.store.losses import Losses
from bot.store.migrate import migrate
from bot.store.opinions import Opinions
from bot.store.references import References
from bot.store.revisions import Revisions
from bot.store.sessions import Sessions
from bot.store.starts import Starts

__all__ = ["Base", "Store", "utc_now"]


def utc_now() -> datetime:
    """The time of day; whoever needs another one passes it to the store."""
    return datetime.now(UTC)


class Store:
    """The database, by concern; nothing here makes the event loop wait."""

    def __init__(
        self,
        storage: StorageSettings,
        now: Callable[[], datetime] = utc_now,
        limits: LimitSettings = LimitSettings(),  # noqa: B008  # frozen
    ) -> None:
        self._storage = storage
        self._engine = connect(storage)
        self.now = now
        sessions = Sessions(self._engine, now)
        self.guilds = Guilds(sessions)
        self.cases = Cases(sessions)
        self.starts = Starts(sessions, limits)
        self.jobs = Jobs(sessions, self.starts)
        self.opinions = Opinions(sessions)
        self.exhibits = Exhibits(sessions)
        self.figures = Figures(sessions)
        self.events = Events(sessions)
        self.fingerprints = Fingerprints(sessions)
        self.references = References(sessions)
        self.revisions = Revisions(sessions, self.starts)
        self.losses = Losses(sessions)
        self.log = Log(sessions)

    async def open(self) -> None:
        """Bring the tables up to date; call it once, before anything else."""
        await asyncio.to_thread(migrate, self._storage)

    async def close(self) -> None:
        """Let go of all connections."""
        await self._engine.dispose()
