"""The work on one revision of a case, from its files to its thread; it goes on where it stood."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Mapping
from pathlib import Path

import discord

from analyzers.model.refusal import BadInput
from analyzers.model.report import Report
from analyzers.model.text import Text
from analyzers.render.inert import markdown
from bot import outbox, pipeline
from bot.audit import moved
from bot.bundle import EARLIER
from bot.close_up import Place, remember
from bot.config import StorageSettings
from bot.line import Line
from bot.message import CARD, Message, Words
from bot.met_before import MetBefore
from bot.pool import Pool
from bot.publication import planned
from bot.record import GONE, Case, Posted, Revision, Status
from bot.request import Request
from bot.retention import upcoming
from bot.revised import REVISION, WAS, Revising, changed_steps
from bot.rewriting import Rewriter, discussion_of, fitting, speaks
from bot.standing import STEP, the_step
from bot.store import Store
from bot.thread_json import kept_messages
from bot.work import STARTS

LOG = logging.getLogger(__name__)

COHORT = "cohort"
"""Beside what is asked for: how many accounts it is about, where a person chose them."""


class RevisionWork:
    """Reads a case anew beside what is shown of it, puts the new result in its place, tells it."""

    def __init__(
        self,
        client: discord.Client,
        storage: StorageSettings,
        pool: Pool,
        store: Store,
        rewriter: Rewriter,
        line: Line,
    ) -> None:
        self._client = client
        self._folders = storage.cases
        self._pool = pool
        self._store = store
        self._rewriter = rewriter
        self._line = line

    async def run(self, revision: Revision) -> Case:
        """Do what is not done of a revision, and give back the case as it is now.

        Raises BadInput with a sentence for the person, and whatever Discord raises.
        """
        if (await self._kept(revision)).read is None:
            async with self._line.turn(self._line.join(revision.guild), _unshown):
                begun = await self._begin(revision)
                if begun.starts > STARTS:
                    raise BadInput(_TOO_OFTEN)
                await self._read(begun)
        else:
            begun = await self._begin(revision)
        case = await self._case(begun)
        async with self._rewriter.turn(case):
            await asyncio.to_thread(_take_its_place, self._folders / case.key)
            await self._tell(case, begun)
            await self._tell_met_before(case, begun)
        await self._store.revisions.told(begun)
        return case

    async def _begin(self, revision: Revision) -> Revision:
        begun = await self._store.revisions.begin(revision)
        if begun is None:
            raise BadInput(GONE)
        return begun

    async def _read(self, revision: Revision) -> None:
        """Make the new result, as the case's status at the end of it asks for."""
        request = Request.from_row(revision.request)
        found = await pipeline.investigate(request, self._pool, _unshown)
        _check_named(found.report, revision)
        folder = self._folders / revision.case
        while True:
            case = await self._case(revision)
            correcting = case.status in (Status.AGREED, Status.CORRECTED)
            revising = Revising(revision.number, revision.reason, folder, correcting)
            await asyncio.to_thread(shutil.rmtree, upcoming(folder), ignore_errors=True)
            messages = await pipeline.package(
                found, request, case.language, upcoming(folder), self._pool, revising
            )
            place = Place(case.guild, case.thread)
            await asyncio.to_thread(remember, upcoming(folder), place)
            before = await asyncio.to_thread(kept_messages, folder)
            changed = changed_steps(before, {message.key: message for message in messages})
            titles = planned(found.report, speaks(case).speech).titles
            log = moved(case, revision.who, Status.CORRECTED)
            if await self._store.revisions.read(revision, case.status, changed, titles, log):
                return

    async def _tell(self, case: Case, revision: Revision) -> None:
        """Write anew what stands in the thread, and send once what does not stand there yet."""
        revision = await self._kept(revision)
        folder, voice = self._rewriter.folder(case), speaks(case)
        messages = await asyncio.to_thread(kept_messages, folder)
        discussion = await discussion_of(case, self._store)
        noted = await self._store.cases.posted(case.key)
        thread = self._client.get_partial_messageable(case.thread, guild_id=case.guild)
        there: Mapping[int, discord.Message] = {}
        if revision.starts > 1:
            there = await outbox.standing(thread, revision.created, outbox.AN_HOUR)
        for key, message in messages.items():
            if key == CARD:
                continue
            shown = the_step(message, discussion, voice) if key.startswith(STEP) else message
            if key not in noted:
                sent = there.get(outbox.mark(case.key, key)) or await self._send(case, shown)
                posted = Posted(key, sent.id, revision.titles.get(key, ""))
                await self._store.cases.post(case.key, posted)
            elif not key.startswith((REVISION, WAS)):
                await self._edit(case, case.thread, noted[key].message, shown)
        try:
            await self._rewriter.card(case, discussion, await self._rewriter.posted(case.key))
        except discord.NotFound:
            LOG.info("The card of %s is gone", case.key)

    async def _tell_met_before(self, case: Case, revision: Revision) -> None:
        guild = self._client.get_guild(case.guild)
        if guild is not None:
            thread = self._client.get_partial_messageable(case.thread, guild_id=case.guild)
            met_before = MetBefore(guild, self._folders, self._pool, self._store)
            await met_before.tell(case, thread, resumed=revision.starts > 1)

    async def _edit(self, case: Case, channel: int, sent: int, message: Message) -> None:
        try:
            await self._rewriter.edit(case, channel, sent, message)
        except discord.NotFound:  # somebody deleted it by hand, and meant it
            LOG.info("The message %s of %s is gone", message.key, case.key)

    async def _send(self, case: Case, message: Message) -> discord.Message:
        folder, guild = self._rewriter.folder(case), self._client.get_guild(case.guild)
        if guild is None:
            raise BadInput(GONE)
        limit = guild.filesize_limit
        fitted = await asyncio.to_thread(fitting, message, folder, limit, speaks(case).speech)
        thread = self._client.get_partial_messageable(case.thread, guild_id=case.guild)
        return await outbox.send(thread, fitted, folder, case.key, patience=outbox.AN_HOUR)

    async def give_up(self, revision: Revision, reason: Text, *, told: bool) -> None:
        """Let go of a revision that failed; the thread says why, unless the person was `told`.

        What was read already is kept: then the case is revised, although not all of it is shown.
        """
        case = await self._store.cases.get(revision.guild, revision.case)
        if case is None:
            return
        if (await self._kept(revision)).read:
            await self._store.revisions.told(revision)
        else:
            await self._store.revisions.forget(revision)
            folder = upcoming(self._rewriter.folder(case))
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
        if not told:
            voice = speaks(case)
            head = voice.say(Text("Revision {n} could not be made.", n=revision.number))
            words = Words(f"**{head}** {markdown(voice.speech.say(reason), 1900)}")
            key = f"failed:{revision.created:%Y%m%d%H%M%S}"
            await self._send(case, Message(key, (words,)))

    async def _case(self, revision: Revision) -> Case:
        case = await self._store.cases.get(revision.guild, revision.case)
        if case is None:
            raise BadInput(GONE)
        return case

    async def _kept(self, revision: Revision) -> Revision:
        found = await self._store.revisions.of(revision.case)
        return next((one for one in found if one.number == revision.number), revision)


async def _unshown(_: object) -> None:
    """The thread stands as it is until all is read."""


def _check_named(report: Report, revision: Revision) -> None:
    """Refuse a revision in which accounts that people named are not in the data."""
    wanted = revision.request.get(COHORT)
    if wanted is not None and len(report.cohort) != wanted:
        raise BadInput(
            Text(
                "The files of this case hold {found} of the {wanted} accounts: check that the "
                "handle is written as in the posts.",
                found=len(report.cohort),
                wanted=wanted,
            )
        )


def _take_its_place(folder: Path) -> None:
    """Put the next result where the case is; the one before stays inside it. Stopped anywhere
    between, it is gone on with by calling it again."""
    following = upcoming(folder)
    if not following.exists():
        return  # it has taken its place
    if folder.exists():
        folder.rename(following / EARLIER)
    following.rename(folder)


_TOO_OFTEN = Text(
    "I was stopped {n} times while I read this case again, so I leave it as it is: with the new "
    "files it may be too large for this machine.",
    n=STARTS,
)
