"""The buttons under posts that a search found: other pages, and all of it as a CSV."""

from __future__ import annotations

import re
from typing import Any, Self

import discord
from discord import ui

from bot.found_posts import FIND, TAKE
from bot.kept_posts import Query

TEMPLATE = (
    rf"(?P<does>{FIND}|{TAKE}):(?P<case>[0-9a-f]{{16}}):(?P<page>\d{{1,6}})"
    r":(?P<step>[a-z0-9_]{0,24}):(?P<account>[A-Z0-9]{0,8}):(?P<words>.*)"
)


class FoundPosts(ui.DynamicItem[ui.Button[Any]], template=TEMPLATE):
    """Hands a click on as `find_clicked` or `take_clicked`, with case, query and page.

    Its id says all of that, so that it works after a restart.
    """

    def __init__(
        self, does: str, case: str, query: Query, page: int, button: ui.Button[Any]
    ) -> None:
        super().__init__(button)
        self.does = does
        self.case = case
        self.query = query
        self.page = page

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        """Take up the button that somebody clicked."""
        assert isinstance(item, ui.Button)
        query = Query(match["step"], match["account"], match["words"])
        return cls(match["does"], match["case"], query, int(match["page"]), item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the click on; whoever answers checks who clicked."""
        event = f"{self.does}_clicked"
        interaction.client.dispatch(event, interaction, self.case, self.query, self.page)
