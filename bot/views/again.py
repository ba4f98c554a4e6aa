"""Leads to the case that the same files made before, and offers to investigate them again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord import ui

from analyzers.model.text import Text
from bot.asker import Asker
from bot.views.candidates import PATIENCE

CUSTOM_ID = "again"


class Again(ui.View):
    """A link to the thread and a button; on a private answer, so only its reader can click."""

    def __init__(
        self,
        thread: str,
        asker: Asker,
        again: Callable[[Asker], Awaitable[None]],
        nobody_clicked: Callable[[], Awaitable[None]],
    ) -> None:
        """`thread` is its address. Either `again` is called, or `nobody_clicked`, and once."""
        super().__init__(timeout=PATIENCE)
        self._asker = asker
        self._again = again
        self._nobody_clicked = nobody_clicked
        speech = asker.speech
        self.add_item(ui.Button(label=speech.say(Text("Open the thread")), url=thread))
        self.add_item(_Click(self._hand_on, speech.say(Text("Investigate again anyway"))))

    async def _hand_on(self, interaction: discord.Interaction) -> None:
        if not self.is_finished():
            self.stop()
            await self._again(self._asker.answering(interaction))

    async def on_timeout(self) -> None:
        """Take the button away rather than leave one that no longer answers."""
        await self._nobody_clicked()


class ForgottenAgain(ui.View):
    """Answers a click on such a button from before a restart; registered at each start."""

    def __init__(self, asker: Callable[[discord.Interaction], Asker]) -> None:
        super().__init__(timeout=None)
        self._asker = asker
        self.add_item(_Click(self._answer, CUSTOM_ID))

    async def _answer(self, interaction: discord.Interaction) -> None:
        await self._asker(interaction).tell(
            Text("I was restarted after I asked this. Give the command again.")
        )


class _Click(ui.Button[ui.View]):
    """The button, under an id that stays the same from one start of the bot to the next."""

    def __init__(
        self, clicked: Callable[[discord.Interaction], Awaitable[None]], label: str
    ) -> None:
        super().__init__(custom_id=CUSTOM_ID, label=label)
        self._clicked = clicked

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Acknowledge within Discord's three seconds, then hand the click on."""
        await interaction.response.defer()
        await self._clicked(interaction)
