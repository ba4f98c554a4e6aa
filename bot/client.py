"""The Discord bot: connects, loads the cogs, syncs the commands; everything else is theirs."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import partial

import discord
from discord import app_commands
from discord.ext import commands

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from analyzers.render.disclosure import Disclosure
from analyzers.render.words import Words as Speech
from bot.alone import alone
from bot.asker import Asker
from bot.cogs.about import Help, Privacy
from bot.cogs.accounts import Accounts
from bot.cogs.cancelling import Cancelling
from bot.cogs.case import Cases
from bot.cogs.discussion import Discussing
from bot.cogs.event import ServerEvents
from bot.cogs.evidence import Evidence
from bot.cogs.figure import Figures
from bot.cogs.inspect import Inspect
from bot.cogs.investigate import Investigate
from bot.cogs.keeping import Keeping
from bot.cogs.menu import DumpMenu
from bot.cogs.resuming import Resuming
from bot.cogs.reveal import Revealing
from bot.cogs.revising import Revising
from bot.cogs.settings import ServerSettings
from bot.collecting import Collecting
from bot.config import TOKEN_VARIABLE, Settings
from bot.deletion import Deletion
from bot.discussion import Room
from bot.exhibiting import Exhibiting
from bot.export import Export
from bot.farewell import say_farewell
from bot.locales import CommandTranslator
from bot.loss import Losses
from bot.mishap import explained
from bot.pool import Pool
from bot.referring import Referring
from bot.revisions import Revisions
from bot.rewriting import Rewriter
from bot.sign_off import SignOff
from bot.store import Store, utc_now
from bot.under_way import UnderWay

LOG = logging.getLogger(__name__)


class Tree(app_commands.CommandTree["Limier"]):
    """The commands; an error that no command answered is answered here, never in silence."""

    async def on_error(
        self, interaction: discord.Interaction[Limier], error: app_commands.AppCommandError
    ) -> None:
        """Tell the person who gave the command one sentence; log what nobody foresaw."""
        asker = Asker(interaction, self.client.settings.discord.language)
        sentence = explained(error)
        if interaction.response.is_done() or await asker.acknowledge():
            await asker.tell(sentence)


class Limier(commands.Bot):
    """A bot without prefix commands; it needs no privileged intent, for it reads no messages.

    It is told of messages, without what they say, so as to hear when one of a case is deleted.
    """

    def __init__(
        self, settings: Settings, pool: Pool, now: Callable[[], datetime] = utc_now
    ) -> None:
        """`now` gives the time of day in UTC."""
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True, guild_messages=True),
            max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False),
            tree_cls=Tree,
        )
        self.settings = settings
        self.pool = pool
        self.store = Store(settings.storage, now, settings.limits)

    async def setup_hook(self) -> None:
        """Load the cogs and tell Discord which commands there are, before anything arrives."""
        french = Speech("fr", Disclosure(reveal=False))
        await asyncio.to_thread(french.say, Text("unknown"))  # reads the catalogue off the loop
        await self.store.open()
        await self.tree.set_translator(CommandTranslator())
        for cog in self._cogs():
            await self.add_cog(cog)
        if not self.settings.discord.guilds:
            await self.tree.sync()
        for guild_id in self.settings.discord.guilds:
            guild = discord.Object(guild_id)
            self.tree.copy_global_to(guild=guild)
            await self.tree.sync(guild=guild)
        LOG.info("Commands are synced")

    def _cogs(self) -> Iterator[commands.Cog]:
        settings, store = self.settings, self.store
        rewriter = Rewriter(self, store, settings.storage.cases)
        room = Room(self, store, rewriter)
        at_once = settings.limits.at_once or settings.pool.workers
        collecting = Collecting(settings.collect, settings.storage.collections, self.pool)
        under_way = UnderWay(settings.storage, self.pool, store, at_once, collecting)
        investigate = Investigate(self, settings, self.pool, store, under_way)
        yield investigate
        yield DumpMenu(self, investigate)
        yield Inspect(settings, self.pool, store)
        accounts = Accounts(self, settings, self.pool)
        yield accounts
        yield Discussing(self, settings, store, room)
        yield Revealing(settings, store)
        yield Evidence(self, settings, store)
        yield Figures(settings, store)
        yield ServerEvents(settings, store)
        exhibiting = Exhibiting(self, store, settings.storage.exhibits)
        farewell = partial(say_farewell, self)
        deletion = Deletion(store, rewriter, under_way.halt, farewell, settings.storage)
        export = Export(store, rewriter, settings.storage.exhibits, self.pool)
        revisions = Revisions(self, settings.storage, self.pool, store, rewriter, under_way.line)
        revising = Revising(self, settings, store, revisions)
        yield revising
        sign_off = SignOff(store, rewriter)
        yield Cases(
            settings,
            store,
            sign_off,
            deletion,
            export,
            accounts,
            exhibiting,
            revising,
            Referring(self, store, rewriter),
        )
        yield ServerSettings(settings, store)
        yield Privacy(settings, store, room)
        yield Help(settings)
        yield Keeping(settings.storage, store, Losses(self, store, rewriter))
        yield Cancelling(settings, store, under_way, deletion)
        yield Resuming(self, store, under_way)

    async def close(self) -> None:
        """Leave Discord, then let go of the database."""
        await super().close()
        await self.store.close()


def serve(settings: Settings) -> None:
    """Run the bot until it is stopped.

    Raises BadInput when Discord does not take the token, or another bot works in the storage.
    """
    token = settings.token.get_secret_value()
    with (
        suppress(KeyboardInterrupt),
        alone(settings.storage) as scratch,
        Pool.of(settings.pool, scratch) as pool,
    ):
        asyncio.run(_serve(settings, pool, token))


async def _serve(settings: Settings, pool: Pool, token: str) -> None:
    async with Limier(settings, pool) as bot:
        _close_when_told(bot)
        try:
            await bot.start(token)
        except discord.LoginFailure:
            raise BadInput(
                Text(
                    "Discord does not accept the bot token. Make a new one in its developer "
                    "portal and put it into the environment variable {variable}.",
                    variable=Code(TOKEN_VARIABLE),
                )
            ) from None


def _close_when_told(bot: Limier) -> None:
    """A container is stopped by SIGTERM: close then, so that cards say that work was stopped."""
    closing: set[asyncio.Task[None]] = set()

    def close() -> None:
        closing.add(asyncio.create_task(bot.close()))

    if sys.platform != "win32":  # which has no such handlers
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, close)
