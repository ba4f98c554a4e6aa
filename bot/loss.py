"""Tells whoever started a case what of it was deleted in Discord; nothing disappears silently."""

from __future__ import annotations

import logging
from collections.abc import Collection
from pathlib import Path

import discord

from analyzers.model.text import Text
from bot import outbox
from bot.audit import lost
from bot.message import CARD, Message, Words
from bot.record import Case, Home, Status
from bot.rewriting import UNREACHABLE, Rewriter, speaks
from bot.store import Store
from bot.store.losses import OPINION, THREAD
from bot.voice import LINE

LOG = logging.getLogger(__name__)


class Losses:
    """Notes what is gone, once, and says so where somebody may still read it."""

    def __init__(self, client: discord.Client, store: Store, rewriter: Rewriter) -> None:
        self._client = client
        self._store = store
        self._rewriter = rewriter

    async def place(self, id: int, what: str) -> None:
        """The channel or the thread with this id is gone; `what` says which of the two."""
        for case in await self._store.cases.at(id):
            if not await self._noted(case, what):
                continue
            if what == THREAD and case.home is Home.CHANNEL:
                text = Text(
                    "The thread of this case was deleted in Discord, with what people wrote in it: "
                    "{title}. The case is kept: /case export still has what the thread said.",
                    title=case.title,
                )
                if await self._say(case, case.channel, what, text):
                    continue
            await self._tell(case)

    async def messages(self, ids: Collection[int]) -> None:
        """Messages were deleted; those of cases are told in their threads."""
        for case, what, title in await self._store.losses.among(ids):
            if await self._noted(case, what):
                await self._say(case, case.thread, what, _sentence(what, title))
                await self._rewriter.rewrite(case)  # so that the card leads to it no more

    async def reviewers(self, guild: int) -> None:
        """The role that reviews was deleted; cases that wait for reviewers are told."""
        text = Text(
            "The role that reviews cases was deleted in this server, so nobody can approve this "
            "case. Whoever manages the server sets another with /settings roles."
        )
        for case in await self._store.cases.of(guild):
            if case.status is Status.IN_REVIEW:
                await self._say(case, case.thread, "reviewers", text)

    async def _noted(self, case: Case, what: str) -> bool:
        """Note a loss and log it; False when it was known before."""
        new = await self._store.losses.note(case, what)
        if new:
            await self._store.log.write(lost(case, what))
        return new

    async def _say(self, case: Case, place: int, what: str, text: Text) -> bool:
        """Say it in a channel or thread; False when nothing can be said there."""
        message = Message(f"loss:{what}", (Words(speaks(case).say(text, LINE)),))
        channel = self._client.get_partial_messageable(place, guild_id=case.guild)
        try:
            await outbox.send(channel, message, Path(), case.key)
        except UNREACHABLE as error:
            LOG.info("A loss of %s could not be told: %s", case.key, error)
            return False
        return True

    async def _tell(self, case: Case) -> None:
        """Tell whoever started the case in a direct message, if they take any from us."""
        text = Text(
            "The place of a case that you started was deleted in Discord: {title}. The case is "
            "kept: /case show and /case export still find it.",
            title=case.title,
        )
        try:
            starter = await self._client.fetch_user(case.starter)
            await starter.send(
                speaks(case).say(text, LINE), allowed_mentions=discord.AllowedMentions.none()
            )
        except UNREACHABLE as error:
            LOG.info("Who started %s could not be told: %s", case.key, error)


def _sentence(what: str, title: str) -> Text:
    if what == CARD:
        return Text(
            "The card of this case was deleted in Discord. It is not sent again: /case show says "
            "where the case stands, and /case export has what the card said."
        )
    if what.startswith(OPINION):
        return Text(
            "The message with somebody's reason or note was deleted in Discord. What it said still "
            "counts, and /case export has it."
        )
    if title:
        return Text(
            "The message of a step was deleted in Discord: {title}. It is not sent again; what it "
            "said still counts, and /case export has it.",
            title=title,
        )
    return Text(
        "A message of this case was deleted in Discord. It is not sent again; /case export has "
        "what it said."
    )
