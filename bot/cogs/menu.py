"""*Investigate this dump* in the menu of a message: `/investigate` of files that were posted."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from analyzers.model.text import Text
from bot.access import Action
from bot.acting import acting
from bot.asker import Asker
from bot.cogs.investigate import Asked, Investigate
from bot.mishap import explained
from bot.views.ask_dump import AskDump, Described
from bot.views.forms import OPEN, Forms


class DumpMenu(commands.Cog):
    """Asks with a form what is to be investigated; several files of a message are one dump."""

    def __init__(self, bot: commands.Bot, investigate: Investigate) -> None:
        self.bot = bot
        self._investigate = investigate
        self._forms = Forms()
        self._menu = app_commands.ContextMenu(
            name=locale_str("Investigate this dump"), callback=self.ask
        )
        self._menu.guild_only = True

    async def cog_load(self) -> None:
        """Offer the command on messages."""
        self.bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Offer it no more."""
        self.bot.tree.remove_command(self._menu.name, type=self._menu.type)

    async def ask(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Ask for the target and the days; a form must be the first answer."""
        asker = self._asker(interaction)
        try:
            actor = await acting(interaction, self._investigate.store)
            actor.check(Action.INVESTIGATE)
            token = self._forms.remember(message)
        except Exception as error:
            if await asker.acknowledge():
                await asker.tell(explained(error))
            return
        await interaction.response.send_modal(AskDump(token, asker.speech))

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Take up a form that was filled in, perhaps one from before a restart."""
        described = Described.of(interaction)
        if described is None:
            return
        asker = self._asker(interaction)
        if not await asker.acknowledge():
            return
        try:
            files = tuple(self._forms.taken(described.token))
        except Exception as error:
            await asker.tell(explained(error))
            return
        await asker.tell(Text("I fetch the files of this message."))
        await asker.add(OPEN)
        asked = Asked(files, described.target, since=described.since, until=described.until)
        await self._investigate.pursue(interaction, asker, asked)

    def _asker(self, interaction: discord.Interaction) -> Asker:
        return Asker(interaction, self._investigate.settings.discord.language)
