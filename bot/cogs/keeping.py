"""Lets go of cases when their time is over, and notes those whose place in Discord is gone."""

from __future__ import annotations

import asyncio
import logging

import discord
from discord.ext import commands, tasks

from bot.audit import expired, lost
from bot.config import StorageSettings
from bot.record import Case
from bot.retention import Term, expire, manifest_hash
from bot.store import Store

LOG = logging.getLogger(__name__)

EVERY_HOURS = 24


class Keeping(commands.Cog):
    """Tidies up at the start and once a day."""

    def __init__(self, storage: StorageSettings, store: Store) -> None:
        self.storage = storage
        self.store = store

    async def cog_load(self) -> None:
        """Begin to tidy up."""
        self.daily.start()

    async def cog_unload(self) -> None:
        """Tidy up no more."""
        self.daily.cancel()

    @tasks.loop(hours=EVERY_HOURS)
    async def daily(self) -> None:
        """Delete what is past its time; whatever goes wrong, tomorrow is tried again."""
        try:
            await self.tidy()
        except Exception:
            LOG.exception("Cases past their time could not be deleted")

    async def tidy(self) -> None:
        """Delete cases past their time with all that was said of them; the log keeps their hash."""
        cases = {case.key: case for case in await self.store.cases.all()}
        terms = {case.key: await self._term(case) for case in cases.values()}
        hashes = await asyncio.to_thread(self._hashes, tuple(cases))
        now = self.store.now().timestamp()
        await asyncio.to_thread(expire, self.storage, now, terms)
        kept = await asyncio.to_thread(self._kept)
        for key in [key for key, term in terms.items() if term.over(now) and key not in kept]:
            await self.store.cases.forget(key, expired(cases[key], hashes[key]))

    async def _term(self, case: Case) -> Term:
        settings = await self.store.guilds.of(case.guild)
        most = self.storage.retention_days
        days = min(settings.retention_days or most, most)
        return Term(case.created.timestamp(), days, case.hold)

    def _hashes(self, keys: tuple[str, ...]) -> dict[str, str]:
        return {key: manifest_hash(self.storage.cases / key) for key in keys}

    def _kept(self) -> frozenset[str]:
        folder = self.storage.cases
        return frozenset(path.name for path in folder.iterdir()) if folder.is_dir() else frozenset()

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Log that the place of some cases is gone."""
        await self._lost(channel.id, "channel")

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, thread: discord.RawThreadDeleteEvent) -> None:
        """Log that the thread of a case is gone."""
        await self._lost(thread.thread_id, "thread")

    async def _lost(self, place: int, what: str) -> None:
        for case in await self.store.cases.at(place):
            await self.store.log.write(lost(case, what))
