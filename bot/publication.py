"""Writes a case into Discord: the thread's messages in order, then the card that links to them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import discord

from analyzers.investigation import Progress
from analyzers.model.report import Report
from analyzers.model.target import typed
from analyzers.render.headings import title
from bot import outbox
from bot.asker import Asker
from bot.case_card import CaseCard
from bot.close_up import Place, remember
from bot.message import Message
from bot.record import Case, Posted
from bot.rewriting import composed_card, fitting
from bot.standing import STEP, Discussion
from bot.store import Store

LOG = logging.getLogger(__name__)


async def publish(
    card: CaseCard,
    messages: Sequence[Message],
    report: Report,
    folder: Path,
    asker: Asker,
    store: Store,
) -> discord.Thread:
    """Send every message once, in order, under the card, which then becomes the case.

    `folder` holds the files of the messages. The person who asked joins the thread first, so that
    the bottom line, the one message that notifies, reaches them. The case and each message are kept
    as soon as they are there, so that the buttons work from the first moment and after a restart.
    """
    first, *rest = messages
    speech = card.speech
    await card.show(Progress("send", 0, len(rest)))
    thread = await card.open_thread(title(report, speech))
    await _join(thread, asker)
    await asyncio.to_thread(remember, folder, Place(card.channel.guild.id, thread.id))
    case = _case(card, thread, report, folder, asker, store.now())
    await store.cases.add(case)
    limit = card.channel.guild.filesize_limit
    titles = {f"{STEP}{step.id}": speech.say(step.title) for step in report.steps}
    for number, message in enumerate(rest, start=1):
        fitted = await asyncio.to_thread(fitting, message, folder, limit, speech)
        sent = await outbox.send(thread, fitted, folder, case_key=case.key)
        posted = Posted(message.key, sent.id, titles.get(message.key, ""))
        await store.cases.post(case.key, posted)
        await card.show(Progress("send", number, len(rest)))
    opinions = await store.opinions.of(case.key)
    sent_now = await store.cases.posted(case.key)
    now = composed_card(first, case, Discussion(case.status, opinions), sent_now)
    await card.become(await asyncio.to_thread(fitting, now, folder, limit, speech), folder)
    return thread


def _case(
    card: CaseCard,
    thread: discord.Thread,
    report: Report,
    folder: Path,
    asker: Asker,
    now: datetime,
) -> Case:
    return Case(
        key=folder.name,
        guild=card.channel.guild.id,
        channel=card.channel.id,
        thread=thread.id,
        card=card.message,
        starter=asker.user.id,
        title=thread.name,
        language=card.speech.lang,
        targets=tuple(typed(target) for target in report.case.targets),
        created=now,
        updated=now,
    )


async def _join(thread: discord.Thread, asker: Asker) -> None:
    try:
        await thread.add_user(asker.user)
    except discord.HTTPException as error:
        LOG.info("The person who asked could not be added to the thread: %s", error.code)
