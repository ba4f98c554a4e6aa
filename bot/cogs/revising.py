"""Reads cases again: for whoever asked, after a restart, and with the files of a message."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text
from analyzers.render.inert import markdown
from bot.acting import Actor, acting, the_case, visible
from bot.asker import SENTENCE, Asker
from bot.config import Settings
from bot.inbox import Inbox
from bot.message import MAX_OPTION, MAX_OPTIONS
from bot.mishap import explained
from bot.outbox import is_outage
from bot.record import Case, Revision
from bot.revisions import Edit, Revisions
from bot.rewriting import address
from bot.store import Store
from bot.uploads import Uploads
from bot.views.ask_case import AskCase, Chosen
from bot.views.forms import OPEN, Forms

LOG = logging.getLogger(__name__)


class Revising(commands.Cog):
    """Answers privately; what changed stands in the case's thread."""

    def __init__(
        self, bot: commands.Bot, settings: Settings, store: Store, revisions: Revisions
    ) -> None:
        self.bot = bot
        self.settings = settings
        self.store = store
        self.revisions = revisions
        self._forms = Forms()
        self._resuming: asyncio.Task[None] | None = None
        self._menu = app_commands.ContextMenu(
            name=locale_str("Add to case"), callback=self.add_to_case
        )
        self._menu.guild_only = True

    async def cog_load(self) -> None:
        """Offer the command on messages, and note what a stop of the program cut short."""
        self.bot.tree.add_command(self._menu)
        left = await self.store.revisions.unfinished()
        self._resuming = asyncio.create_task(self._resume(left)) if left else None

    async def cog_unload(self) -> None:
        """Let go of nothing that was promised: the next start goes on with it."""
        self.revisions.stopped = True
        if self._resuming:
            self._resuming.cancel()
        self.bot.tree.remove_command(self._menu.name, type=self._menu.type)

    async def _resume(self, left: Sequence[Revision]) -> None:
        await self.bot.wait_until_ready()
        LOG.info("%d revisions were cut short and go on", len(left))
        await asyncio.gather(*(self._go_on(revision) for revision in left))

    async def _go_on(self, revision: Revision) -> None:
        """Finish one; whatever goes wrong with it, the others go on."""
        guild = self.bot.get_guild(revision.guild)
        if guild is not None and guild.unavailable:
            return  # an outage at Discord: the next start tries again
        try:
            await self.revisions.pursue(revision)
        except Exception as error:
            if self.revisions.stopped or self._waits(revision, error):
                return
            try:
                await self.revisions.give_up(revision, explained(error), told=False)
            except Exception:
                LOG.exception("The revision of %s could not go on", revision.case)

    @staticmethod
    def _waits(revision: Revision, error: Exception) -> bool:
        """Whether Discord could not be reached, so that the next start is to go on with it."""
        if is_outage(error):
            LOG.warning(
                "Discord could not be reached (%s): the revision of %s goes on at the next start "
                "of the program",
                type(error).__name__,
                revision.case,
            )
            return True
        return False

    async def add(
        self,
        asker: Asker,
        actor: Actor,
        case: Case,
        given: Sequence[discord.Attachment],
        reason: str,
    ) -> None:
        """Read a case again with further files. Raises BadInput before any work is done."""
        self.revisions.check(actor, case)
        storage, megabytes = self.settings.storage, self.settings.discord.upload_megabytes
        uploads = Uploads(storage.uploads, megabytes, Inbox(storage, actor.guild))
        files = [await uploads.kept(each) for each in given]
        promised = await self.revisions.with_files(actor, case, files, reason)
        await self.pursue(asker, promised, uploads)

    async def edit(
        self, asker: Asker, actor: Actor, case: Case, edit: Edit, account: str, reason: str
    ) -> None:
        """Read a case again about other accounts. Raises BadInput before any work is done."""
        promised = await self.revisions.with_accounts(actor, case, edit, account, reason)
        await self.pursue(asker, promised)

    async def pursue(
        self, asker: Asker, revision: Revision, uploads: Uploads | None = None
    ) -> None:
        """Make a revision, and tell the person when its thread says what changed."""
        await asker.tell(
            Text("I read this case again. Its thread says what has changed when I am done.")
        )
        try:
            case = await self.revisions.pursue(revision)
        except Exception as error:
            if self.revisions.stopped or self._waits(revision, error):
                return  # it is gone on with when the program is started again
            if isinstance(error, BadInput) and uploads:
                error = uploads.as_sent(error)
            reason = explained(error)
            await self.revisions.give_up(revision, reason, told=await asker.tell(reason))
        else:
            done = markdown(asker.speech.say(Text("The thread says what has changed.")), SENTENCE)
            await asker.tell_lines([f"{done} {address(case)}"])

    async def add_to_case(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Ask to which case the files of a message belong; a form must be the first answer."""
        asker = self._asker(interaction)
        try:
            token = self._forms.remember(message)
            actor = await acting(interaction, self.store)
            cases = (await self._may_revise(actor))[:MAX_OPTIONS]
            if not cases:
                raise BadInput(Text("There is no case here that you may add files to."))
        except Exception as error:
            if await asker.acknowledge():
                await asker.tell(explained(error))
            return
        here = next((c.key for c in cases if c.thread == interaction.channel_id), cases[0].key)
        named = [(case.key, case.title[:MAX_OPTION]) for case in cases]
        await interaction.response.send_modal(AskCase(token, named, here, asker.speech))

    async def _may_revise(self, actor: Actor) -> list[Case]:
        """The cases that somebody may add files to, newest first."""
        found = []
        for case in await visible(actor, self.store):
            try:
                self.revisions.check(actor, case)
            except BadInput:
                continue
            found.append(case)
        return found

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Take up a form that was filled in, perhaps one from before a restart."""
        chosen = Chosen.of(interaction)
        if chosen is None:
            return
        asker = self._asker(interaction)
        if not await asker.acknowledge():
            return
        try:
            given = self._forms.taken(chosen.token)
            await asker.tell(Text("I fetch the files of this message."))
            await asker.add(OPEN)
            actor = await acting(interaction, self.store)
            case = await the_case(actor, self.store, chosen.case)
            await self.add(asker, actor, case, given, chosen.reason)
        except Exception as error:
            await asker.tell(explained(error))

    def _asker(self, interaction: discord.Interaction) -> Asker:
        return Asker(interaction, self.settings.discord.language)
