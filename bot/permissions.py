"""Whether a case can live in a channel, and what the bot lacks there, before work on it starts."""

from __future__ import annotations

import discord

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text
from bot.homes import Channel
from bot.record import GuildSettings, Home, Status
from bot.tags import may_make_tags, tag_for, without_tag

_ANYWHERE: tuple[tuple[str, Text], ...] = (
    ("view_channel", Text("View Channel")),
    ("send_messages", Text("Send Messages")),
    ("send_messages_in_threads", Text("Send Messages in Threads")),
    ("attach_files", Text("Attach Files")),
    ("read_message_history", Text("Read Message History")),
)
"""What a thread with charts takes, with the English names of Discord's permission settings."""

NEEDED: dict[Home, tuple[tuple[str, Text], ...]] = {
    Home.CHANNEL: (*_ANYWHERE, ("create_public_threads", Text("Create Public Threads"))),
    Home.PRIVATE: (*_ANYWHERE, ("create_private_threads", Text("Create Private Threads"))),
    Home.POST: tuple(
        (flag, Text("Create Posts") if flag == "send_messages" else name)
        for flag, name in _ANYWHERE
    ),
}
"""What each kind of place takes; in a forum, Discord calls Send Messages otherwise."""


def lacking(permissions: discord.Permissions, home: Home = Home.CHANNEL) -> tuple[Text, ...]:
    """The names of needed permissions that are not granted."""
    return tuple(name for flag, name in NEEDED[home] if not getattr(permissions, flag))


def place_of(
    interaction: discord.Interaction, settings: GuildSettings, *, private: bool = False
) -> tuple[Channel, Home]:
    """Where the case goes that somebody asks for, once it is sure that it can go there.

    Raises BadInput with what is missing: a channel, a permission, a tag, or the person's own view.
    """
    guild, member = interaction.guild, interaction.user
    assert guild is not None
    assert isinstance(member, discord.Member)
    place = guild.get_channel(settings.place) if settings.place else interaction.channel
    if settings.place and place is None:
        raise BadInput(
            Text(
                "The channel for the cases of this server was deleted. Whoever manages the server "
                "sets another with /settings place."
            )
        )
    if private and isinstance(place, discord.ForumChannel):
        place = interaction.channel  # a forum has no private threads
    if private and not isinstance(place, discord.TextChannel):
        raise BadInput(
            Text("Use this command in a text channel: only there can a private thread be opened.")
        )
    if not isinstance(place, discord.TextChannel | discord.ForumChannel):
        raise BadInput(Text("Use this command in a text channel: the answer is a thread under it."))
    if not place.permissions_for(member).view_channel:
        raise BadInput(
            Text(
                "The cases of this server go to a channel that you cannot see. Ask an "
                "administrator to let you in."
            )
        )
    home = Home.PRIVATE if private else home_in(place)
    here = place == interaction.channel
    check_place(place, home, interaction.app_permissions if here else None)
    return place, home


def home_in(place: Channel) -> Home:
    """How a case that is not private lives in a channel."""
    return Home.POST if isinstance(place, discord.ForumChannel) else Home.CHANNEL


def check_place(place: Channel, home: Home, permissions: discord.Permissions | None = None) -> None:
    """Refuse a channel in which the bot lacks something; `permissions` are its own there."""
    missing = lacking(permissions or place.permissions_for(place.guild.me), home)
    if missing:
        raise BadInput(
            Text(
                "I lack {permissions} in #{channel}. Ask an administrator to grant it to me there.",
                permissions=missing,
                channel=place.name,
            )
        )
    if isinstance(place, discord.ForumChannel) and _needs_a_tag(place):
        raise BadInput(
            Text(
                "#{channel} wants a tag on each post and has none for the status of a case. Ask "
                "an administrator to add the tags {tags}, or to grant me Manage Channels there.",
                channel=place.name,
                tags=without_tag(place),
            )
        )


def _needs_a_tag(forum: discord.ForumChannel) -> bool:
    """Whether posts must have a tag, and neither is there one for drafts nor can it be made."""
    required = forum.flags.require_tag and tag_for(forum, Status.DRAFT) is None
    return required and not may_make_tags(forum)
