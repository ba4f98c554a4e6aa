"""The button by which somebody who asked for a case's deletion says that they mean it."""

from __future__ import annotations

import discord
from discord import ui

from analyzers.model.text import Text
from analyzers.render.words import Words as Speech
from bot.standing import DELETE


class ConfirmDeletion(ui.View):
    """One button whose id names the case; `Clicked` answers it, and rights are checked again."""

    def __init__(self, case: str, speech: Speech) -> None:
        super().__init__(timeout=None)
        label = speech.say(Text("Delete for good"))
        style = discord.ButtonStyle.danger
        self.add_item(ui.Button(label=label, style=style, custom_id=f"{DELETE}:{case}"))
        self.stop()
