"""The Discord bot: connects, loads the cogs, syncs the commands; everything else is theirs."""

from __future__ import annotations

import logging

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.investigate import Investigate
from bot.config import Settings
from bot.locales import CommandTranslator
from bot.pool import Pool

LOG = logging.getLogger(__name__)


class Limier(commands.Bot):
    """A bot without prefix commands; it needs no privileged intent, for it reads no messages."""

    def __init__(self, settings: Settings, pool: Pool) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False),
        )
        self.settings = settings
        self.pool = pool

    async def setup_hook(self) -> None:
        await self.tree.set_translator(CommandTranslator())
        await self.add_cog(Investigate(self.settings, self.pool))
        if not self.settings.discord.guilds:
            await self.tree.sync()
        for guild_id in self.settings.discord.guilds:
            guild = discord.Object(guild_id)
            self.tree.copy_global_to(guild=guild)
            await self.tree.sync(guild=guild)
        LOG.info("Commands are synced")


def serve(settings: Settings) -> None:
    """Run the bot until it is stopped; the token comes from the settings' environment variable."""
    with Pool.of(settings.pool) as pool:
        bot = Limier(settings, pool)
        bot.run(settings.token.get_secret_value(), log_handler=None)
