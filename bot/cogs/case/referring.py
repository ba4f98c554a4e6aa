"""`/case reference add`, `remove` and `/case assign`: what stands beside a case, and who cares."""

from __future__ import annotations

from typing import Final

import discord
from discord import app_commands
from discord.app_commands import locale_str

from analyzers.model.text import Text
from bot.acting import Actor
from bot.cogs.case.base import CASE, CaseCommands
from bot.record import Case
from bot.referring import MAX_TITLE, MAX_URL, Referring

_NUMBER: Final = locale_str("Its number, as the thread lists it")


class Beside(CaseCommands):
    """Each change is checked where it is made, and logged."""

    referring: Referring

    reference = app_commands.Group(
        name=locale_str("reference"),
        description=locale_str("Articles and studies that belong to a case"),
    )

    @reference.command(
        name=locale_str("add"), description=locale_str("Set an article or a study beside a case")
    )
    @app_commands.describe(
        case=CASE,
        url=locale_str("The address of the page, https://…"),
        title=locale_str("What it is called"),
    )
    @app_commands.autocomplete(case=CaseCommands.suggest)
    async def refer(
        self,
        interaction: discord.Interaction,
        case: str,
        url: app_commands.Range[str, 1, MAX_URL],
        title: app_commands.Range[str, 1, MAX_TITLE],
    ) -> None:
        """Set a reference beside a case."""

        async def done(actor: Actor, found: Case) -> Text:
            return await self.referring.add(actor, found, url, title)

        await self.do(interaction, case, done)

    @reference.command(
        name=locale_str("remove"), description=locale_str("Take a reference away from a case")
    )
    @app_commands.describe(case=CASE, number=_NUMBER)
    @app_commands.autocomplete(case=CaseCommands.suggest)
    async def unrefer(self, interaction: discord.Interaction, case: str, number: int) -> None:
        """Take a reference away."""

        async def done(actor: Actor, found: Case) -> Text:
            return await self.referring.remove(actor, found, number)

        await self.do(interaction, case, done)

    @app_commands.command(
        name=locale_str("assign"), description=locale_str("Say who takes care of a case")
    )
    @app_commands.describe(
        case=CASE, person=locale_str("Somebody of this server; left out, nobody")
    )
    @app_commands.autocomplete(case=CaseCommands.suggest)
    async def assign(
        self, interaction: discord.Interaction, case: str, person: discord.Member | None = None
    ) -> None:
        """Assign a case to somebody, or to nobody."""

        async def done(actor: Actor, found: Case) -> Text:
            return await self.referring.assign(actor, found, person)

        await self.do(interaction, case, done)
