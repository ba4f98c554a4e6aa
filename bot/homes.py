"""How a case stands in its channel: as a card with a thread, a forum's post, a private thread."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final, TypeAlias

import discord

from analyzers.model.text import Text
from analyzers.render.words import Words as Speech
from bot import outbox
from bot.message import CARD, Message, Words
from bot.outbox import AN_HOUR, mark, patiently
from bot.progress import PROGRESS
from bot.record import Home, Job, Status
from bot.tags import make_tags, tag_for

LOG = logging.getLogger(__name__)

THREAD_NAME: Final = 100
"""Discord's limit on a thread's name."""

A_WEEK: Final = 10080
"""Minutes without a word before Discord archives the thread: the longest it offers."""

Channel: TypeAlias = discord.TextChannel | discord.ForumChannel


class CaseHome(ABC):
    """Opens card and thread of one case, each once: what stands from before is taken up.

    `since` is when work on the case began that was cut short; None when this is its first start.
    `known` is the case's thread, if the case was kept before the stop.
    """

    known: int | None = None

    def __init__(self, job: Job, since: datetime | None, speech: Speech) -> None:
        self.thread: discord.Thread | None = None
        self._job = job
        self._since = since
        self._speech = speech

    @abstractmethod
    async def card(self, now: Message) -> discord.Message:
        """The card from before, or a new one that says `now`."""

    @abstractmethod
    async def open_thread(self, name: str) -> discord.Thread:
        """The thread of the case, which may be open already. Call it after `card`."""

    @abstractmethod
    async def take_away(self) -> None:
        """Delete the card, since nothing came of the case. Raises discord.Forbidden."""

    @abstractmethod
    async def finish(self, name: str) -> None:
        """Do what is left once the case stands whole; `name` is that of its thread."""


class UnderCard(CaseHome):
    """A card in a text channel, and the thread that hangs under it."""

    def __init__(
        self, channel: discord.TextChannel, job: Job, since: datetime | None, speech: Speech
    ) -> None:
        super().__init__(job, since, speech)
        self._channel = channel
        self._card: discord.Message | None = None

    async def card(self, now: Message) -> discord.Message:
        """The card from before, or a new one that says `now`."""
        if self._since is not None:
            self._card = _card_among(
                await outbox.standing(self._channel, self._since, AN_HOUR), self._job.key
            )
        self._card = self._card or await outbox.send(
            self._channel, now, Path(), self._job.key, patience=AN_HOUR
        )
        return self._card

    async def open_thread(self, name: str) -> discord.Thread:
        """The thread under the card."""
        card = self._card
        assert card is not None

        async def opened(attempt: int) -> discord.Thread:
            found = await self._found(card.id) if self._since or attempt > 1 else None
            return found or await card.create_thread(
                name=name[:THREAD_NAME], auto_archive_duration=A_WEEK
            )

        self.thread = await patiently("the thread", opened, AN_HOUR)
        return self.thread

    async def _found(self, id: int) -> discord.Thread | None:
        try:
            return await _thread(self._channel.guild, id)  # it has its card's id
        except discord.NotFound:
            return None

    async def take_away(self) -> None:
        """Delete the card."""
        if self._card:
            await self._card.delete()

    async def finish(self, name: str) -> None:
        """Nothing is left to do: the thread has its name."""


class _InItsThread(CaseHome):
    """A thread of its own whose first message is the card; named at the end.

    Until then the name holds the case's key, by which the thread is known again after a stop.
    """

    def __init__(self, channel: Channel, job: Job, since: datetime | None, speech: Speech) -> None:
        super().__init__(job, since, speech)
        self._channel = channel

    async def card(self, now: Message) -> discord.Message:
        """The card in the thread; both are made unless they stand."""
        before = await self._found() if self._since else None
        if before is None:
            thread, card = await patiently("the thread", self._attempt(now), AN_HOUR)
        else:
            thread = before
            card = _card_among(await outbox.standing(thread, patience=AN_HOUR), self._job.key)
        self.thread = thread
        return card or await outbox.send(thread, now, Path(), self._job.key, patience=AN_HOUR)

    def _attempt(
        self, now: Message
    ) -> outbox.Attempt[tuple[discord.Thread, discord.Message | None]]:
        async def opened(attempt: int) -> tuple[discord.Thread, discord.Message | None]:
            found = await self._found() if attempt > 1 else None
            return (found, None) if found else await self._open(now)

        return opened

    @abstractmethod
    async def _open(self, now: Message) -> tuple[discord.Thread, discord.Message | None]:
        """Open the thread, perhaps with its first message."""

    @property
    def _name(self) -> str:
        """The name of the thread while the work goes on."""
        return f"{self._speech.say(Text('Investigation under way'))} · {self._job.key[:8]}"

    async def _found(self) -> discord.Thread | None:
        guild = self._channel.guild
        if self.known is not None:
            return await _thread(guild, self.known)
        for thread in await patiently(
            "finding the thread", lambda _: guild.active_threads(), AN_HOUR
        ):
            ours = thread.parent_id == self._channel.id and thread.owner_id == guild.me.id
            if ours and thread.name.endswith(self._job.key[:8]):
                return thread
        return None

    async def open_thread(self, name: str) -> discord.Thread:
        """The thread, which is open since there is a card."""
        assert self.thread is not None
        return self.thread

    async def take_away(self) -> None:
        """Delete the thread, which takes Manage Threads."""
        if self.thread:
            await self.thread.delete()

    async def finish(self, name: str) -> None:
        """Give the thread its name."""
        thread = self.thread
        assert thread is not None

        async def named(attempt: int) -> None:
            await thread.edit(name=name[:THREAD_NAME])

        try:
            await patiently("the name of the thread", named, AN_HOUR)
        except discord.HTTPException as error:
            LOG.info("The thread keeps the name it had while work went on: %s", error.code)


class Post(_InItsThread):
    """A post in a forum, with a tag for the status of the case."""

    async def _open(self, now: Message) -> tuple[discord.Thread, discord.Message | None]:
        assert isinstance(self._channel, discord.ForumChannel)
        forum = await make_tags(self._channel, self._job.language)
        draft = tag_for(forum, Status.DRAFT)
        made = await forum.create_thread(
            name=self._name,
            auto_archive_duration=A_WEEK,
            view=outbox.Layout(now, mark(self._job.key, now.key), self._job.key),
            allowed_mentions=discord.AllowedMentions.none(),
            applied_tags=[draft] if draft else [],
        )
        return made.thread, made.message


class PrivateThread(_InItsThread):
    """A private thread of a text channel, in which one line says that there is one."""

    async def _open(self, now: Message) -> tuple[discord.Thread, discord.Message | None]:
        assert isinstance(self._channel, discord.TextChannel)
        thread = await self._channel.create_thread(
            name=self._name,
            type=discord.ChannelType.private_thread,
            auto_archive_duration=A_WEEK,
            invitable=True,  # so that whoever asked can add those who review it
        )
        return thread, None

    async def finish(self, name: str) -> None:
        """Name the thread, and say in the channel that it exists, but not about whom."""
        await super().finish(name)
        assert isinstance(self._channel, discord.TextChannel)
        there = await outbox.standing(self._channel, self._since, AN_HOUR) if self._since else {}
        opened = self._speech.say(Text("A private case was opened."))
        notice = Message("notice", (Words(opened),), card=True)
        if mark(self._job.key, notice.key) not in there:
            await outbox.send(self._channel, notice, Path(), self._job.key, patience=AN_HOUR)


def home_of(channel: Channel, job: Job, since: datetime | None, speech: Speech) -> CaseHome:
    """How the case of a job is to stand in a channel."""
    if isinstance(channel, discord.ForumChannel):
        return Post(channel, job, since, speech)
    if job.home is Home.PRIVATE:
        return PrivateThread(channel, job, since, speech)
    return UnderCard(channel, job, since, speech)


def _card_among(there: Mapping[int, discord.Message], key: str) -> discord.Message | None:
    """The card of a case, as the case or as progress, among the messages of a channel."""
    return there.get(mark(key, CARD)) or there.get(mark(key, PROGRESS))


async def _thread(guild: discord.Guild, id: int) -> discord.Thread:
    found = await guild.fetch_channel(id)
    assert isinstance(found, discord.Thread)
    return found
