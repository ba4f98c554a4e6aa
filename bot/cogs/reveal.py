"""The buttons that show who is behind the pseudonyms and which posts a step rests on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeAlias

import discord
from discord.ext import commands

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text
from bot.access import Action, refusal
from bot.acting import Actor, acting
from bot.asker import Asker
from bot.audit import evidence_shown, revealed
from bot.config import Settings
from bot.disclosed import Listing, names, page, posts
from bot.found_posts import as_csv_button, shared, shared_message
from bot.kept_posts import Query
from bot.message import Button
from bot.mishap import explained
from bot.outbox import Layout
from bot.record import GONE, Case, Entry
from bot.standing import EVIDENCE, REVEAL
from bot.store import Store
from bot.voice import Voice

Log: TypeAlias = Callable[[Case, int, int], Entry]


class Revealing(commands.Cog):
    """Shows names to the role that reveals, privately and logged first; to others the counts."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings = settings
        self.store = store

    @commands.Cog.listener()
    async def on_reveal_clicked(
        self, interaction: discord.Interaction, case: str, number: str
    ) -> None:
        """Show a page of the accounts with their handles."""

        def read(found: Case) -> Listing:
            return names(self.settings.storage.cases / found.key)

        heading = Text("Who is behind the pseudonyms")
        await self._show(interaction, case, (REVEAL, ()), number, read, revealed, heading)

    @commands.Cog.listener()
    async def on_evidence_clicked(
        self, interaction: discord.Interaction, case: str, about: str
    ) -> None:
        """Show a page of the posts that a step rests on."""
        step, _, number = about.partition(":")
        asker = self._asker(interaction)

        def read(found: Case) -> Listing:
            return posts(self.settings.storage.cases / found.key, step, asker.speech.lang)

        def log(found: Case, who: int, shown: int) -> Entry:
            return evidence_shown(found, who, step, shown)

        heading = Text("The posts that this step rests on")
        csv = as_csv_button(Query(step), Voice(asker.speech))
        await self._show(
            interaction, case, (EVIDENCE, (step,)), number, read, log, heading, beside=(csv,)
        )

    async def _show(
        self,
        interaction: discord.Interaction,
        key: str,
        button: tuple[str, Sequence[str]],
        number: str,
        read: Callable[[Case], Listing],
        log: Log,
        heading: Text,
        beside: Sequence[Button] = (),
    ) -> None:
        asker = self._asker(interaction)
        if not await asker.take_up():
            return
        try:
            actor = await acting(interaction, self.store)
            case = await self.store.cases.get(actor.guild, key)
            if case is None or interaction.channel_id != case.thread:
                raise BadInput(GONE)
            listing = await asyncio.to_thread(read, case)
            if not actor.may(Action.REVEAL):
                await self._tell_counts(actor, case, listing, button, asker)
                return
            shown = min(int(number) if number.isdecimal() else 1, listing.pages)
            await self.store.log.write(log(case, actor.id, shown))  # first: else nobody sees it
        except Exception as error:
            await asker.tell(explained(error))
            return
        does, about = button
        message = page(listing, shown, heading, does, about, Voice(asker.speech), beside)
        await asker.show(Layout(message, case=case.key))

    async def _tell_counts(
        self,
        actor: Actor,
        case: Case,
        listing: Listing,
        button: tuple[str, Sequence[str]],
        asker: Asker,
    ) -> None:
        """Tell somebody without the right to reveal how much there is, and why not more.

        Of a step's posts they read the texts that several accounts share.
        """
        why = refusal(Action.REVEAL, actor.settings)
        does, about = button
        if does == EVIDENCE:
            folder = self.settings.storage.cases / case.key
            with suppress(BadInput):  # a case from before posts were kept
                texts = await asyncio.to_thread(shared, folder, Query(*about))
                message = shared_message(texts, why, Voice(asker.speech))
                await asker.show(Layout(message, case=case.key))
                return
        said = [asker.speech.say(why), asker.speech.say(listing.counts)]
        await asker.tell_lines([" ".join(said)])

    def _asker(self, interaction: discord.Interaction) -> Asker:
        return Asker(interaction, self.settings.discord.language)
