"""The work on one job, from its files to its thread; cut short, it goes on where it stood."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Sequence
from pathlib import Path

import discord

from analyzers.investigation import Progress
from analyzers.model.refusal import BadInput
from analyzers.model.text import Text
from analyzers.render.disclosure import Disclosure
from analyzers.render.words import Words as Speech
from bot import pipeline
from bot.case_card import CaseCard
from bot.collecting import Collecting
from bot.config import StorageSettings
from bot.exhibiting import Exhibiting
from bot.homes import Channel, home_of
from bot.line import Line, Place
from bot.message import Message
from bot.met_before import MetBefore
from bot.outbox import is_outage
from bot.pool import Pool
from bot.progress import COLLECT, Queued
from bot.publication import planned, publish
from bot.record import Job, Plan
from bot.request import Request
from bot.store import Store
from bot.thread_json import kept_messages

LOG = logging.getLogger(__name__)

STARTS = 5
"""How often an analysis is begun: one that ends the program each time would do so for ever."""


class Halted(Exception):
    """The program ends, or the case is no longer wanted: whoever did that says so."""


class Work:
    """Its card, and what is done under it. Whoever runs it gives it up when it raises."""

    def __init__(
        self,
        job: Job,
        channel: Channel,
        storage: StorageSettings,
        pool: Pool,
        store: Store,
        line: Line,
        place: Place,
        collecting: Collecting,
        *,
        resumed: bool = False,
    ) -> None:
        """`channel` is where the case goes, which may not be where it was asked for; `place` is the
        work's own in the `line`, or in that of `collecting` while there is something to collect.
        `resumed`: an earlier start may have shown a card.
        """
        speech = Speech(job.language, Disclosure(reveal=False))
        self._halted = False
        self._task: asyncio.Task[discord.Thread] | None = None
        self._job = job
        self._home = home_of(channel, job, job.created if resumed else None, speech)
        collects = Request.from_row(job.request).collects
        self._card = CaseCard(self._home, speech, job.key, resumed=resumed, collects=collects)
        self._folder: Path = storage.cases / job.key
        self._exhibiting = Exhibiting(channel.guild, store, storage.exhibits)
        self._met_before = MetBefore(channel.guild, storage.cases, pool, store)
        self._pool = pool
        self._store = store
        self._line = line
        self._place = place
        self._collecting = collecting

    async def run(self, request: Request) -> discord.Thread:
        """Read what was not read, send what was not sent, and let go of the job.

        Shows progress where the case goes while it runs. Raises BadInput with a sentence for the
        person, whatever Discord raises, and Halted once nothing more is to be done: also after an
        outage of Discord, for then the next start goes on with it.
        """
        try:
            if self._halted:
                raise Halted
            self._task = asyncio.create_task(self._whole(request))
            return await self._task
        except asyncio.CancelledError:
            if not self._halted:
                raise
            raise Halted from None
        except Exception as error:
            if self._halted or await self._store.jobs.get(self._job.guild, self._job.key) is None:
                raise Halted from error
            if is_outage(error):
                await self._leave_for_later(error)
                raise Halted from error
            raise
        finally:
            self._line.leave(self._place)

    async def _leave_for_later(self, error: Exception) -> None:
        """Keep the job although Discord could not be reached for as long as it was tried."""
        LOG.warning(
            "Discord could not be reached (%s): %s goes on at the next start of the program",
            type(error).__name__,
            self._job.key,
        )
        await self._card.withdraw(
            Text("I could not reach Discord for an hour. I go on when I am started again."),
            told=False,
        )

    async def _whole(self, request: Request) -> discord.Thread:
        if await self._store.jobs.get(self._job.guild, self._job.key) is None:
            raise Halted  # cancelled before it was gone on with
        kept = await self._store.cases.get(self._job.guild, self._job.key)
        self._home.known = kept.thread if kept else None
        if self._place.number:
            await self._card.show(Queued(self._place.number))
        async with self._card.progressing():
            plan, messages = await self._messages(request)
            thread = await publish(self._card, messages, self._job, plan, self._folder, self._store)
            case = await self._store.cases.get(self._job.guild, self._job.key)
            if case and request.exhibits:
                await self._exhibiting.take_up(request.exhibits, case)
            if case:
                await self._met_before.tell(case, thread, resumed=self._card.resumed)
        await self._store.jobs.done(self._job.key)
        return thread

    async def _messages(self, request: Request) -> tuple[Plan, Sequence[Message]]:
        if self._job.plan is not None:
            kept = await asyncio.to_thread(kept_messages, self._folder)
            return self._job.plan, tuple(kept.values())
        if request.collects:
            request = await self._collected(request)
        async with self._line.turn(self._place, self._wait):
            await self._card.show(Progress("read", 0, 1))
            return await self._read(request)

    async def _collected(self, request: Request) -> Request:
        """The request with what it is about collected; the work is in the other line then."""
        async with self._collecting.line.turn(self._place, self._wait):
            self._card.note(Progress(COLLECT, 0, 1))
            request = await self._collecting.carried_out(request, self._show_page)
        self._place = self._line.join(self._job.guild)
        return request

    def _show_page(self, number: int, most: int) -> None:
        self._card.note(Progress(COLLECT, number, most))

    async def _wait(self, number: int) -> None:
        await self._card.show(Queued(number))

    async def _read(self, request: Request) -> tuple[Plan, Sequence[Message]]:
        job = await self._store.jobs.begin(self._job.key)
        if job is None:
            raise Halted
        if job.starts > STARTS:
            raise BadInput(_TOO_OFTEN)
        found = await pipeline.investigate(request, self._pool, self._card.show)
        await self._card.show(Progress("draw", 0, 1))
        messages = await pipeline.package(found, request, job.language, self._folder, self._pool)
        plan = planned(found.report, self._card.speech)
        await self._store.jobs.read(job.key, plan)
        return plan, messages

    async def met_elsewhere(self, who: int, speech: Speech) -> list[str]:
        """What the person who asked is told of like cases in other places that they can see."""
        case = await self._store.cases.get(self._job.guild, self._job.key)
        return await self._met_before.private_lines(case, who, speech) if case else []

    async def give_up(self, reason: Text, *, told: bool) -> None:
        """Say why on the card, unless the person was `told`, and forget the job and its case."""
        try:
            await self._card.withdraw(reason, told=told)
        finally:
            await self._store.cases.forget(self._job.key)
            await asyncio.to_thread(shutil.rmtree, self._folder, True)
            await self._collecting.let_go(self._job.key)

    async def stop(self) -> None:
        """Say on the card that the work pauses, because the program ends; the job is kept."""
        await self.halt()
        if self._task and not self._task.cancelled() and not self._task.exception():
            return  # it has just been finished
        await self._card.withdraw(
            Text("I was stopped before this was finished. I go on when I am started again."),
            told=False,
        )

    async def halt(self) -> None:
        """Do nothing more, in the pool neither: returns when all of it has ended."""
        self._halted = True
        if self._task:
            self._task.cancel()
            await asyncio.wait([self._task])


_TOO_OFTEN = Text(
    "I was stopped {n} times while I read this, so I leave it: it may be too large for this "
    "machine. Try a smaller dump.",
    n=STARTS,
)
