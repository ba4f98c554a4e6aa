"""The card: one message that shows progress while work goes on, then becomes the case."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import aiohttp
import discord

from analyzers.investigation import Progress
from analyzers.model.text import Text
from analyzers.render.words import Words as Speech
from bot import outbox
from bot.homes import CaseHome
from bot.message import Message
from bot.outbox import AN_HOUR
from bot.progress import COLLECT, Queued, ended_card, progress_card, queued_card

LOG = logging.getLogger(__name__)

BETWEEN_EDITS = 2.0
"""Seconds between edits of the card: Discord allows five in five seconds per channel, which every
investigation that runs there shares."""

STILL_ALIVE = 10.0
"""Seconds after which the time spent is shown anew although nothing else has changed."""


class CaseCard:
    """One message, edited in place at a pace that Discord allows."""

    def __init__(
        self, home: CaseHome, speech: Speech, key: str, *, resumed: bool, collects: bool
    ) -> None:
        """`key` is the case's; `resumed` says that work on it began before and was cut short,
        `collects` that its posts are collected first."""
        self.resumed = resumed
        self._home = home
        self._key = key
        self.thread: discord.Thread | None = None
        self.speech = speech
        self._message: discord.Message | None = None
        self._collects = collects
        self._progress: Progress | Queued = Progress(COLLECT if collects else "read", 0, 1)
        self._started = time.monotonic()
        self._editing = asyncio.Lock()
        self._refreshing: asyncio.Task[None] | None = None

    async def show(self, progress: Progress | Queued) -> None:
        """As `note`."""
        self.note(progress)

    def note(self, progress: Progress | Queued) -> None:
        """Take note of how far the work is; the card shows it at its next edit."""
        if isinstance(self._progress, Queued):
            self._started = time.monotonic()  # waiting is no work
        self._progress = progress

    @asynccontextmanager
    async def progressing(self) -> AsyncIterator[None]:
        """Send the card, or take up the one that stands, and keep it up to date until the end."""
        first = self._progress
        self._message = await self._home.card(self._now())
        if self.resumed:
            await outbox.edit(self._message, self._now(), Path(), self._key, AN_HOUR)
        self._refreshing = asyncio.create_task(self._refresh(self._message, first))
        try:
            yield
        finally:
            await self._settle()

    async def _settle(self) -> None:
        """Show no more progress; an edit under way arrives first, so that none comes after."""
        async with self._editing:
            if self._refreshing:
                self._refreshing.cancel()

    async def _refresh(self, card: discord.Message, shown: Progress | Queued) -> None:
        edited = time.monotonic()
        while True:
            await asyncio.sleep(BETWEEN_EDITS)
            progress, now = self._progress, time.monotonic()
            waits = isinstance(progress, Queued) or now - edited < STILL_ALIVE
            if progress == shown and waits:
                continue
            shown, edited = progress, now
            try:
                async with self._editing:
                    await outbox.edit(card, self._now(), Path(), self._key, 0)
            except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
                # the work matters more than its progress
                LOG.info("The progress card could not be edited: %s", error)

    def _now(self) -> Message:
        if isinstance(self._progress, Queued):
            return queued_card(self._progress, self.speech)
        spent = timedelta(seconds=round(time.monotonic() - self._started))
        how = {"resumed": self.resumed, "collects": self._collects}
        return progress_card(self._progress, spent, self.speech, **how)

    async def open_thread(self, name: str) -> discord.Thread:
        """Open the thread of the case, unless it was opened before a stop."""
        self.thread = await self._home.open_thread(name)
        return self.thread

    @property
    def message(self) -> int:
        """The id of the message that is the card."""
        assert self._message is not None
        return self._message.id

    async def become(self, message: Message, folder: Path, name: str) -> None:
        """Replace the progress by the case, in the same place; `name` is that of its thread."""
        assert self._message is not None
        await self._settle()
        self._message = await outbox.edit(self._message, message, folder, folder.name, AN_HOUR)
        await self._home.finish(name)

    async def withdraw(self, reason: Text, *, told: bool) -> None:
        """Take the card away, since nothing came of it.

        It stays and says the `reason` when the person could not be `told`, or when a part of the
        thread already hangs under it.
        """
        if self._message is None:
            return
        await self._settle()
        try:
            if told and self.thread is None:
                await self._home.take_away()
                return
        except discord.HTTPException as error:
            LOG.info("The card could not be taken away: %s", error.code)
        try:
            await outbox.edit(self._message, ended_card(reason, self.speech), Path(), self._key)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            LOG.info("The card could not be withdrawn: %s", error)
