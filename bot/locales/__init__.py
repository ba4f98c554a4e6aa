"""Names and descriptions of commands in the language of each person's Discord."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import discord
from babel.messages.pofile import read_po
from discord import app_commands


class CommandTranslator(app_commands.Translator):
    """Translates commands, options and choices into French; English stands in the code."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        if locale is not discord.Locale.french:
            return None
        return _french().get(string.message)


@cache
def _french() -> dict[str, str]:
    path = Path(__file__).parent / "fr" / "LC_MESSAGES" / "commands.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale="fr")
    return {
        str(message.id): str(message.string)
        for message in catalogue
        if message.id and message.string
    }
