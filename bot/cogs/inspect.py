"""`/inspect`: what files are and carry, before anybody investigates them; nothing is kept."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text
from bot import pipeline
from bot.access import Action
from bot.acting import acting
from bot.asker import Asker
from bot.config import Settings
from bot.inbox import Inbox
from bot.inspection_message import inspection_message
from bot.message import Message
from bot.mishap import explained
from bot.outbox import Layout
from bot.pool import Pool
from bot.store import Store
from bot.uploads import Uploads
from bot.voice import Voice

if TYPE_CHECKING:
    from analyzers.read.inspection import FileInspection

AT_MOST = 600.0
"""Seconds that a worker is waited for: an interaction can be answered for fifteen minutes."""

SHOWN = 5
"""Files told of, one private message each; an archive may hold many more."""

_ANOTHER: Final = locale_str("Another file to look at")


class Inspect(commands.Cog):
    """Answers privately; the files are read by a worker and deleted at once."""

    def __init__(self, settings: Settings, pool: Pool, store: Store) -> None:
        self.settings = settings
        self.pool = pool
        self.store = store

    @app_commands.command(
        name=locale_str("inspect"),
        description=locale_str("What a file is, what it carries, and which steps it suffices for"),
    )
    @app_commands.describe(
        dump=locale_str("Posts: an export of X, Bluesky, Mastodon or Telegram, or any CSV"),
        dump2=_ANOTHER,
        dump3=_ANOTHER,
        dump4=_ANOTHER,
        dump5=_ANOTHER,
    )
    @app_commands.guild_only()
    async def inspect(
        self,
        interaction: discord.Interaction,
        dump: discord.Attachment,
        dump2: discord.Attachment | None = None,
        dump3: discord.Attachment | None = None,
        dump4: discord.Attachment | None = None,
        dump5: discord.Attachment | None = None,
    ) -> None:
        """Answer at once, then read the files and tell of each."""
        asker = Asker(interaction, self.settings.discord.language)
        if not await asker.acknowledge():
            return
        scratch = Path(await asyncio.to_thread(tempfile.mkdtemp, dir=self.pool.scratch))
        inbox = Inbox(self.settings.storage, interaction.guild_id or 0)
        uploads = Uploads(scratch, self.settings.discord.upload_megabytes, inbox)
        try:
            (await acting(interaction, self.store)).check(Action.INVESTIGATE)
            sent = [file for file in (dump, dump2, dump3, dump4, dump5) if file]
            found = await self._inspected([await uploads.kept(file) for file in sent], asker)
        except BadInput as refusal:
            await asker.tell(uploads.as_sent(refusal).text)
        except Exception as error:
            await asker.tell(explained(error))
        else:
            await _tell(found, uploads, asker)
        finally:
            await asyncio.to_thread(shutil.rmtree, scratch, True)

    async def _inspected(self, paths: Sequence[Path], asker: Asker) -> Sequence[FileInspection]:
        await asker.tell(Text("I look at the files."))
        try:
            async with asyncio.timeout(AT_MOST):
                return (await pipeline.inspected(tuple(paths), self.pool)).files
        except TimeoutError:
            raise BadInput(
                Text("My workers were busy all the time. Give the command again later.")
            ) from None


async def _tell(found: Sequence[FileInspection], uploads: Uploads, asker: Asker) -> None:
    voice = Voice(asker.speech)

    def message(file: FileInspection) -> Message:
        return inspection_message(file, uploads.name_of(file.source.name), voice)

    first, *more = [message(file) for file in found[:SHOWN]]
    await asker.show(Layout(first))
    for each in more:
        await asker.show_more(Layout(each))
    hidden = len(found) - SHOWN
    if hidden > 0:
        await asker.add(Text("and {n} more files: send them one by one.", n=hidden))
