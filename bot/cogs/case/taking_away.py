"""`/case export`: a case as a file to take away."""

from __future__ import annotations

import io

import discord
from discord import app_commands
from discord.app_commands import locale_str

from analyzers.model.text import Text
from analyzers.render.inert import markdown
from bot.acting import Actor, the_case
from bot.asker import SENTENCE, Asker
from bot.cogs.case.base import CASE, Answer, CaseCommands
from bot.export import Export

_TAKEN = Text(
    "The page, the charts, the thread as it stands now, and the discussion with its disputes. It "
    "shows pseudonyms alone."
)
_TAKEN_WHOLE = Text(
    "This holds handles and posts besides the public files. Keep it where only those read it who "
    "may see them; that you took it is logged."
)


class TakingAway(CaseCommands):
    """Every export is logged."""

    exports: Export

    @app_commands.command(
        name=locale_str("export"),
        description=locale_str("Take a case away as a zip, with what was said of it"),
    )
    @app_commands.describe(
        case=CASE, private=locale_str("With handles and posts, for the role that reveals; logged")
    )
    @app_commands.autocomplete(case=CaseCommands.suggest)
    async def export(
        self, interaction: discord.Interaction, case: str, private: bool = False
    ) -> None:
        """Hand over the files of a case."""

        async def answer(actor: Actor, asker: Asker) -> Answer:
            found = await the_case(actor, self.store, case)
            made = await self.exports.made(actor, found, private=private)
            said = markdown(asker.speech.say(_TAKEN_WHOLE if private else _TAKEN), SENTENCE)
            zipped = discord.File(io.BytesIO(made), f"limier-{found.key}.zip")
            return Answer([said], files=[zipped])

        await self.answer(interaction, answer)
