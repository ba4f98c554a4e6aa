"""Every button of a case: its id says what it does, to which case, and about what."""

from __future__ import annotations

import re
from typing import Any, Self

import discord
from discord import ui

from bot.standing import (
    AGREE,
    APPROVE,
    CANCEL,
    DELETE,
    DISPUTE,
    EVIDENCE,
    EXHIBITS,
    NOTE,
    REVEAL,
    WITHDRAW,
)

DOES = (AGREE, DISPUTE, NOTE, EVIDENCE, REVEAL, APPROVE, WITHDRAW, DELETE, EXHIBITS, CANCEL)

TEMPLATE = (
    rf"(?P<does>{'|'.join(DOES)}):(?P<case>[0-9a-f]{{16}})(?::(?P<about>[a-z0-9_:]{{1,60}}))?"
)


class Clicked(ui.DynamicItem[ui.Button[Any]], template=TEMPLATE):
    """Hands a click on to the bot as the event `agree_clicked` and so on, with case and subject.

    It is recognised by its id alone, so that buttons from before a restart work.
    """

    def __init__(self, does: str, case: str, about: str, button: ui.Button[Any]) -> None:
        super().__init__(button)
        self.does = does
        self.case = case
        self.about = about

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        """Take up the button that somebody clicked."""
        assert isinstance(item, ui.Button)
        return cls(match["does"], match["case"], match["about"] or "", item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the click on; whoever answers checks who clicked."""
        interaction.client.dispatch(f"{self.does}_clicked", interaction, self.case, self.about)
