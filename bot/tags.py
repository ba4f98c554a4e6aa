"""The tags by which a forum shows how far its cases are."""

from __future__ import annotations

from typing import Final

import discord

from analyzers.model.text import Text
from analyzers.render.disclosure import Disclosure
from analyzers.render.words import Lang
from analyzers.render.words import Words as Speech
from bot.record import Case, Status
from bot.standing import status_name

MOST: Final = 20
"""Discord's limit on the tags of a forum."""

APPLIED: Final = 5
"""Discord's limit on the tags of a post."""

_LANGS: tuple[Lang, ...] = ("en", "fr")


def tag_for(forum: discord.ForumChannel, status: Status) -> discord.ForumTag | None:
    """The forum's tag for a status, by its name in either language, if it has one."""
    names = {_name(status, lang).casefold() for lang in _LANGS}
    return next((tag for tag in forum.available_tags if tag.name.casefold() in names), None)


def without_tag(forum: discord.ForumChannel) -> tuple[Text, ...]:
    """The names of the tags that a forum lacks."""
    return tuple(status_name(status) for status in Status if tag_for(forum, status) is None)


def may_make_tags(forum: discord.ForumChannel) -> bool:
    """Whether the missing tags can be made: the bot may, and there is room for them."""
    room = MOST - len(forum.available_tags)
    return forum.permissions_for(forum.guild.me).manage_channels and len(without_tag(forum)) <= room


async def make_tags(forum: discord.ForumChannel, lang: Lang) -> discord.ForumChannel:
    """Make the tags that are missing, if that is possible; gives back the forum as it is then."""
    lacking = [status for status in Status if tag_for(forum, status) is None]
    if not lacking or not may_make_tags(forum):
        return forum
    made = [discord.ForumTag(name=_name(status, lang)) for status in lacking]
    return await forum.edit(available_tags=[*forum.available_tags, *made]) or forum


async def show_status(client: discord.Client, case: Case) -> None:
    """Let the tags of a forum's post say the status of its case; other tags of it stay."""
    post = client.get_channel(case.thread) or await client.fetch_channel(case.thread)
    if not isinstance(post, discord.Thread) or not isinstance(post.parent, discord.ForumChannel):
        return
    forum = post.parent
    ours = {tag.id for status in Status if (tag := tag_for(forum, status))}
    now = tag_for(forum, case.status)
    others = [tag for tag in post.applied_tags if tag.id not in ours]
    wanted = [*([now] if now else []), *others][:APPLIED]
    if {tag.id for tag in wanted} != {tag.id for tag in post.applied_tags}:
        await post.edit(applied_tags=wanted, archived=False)


def _name(status: Status, lang: Lang) -> str:
    return Speech(lang, Disclosure(reveal=False)).say(status_name(status)).capitalize()
