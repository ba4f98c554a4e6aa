"""Asks why somebody disputes a step, or for a note on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Self

import discord
from discord import ui

from analyzers.model.text import Text
from analyzers.render.words import Words as Speech
from bot.message import MAX_REASON
from bot.record import Kind
from bot.views.one_account import TITLE

FIELD = "reason"
_ID = re.compile(r"why:(dispute|note):([0-9a-f]{16}):([a-z0-9_]{1,40})")


class AskReason(ui.Modal):
    """One field for a reason. Its answer comes as a `Reason`, also after a restart of the bot."""

    def __init__(self, kind: Kind, case: str, step: str, speech: Speech) -> None:
        titles = {
            Kind.DISPUTE: Text("Why do you dispute this step?"),
            Kind.NOTE: Text("A note on this step"),
        }
        super().__init__(
            title=speech.say(titles[kind])[:TITLE],
            timeout=1,  # answered by its id instead: discord.py need not remember it
            custom_id=f"why:{kind}:{case}:{step}",
        )
        field: ui.TextInput[AskReason] = ui.TextInput(
            custom_id=FIELD, style=discord.TextStyle.paragraph, max_length=MAX_REASON
        )
        label = speech.say(Text("Everyone in the thread reads it"))
        self.add_item(ui.Label(text=label[:TITLE], component=field))


@dataclass(frozen=True)
class Reason:
    """What somebody typed about which step."""

    kind: Kind
    case: str
    step: str
    words: str

    @classmethod
    def of(cls, interaction: discord.Interaction[Any]) -> Self | None:
        """The reason that an interaction brings; `None` when it is something else."""
        if interaction.type is not discord.InteractionType.modal_submit:
            return None
        data: Any = interaction.data or {}
        found = _ID.fullmatch(data.get("custom_id", ""))
        if found is None:
            return None
        fields = [row.get("component", {}) for row in data.get("components", ())]
        words = next((str(one["value"]) for one in fields if one.get("custom_id") == FIELD), "")
        return cls(Kind(found[1]), found[2], found[3], words.strip())
