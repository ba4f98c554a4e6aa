"""`/investigate`: a dump of posts goes in, an investigated thread comes out."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from analyzers.investigation import Progress
from analyzers.model.refusal import BadInput
from analyzers.model.report import Candidate, Report
from analyzers.model.text import Code, Text
from analyzers.render.disclosure import Disclosure
from analyzers.render.words import Lang
from analyzers.render.words import Words as Speech
from bot import outbox, pipeline
from bot.config import Settings
from bot.message import Message
from bot.permissions import lacking
from bot.pool import Pool
from bot.progress import progress_card
from bot.uploads import keep
from bot.views.candidates import Candidates

LOG = logging.getLogger(__name__)

BETWEEN_EDITS = 2.0
"""Seconds between edits of the progress card: Discord allows five edits in five seconds per
channel, shared by every investigation that runs there."""

THREAD_NAME = 100
"""Discord's limit on a thread's name."""

A_WEEK: Final = 10080
"""Minutes without a word before Discord archives the thread: the longest it offers."""


class Investigate(commands.Cog):
    """The command and the way from its answer to the finished thread."""

    def __init__(self, settings: Settings, pool: Pool) -> None:
        self.settings = settings
        self.pool = pool

    @app_commands.command(
        name=locale_str("investigate"),
        description=locale_str("Investigate who attacks a target together, in a dump of posts"),
    )
    @app_commands.describe(
        dump=locale_str("A file of posts: an X export or any CSV; plain or gzip"),
        target=locale_str("@handle, #hashtag, a phrase, a link or a post's address"),
        dump2=locale_str("A second file of the same dump"),
        dump3=locale_str("A third file of the same dump"),
        accounts=locale_str(
            "CSV of accounts to look at instead of searching: account, ground, note"
        ),
        events=locale_str("CSV of what happened when: time, label"),
        since=locale_str("Leave out posts before this day (2019-02-01, UTC)"),
        until=locale_str("Leave out posts from this day on (2019-02-15, UTC)"),
    )
    @app_commands.guild_only()
    async def investigate(
        self,
        interaction: discord.Interaction,
        dump: discord.Attachment,
        target: app_commands.Range[str, 1, 200] | None = None,
        dump2: discord.Attachment | None = None,
        dump3: discord.Attachment | None = None,
        accounts: discord.Attachment | None = None,
        events: discord.Attachment | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> None:
        """Answer at once, then read, investigate and write the thread."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        speech = speech_for(interaction)
        try:
            self._refuse_what_cannot_work(interaction, speech)
            request = pipeline.Request(
                paths=await self._kept([dump, dump2, dump3]),
                targets=(target,) if target else (),
                accounts=await self._one(accounts),
                events=await self._one(events),
                since=pipeline.day(since) if since else None,
                until=pipeline.day(until) if until else None,
            )
            if target:
                await self._run(interaction, request, speech)
            else:
                await self._ask_whom(interaction, request, speech)
        except BadInput as refusal:
            await tell(interaction, speech.say(refusal.text))

    def _refuse_what_cannot_work(self, interaction: discord.Interaction, speech: Speech) -> None:
        if not isinstance(interaction.channel, discord.TextChannel):
            raise BadInput(
                Text("Use this command in a text channel: the answer is a thread under it.")
            )
        missing = lacking(interaction.app_permissions)
        if missing:
            raise BadInput(
                Text(
                    "I lack {permissions} in #{channel}; ask an administrator to grant it to me "
                    "there.",
                    permissions=missing,
                    channel=interaction.channel.name,
                )
            )

    async def _kept(self, uploads: Sequence[discord.Attachment | None]) -> tuple[Path, ...]:
        return tuple([await self._keep(upload) for upload in uploads if upload])

    async def _one(self, upload: discord.Attachment | None) -> Path | None:
        return await self._keep(upload) if upload else None

    async def _keep(self, upload: discord.Attachment) -> Path:
        """Copy an upload to storage, refusing what is larger than the operator allows."""
        limit = self.settings.discord.upload_megabytes
        if upload.size > limit * 1_000_000:
            raise BadInput(
                Text(
                    "{file} is too large: {size} MB, and {limit} MB is the most I accept here. "
                    "Compress it with gzip or split it.",
                    file=Code(upload.filename),
                    size=upload.size / 1_000_000,
                    limit=limit,
                )
            )
        try:
            content = await upload.read()
        except discord.HTTPException as error:
            raise BadInput(
                Text(
                    "{file} could not be fetched from Discord; send it again.",
                    file=Code(upload.filename),
                )
            ) from error
        folder = self.settings.storage.directory / "uploads"
        return await asyncio.to_thread(keep, content, upload.filename, folder)

    async def _ask_whom(
        self, interaction: discord.Interaction, request: pipeline.Request, speech: Speech
    ) -> None:
        """Offer the candidates the dump suggests, and go on once the person chose."""
        dataset, candidates = await pipeline.candidates(request, self.pool)
        request = replace(request, dataset=dataset)
        if not candidates:
            await self._run(interaction, request, speech)
            return

        async def chosen(answer: discord.Interaction, candidate: Candidate | None) -> None:
            await answer.response.edit_message(
                content=speech.say(Text("Thank you, I begin.")), view=None
            )
            targets = (candidate.target,) if candidate else ()
            try:
                await self._run(answer, replace(request, targets=targets), speech)
            except BadInput as refusal:
                await tell(answer, speech.say(refusal.text))

        await interaction.edit_original_response(
            content=speech.say(Text("This dump does not say whom it is about.")),
            view=Candidates(candidates, speech, chosen),
        )

    async def _run(
        self, interaction: discord.Interaction, request: pipeline.Request, speech: Speech
    ) -> None:
        """Show progress in the channel while it runs; on a refusal the card goes away again."""
        assert isinstance(interaction.channel, discord.TextChannel)
        card = ProgressCard(interaction.channel, speech)
        await card.show(Progress("read", 0, 1))
        try:
            report = await pipeline.investigate(request, self.pool, card.show)
            await card.show(Progress("draw", 0, 1))
            folder = self.settings.storage.directory / "cases" / secrets.token_hex(8)
            messages = await pipeline.package(report, request, speech.lang, folder, self.pool)
            await card.show(Progress("send", 0, 1))
            thread = await self._publish(card, messages, report, folder, speech)
        except BaseException:
            await card.remove()
            raise
        await tell(interaction, speech.say(Text("Done: {thread}", thread=thread.jump_url)))

    async def _publish(
        self,
        card: ProgressCard,
        messages: Sequence[Message],
        report: Report,
        folder: Path,
        speech: Speech,
    ) -> discord.Thread:
        """Turn the progress card into the case card, open its thread, and send every message."""
        first, *rest = messages
        case_card = await card.become(first, folder)
        thread = await case_card.create_thread(
            name=pipeline.title(report, speech)[:THREAD_NAME], auto_archive_duration=A_WEEK
        )
        for message in rest:
            await outbox.send(thread, message, folder, case_key=folder.name)
        return thread


class ProgressCard:
    """One message in the channel, edited in place; edits too close together are left out."""

    def __init__(self, channel: discord.TextChannel, speech: Speech) -> None:
        self._channel = channel
        self._speech = speech
        self._message: discord.Message | None = None
        self._started = time.monotonic()
        self._edited = 0.0
        self._stage = ""

    async def show(self, progress: Progress) -> None:
        """Send the card the first time, then edit it when the stage or enough time has passed."""
        now = time.monotonic()
        if progress.stage == self._stage and now - self._edited < BETWEEN_EDITS:
            return
        self._stage, self._edited = progress.stage, now
        spent = timedelta(seconds=round(now - self._started))
        message = progress_card(progress, spent, self._speech)
        if self._message is None:
            self._message = await outbox.send(
                self._channel, message, Path(), case_key=secrets.token_hex(8)
            )
        else:
            self._message = await outbox.edit(self._message, message, Path())

    async def become(self, message: Message, folder: Path) -> discord.Message:
        """Replace the progress by the case card, in the same place."""
        assert self._message is not None
        self._message = await outbox.edit(self._message, message, folder)
        return self._message

    async def remove(self) -> None:
        """Take the card away: nothing came of this investigation."""
        if self._message is not None:
            try:
                await self._message.delete()
            except discord.NotFound:
                LOG.info("The progress card was already gone")


def speech_for(interaction: discord.Interaction) -> Speech:
    """Words in the language of the person's Discord: French, or English for everyone else."""
    lang: Lang = "fr" if interaction.locale is discord.Locale.french else "en"
    return Speech(lang, Disclosure.empty())


async def tell(interaction: discord.Interaction, sentence: str) -> None:
    """Say something to the person who asked, and to nobody else."""
    try:
        await interaction.followup.send(
            sentence, ephemeral=True, allowed_mentions=discord.AllowedMentions.none()
        )
    except discord.NotFound:
        LOG.warning("The interaction had expired before its answer; its token lives 15 minutes")
