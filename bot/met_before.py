"""Says of a new case which earlier ones of its server share a template, to those who see them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import discord

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text, plural
from analyzers.render.inert import markdown
from analyzers.render.words import Words as Speech
from bot import outbox, pipeline
from bot.message import Message, Words
from bot.pool import Pool
from bot.record import Case, Posted
from bot.rewriting import address, speaks
from bot.store import Store
from bot.voice import TITLE, Voice

LOG = logging.getLogger(__name__)

MET = "met"
"""The key of the message in the thread."""

LISTED = 5
"""Earlier cases named: a phrase that is met in more is a common one."""


class MetBefore:
    """Compares by keyed numbers alone. `cases` holds the folders of the cases."""

    def __init__(self, guild: discord.Guild, cases: Path, pool: Pool, store: Store) -> None:
        self._guild = guild
        self._cases = cases
        self._pool = pool
        self._store = store

    async def tell(self, case: Case, thread: discord.abc.Messageable, *, resumed: bool) -> None:
        """Keep the templates of a case, and link the earlier cases of its own channel, once.

        Nothing that goes wrong here costs the case. `resumed`: the message may stand already.
        """
        try:
            key = await self._store.guilds.key(case.guild)
            made = await pipeline.templates_of(self._cases / case.key, key, self._pool)
            await self._store.fingerprints.keep(case, made)
            here = [one for one in await self._met(case) if await self._is_public_beside(case, one)]
            if here and MET not in await self._store.cases.posted(case.key):
                await self._send(case, here, thread, resumed=resumed)
        except BadInput:
            LOG.info("The case %s keeps no posts to compare", case.key)
        except Exception:
            LOG.exception("The templates of %s could not be compared", case.key)

    async def private_lines(self, case: Case, who: int, speech: Speech) -> list[str]:
        """What one person is told of earlier cases elsewhere: of those alone that they can see."""
        try:
            member = self._guild.get_member(who) or await self._guild.fetch_member(who)
            found = [
                one
                for one in await self._met(case)
                if not await self._is_public_beside(case, one) and await self._sees(member, one)
            ]
        except (discord.HTTPException, OSError, TimeoutError):
            return []  # the case itself is there: a hint less
        return _lines(found, Voice(speech)) if found else []

    async def _met(self, case: Case) -> list[Case]:
        keys = await self._store.fingerprints.met(case)
        found = [await self._store.cases.get(case.guild, key) for key in keys]
        return [one for one in found if one is not None]

    async def _send(
        self,
        case: Case,
        here: Sequence[Case],
        thread: discord.abc.Messageable,
        *,
        resumed: bool,
    ) -> None:
        voice = speaks(case)
        heading = voice.say(Text("A text met before"), TITLE)
        message = Message(MET, (Words("\n".join([f"### {heading}", *_lines(here, voice)])),))
        sent = None
        if resumed:
            sent = (await outbox.standing(thread)).get(outbox.mark(case.key, MET))
        if sent is None:
            sent = await outbox.send(thread, message, self._cases / case.key, case.key)
        await self._store.cases.post(case.key, Posted(MET, sent.id))

    async def _is_public_beside(self, case: Case, other: Case) -> bool:
        """Whether everybody who sees the case's channel sees the other case as well."""
        if other.channel != case.channel:
            return False
        thread = await self._thread(other)
        return thread is not None and not thread.is_private()

    async def _sees(self, member: discord.Member, other: Case) -> bool:
        """Whether a member sees the channel of a case, and belongs to its thread if private."""
        channel, thread = self._guild.get_channel(other.channel), await self._thread(other)
        if channel is None or thread is None:
            return False
        if not channel.permissions_for(member).view_channel:
            return False
        if not thread.is_private():
            return True
        try:
            await thread.fetch_member(member.id)
        except discord.NotFound:
            return False
        return True

    async def _thread(self, case: Case) -> discord.Thread | None:
        """The thread of a case, `None` when it is gone or out of reach."""
        try:
            found = self._guild.get_thread(case.thread) or await self._guild.fetch_channel(
                case.thread
            )
        except (discord.NotFound, discord.Forbidden, discord.InvalidData):
            return None
        return found if isinstance(found, discord.Thread) else None


def _lines(met: Sequence[Case], voice: Voice) -> list[str]:
    said = plural(
        "A text that accounts of this case share is close to one of an earlier case:",
        "Texts that accounts of this case share are close to those of {n} earlier cases:",
        len(met),
    )
    links = [f"- [{markdown(one.title, TITLE)}]({address(one)})" for one in met[-LISTED:]]
    return [voice.say(said), *links, voice.small(_ORDINARY)]


_ORDINARY = Text(
    "A common phrase, a petition, a quotation or a share button brings the same words back. Only "
    "the texts were compared, not who wrote them."
)
