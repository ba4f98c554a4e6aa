"""The button Cancel on the card of an investigation that waits or is under way."""

from __future__ import annotations

from pathlib import Path

import discord
from discord.ext import commands

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text
from analyzers.render.disclosure import Disclosure
from analyzers.render.words import Words as Speech
from bot import outbox
from bot.access import Action
from bot.acting import Actor, acting
from bot.asker import Asker
from bot.audit import cancelled
from bot.config import Settings
from bot.deletion import Deletion
from bot.mishap import explained
from bot.progress import ended_card
from bot.record import Job
from bot.store import Store
from bot.under_way import UnderWay

CANCELLED = Text("This investigation was cancelled.")


class Cancelling(commands.Cog):
    """For whoever started the investigation, and for those who administer."""

    def __init__(
        self, settings: Settings, store: Store, under_way: UnderWay, deletion: Deletion
    ) -> None:
        self.settings = settings
        self.store = store
        self.under_way = under_way
        self.deletion = deletion

    @commands.Cog.listener()
    async def on_cancel_clicked(
        self, interaction: discord.Interaction, key: str, about: str
    ) -> None:
        """End the work, say so on the card, and keep nothing of it."""
        asker = Asker(interaction, self.settings.discord.language)
        if not await asker.acknowledge():
            return
        try:
            done = await self._cancel(await acting(interaction, self.store), key, interaction)
        except Exception as error:
            await asker.tell(explained(error))
        else:
            await asker.tell(done)

    async def _cancel(self, actor: Actor, key: str, interaction: discord.Interaction) -> Text:
        job = await self.store.jobs.get(actor.guild, key)
        if job is None:
            raise BadInput(Text("This investigation is done, or was cancelled already."))
        if actor.id != job.starter and not actor.may(Action.ADMINISTER):
            raise BadInput(
                Text(
                    "Only whoever started this investigation and people who administer may "
                    "cancel it."
                )
            )
        case = await self.store.cases.get(actor.guild, key)
        if case:  # its thread is being written: that goes as any case goes
            return await self.deletion.delete(actor, case)
        work = await self.under_way.halt(key)
        if not work:  # nobody works on it yet after a restart, or somebody has begun just now
            await self.store.cases.forget(key)
            work = await self.under_way.halt(key)
        if work:
            await work.give_up(CANCELLED, told=False)
        else:
            await _end(interaction.message, job)
        await self.store.log.write(cancelled(job, actor.id))
        return CANCELLED


async def _end(card: discord.Message | None, job: Job) -> None:
    if card:
        speech = Speech(job.language, Disclosure(reveal=False))
        await outbox.edit(card, ended_card(CANCELLED, speech), Path(), job.key)
