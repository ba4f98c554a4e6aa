"""Forms on the files of a message: what is remembered until somebody has filled one in."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

import discord

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text
from bot.asker import RESTARTED

AT_ONCE = 100
"""Forms remembered at once; whoever fills in an older one is asked to begin again."""

TOKEN = "[0-9a-f]{16}"  # noqa: S105  # a pattern, not a secret

OPEN = Text(
    "The message with these files stands openly in its channel: everybody who sees the channel can "
    "read the names in them. Delete the message once the case stands."
)
"""Advice to whoever used a message's menu: uploads of a command are seen by nobody else."""


class Forms:
    """The files of messages whose menu was used, by the token in the form's id."""

    def __init__(self) -> None:
        self._open: dict[str, Sequence[discord.Attachment]] = {}

    def remember(self, message: discord.Message) -> str:
        """Keep the files of a message in mind. Raises BadInput when it has none."""
        if not message.attachments:
            raise BadInput(Text("This message has no files. Choose one with a dump of posts."))
        while len(self._open) >= AT_ONCE:
            self._open.pop(next(iter(self._open)))
        token = secrets.token_hex(8)
        self._open[token] = tuple(message.attachments)
        return token

    def taken(self, token: str) -> Sequence[discord.Attachment]:
        """The files that a form was about. Raises BadInput when they are no longer known."""
        files = self._open.pop(token, None)
        if files is None:
            raise BadInput(RESTARTED)
        return files


def filled_in(
    interaction: discord.Interaction[Any], kind: str
) -> tuple[str, Mapping[str, str]] | None:
    """Token and answers, by field, of a form of this kind; `None` when it is something else."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return None
    data: Any = interaction.data or {}
    found = re.fullmatch(f"{kind}:({TOKEN})", data.get("custom_id", ""))
    if found is None:
        return None
    fields = [row.get("component", {}) for row in data.get("components", ())]
    return found[1], {field.get("custom_id", ""): _answer(field) for field in fields}


def _answer(field: Mapping[str, Any]) -> str:
    """What was chosen from a list or typed."""
    chosen = field.get("values") or [field.get("value") or ""]
    return str(chosen[0]).strip()
