"""Says in Discord that a case was deleted, where its card and its thread are."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

import discord

from analyzers.model.text import Text
from analyzers.render.inert import markdown
from bot import outbox
from bot.message import CARD, Message, Words
from bot.record import Case
from bot.rewriting import UNREACHABLE, speaks

LOG = logging.getLogger(__name__)


async def say_farewell(client: discord.Client, case: Case, who: int, when: datetime) -> None:
    """Replace the card by who deleted the case and when, say so in the thread, and close that.

    What Discord refuses is logged: the case is deleted whatever its messages say.
    """
    voice = speaks(case)
    moment = markdown(voice.speech.value(when))
    deleted = voice.say(Text("This case was deleted by"))
    by = f"{deleted} <@{who}> · {moment}"
    note = Text("Its files and what was said of it are no longer kept. Its buttons do nothing.")
    card = Message(CARD, (Words(by),), card=True)
    last = Message("farewell", (Words(f"{by}\n{voice.small(note)}"),))
    target = outbox.sent_before(client, case.shown_in, case.card)
    thread = client.get_partial_messageable(case.thread, guild_id=case.guild)
    for part in (
        outbox.edit(target, card, Path(), case.key),
        outbox.send(thread, last, Path(), case.key),
        _close(client, case.thread),
    ):
        try:
            await part
        except UNREACHABLE as error:
            LOG.info("A message of the deleted case %s remains: %s", case.key, error)


async def _close(client: discord.Client, id: int) -> None:
    """Archive the thread; lock it too where the bot may, which takes Manage Threads."""
    thread = await client.fetch_channel(id)
    if not isinstance(thread, discord.Thread):
        return
    try:
        await thread.edit(archived=True, locked=True)
    except discord.Forbidden:
        await thread.edit(archived=True)
