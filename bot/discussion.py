"""People agree with a step, dispute it with a reason, note something, and may take it back."""

from __future__ import annotations

import logging

import discord

from analyzers.model.text import Text, plural
from analyzers.render.inert import markdown
from bot import outbox
from bot.audit import erased
from bot.message import MAX_REASON, Message, Words
from bot.record import Case, Kind, Opinion
from bot.rewriting import UNREACHABLE, Rewriter, speaks
from bot.standing import HEADS, STEP
from bot.store import Store

LOG = logging.getLogger(__name__)

ESCAPED = 3 * MAX_REASON
"""Room for a reason in which every other character had to be escaped."""

_WITHDRAWN = Text("withdrawn")
_UNSHOWN = Text(
    "It is counted, but Discord did not let me write it in the thread. Ask an administrator to "
    "grant me Send Messages in Threads."
)
MARKS = {Kind.AGREE: "☑", Kind.DISPUTE: "⚑", Kind.NOTE: "✎"}


class Room:
    """Keeps what people say of a case's steps and shows it; rights are checked by who calls."""

    def __init__(self, client: discord.Client, store: Store, rewriter: Rewriter) -> None:
        self._client = client
        self._store = store
        self._rewriter = rewriter

    async def say(
        self, case: Case, step: str, kind: Kind, who: int, reason: str = ""
    ) -> tuple[Opinion, Text]:
        """Keep what somebody says, show it under the step, and say to them what was done."""
        given, replaced = await self._store.opinions.give(case, step, kind, who, reason)
        posted = not reason or given.message is not None or await self._post(case, given)
        if replaced:
            await self._show(case, replaced)
        await self._rewriter.rewrite(case, step)
        return given, _answer(kind, replaced) if posted else _UNSHOWN

    async def withdraw(self, case: Case, id: int, who: int) -> bool:
        """Take back one's own opinion; False when there is none to take back."""
        taken = await self._store.opinions.withdraw(id, case.guild, who)
        if taken is None or taken.case != case.key:
            return False
        await self._show(case, taken)
        await self._rewriter.rewrite(case, taken.step)
        return True

    async def erase(self, guild: int, who: int) -> Text:
        """Erase the words of a person in a server, also where the threads show them."""
        gone = await self._store.opinions.erase(guild, who, erased(guild, who))
        for opinion in gone:
            case = await self._store.cases.get(guild, opinion.case)
            if case:
                await self._show(case, opinion, erased=True)
                await self._rewriter.rewrite(case, opinion.step)
        return plural(
            "One note or reason of yours was erased.",
            "{n} notes and reasons of yours were erased.",
            len(gone),
        )

    async def _post(self, case: Case, opinion: Opinion) -> bool:
        """Show a reason under its step; it is kept even when it cannot be shown: then False."""
        posted = await self._store.cases.posted(case.key)
        step = posted.get(STEP + opinion.step)
        try:
            sent = await outbox.send(
                self._client.get_partial_messageable(case.thread, guild_id=case.guild),
                _shown(case, opinion),
                self._rewriter.folder(case),
                case.key,
                under=outbox.sent_before(self._client, case.thread, step.message) if step else None,
            )
        except UNREACHABLE as error:
            LOG.info("A reason could not be shown: %s", error)
            return False
        await self._store.opinions.shown_by(opinion.id, sent.id)
        return True

    async def _show(self, case: Case, opinion: Opinion, *, erased: bool = False) -> None:
        """Write the reply that shows an opinion anew; struck through when it was taken back."""
        if opinion.message is None:
            return
        message = _erased(case, opinion) if erased else _shown(case, opinion)
        target = outbox.sent_before(self._client, case.thread, opinion.message)
        try:
            await outbox.edit(target, message, self._rewriter.folder(case), case.key)
        except UNREACHABLE as error:
            LOG.info("A reply could not be written anew: %s", error)


def _shown(case: Case, opinion: Opinion) -> Message:
    """An opinion as a message; the mention only names the person, for no mention is allowed."""
    voice = speaks(case)
    reason = markdown(opinion.reason, ESCAPED) or "–"
    head = f"{MARKS[opinion.kind]} **{voice.say(HEADS[opinion.kind])}** · <@{opinion.who}>"
    if opinion.withdrawn:
        text = f"{head} · {voice.say(_WITHDRAWN)}\n> ~~{reason}~~"
    else:
        text = f"{head}\n> {reason}"
    return Message(_key(opinion), (Words(text),))


def _erased(case: Case, opinion: Opinion) -> Message:
    voice = speaks(case)
    return Message(_key(opinion), (Words(voice.small(Text("Erased by whoever wrote it."))),))


def _key(opinion: Opinion) -> str:
    return f"opinion:{opinion.id}"


def _answer(kind: Kind, replaced: Opinion | None) -> Text:
    match kind, replaced:
        case Kind.AGREE, None:
            return Text("You agree with this step.")
        case Kind.AGREE, _:
            return Text("You agree with this step, and no longer dispute it.")
        case Kind.DISPUTE, None:
            return Text("You dispute this step. Your reason stands under it.")
        case Kind.DISPUTE, _:
            return Text(
                "You dispute this step, and no longer agree with it. Your reason stands under it."
            )
        case _:
            return Text("Your note stands under the step.")
