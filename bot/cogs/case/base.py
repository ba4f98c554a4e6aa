"""What every command about a case shares: who asks, which case, and the private answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text
from analyzers.render.inert import markdown
from bot.acting import Actor, acting, the_case, visible
from bot.asker import CHOICE, CHOICES, SENTENCE, Asker
from bot.config import Settings
from bot.mishap import explained
from bot.record import Case
from bot.standing import status_name
from bot.store import Store

CASE = locale_str("The case: choose it from the list")


@dataclass(frozen=True)
class Answer:
    """A private answer: lines of inert markdown, what one may click on, files to download."""

    lines: list[str]
    view: discord.ui.View | None = None
    files: Sequence[discord.File] = ()


class CaseCommands(commands.Cog):
    """The part of the group that its commands stand on; each file beside adds some of them."""

    settings: Settings
    store: Store

    async def suggest(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Suggest cases that this person can see, by any part of their names."""
        asker = self.asker(interaction)
        actor = await acting(interaction, self.store)
        wanted = typed.casefold().strip()
        found = [case for case in await visible(actor, self.store) if wanted in _searched(case)]
        return [
            app_commands.Choice(name=_named(case, asker), value=case.key)
            for case in found[:CHOICES]
        ]

    def folder(self, case: Case) -> Path:
        """Where the files of a case are."""
        return self.settings.storage.cases / case.key

    async def meant(self, interaction: discord.Interaction, actor: Actor, key: str | None) -> Case:
        """The case that was chosen; without a choice the one in whose thread they are.

        Raises BadInput when there is none that they can see.
        """
        if key:
            return await the_case(actor, self.store, key)
        for case in await self.store.cases.at(interaction.channel_id or 0):
            if case.thread == interaction.channel_id and await actor.can_see(case):
                return case
        raise BadInput(Text("Choose a case, or give the command in the thread of one."))

    async def do(
        self,
        interaction: discord.Interaction,
        key: str,
        done: Callable[[Actor, Case], Awaitable[Text]],
    ) -> None:
        """Do something with a case that they can see, and tell them in one sentence."""

        async def answer(actor: Actor, asker: Asker) -> Answer:
            found = await the_case(actor, self.store, key)
            return Answer([markdown(asker.speech.say(await done(actor, found)), SENTENCE)])

        await self.answer(interaction, answer)

    async def answer(
        self,
        interaction: discord.Interaction,
        answer: Callable[[Actor, Asker], Awaitable[Answer]],
    ) -> None:
        """Give a private answer, be it a refusal."""
        asker = self.asker(interaction)
        if not await asker.take_up():
            return
        try:
            said = await answer(await acting(interaction, self.store), asker)
        except Exception as error:
            await asker.tell(explained(error))
        else:
            if not said.files:
                await asker.tell_lines(said.lines, said.view)
            elif not await asker.hand_over(said.lines, said.files):
                await asker.tell(Text("Discord did not take the file. Give the command again."))

    def asker(self, interaction: discord.Interaction) -> Asker:
        """Whoever gave the command, to be answered in their language."""
        return Asker(interaction, self.settings.discord.language)


def _searched(case: Case) -> str:
    return " ".join([case.title, case.key, *case.targets]).casefold()


def _named(case: Case, asker: Asker) -> str:
    status = asker.speech.say(status_name(case.status))
    day = asker.speech.value(case.created.date())
    room = CHOICE - len(f" · {status} · {day}")
    return f"{case.title[:room]} · {status} · {day}"
