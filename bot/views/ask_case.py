"""Asks to which case the files of a message belong, and why they are added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import discord
from discord import ui

from analyzers.model.text import Text
from analyzers.render.words import Words as Speech
from bot.revised import MAX_WHY
from bot.views.forms import filled_in
from bot.views.one_account import TITLE

CASE, WHY = "case", "why"
KIND = "add"


class AskCase(ui.Modal):
    """A list of cases and a field for the reason; the answer comes as `Chosen`, by `token`."""

    def __init__(
        self, token: str, cases: Sequence[tuple[str, str]], chosen: str, speech: Speech
    ) -> None:
        """`cases` are at most 25 keys with what each is called; `chosen` is the one offered."""
        super().__init__(
            title=speech.say(Text("Add to a case"))[:TITLE],
            timeout=1,  # answered by its id instead: discord.py need not remember it
            custom_id=f"{KIND}:{token}",
        )
        select: ui.Select[Any] = ui.Select(
            custom_id=CASE,
            options=[
                discord.SelectOption(label=name, value=key, default=key == chosen)
                for key, name in cases
            ],
        )
        field: ui.TextInput[AskCase] = ui.TextInput(
            custom_id=WHY, style=discord.TextStyle.paragraph, max_length=MAX_WHY
        )
        self.add_item(ui.Label(text=speech.say(Text("Case"))[:TITLE], component=select))
        label = speech.say(Text("Why? Everyone in the thread reads it"))
        self.add_item(ui.Label(text=label[:TITLE], component=field))


@dataclass(frozen=True)
class Chosen:
    """Which case somebody chose, and the reason that they typed."""

    token: str
    case: str
    reason: str

    @classmethod
    def of(cls, interaction: discord.Interaction[Any]) -> Self | None:
        """What an interaction brings; `None` when it is something else."""
        found = filled_in(interaction, KIND)
        if found is None:
            return None
        token, answers = found
        return cls(token, answers.get(CASE, ""), answers.get(WHY, ""))
