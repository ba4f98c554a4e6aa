"""Writes a case's card and steps anew when people have said something of them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import aiohttp
import discord

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text
from analyzers.read.limits import MIB
from analyzers.render.disclosure import Disclosure
from analyzers.render.inert import markdown
from analyzers.render.words import Words as Speech
from bot import outbox
from bot.message import CARD, Attachment, Block, Message, Words
from bot.record import Case, Home, Posted
from bot.standing import STEP, Discussion, the_card, the_step
from bot.store import Store
from bot.tags import show_status
from bot.thread_json import kept_messages
from bot.voice import Voice

LOG = logging.getLogger(__name__)

ARCHIVED = 50083
"""Discord's error code for a change in a thread that went to sleep."""

UNKNOWN_MESSAGE = 10008
"""Discord's error code for a message that is not there."""

UNREACHABLE = (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError, BadInput)


def speaks(case: Case) -> Voice:
    """Says things in the language of a case's thread."""
    return Voice(Speech(case.language, Disclosure(reveal=False)))


def address(case: Case) -> str:
    """Where the thread of a case is; a message's id behind a slash leads to that message."""
    return f"https://discord.com/channels/{case.guild}/{case.thread}"


def composed_card(
    card: Message, case: Case, discussion: Discussion, posted: Mapping[str, Posted]
) -> Message:
    """The card as it is to be shown now, the first time and every other time."""
    return the_card(card, discussion, posted, address(case), speaks(case), case.assigned)


async def discussion_of(case: Case, store: Store) -> Discussion:
    """What stands of a case now."""
    opinions = await store.opinions.of(case.key)
    return Discussion(case.status, opinions, await store.revisions.of(case.key))


class Rewriter:
    """Keeps what Discord shows of a case as the store has it; one message at a time."""

    def __init__(self, client: discord.Client, store: Store, cases: Path) -> None:
        """`cases` is the directory of the cases' folders."""
        self._client = client
        self._store = store
        self._cases = cases
        self._turns: dict[str, asyncio.Lock] = {}

    def folder(self, case: Case) -> Path:
        """Where the files of a case are."""
        return self._cases / case.key

    def turn(self, case: Case) -> asyncio.Lock:
        """Whoever holds it is the only one who writes a case's messages anew."""
        return self._turns.setdefault(case.key, asyncio.Lock())

    async def rewrite(self, case: Case, step: str = "") -> None:
        """Show what stands now on the card, and on a step; what cannot be reached is logged."""
        async with self.turn(case):  # read within it, so that the last edit shows the last state
            now = await self._store.cases.get(case.guild, case.key)
            if now is None:
                return
            discussion = await discussion_of(now, self._store)
            posted = await self.posted(case.key)
            for edit in (
                self._step(now, step, discussion, posted),
                self.card(now, discussion, posted),
                self._tags(now),
            ):
                try:
                    await edit
                except UNREACHABLE as error:  # what was said is kept, whatever shows it
                    LOG.info("A message of %s could not be written anew: %s", case.key, error)

    async def posted(self, key: str) -> Mapping[str, Posted]:
        """The messages of a case; those that were deleted in Discord have no id."""
        gone = await self._store.losses.of(key)
        return {
            one.key: replace(one, message=0) if one.key in gone else one
            for one in (await self._store.cases.posted(key)).values()
        }

    async def card(self, case: Case, discussion: Discussion, posted: Mapping[str, Posted]) -> None:
        """Write the card anew; for whoever has the turn. Raises what Discord raises."""
        kept = await asyncio.to_thread(kept_messages, self.folder(case))
        message = composed_card(kept[CARD], case, discussion, posted)
        await self.edit(case, case.shown_in, case.card, message)

    async def _tags(self, case: Case) -> None:
        if case.home is Home.POST:
            await show_status(self._client, case)

    async def _step(
        self, case: Case, step: str, discussion: Discussion, posted: Mapping[str, Posted]
    ) -> None:
        key = STEP + step
        if key not in posted or not posted[key].message:
            return
        kept = await asyncio.to_thread(kept_messages, self.folder(case))
        message = the_step(kept[key], discussion, speaks(case))
        await self.edit(case, case.thread, posted[key].message, message)

    async def edit(self, case: Case, channel: int, sent: int, message: Message) -> None:
        """Write a message anew, waking its thread; for whoever has the turn."""
        target = outbox.sent_before(self._client, channel, sent)
        guild = self._client.get_guild(case.guild)
        if guild is None:
            return
        folder, voice = self.folder(case), speaks(case)
        limit = guild.filesize_limit
        fitted = await asyncio.to_thread(fitting, message, folder, limit, voice.speech)
        try:
            await outbox.edit(target, fitted, folder, case.key)
        except discord.HTTPException as error:
            if error.code == UNKNOWN_MESSAGE:  # deleted, perhaps while nobody listened
                self._client.dispatch("message_missing", sent)
            if error.code != ARCHIVED:
                raise
            await outbox.wake(self._client, case.thread)
            await outbox.edit(target, fitted, folder, case.key)


def fitting(message: Message, folder: Path, limit: int, speech: Speech) -> Message:
    """The message without files that this server does not take, each replaced by a sentence."""

    def fits(block: Block) -> Block:
        if isinstance(block, Attachment) and (folder / block.file).stat().st_size > limit:
            text = Text(
                "The page is larger than this server accepts ({limit} MB); whoever runs me has it.",
                limit=limit // MIB,
            )
            return Words(f"-# {markdown(speech.say(text))}")
        return block

    return replace(message, blocks=tuple(fits(block) for block in message.blocks))
