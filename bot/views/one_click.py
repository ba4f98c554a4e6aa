"""Buttons on a private answer of which one is clicked, once: what they offer is then begun."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import discord
from discord import ui

from bot.asker import RESTARTED, Asker
from bot.views.candidates import PATIENCE

AGAIN, COLLECT = "again", "collect"

MOST = 5
"""Buttons in one row of Discord's; ids end in their number."""


class OneClick(ui.View):
    """On a private answer, so only its reader can click."""

    def __init__(
        self,
        kind: str,
        offers: Mapping[str, Callable[[discord.Interaction], Awaitable[None]]],
        nobody_clicked: Callable[[], Awaitable[None]],
        link: tuple[str, str] | None = None,
    ) -> None:
        """`offers` says by label what follows a click; `link` is a label and an address beside
        them. Either one of them is called, or `nobody_clicked`, and once."""
        super().__init__(timeout=PATIENCE)
        self._nobody_clicked = nobody_clicked
        if link:
            self.add_item(ui.Button(label=link[0], url=link[1]))
        for number, (label, offer) in enumerate(offers.items()):
            self.add_item(_Click(f"{kind}:{number}", self._once(offer), label))

    def _once(
        self, offer: Callable[[discord.Interaction], Awaitable[None]]
    ) -> Callable[[discord.Interaction], Awaitable[None]]:
        async def clicked(interaction: discord.Interaction) -> None:
            if not self.is_finished():
                self.stop()
                await offer(interaction)

        return clicked

    async def on_timeout(self) -> None:
        """Take the buttons away rather than leave some that no longer answer."""
        await self._nobody_clicked()


class ForgottenClick(ui.View):
    """Answers a click on such a button from before a restart; registered at each start."""

    def __init__(self, asker: Callable[[discord.Interaction], Asker]) -> None:
        super().__init__(timeout=None)
        self._asker = asker
        for custom_id in (f"{AGAIN}:0", *(f"{COLLECT}:{number}" for number in range(MOST))):
            self.add_item(_Click(custom_id, self._answer, custom_id))

    async def _answer(self, interaction: discord.Interaction) -> None:
        await self._asker(interaction).tell(RESTARTED)


class _Click(ui.Button[ui.View]):
    """A button under an id that stays the same from one start of the bot to the next."""

    def __init__(
        self,
        custom_id: str,
        clicked: Callable[[discord.Interaction], Awaitable[None]],
        label: str,
    ) -> None:
        super().__init__(custom_id=custom_id, label=label[:80])  # Discord's limit
        self._clicked = clicked

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Acknowledge within Discord's three seconds, then hand the click on."""
        await interaction.response.defer()
        await self._clicked(interaction)
