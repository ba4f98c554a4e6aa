"""Asks the person whom the dump is about when they named no target."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

import discord
from discord import ui

from analyzers.model.report import Candidate
from analyzers.model.target import shown
from analyzers.model.text import Text
from bot.asker import RESTARTED, Asker

PATIENCE = 600
"""Seconds that the question stays open: less than the fifteen minutes an interaction lives."""

LABEL = 100
"""Discord's limit on the label and the description of a select's option."""

CUSTOM_ID = "candidates"
NOBODY = "none"

Chosen = Callable[[Candidate | None, Asker], Awaitable[None]]


class Candidates(ui.View):
    """A select of up to five targets with their counts, and the choice of none of them."""

    def __init__(
        self,
        candidates: Sequence[Candidate],
        asker: Asker,
        chosen: Chosen,
        nobody_chose: Callable[[], Awaitable[None]],
    ) -> None:
        super().__init__(timeout=PATIENCE)
        self._candidates = tuple(candidates)
        self._asker = asker
        self._chosen = chosen
        self._nobody_chose = nobody_chose
        self.add_item(_Choice(self._options(), self._hand_on, self._placeholder()))

    def _placeholder(self) -> str:
        return self._asker.speech.say(Text("Choose whom this is about"))

    def _options(self) -> list[discord.SelectOption]:
        speech = self._asker.speech
        offered = [
            discord.SelectOption(
                label=speech.value(shown(candidate.target))[:LABEL],
                value=str(number),
                description=speech.say(
                    Text(
                        "{posts} posts by {accounts} accounts",
                        posts=candidate.posts,
                        accounts=candidate.accounts,
                    )
                )[:LABEL],
            )
            for number, candidate in enumerate(self._candidates)
        ]
        nobody = discord.SelectOption(label=speech.say(Text("None of these")), value=NOBODY)
        return [*offered, nobody]

    async def _hand_on(self, interaction: discord.Interaction, value: str) -> None:
        """Hand the choice on, once, with the fresh interaction by which to answer it."""
        if self.is_finished():
            return
        self.stop()
        candidate = None if value == NOBODY else self._candidates[int(value)]
        await self._chosen(candidate, self._asker.answering(interaction))

    async def on_timeout(self) -> None:
        """Take the select away rather than leave one that no longer answers."""
        await self._nobody_chose()


class Forgotten(ui.View):
    """Answers a question that was asked before the bot was restarted; registered at each start."""

    def __init__(self, asker: Callable[[discord.Interaction], Asker]) -> None:
        super().__init__(timeout=None)
        self._asker = asker
        self.add_item(_Choice([discord.SelectOption(label=NOBODY)], self._answer, NOBODY))

    async def _answer(self, interaction: discord.Interaction, value: str) -> None:
        await self._asker(interaction).tell(RESTARTED)


class _Choice(ui.Select[ui.View]):
    """The select itself, under an id that stays the same from one start of the bot to the next."""

    def __init__(
        self,
        options: list[discord.SelectOption],
        chosen: Callable[[discord.Interaction, str], Awaitable[None]],
        placeholder: str,
    ) -> None:
        super().__init__(custom_id=CUSTOM_ID, options=options, placeholder=placeholder)
        self._chosen = chosen

    async def callback(self, interaction: discord.Interaction) -> None:
        """Acknowledge within Discord's three seconds, then hand the value on."""
        await interaction.response.defer()
        await self._chosen(interaction, self.values[0])
