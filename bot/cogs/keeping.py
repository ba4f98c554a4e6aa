"""Lets go of cases and log lines past their time, and hears what was deleted in Discord."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

import discord
from discord.ext import commands, tasks

from bot.audit import LASTING, expired, role_lost
from bot.config import StorageSettings
from bot.loss import Losses
from bot.record import RIGHTS, Case
from bot.retention import Term, expire, manifest_hash
from bot.store import Store
from bot.store.losses import CHANNEL, THREAD

LOG = logging.getLogger(__name__)

EVERY_HOURS = 24


class Keeping(commands.Cog):
    """Tidies up at the start and once a day."""

    def __init__(self, storage: StorageSettings, store: Store, losses: Losses) -> None:
        self.storage = storage
        self.store = store
        self.losses = losses

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
        await self.store.starts.prune()
        await self._forget_lines()

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

    async def _forget_lines(self) -> None:
        """Delete lines of each server's log past their time, but not what says that a case was."""
        most = self.storage.log_days
        for guild in await self.store.log.guilds():
            settings = await self.store.guilds.of(guild)
            days = min(settings.log_days or most, most)
            await self.store.log.expire(guild, self.store.now() - timedelta(days), LASTING)

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Tell whoever started a case whose channel is gone."""
        await self.losses.place(channel.id, CHANNEL)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, thread: discord.RawThreadDeleteEvent) -> None:
        """Tell that the thread of a case is gone."""
        await self.losses.place(thread.thread_id, THREAD)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, deleted: discord.RawMessageDeleteEvent) -> None:
        """Tell that a message of a case is gone."""
        await self.losses.messages([deleted.message_id])

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, deleted: discord.RawBulkMessageDeleteEvent) -> None:
        """Tell which messages of cases are gone."""
        await self.losses.messages(deleted.message_ids)

    @commands.Cog.listener()
    async def on_message_missing(self, message: int) -> None:
        """Tell that a message of a case was found gone when it was to be written anew."""
        await self.losses.messages([message])

    @commands.Cog.listener()
    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """Log that a right has no role any more, and tell cases that wait for reviewers."""
        settings = await self.store.guilds.of(role.guild.id)
        for right in RIGHTS:
            if settings.role(right) == role.id:
                await self.store.log.write(role_lost(role.guild.id, right))
                if right == "review":
                    await self.losses.reviewers(role.guild.id)
