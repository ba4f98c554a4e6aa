"""Goes on with the investigations that a stop of the program cut short."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

import discord
from discord.ext import commands

from bot.homes import Channel
from bot.mishap import explained
from bot.record import Job
from bot.request import Request
from bot.store import Store
from bot.under_way import UnderWay
from bot.work import Halted

LOG = logging.getLogger(__name__)


class Resuming(commands.Cog):
    """Takes up each job once per start, oldest first, as soon as its server is there.

    The people who asked can no longer be answered privately: the card says what they need.
    """

    def __init__(self, bot: commands.Bot, store: Store, under_way: UnderWay) -> None:
        self.bot = bot
        self.store = store
        self.under_way = under_way
        self._task: asyncio.Task[None] | None = None

    async def cog_load(self) -> None:
        """Have what is unfinished stand in line, before any command adds to it.

        What was under way comes first, then what waited, in its old order.
        """
        jobs = sorted(await self.store.jobs.all(), key=lambda job: job.starts == 0)
        for job in jobs:
            self.under_way.keep_place(job)
        self._task = asyncio.create_task(self._resume(jobs)) if jobs else None

    async def cog_unload(self) -> None:
        """Take up nothing more."""
        if self._task:
            self._task.cancel()

    async def _resume(self, jobs: Sequence[Job]) -> None:
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
        finally:
            self.under_way.let_go(job.key)

    async def _finish(self, job: Job, channel: Channel) -> None:
        async with self.under_way.work(job, channel) as work:
            try:
                await work.run(Request.from_row(job.request))
            except Halted:
                return
            except Exception as error:
                await work.give_up(explained(error), told=False)
