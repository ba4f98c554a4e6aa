"""Shows one account of a case to whoever may see the case, and to nobody else."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Awaitable, Callable
from pathlib import Path

import discord
from discord.ext import commands

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text
from bot import pipeline
from bot.asker import Asker
from bot.close_up import CloseUp, Place, check_place
from bot.config import Settings
from bot.message import Chart, Message, Words
from bot.mishap import explained
from bot.outbox import Layout
from bot.pool import Pool
from bot.views.one_account import OneAccount

AT_MOST = 600.0
"""Seconds that a sheet is waited for: an interaction can be answered for fifteen minutes."""

PICTURE = "account.png"


class Accounts(commands.Cog):
    """Answers the select of a case's accounts, also those of cases from before a restart."""

    def __init__(self, bot: commands.Bot, settings: Settings, pool: Pool) -> None:
        self.bot = bot
        self.settings = settings
        self.pool = pool
        self._waiting: set[int] = set()

    async def cog_load(self) -> None:
        """Answer the selects of every case there is."""
        self.bot.add_dynamic_items(OneAccount)

    async def cog_unload(self) -> None:
        """Answer no more."""
        self.bot.remove_dynamic_items(OneAccount)

    @commands.Cog.listener()
    async def on_account_asked(
        self, interaction: discord.Interaction, case: str, pseudonym: str
    ) -> None:
        """Show an account to somebody who chose it in the case's thread."""

        async def folder() -> Path:
            kept = self.settings.storage.cases / case
            here = Place(interaction.guild_id or 0, interaction.channel_id or 0)
            await asyncio.to_thread(check_place, kept, here)
            return kept

        await self.show(interaction, folder, pseudonym)

    async def show(
        self,
        interaction: discord.Interaction,
        folder: Callable[[], Awaitable[Path]],
        pseudonym: str,
    ) -> None:
        """Answer privately at once, then show the account, or say in one sentence why not.

        `folder` gives the case's folder, or raises BadInput for who may not see the case.
        """
        asker = Asker(interaction, self.settings.discord.language)
        if not await asker.acknowledge():
            return
        if asker.user.id in self._waiting:
            await asker.tell(Text("I still draw the account that you asked for before: wait."))
            return
        self._waiting.add(asker.user.id)
        try:
            seen = await self._seen(await folder(), asker, pseudonym)
        except Exception as error:
            await asker.tell(explained(error))
        else:
            words = Words(seen.markdown)
            message = Message("account", (words, Chart(PICTURE, seen.alt)))
            await asker.show(Layout(message), discord.File(io.BytesIO(seen.picture), PICTURE))
        finally:
            self._waiting.discard(asker.user.id)

    async def _seen(self, folder: Path, asker: Asker, pseudonym: str) -> CloseUp:
        if self.pool.busy:
            await asker.tell(
                Text("My workers are busy: I show this account as soon as one of them is free.")
            )
        try:
            async with asyncio.timeout(AT_MOST):
                return await pipeline.look(folder, pseudonym, asker.speech.lang, self.pool)
        except TimeoutError:
            raise BadInput(
                Text("My workers were busy all the time. Choose the account again later.")
            ) from None
