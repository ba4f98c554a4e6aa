"""Asks the person whom the dump is about when they named no target."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

import discord
from discord import ui

from analyzers.model.report import Candidate
from analyzers.model.target import shown
from analyzers.model.text import Text
from analyzers.render.words import Words as Speech

PATIENCE = 600
"""Seconds that the question stays open: less than the fifteen minutes an interaction lives."""

LABEL = 100
"""Discord's limit on the label and the value of a select's option."""

NOBODY = "none"

Chosen = Callable[[discord.Interaction, Candidate | None], Awaitable[None]]


class Candidates(ui.View):
    """A select of up to five targets with their counts, and the choice of none of them."""

    def __init__(self, candidates: Sequence[Candidate], speech: Speech, chosen: Chosen) -> None:
        super().__init__(timeout=PATIENCE)
        self._candidates = tuple(candidates)
        self._chosen = chosen
        self.choose.placeholder = speech.say(Text("Whom is this about?"))
        for number, candidate in enumerate(self._candidates):
            self.choose.add_option(
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
        self.choose.add_option(label=speech.say(Text("None of these")), value=NOBODY)

    @ui.select(custom_id="candidates", options=[])
    async def choose(
        self, interaction: discord.Interaction, select: ui.Select[Candidates]
    ) -> None:
        """Hand the choice on, once."""
        self.stop()
        value = select.values[0]
        await self._chosen(interaction, None if value == NOBODY else self._candidates[int(value)])
