"""Writes a case into Discord: the thread's messages in order, then the card that links to them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path

import discord

from analyzers.investigation import Progress
from analyzers.model.report import Report
from analyzers.model.target import typed
from analyzers.render.headings import title
from analyzers.render.words import Words as Speech
from bot import outbox
from bot.case_card import CaseCard
from bot.close_up import Place, remember
from bot.homes import THREAD_NAME
from bot.message import Message
from bot.outbox import AN_HOUR, patiently
from bot.record import Case, Job, Plan, Posted
from bot.request import ASKED
from bot.rewriting import composed_card, fitting
from bot.standing import STEP, Discussion
from bot.store import Store

LOG = logging.getLogger(__name__)


def planned(report: Report, speech: Speech) -> Plan:
    """What sending a case needs of its report, few enough to be kept in the job's row."""
    return Plan(
        title=title(report, speech),
        targets=tuple(typed(target) for target in report.case.targets),
        titles={f"{STEP}{step.id}": speech.say(step.title) for step in report.steps},
    )


async def publish(
    card: CaseCard, messages: Sequence[Message], job: Job, plan: Plan, folder: Path, store: Store
) -> discord.Thread:
    """Send every message once, in order, under the card, which then becomes the case.

    `folder` holds the files of the messages. The person who asked joins the thread first, so that
    the bottom line, the one message that notifies, reaches them. The case and each message are kept
    as soon as they are there, so that the buttons work from the first moment and after a restart.
    What stands already, from before a stop, is not sent again.
    """
    first, *rest = messages
    await card.show(Progress("send", 0, len(rest)))
    thread = await card.open_thread(plan.title)
    await _join(thread, job.starter)
    await asyncio.to_thread(remember, folder, Place(job.guild, thread.id))
    case = await _kept(job, plan, thread, card.message, store)
    await _send(card, thread, rest, plan, folder, store)
    opinions = await store.opinions.of(case.key)
    sent_now = await store.cases.posted(case.key)
    now = composed_card(first, case, Discussion(case.status, opinions), sent_now)
    limit = thread.guild.filesize_limit
    fitted = await asyncio.to_thread(fitting, now, folder, limit, card.speech)
    await card.become(fitted, folder, plan.title)
    return thread


async def _send(
    card: CaseCard,
    thread: discord.Thread,
    messages: Sequence[Message],
    plan: Plan,
    folder: Path,
    store: Store,
) -> None:
    """Send what does not stand yet. A message may stand although nobody noted it: a stop came
    between the two."""
    key, limit = folder.name, thread.guild.filesize_limit
    noted = await store.cases.posted(key)
    there = await outbox.standing(thread, patience=AN_HOUR) if card.resumed else {}
    for number, message in enumerate(messages, start=1):
        if message.key not in noted:
            sent = there.get(outbox.mark(key, message.key))
            if sent is None:
                fitted = await asyncio.to_thread(fitting, message, folder, limit, card.speech)
                sent = await outbox.send(thread, fitted, folder, key, patience=AN_HOUR)
            posted = Posted(message.key, sent.id, plan.titles.get(message.key, ""))
            await store.cases.post(key, posted)
        await card.show(Progress("send", number, len(messages)))


async def _kept(job: Job, plan: Plan, thread: discord.Thread, card: int, store: Store) -> Case:
    """The case of a job, kept now unless it was before a stop."""
    before = await store.cases.get(job.guild, job.key)
    if before is not None:
        return before
    now = store.now()
    case = Case(
        key=job.key,
        guild=job.guild,
        channel=job.channel,
        thread=thread.id,
        card=card,
        starter=job.starter,
        title=plan.title[:THREAD_NAME],
        language=job.language,
        targets=plan.targets,
        created=now,
        updated=now,
        home=job.home,
    )
    await store.cases.add(case, job.request.get(ASKED))
    return case


async def _join(thread: discord.Thread, person: int) -> None:
    async def added(attempt: int) -> None:
        await thread.add_user(discord.Object(person))

    try:
        await patiently("adding who asked", added, AN_HOUR)
    except discord.HTTPException as error:
        LOG.info("The person who asked could not be added to the thread: %s", error.code)
