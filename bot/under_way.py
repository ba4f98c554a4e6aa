"""The investigations that this process works on: each waits in line, and can be ended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.collecting import Collecting
from bot.config import StorageSettings
from bot.homes import Channel
from bot.line import Line, Place
from bot.pool import Pool
from bot.record import Job
from bot.request import Request
from bot.store import Store
from bot.work import Work


class UnderWay:
    """Each by the key of the case that it becomes; one for the whole bot."""

    def __init__(
        self,
        storage: StorageSettings,
        pool: Pool,
        store: Store,
        at_once: int,
        collecting: Collecting,
    ) -> None:
        """`at_once` of them are analysed at a time, the others wait; so do those that collect, in a
        line of their own, for that takes long and little of this machine."""
        self.line = Line(at_once)
        self.collecting = collecting
        self._storage = storage
        self._pool = pool
        self._store = store
        self._kept: dict[str, Place] = {}
        self._works: dict[str, Work] = {}
        self._stopping = False

    def keep_place(self, job: Job) -> None:
        """Have a job from before a restart stand in line before anybody who comes now."""
        self._kept[job.key] = self._join(job)

    def let_go(self, key: str) -> None:
        """Let go of a place that was kept and not taken."""
        place = self._kept.pop(key, None)
        if place:
            self._leave(place)

    def _join(self, job: Job) -> Place:
        collects = Request.from_row(job.request).collects and job.plan is None
        return (self.collecting.line if collects else self.line).join(job.guild)

    def _leave(self, place: Place) -> None:
        self.line.leave(place)
        self.collecting.line.leave(place)

    @asynccontextmanager
    async def work(self, job: Job, channel: Channel) -> AsyncIterator[Work]:
        """The work on a job, to be run inside; a job whose place was kept is gone on with."""
        kept = self._kept.pop(job.key, None)
        place = kept or self._join(job)
        work = Work(
            job,
            channel,
            self._storage,
            self._pool,
            self._store,
            self.line,
            place,
            self.collecting,
            resumed=kept is not None,
        )
        if self._stopping:
            await work.halt()
        self._works[job.key] = work
        try:
            yield work
        finally:
            self._leave(place)
            del self._works[job.key]

    async def halt(self, key: str) -> Work | None:
        """End the work on a case that is no longer wanted, if there is any, and give it back."""
        self.let_go(key)
        work = self._works.get(key)
        if work:
            await work.halt()
        return work

    async def stop(self) -> None:
        """Say on every card that the work pauses, because the program ends."""
        self._stopping = True
        await asyncio.gather(*(work.stop() for work in tuple(self._works.values())))
