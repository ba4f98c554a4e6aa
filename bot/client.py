"""The Discord bot: connects, loads the cogs, syncs the commands; everything else is theirs."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from contextlib import suppress

import discord
from discord import app_commands
from discord.ext import commands

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from analyzers.render.disclosure import Disclosure
from analyzers.render.words import Words as Speech
from bot.asker import Asker
from bot.cogs.accounts import Accounts
from bot.cogs.investigate import Investigate
from bot.config import TOKEN_VARIABLE, Settings
from bot.locales import CommandTranslator
from bot.mishap import explained
from bot.pool import Pool

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
    """A bot without prefix commands; it needs no privileged intent, for it reads no messages."""

    def __init__(self, settings: Settings, pool: Pool) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False),
            tree_cls=Tree,
        )
        self.settings = settings
        self.pool = pool

    async def setup_hook(self) -> None:
        """Load the cogs and tell Discord which commands there are, before anything arrives."""
        french = Speech("fr", Disclosure(reveal=False))
        await asyncio.to_thread(french.say, Text("unknown"))  # reads the catalogue off the loop
        await self.tree.set_translator(CommandTranslator())
        await self.add_cog(Investigate(self, self.settings, self.pool))
        await self.add_cog(Accounts(self, self.settings, self.pool))
        if not self.settings.discord.guilds:
            await self.tree.sync()
        for guild_id in self.settings.discord.guilds:
            guild = discord.Object(guild_id)
            self.tree.copy_global_to(guild=guild)
            await self.tree.sync(guild=guild)
        LOG.info("Commands are synced")


def serve(settings: Settings) -> None:
    """Run the bot until it is stopped; raises BadInput when Discord does not take the token."""
    token = settings.token.get_secret_value()
    with suppress(KeyboardInterrupt), Pool.of(settings.pool) as pool:
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
