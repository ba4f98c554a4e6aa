"""What people set beside a case, articles and studies, and who takes care of it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from urllib.parse import urlsplit

import discord

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from analyzers.render.inert import markdown
from bot import outbox
from bot.access import Action
from bot.acting import Actor
from bot.audit import assigned, referred
from bot.message import Message, Words
from bot.record import Case, Posted, Reference
from bot.rewriting import UNREACHABLE, Rewriter, speaks
from bot.store import Store
from bot.voice import LIST, TITLE, Voice, as_many_as_fit

LOG = logging.getLogger(__name__)

KEY = "references"
"""The key of the message that lists them."""

MAX_TITLE, MAX_URL = 200, 500

URL_SHOWN = 300
"""Characters of an address that are shown: the export has it whole."""


class Referring:
    """Changes references and who a case is assigned to; checks the rights of whoever does."""

    def __init__(self, client: discord.Client, store: Store, rewriter: Rewriter) -> None:
        self._client = client
        self._store = store
        self._rewriter = rewriter

    async def add(self, actor: Actor, case: Case, url: str, title: str) -> Text:
        """Set a reference beside a case; whoever may investigate does."""
        actor.check(Action.INVESTIGATE)
        address = checked(url)
        log = referred(case, actor.id, True)
        if not await self._store.references.add(case, actor.id, address, title.strip(), log):
            raise BadInput(Text("This case has as many references as fit. Remove one first."))
        await self._show(case)
        return Text("The reference stands in the thread.")

    async def remove(self, actor: Actor, case: Case, number: int) -> Text:
        """Take a reference away: one's own, or as a reviewer or one who administers any."""
        every = await self._store.references.of(case.key)
        meant = next((one for one in every if one.number == number), None)
        if meant is None:
            raise BadInput(Text("This case has no reference with the number {n}.", n=number))
        trusted = actor.may(Action.REVIEW) or actor.may(Action.ADMINISTER)
        if meant.who != actor.id and not trusted:
            raise BadInput(
                Text(
                    "Only whoever added a reference, reviewers and people who administer may "
                    "remove it."
                )
            )
        await self._store.references.remove(case, number, referred(case, actor.id, False))
        await self._show(case)
        return Text("The reference is removed.")

    async def assign(self, actor: Actor, case: Case, to: discord.Member | None) -> Text:
        """Say who takes care of a case; no one is rung for it."""
        trusted = actor.may(Action.REVIEW) or actor.may(Action.ADMINISTER)
        if actor.id != case.starter and not trusted:
            raise BadInput(
                Text(
                    "Only whoever started this case, reviewers and people who administer may "
                    "assign it."
                )
            )
        if to is not None:
            channel = actor.member.guild.get_channel(case.channel)
            if to.bot or (channel and not channel.permissions_for(to).view_channel):
                raise BadInput(Text("This person cannot see the case: choose somebody who can."))
        await self._store.cases.assign(
            case, to.id if to else None, assigned(case, actor.id, to.id if to else None)
        )
        await self._rewriter.rewrite(case)
        if to is None:
            return Text("The case is assigned to nobody now.")
        return Text("The case is assigned. Nobody was notified: tell them.")

    async def _show(self, case: Case) -> None:
        """Keep the one message that lists the references as they are; what fails is logged."""
        async with self._rewriter.turn(case):
            message = listed(await self._store.references.of(case.key), speaks(case))
            posted = (await self._store.cases.posted(case.key)).get(KEY)
            try:
                if posted is None:
                    await self._send(case, message)
                else:
                    await self._rewriter.edit(case, case.thread, posted.message, message)
            except UNREACHABLE as error:
                LOG.info("The references of %s could not be shown: %s", case.key, error)

    async def _send(self, case: Case, message: Message) -> None:
        thread = self._client.get_partial_messageable(case.thread, guild_id=case.guild)
        there = await outbox.standing(thread)  # a stop may have come before it was noted
        folder = self._rewriter.folder(case)
        sent = there.get(outbox.mark(case.key, KEY)) or await outbox.send(
            thread, message, folder, case.key
        )
        await self._store.cases.post(case.key, Posted(KEY, sent.id))


def checked(url: str) -> str:
    """An address of the web as somebody typed it. Raises BadInput for any other."""
    typed = url.strip()
    try:
        parts = urlsplit(typed)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
    except ValueError:
        fine = False
    if not fine or len(typed.split()) != 1 or not typed.isprintable():
        raise BadInput(
            Text("{url} is no address of a page: it begins with https://.", url=Code(typed))
        )
    return typed


def listed(references: Sequence[Reference], voice: Voice) -> Message:
    """The message of the references: titles, and addresses that nobody clicks by accident."""
    named = Text("References")
    heading = f"### {voice.say(named, TITLE)}"
    lines = [line(one) for one in references] or [voice.small(Text("None any more."))]
    kept = as_many_as_fit(lines, LIST)
    if hidden := len(lines) - len(kept):
        kept.append(voice.small(Text("and {n} more: /case export has them all.", n=hidden)))
    return Message(KEY, (Words("\n".join([heading, *kept])),))


def line(reference: Reference) -> str:
    """One reference as a line of inert markdown, with the number by which it is removed."""
    title = markdown(reference.title, 2 * MAX_TITLE)
    return f"{reference.number}\\. **{title}** · {markdown(reference.url, URL_SHOWN)}"
