"""The select under a case's bottom line by which one looks at one of its accounts."""

from __future__ import annotations

import re
from typing import Any, Self

import discord
from discord import ui

from analyzers.model.text import Text
from analyzers.render.words import Words as Speech
from bot.asker import Asker
from bot.message import ANOTHER, PICKER

ASKED = "account_asked"
"""The bot's event for a choice, with the interaction, the case's key and the pseudonym."""

LONGEST = 20
"""Characters of a pseudonym that may be typed: far more than any has."""

TITLE = 45
"""Discord's limit on a modal's title and on a label's text."""


class OneAccount(ui.DynamicItem[ui.Select[Any]], template=rf"{PICKER}(?P<case>[0-9a-f]{{16}})"):
    """Answers by its id, which names the case, so that it works after a restart of the bot."""

    def __init__(self, case: str, select: ui.Select[Any]) -> None:
        super().__init__(select)
        self.case = case

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        """Take up the select that somebody chose from."""
        assert isinstance(item, ui.Select)
        return cls(match["case"], item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the pseudonym on to the bot, or ask for one first."""
        (value,) = self.item.values
        if value == ANOTHER:
            speech = Asker(interaction, interaction.client.settings.discord.language).speech
            await interaction.response.send_modal(AskPseudonym(self.case, speech))
        else:
            interaction.client.dispatch(ASKED, interaction, self.case, value)


class AskPseudonym(ui.Modal):
    """Asks for the pseudonym of an account that the select has no room for."""

    def __init__(self, case: str, speech: Speech) -> None:
        super().__init__(title=speech.say(Text("Look at one account…"))[:TITLE], timeout=600)
        self._case = case
        self._typed: ui.TextInput[AskPseudonym] = ui.TextInput(
            custom_id="pseudonym", placeholder="A26", max_length=LONGEST
        )
        label = speech.say(Text("Its pseudonym, as the thread has it"))[:TITLE]
        self.add_item(ui.Label(text=label, component=self._typed))

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the typed pseudonym on to the bot."""
        interaction.client.dispatch(ASKED, interaction, self._case, self._typed.value)
