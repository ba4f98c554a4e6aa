"""Which permissions the bot lacks in a channel, by the names that Discord's own settings use."""

from __future__ import annotations

import discord

from analyzers.model.text import Text

NEEDED: tuple[tuple[str, Text], ...] = (
    ("view_channel", Text("View Channel")),
    ("send_messages", Text("Send Messages")),
    ("create_public_threads", Text("Create Public Threads")),
    ("send_messages_in_threads", Text("Send Messages in Threads")),
    ("attach_files", Text("Attach Files")),
    ("read_message_history", Text("Read Message History")),
)
"""What a thread with charts takes, with the English names of Discord's permission settings."""


def lacking(permissions: discord.Permissions) -> tuple[Text, ...]:
    """The names of needed permissions that are not granted, in the order of Discord's settings."""
    return tuple(name for flag, name in NEEDED if not getattr(permissions, flag))
