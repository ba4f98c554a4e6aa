"""Speaks to the person who gave a command, in their language, and to nobody else."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import aiohttp
import discord
from discord import ui

from analyzers.model.text import Text
from analyzers.render.disclosure import Disclosure
from analyzers.render.inert import markdown
from analyzers.render.words import Lang
from analyzers.render.words import Words as Speech

LOG = logging.getLogger(__name__)

SENTENCE = 1900
"""Characters of a private answer: under Discord's 2,000 with room for how it counts emoji."""

_LANGS: dict[discord.Locale, Lang] = {
    discord.Locale.french: "fr",
    discord.Locale.american_english: "en",
    discord.Locale.british_english: "en",
}


class Asker:
    """The person behind one interaction; they see one private answer, rewritten as things go on."""

    def __init__(self, interaction: discord.Interaction, otherwise: Lang) -> None:
        """`otherwise` is the language for those whose Discord is in neither English nor French."""
        self.user = interaction.user
        self.speech = Speech(_LANGS.get(interaction.locale, otherwise), Disclosure(reveal=False))
        self._interaction = interaction

    def answering(self, interaction: discord.Interaction) -> Asker:
        """The same person, in the same language, behind a later interaction of theirs."""
        return Asker(interaction, self.speech.lang)

    async def acknowledge(self) -> bool:
        """Say at once that an answer will come; False when Discord no longer waits for it."""
        try:
            await self._interaction.response.defer(ephemeral=True, thinking=True)
        except discord.NotFound:
            LOG.warning("A command came too late to be answered: Discord waits three seconds")
            return False
        return True

    async def take_up(self) -> bool:
        """As `acknowledge`; a click on a private answer has that answer rewritten."""
        message = self._interaction.message
        if message is None or not message.flags.ephemeral:
            return await self.acknowledge()
        try:
            await self._interaction.response.defer()
        except discord.NotFound:
            LOG.warning("A click came too late to be answered: Discord waits three seconds")
            return False
        return True

    async def tell(self, text: Text, view: ui.View | None = None) -> bool:
        """Replace the private answer by this sentence; False when it could not reach the person.

        An interaction can be answered for fifteen minutes. Someone who dismissed the answer gets
        a new one.
        """
        return await self.tell_lines([markdown(self.speech.say(text), SENTENCE)], view)

    async def tell_lines(self, lines: Sequence[str], view: ui.View | None = None) -> bool:
        """As `tell`, of lines of markdown that are inert already and fit together."""
        sentence = "\n".join(lines)
        for say in (self._rewrite, self._say_anew):
            try:
                await say(sentence, view)
            except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError) as error:
                LOG.info("A private answer did not arrive: %s", type(error).__name__)
            else:
                return True
        return False

    async def show(self, layout: ui.LayoutView, picture: discord.File | None = None) -> bool:
        """Replace the private answer by a laid out message; False when it did not arrive."""
        try:
            await self._interaction.edit_original_response(
                content=None,
                view=layout,
                attachments=[picture] if picture else [],
                allowed_mentions=discord.AllowedMentions.none(),
            )
        except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError) as error:
            LOG.info("A private answer did not arrive: %s", type(error).__name__)
            return False
        return True

    async def show_more(self, layout: ui.LayoutView) -> bool:
        """Send a further private message beside the answer; False when it did not arrive."""
        return await self._further(view=layout)

    async def add(self, text: Text) -> bool:
        """As `show_more`, of one sentence."""
        return await self._further(content=markdown(self.speech.say(text), SENTENCE))

    async def _further(self, **message: Any) -> bool:
        try:
            await self._interaction.followup.send(
                ephemeral=True, allowed_mentions=discord.AllowedMentions.none(), **message
            )
        except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError) as error:
            LOG.info("A private message did not arrive: %s", type(error).__name__)
            return False
        return True

    async def hand_over(self, lines: Sequence[str], file: discord.File) -> bool:
        """As `tell_lines`, with a file to download; False when it did not arrive."""
        try:
            await self._interaction.edit_original_response(
                content="\n".join(lines),
                attachments=[file],
                allowed_mentions=discord.AllowedMentions.none(),
            )
        except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError) as error:
            LOG.info("A file did not arrive: %s", type(error).__name__)
            return False
        return True

    async def _rewrite(self, sentence: str, view: ui.View | None) -> None:
        await self._interaction.edit_original_response(
            content=sentence, view=view, allowed_mentions=discord.AllowedMentions.none()
        )

    async def _say_anew(self, sentence: str, view: ui.View | None) -> None:
        await self._interaction.followup.send(
            sentence,
            view=view or discord.utils.MISSING,
            ephemeral=True,
            allowed_mentions=discord.AllowedMentions.none(),
        )
