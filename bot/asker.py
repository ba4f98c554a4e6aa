"""Speaks to the person who gave a command, in their language, and to nobody else."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import aiohttp
import discord
from discord import ui

from analyzers.model.text import Text
from analyzers.render.disclosure import Disclosure
from analyzers.render.inert import markdown
from analyzers.render.words import Lang
from analyzers.render.words import Words as Speech
from bot.voice import as_many_as_fit

LOG = logging.getLogger(__name__)

SENTENCE = 1900
"""Characters of a private answer: under Discord's 2,000 with room for how it counts emoji."""

ROOM_FOR_MORE = 100
"""Characters of it that a line which says how many more there are may need."""

CHOICES = 25
"""Suggestions that Discord shows at once."""

CHOICE = 100
"""Discord's limit on the name and on the value of a suggestion."""

RESTARTED = Text("I was restarted after I asked this. Give the command again.")
"""Told to whoever answers a question of which nothing is known any more."""

_LANGS: dict[discord.Locale, Lang] = {
    discord.Locale.french: "fr",
    discord.Locale.american_english: "en",
    discord.Locale.british_english: "en",
}


def _more(hidden: int) -> Text:
    return Text("and {n} more.", n=hidden)


class Asker:
    """The person behind one interaction; they see one private answer, rewritten as things go on."""

    def __init__(self, interaction: discord.Interaction, otherwise: Lang) -> None:
        """`otherwise` is the language for those whose Discord is in neither English nor French."""
        self.user = interaction.user
        self.channel = interaction.channel_id
        self.speech = Speech(_LANGS.get(interaction.locale, otherwise), Disclosure(reveal=False))
        self._interaction = interaction

    @property
    def interaction(self) -> discord.Interaction:
        """What the person gave or clicked."""
        return self._interaction

    def answering(self, interaction: discord.Interaction) -> Asker:
        """The same person, in the same language, behind a later interaction of theirs."""
        return Asker(interaction, self.speech.lang)

    async def acknowledge(self) -> bool:
        """Say at once that an answer will come; False when Discord no longer waits for it."""
        return await self._deferred(ephemeral=True, thinking=True)

    async def take_up(self) -> bool:
        """As `acknowledge`; a click on a private answer has that answer rewritten."""
        message = self._interaction.message
        if message is None or not message.flags.ephemeral:
            return await self.acknowledge()
        return await self._deferred()

    async def _deferred(self, **how: bool) -> bool:
        try:
            await self._interaction.response.defer(**how)
        except discord.NotFound:
            LOG.warning("An interaction came too late: Discord waits three seconds for an answer")
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
        return await _arrives(self._rewrite(content=sentence, view=view)) or await self._further(
            content=sentence, view=view or discord.utils.MISSING
        )

    def within(self, lines: Sequence[str], more: Callable[[int], Text] = _more) -> list[str]:
        """As many lines of inert markdown as fit one answer; `more` says how many others are."""
        kept = as_many_as_fit(lines, SENTENCE - ROOM_FOR_MORE)
        if hidden := len(lines) - len(kept):
            kept.append(markdown(self.speech.say(more(hidden))))
        return kept

    async def show(self, layout: ui.LayoutView, picture: discord.File | None = None) -> bool:
        """Replace the private answer by a laid out message; False when it did not arrive."""
        attachments = [picture] if picture else []
        return await _arrives(self._rewrite(content=None, view=layout, attachments=attachments))

    async def show_more(self, layout: ui.LayoutView) -> bool:
        """Send a further private message beside the answer; False when it did not arrive."""
        return await self._further(view=layout)

    async def add(self, text: Text, file: discord.File | None = None) -> bool:
        """As `show_more`, of one sentence and perhaps a file to download."""
        sentence = markdown(self.speech.say(text), SENTENCE)
        return await self._further(content=sentence, file=file or discord.utils.MISSING)

    async def _further(self, **message: Any) -> bool:
        return await _arrives(
            self._interaction.followup.send(
                ephemeral=True, allowed_mentions=discord.AllowedMentions.none(), **message
            )
        )

    async def hand_over(self, lines: Sequence[str], files: Sequence[discord.File]) -> bool:
        """As `tell_lines`, with files to download; False when it did not arrive."""
        return await _arrives(self._rewrite(content="\n".join(lines), attachments=files))

    async def _rewrite(self, **message: Any) -> None:
        await self._interaction.edit_original_response(
            allowed_mentions=discord.AllowedMentions.none(), **message
        )


async def _arrives(sending: Awaitable[object]) -> bool:
    """Whether a private message reached the person; why not is logged, without its words."""
    try:
        await sending
    except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError) as error:
        LOG.info("A private message did not arrive: %s", type(error).__name__)
        return False
    return True
