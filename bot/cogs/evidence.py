"""`/evidence`: searches the posts of a case, by step, account and words."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Awaitable, Callable
from typing import TypeVar

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text
from analyzers.read.limits import MIB
from bot.access import Action, refusal
from bot.acting import Actor, acting, the_case
from bot.asker import CHOICE, CHOICES, Asker
from bot.audit import found_shown, posts_taken
from bot.cogs.case.base import CaseCommands
from bot.config import Settings
from bot.found_posts import (
    MOST_WORDS,
    as_csv,
    found,
    page_message,
    query_of,
    shared,
    shared_message,
)
from bot.kept_posts import About, Query, about
from bot.message import Message
from bot.mishap import explained
from bot.outbox import Layout
from bot.record import Case
from bot.store import Store
from bot.views.found import FoundPosts
from bot.voice import Voice

T = TypeVar("T")

AT_ONCE = 2
"""Searches that run at the same time: each keeps a processor busy for up to some seconds."""


class Evidence(CaseCommands):
    """Exact posts for the role that reveals, logged page by page; shared texts for the others."""

    def __init__(self, bot: commands.Bot, settings: Settings, store: Store) -> None:
        self.bot = bot
        self.settings = settings
        self.store = store
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def cog_load(self) -> None:
        """Answer the buttons of earlier searches too."""
        self.bot.add_dynamic_items(FoundPosts)

    async def cog_unload(self) -> None:
        """Answer no more."""
        self.bot.remove_dynamic_items(FoundPosts)

    @app_commands.command(
        name=locale_str("evidence"),
        description=locale_str("Search the posts of a case: by step, account or words"),
    )
    @app_commands.describe(
        case=locale_str(
            "The case: choose it from the list; left out in a thread, that of the thread"
        ),
        step=locale_str("Only posts that this step names"),
        account=locale_str("Only posts of this account, by its pseudonym"),
        words=locale_str("Only posts with all these words; case and accents do not count"),
    )
    @app_commands.autocomplete(case=CaseCommands.suggest)
    @app_commands.guild_only()
    async def evidence(
        self,
        interaction: discord.Interaction,
        case: str | None = None,
        step: str | None = None,
        account: str | None = None,
        words: app_commands.Range[str, 1, MOST_WORDS] | None = None,
    ) -> None:
        """Show the first page of what was found."""

        async def message(actor: Actor, asker: Asker) -> tuple[Message, Case]:
            meant = await self._meant(actor, interaction, case)
            query = await self._in_turn(
                lambda: query_of(
                    self.folder(meant),
                    step or "",
                    account or "",
                    words or "",
                    reveals=actor.may(Action.REVEAL),
                )
            )
            return await self._page(actor, meant, query, 1, Voice(asker.speech)), meant

        await self._show(interaction, message)

    @commands.Cog.listener()
    async def on_find_clicked(
        self, interaction: discord.Interaction, case: str, query: Query, number: int
    ) -> None:
        """Show another page of what was found."""

        async def message(actor: Actor, asker: Asker) -> tuple[Message, Case]:
            meant = await the_case(actor, self.store, case)
            return await self._page(actor, meant, query, number, Voice(asker.speech)), meant

        await self._show(interaction, message)

    @commands.Cog.listener()
    async def on_take_clicked(
        self, interaction: discord.Interaction, case: str, query: Query, _: int
    ) -> None:
        """Hand over all that was found as a CSV."""
        asker = self.asker(interaction)
        if not await asker.take_up():
            return
        try:
            actor = await acting(interaction, self.store)
            meant = await the_case(actor, self.store, case)
            actor.check(Action.REVEAL)
            made, count = await self._in_turn(lambda: as_csv(self.folder(meant), query))
            _check_size(made, actor.member.guild.filesize_limit)
            await self.store.log.write(posts_taken(meant, actor.id, count))
        except Exception as error:
            await asker.tell(explained(error))
            return
        taken = Text(
            "{n} posts with handles and links. Keep the file where only those read it who may see "
            "them; that you took it is logged.",
            n=count,
        )
        file = discord.File(io.BytesIO(made), f"limier-{meant.key}-posts.csv")
        if not await asker.add(taken, file):
            await asker.add(Text("Discord did not take the file. Give the command again."))

    @evidence.autocomplete("step")
    async def suggest_step(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Suggest the steps of the case that name posts."""
        whole = await self._about(interaction)
        if whole is None:
            return []
        lang, wanted = self.asker(interaction).speech.lang, typed.casefold().strip()
        fitting = [
            app_commands.Choice(name=titles[lang][:CHOICE], value=step)
            for step, titles in whole.steps.items()
            if wanted in titles[lang].casefold() or wanted in step
        ]
        return fitting[:CHOICES]

    @evidence.autocomplete("account")
    async def suggest_account(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Suggest pseudonyms, and handles to nobody: suggestions are not logged."""
        whole = await self._about(interaction)
        wanted = typed.upper().strip()
        fitting = [name for name in sorted(whole.accounts if whole else ()) if wanted in name]
        return [app_commands.Choice(name=name, value=name) for name in fitting[:CHOICES]]

    async def _about(self, interaction: discord.Interaction) -> About | None:
        """What is kept of the case that was chosen, if this person can see it."""
        try:
            actor = await acting(interaction, self.store)
            chosen = getattr(interaction.namespace, "case", None)
            meant = await self._meant(actor, interaction, chosen)
            return await asyncio.to_thread(about, self.folder(meant))
        except BadInput:
            return None

    async def _meant(
        self, actor: Actor, interaction: discord.Interaction, chosen: str | None
    ) -> Case:
        """The case that was chosen, or else the one in whose thread the command was given."""
        if chosen:
            return await the_case(actor, self.store, chosen)
        for case in await self.store.cases.at(interaction.channel_id or 0):
            if case.thread == interaction.channel_id and case.guild == actor.guild:
                return case
        raise BadInput(Text("Say which case: this is not the thread of one."))

    async def _page(
        self, actor: Actor, case: Case, query: Query, number: int, voice: Voice
    ) -> Message:
        folder = self.folder(case)
        if not actor.may(Action.REVEAL):
            texts = await self._in_turn(lambda: shared(folder, query))
            return shared_message(texts, refusal(Action.REVEAL, actor.settings), voice)
        page = await self._in_turn(lambda: found(folder, query, number))
        await self.store.log.write(found_shown(case, actor.id, page.number))  # else nobody sees it
        return page_message(page, voice)

    async def _in_turn(self, search: Callable[[], T]) -> T:
        async with self._turns:
            return await asyncio.to_thread(search)

    async def _show(
        self,
        interaction: discord.Interaction,
        message: Callable[[Actor, Asker], Awaitable[tuple[Message, Case]]],
    ) -> None:
        asker = self.asker(interaction)
        if not await asker.take_up():
            return
        try:
            shown, case = await message(await acting(interaction, self.store), asker)
        except Exception as error:
            await asker.tell(explained(error))
        else:
            await asker.show(Layout(shown, case=case.key))


def _check_size(made: bytes, limit: int) -> None:
    if len(made) > limit:
        raise BadInput(
            Text(
                "This file has {size} MB, and this server accepts {limit} MB. Look for less, such "
                "as one step or one account.",
                size=len(made) / MIB,
                limit=limit // MIB,
            )
        )
