"""Adds exhibits to a case and tells of them in its thread, each once."""

from __future__ import annotations

import asyncio
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import discord

from bot import outbox
from bot.audit import exhibited
from bot.exhibits import AT_ONCE, check_size, checked, keep, last_listed, lay_by, listed, take_up
from bot.record import Case, Exhibit, Posted
from bot.rewriting import speaks
from bot.store import Store
from bot.uploads import fetched


class Exhibiting:
    """Takes pictures that people send, and shows in the thread what was added."""

    def __init__(
        self, client: discord.Client | discord.Guild, store: Store, directory: Path
    ) -> None:
        """`directory` holds a folder of exhibits for each case, named by its key."""
        self._client = client
        self._store = store
        self._directory = directory

    def folder(self, key: str) -> Path:
        """Where the exhibits of a case are."""
        return self._directory / key

    async def taken(
        self, key: str, sent: Sequence[discord.Attachment], who: int
    ) -> tuple[Exhibit, ...]:
        """Keep pictures for the case of this key, at once, off the event loop.

        Raises BadInput for what is no picture, or too large, or cannot be fetched.
        """
        for one in sent:
            check_size(one.filename, one.size)
        contents = []
        for one in sent:  # all of them before any is kept
            contents.append(await fetched(one))
            checked(contents[-1], one.filename)
        now, folder = self._store.now(), self.folder(key)
        return tuple(
            [
                await asyncio.to_thread(keep, content, one.filename, who, now, folder)
                for one, content in zip(sent, contents, strict=True)
            ]
        )

    async def lay_by(self, sent: Sequence[discord.Attachment], who: int) -> str:
        """Keep pictures for a case that is still to be; gives back the name of their folder."""
        if not sent:
            return ""
        name = secrets.token_hex(8)
        kept = await self.taken(name, sent, who)
        await asyncio.to_thread(lay_by, kept, self.folder(name))
        return name

    async def take_up(self, name: str, case: Case) -> None:
        """Make the pictures of such a folder exhibits of the case that came to be."""
        waiting = self.folder(name)
        kept = await asyncio.to_thread(take_up, waiting, self.folder(case.key))
        if kept:
            await self.add(case, kept[0].who, kept, "", "")
        await asyncio.to_thread(shutil.rmtree, waiting, ignore_errors=True)

    async def let_go(self, name: str) -> None:
        """Delete the pictures of such a folder, since no case came to be."""
        if name:
            await asyncio.to_thread(shutil.rmtree, self.folder(name), ignore_errors=True)

    async def add(
        self, case: Case, who: int, new: Sequence[Exhibit], description: str, source: str
    ) -> tuple[Exhibit, ...]:
        """Make kept pictures exhibits of the case, and tell of them; gives back the new ones."""
        told = [replace(one, description=description, source=source) for one in new]
        log = exhibited(case, who, len(told))
        added = await self._store.exhibits.add(case.key, told, log)
        await self._tell(case)
        return added

    async def _tell(self, case: Case) -> None:
        """List in the thread what no message lists yet, also from before a stop."""
        posted = await self._store.cases.posted(case.key)
        last = last_listed(tuple(posted))
        every = [one for one in await self._store.exhibits.of(case.key) if one.number > last]
        if not every:
            return
        thread = await self._client.fetch_channel(case.thread)
        assert isinstance(thread, discord.Thread)
        there = await outbox.standing(thread)
        for start in range(0, len(every), AT_ONCE):
            message = listed(every[start : start + AT_ONCE], speaks(case))
            sent = there.get(outbox.mark(case.key, message.key)) or await outbox.send(
                thread, message, self.folder(case.key), case_key=case.key
            )
            await self._store.cases.post(case.key, Posted(message.key, sent.id))
