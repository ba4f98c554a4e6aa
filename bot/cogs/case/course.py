"""`/case status`, `agree`, `hold` and `delete`: a case on its way from draft to its end."""

from __future__ import annotations

from typing import Literal

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from analyzers.model.text import Text
from analyzers.render.inert import markdown
from bot.acting import Actor, the_case
from bot.asker import SENTENCE, Asker
from bot.cogs.case.base import CASE, Answer, CaseCommands
from bot.deletion import Deletion
from bot.record import Case, Status
from bot.sign_off import SignOff
from bot.views.confirm_deletion import ConfirmDeletion


class Course(CaseCommands):
    """Each change is checked where it is made, and logged."""

    sign_off: SignOff
    deletion: Deletion

    @app_commands.command(
        name=locale_str("status"), description=locale_str("Hand a case in for review, and so on")
    )
    @app_commands.describe(case=CASE, to=locale_str("What it becomes"))
    @app_commands.choices(
        to=[
            app_commands.Choice(name=locale_str("draft"), value=str(Status.DRAFT)),
            app_commands.Choice(name=locale_str("in review"), value=str(Status.IN_REVIEW)),
            app_commands.Choice(name=locale_str("agreed"), value=str(Status.AGREED)),
            app_commands.Choice(name=locale_str("corrected"), value=str(Status.CORRECTED)),
        ]
    )
    @app_commands.autocomplete(case=CaseCommands.suggest)
    async def status(self, interaction: discord.Interaction, case: str, to: str) -> None:
        """Change a case's status by hand."""

        async def done(actor: Actor, found: Case) -> Text:
            return await self.sign_off.move(actor, found, Status(to))

        await self.do(interaction, case, done)

    @app_commands.command(
        name=locale_str("agree"), description=locale_str("Approve a case in review, as a reviewer")
    )
    @app_commands.describe(case=CASE)
    @app_commands.autocomplete(case=CaseCommands.suggest)
    async def agree(self, interaction: discord.Interaction, case: str) -> None:
        """Count a reviewer's approval."""
        await self.do(interaction, case, self.sign_off.approve)

    @app_commands.command(
        name=locale_str("hold"), description=locale_str("Keep a case beyond its time, or no longer")
    )
    @app_commands.describe(case=CASE, keep=locale_str("Whether to keep it"))
    @app_commands.choices(
        keep=[
            app_commands.Choice(name=locale_str("keep it"), value="on"),
            app_commands.Choice(name=locale_str("let its time run"), value="off"),
        ]
    )
    @app_commands.autocomplete(case=CaseCommands.suggest)
    async def hold(
        self, interaction: discord.Interaction, case: str, keep: Literal["on", "off"] = "on"
    ) -> None:
        """Put a case on hold, or take it off."""

        async def done(actor: Actor, found: Case) -> Text:
            return await self.sign_off.hold(actor, found, keep == "on")

        await self.do(interaction, case, done)

    @commands.Cog.listener()
    async def on_approve_clicked(self, interaction: discord.Interaction, case: str, _: str) -> None:
        """Count the approval of a reviewer who clicked the button on the card."""
        await self.do(interaction, case, self.sign_off.approve)

    @app_commands.command(
        name=locale_str("delete"),
        description=locale_str("Delete a case for good"),
    )
    @app_commands.describe(case=CASE)
    @app_commands.autocomplete(case=CaseCommands.suggest)
    async def delete(self, interaction: discord.Interaction, case: str) -> None:
        """Ask whoever may delete a case whether they mean it."""

        async def answer(actor: Actor, asker: Asker) -> Answer:
            found = await the_case(actor, self.store, case)
            question = asker.speech.say(self.deletion.question(actor, found))
            view = ConfirmDeletion(found.key, asker.speech)
            return Answer([markdown(question, SENTENCE)], view)

        await self.answer(interaction, answer)

    @commands.Cog.listener()
    async def on_delete_clicked(self, interaction: discord.Interaction, case: str, _: str) -> None:
        """Delete a case for somebody who was asked and means it."""
        await self.do(interaction, case, self.deletion.delete)
