"""Goes on with the investigations that a stop of the program cut short."""

from __future__ import annotations

import asyncio
import logging

import discord
from discord.ext import commands

from bot.config import StorageSettings
from bot.homes import Channel
from bot.mishap import explained
from bot.pool import Pool
from bot.record import Job
from bot.request import Request
from bot.store import Store
from bot.work import Work

LOG = logging.getLogger(__name__)


class Resuming(commands.Cog):
    """Takes up each job once per start, oldest first, as soon as its server is there.

    The people who asked can no longer be answered privately: the card says what they need.
    """

    def __init__(
        self, bot: commands.Bot, storage: StorageSettings, pool: Pool, store: Store
    ) -> None:
        self.bot = bot
        self.storage = storage
        self.pool = pool
        self.store = store
        self._open: set[Work] = set()
        self._task: asyncio.Task[None] | None = None

    async def cog_load(self) -> None:
        """Note what is unfinished, before any command adds to it."""
        jobs = await self.store.jobs.all()
        self._task = asyncio.create_task(self._resume(jobs)) if jobs else None

    async def cog_unload(self) -> None:
        """Say on every card that the work pauses, and take up nothing more."""
        for work in tuple(self._open):
            await work.stop()
        if self._task:
            self._task.cancel()

    async def _resume(self, jobs: tuple[Job, ...]) -> None:
        await self.bot.wait_until_ready()
        LOG.info("%d investigations were cut short and go on", len(jobs))
        await asyncio.gather(*(self._go_on(job) for job in jobs))

    async def _go_on(self, job: Job) -> None:
        """Finish one job; whatever goes wrong with it, the others go on."""
        try:
            guild, channel = self.bot.get_guild(job.guild), self.bot.get_channel(job.channel)
            if guild is not None and guild.unavailable:
                return  # an outage at Discord: the next start tries again
            if isinstance(channel, discord.TextChannel | discord.ForumChannel):
                await self._finish(job, channel)
            else:
                await self.store.cases.forget(job.key)
        except Exception:
            LOG.exception("The investigation %s could not go on", job.key)

    async def _finish(self, job: Job, channel: Channel) -> None:
        work = Work(job, channel, self.storage, self.pool, self.store)
        self._open.add(work)
        try:
            await work.run(Request.from_row(job.request))
        except Exception as error:
            if not work.stopped:
                await work.give_up(explained(error), told=False)
        finally:
            self._open.discard(work)
