"""The buttons Agree, Dispute, Note and Withdraw of a case, whoever clicks them and whenever."""

from __future__ import annotations

import discord
from discord.ext import commands

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text
from bot.access import Action
from bot.acting import Actor, acting
from bot.asker import Asker
from bot.config import Settings
from bot.discussion import Room
from bot.mishap import explained
from bot.record import GONE, Case, Kind
from bot.store import Store
from bot.views.clicked import Clicked
from bot.views.reason import AskReason, Reason
from bot.views.withdraw import Withdraw


class Discussing(commands.Cog):
    """Answers privately; what was said shows in the thread."""

    def __init__(self, bot: commands.Bot, settings: Settings, store: Store, room: Room) -> None:
        self.bot = bot
        self.settings = settings
        self.store = store
        self.room = room

    async def cog_load(self) -> None:
        """Answer the buttons of every case there is."""
        self.bot.add_dynamic_items(Clicked)

    async def cog_unload(self) -> None:
        """Answer no more."""
        self.bot.remove_dynamic_items(Clicked)

    @commands.Cog.listener()
    async def on_agree_clicked(
        self, interaction: discord.Interaction, case: str, step: str
    ) -> None:
        """Count an agreement."""
        await self._say(interaction, case, step, Kind.AGREE)

    @commands.Cog.listener()
    async def on_dispute_clicked(
        self, interaction: discord.Interaction, case: str, step: str
    ) -> None:
        """Ask why, unless they dispute the step already."""
        await self._ask(interaction, Kind.DISPUTE, case, step)

    @commands.Cog.listener()
    async def on_note_clicked(self, interaction: discord.Interaction, case: str, step: str) -> None:
        """Ask for the note."""
        await self._ask(interaction, Kind.NOTE, case, step)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Take up a reason that was typed, perhaps into a form from before a restart."""
        reason = Reason.of(interaction)
        if reason:
            await self._say(interaction, reason.case, reason.step, reason.kind, reason.words)

    @commands.Cog.listener()
    async def on_withdraw_clicked(
        self, interaction: discord.Interaction, case: str, opinion: str
    ) -> None:
        """Take back what this person said."""
        asker = self._asker(interaction)
        if not await asker.take_up():
            return
        try:
            actor, found = await self._here(interaction, case)
            done = opinion.isdecimal() and await self.room.withdraw(found, int(opinion), actor.id)
        except Exception as error:
            await asker.tell(explained(error))
            return
        await asker.tell(
            Text("You took it back.") if done else Text("There is nothing left to take back.")
        )

    async def _ask(
        self, interaction: discord.Interaction, kind: Kind, case: str, step: str
    ) -> None:
        """Open the form; a form must be Discord's first answer, so nothing is said before it."""
        asker = self._asker(interaction)
        try:
            actor, found = await self._here(interaction, case)
            stands = await self.store.opinions.standing(found.key, step, actor.id)
        except Exception as error:
            if await asker.acknowledge():
                await asker.tell(explained(error))
            return
        if kind is Kind.DISPUTE and stands and stands.kind is kind:
            if await asker.acknowledge():
                already = Text(
                    "You dispute this step already. Withdraw that to give another reason."
                )
                await asker.tell(already, Withdraw(stands, asker.speech))
            return
        await interaction.response.send_modal(AskReason(kind, case, step, asker.speech))

    async def _say(
        self,
        interaction: discord.Interaction,
        case: str,
        step: str,
        kind: Kind,
        reason: str = "",
    ) -> None:
        asker = self._asker(interaction)
        if not await asker.acknowledge():
            return
        try:
            if kind is not Kind.AGREE and not reason:
                raise BadInput(Text("Nothing was written. Write a sentence and send it again."))
            actor, found = await self._here(interaction, case)
            opinion, said = await self.room.say(found, step, kind, actor.id, reason)
        except Exception as error:
            await asker.tell(explained(error))
        else:
            await asker.tell(said, Withdraw(opinion, asker.speech))

    async def _here(self, interaction: discord.Interaction, key: str) -> tuple[Actor, Case]:
        """Who clicked and the case, if this is its thread and they may discuss it."""
        actor = await acting(interaction, self.store)
        case = await self.store.cases.get(actor.guild, key)
        if case is None or interaction.channel_id not in (case.thread, case.shown_in):
            raise BadInput(GONE)
        actor.check(Action.DISCUSS)
        return actor, case

    def _asker(self, interaction: discord.Interaction) -> Asker:
        return Asker(interaction, self.settings.discord.language)
