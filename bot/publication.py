"""Writes a case into Discord: the thread's messages in order, then the card that links to them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import discord

from analyzers.investigation import Progress
from analyzers.model.report import Report
from analyzers.model.text import Text
from analyzers.render.headings import title
from analyzers.render.inert import markdown, size
from analyzers.render.words import Words as Speech
from bot import outbox
from bot.asker import Asker
from bot.case_card import CaseCard
from bot.close_up import Place, remember
from bot.message import MAX_TEXT, Attachment, Block, Message, Words

LOG = logging.getLogger(__name__)


async def publish(
    card: CaseCard, messages: Sequence[Message], report: Report, folder: Path, asker: Asker
) -> discord.Thread:
    """Send every message once, in order, under the card, which then becomes the case.

    `folder` holds the files of the messages. The person who asked joins the thread first, so that
    the bottom line, the one message that notifies, reaches them.
    """
    first, *rest = messages
    speech = asker.speech
    await card.show(Progress("send", 0, len(rest)))
    thread = await card.open_thread(title(report, speech))
    await _join(thread, asker)
    await asyncio.to_thread(remember, folder, Place(card.channel.guild.id, thread.id))
    links: dict[str, str] = {}
    for number, message in enumerate(rest, start=1):
        fitting = await asyncio.to_thread(_fitting, message, folder, _limit(card), speech)
        sent = await outbox.send(thread, fitting, folder, case_key=folder.name)
        links[message.key] = sent.jump_url
        await card.show(Progress("send", number, len(rest)))
    case = await asyncio.to_thread(_fitting, first, folder, _limit(card), speech)
    await card.become(_linked(case, report, links, speech), folder)
    return thread


async def _join(thread: discord.Thread, asker: Asker) -> None:
    try:
        await thread.add_user(asker.user)
    except discord.HTTPException as error:
        LOG.info("The person who asked could not be added to the thread: %s", error.code)


def _limit(card: CaseCard) -> int:
    return card.channel.guild.filesize_limit


def _fitting(message: Message, folder: Path, limit: int, speech: Speech) -> Message:
    """The message without files that this server does not take, each replaced by a sentence."""

    def fits(block: Block) -> Block:
        if isinstance(block, Attachment) and (folder / block.file).stat().st_size > limit:
            text = Text(
                "The page is larger than this server accepts ({limit} MB); whoever runs me has it.",
                limit=limit // 1_048_576,
            )
            return Words(f"-# {markdown(speech.say(text))}")
        return block

    return replace(message, blocks=tuple(fits(block) for block in message.blocks))


def _linked(case: Message, report: Report, links: Mapping[str, str], speech: Speech) -> Message:
    """The case card with links to its steps, as many as there is room for."""
    room = MAX_TEXT - sum(size(b.markdown) for b in case.blocks if isinstance(b, Words))
    shown: list[str] = []
    for step in report.steps:
        address = links.get(f"step:{step.id}")
        if address is None:
            continue
        link = f"[{markdown(speech.say(step.title))}]({address})"
        room -= size(link) + len(" · ")
        if room < len("-# "):
            break
        shown.append(link)
    if not shown:
        return case
    return replace(case, blocks=(*case.blocks, Words(f"-# {' · '.join(shown)}")))
