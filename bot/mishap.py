"""What to tell a person about an error: one sentence, and a number to find an unexpected one by."""

from __future__ import annotations

import logging
import secrets

import discord
from discord import app_commands

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text

LOG = logging.getLogger(__name__)

TOO_LARGE = 40005
"""Discord's error code for a request whose files are larger than the server allows."""


def explained(error: BaseException) -> Text:
    """The sentence for the person who asked; what nobody foresaw is logged under a short id."""
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    match error:
        case BadInput():
            return error.text
        case discord.NotFound():
            return Text(
                "The channel, the card or the thread was deleted while I worked, so there is "
                "nowhere to answer. Give the command again where the answer should go."
            )
        case discord.Forbidden():
            return Text(
                "Discord does not let me write the thread here. Ask an administrator to grant me "
                "Send Messages, Create Public Threads, Send Messages in Threads and Attach Files, "
                "and give the command again."
            )
        case discord.HTTPException(code=code) if code == TOO_LARGE:
            return Text(
                "The charts are larger than this server accepts. Ask the operator to make the "
                "thread from the command line."
            )
        case app_commands.CommandSignatureMismatch() | app_commands.CommandNotFound():
            return Text("This command has changed: reload Discord (Ctrl+R) and give it again.")
        case _:
            return _unforeseen(error)


def _unforeseen(error: BaseException) -> Text:
    number = secrets.token_hex(3)
    LOG.error("Unexpected error %s", number, exc_info=error)
    return Text(
        "Something went wrong on my side, not on yours. Tell whoever runs me this number: {number}",
        number=Code(number),
    )
