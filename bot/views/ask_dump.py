"""Asks what is to be investigated in the files of a message; all of it may be left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import discord
from discord import ui

from analyzers.model.text import Text
from analyzers.render.words import Words as Speech
from bot.views.forms import filled_in
from bot.views.one_account import TITLE

KIND = "dump"
TARGET, SINCE, UNTIL = "target", "since", "until"

_LENGTHS = {TARGET: 300, SINCE: 40, UNTIL: 40}
"""Characters at most: a link to a post is the longest target, a moment with its offset a time."""


class AskDump(ui.Modal):
    """Three fields; the answer comes as `Described`, by `token`."""

    def __init__(self, token: str, speech: Speech) -> None:
        super().__init__(
            title=speech.say(Text("Investigate this dump"))[:TITLE],
            timeout=1,  # answered by its id instead: discord.py need not remember it
            custom_id=f"{KIND}:{token}",
        )
        labels = {
            TARGET: Text("Target: @handle, #hashtag, phrase or link"),
            SINCE: Text("Leave out posts before this day (UTC)"),
            UNTIL: Text("Leave out posts from this day on (UTC)"),
        }
        for name, label in labels.items():
            field: ui.TextInput[AskDump] = ui.TextInput(
                custom_id=name,
                required=False,
                max_length=_LENGTHS[name],
                placeholder=None if name == TARGET else "2019-02-08",
            )
            self.add_item(ui.Label(text=speech.say(label)[:TITLE], component=field))


@dataclass(frozen=True)
class Described:
    """What somebody typed; what they left out is `None`."""

    token: str
    target: str | None
    since: str | None
    until: str | None

    @classmethod
    def of(cls, interaction: discord.Interaction[Any]) -> Self | None:
        """What an interaction brings; `None` when it is something else."""
        found = filled_in(interaction, KIND)
        if found is None:
            return None
        token, typed = found
        return cls(token, *(typed.get(name) or None for name in (TARGET, SINCE, UNTIL)))
