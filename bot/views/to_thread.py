"""The button that takes the person who asked to their thread."""

from __future__ import annotations

import discord
from discord import ui

from analyzers.model.text import Text
from analyzers.render.words import Words as Speech


class ToThread(ui.View):
    """A link button; it needs no answer from the bot and works for ever."""

    def __init__(self, thread: discord.Thread, speech: Speech) -> None:
        super().__init__(timeout=None)
        label = speech.say(Text("Open the thread"))
        self.add_item(ui.Button(label=label, url=thread.jump_url))
