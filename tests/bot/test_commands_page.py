"""Every command and every option has its place in docs/commands.md, under both its names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from discord import app_commands

import analyzers
from bot.client import Limier
from bot.config import Settings, StorageSettings
from bot.locales import _french
from bot.pool import Pool

PAGE = (Path(__file__).resolve().parents[2] / "docs/commands.md").read_text(encoding="utf-8")


def leaves(command: app_commands.Command | app_commands.Group) -> Iterator[app_commands.Command]:
    if isinstance(command, app_commands.Group):
        for child in command.commands:
            yield from leaves(child)
    else:
        yield command


@pytest.fixture
def commands(tmp_path: Path) -> list[app_commands.Command]:
    bot = Limier(Settings(storage=StorageSettings(directory=tmp_path)), Pool.__new__(Pool))
    for cog in bot._cogs():
        for command in cog.get_app_commands():
            bot.tree.add_command(command)
        group = cog.app_command
        if group:
            bot.tree.add_command(group, override=True)
    return [leaf for command in bot.tree.get_commands() for leaf in leaves(command)]


def sections() -> dict[str, str]:
    """The text below each heading that names a command, by the command."""
    parts = re.split(r"^#{2,3} `/([^`]+)`.*$", PAGE, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


async def test_every_command_and_option_is_documented(
    commands: list[app_commands.Command],
) -> None:
    assert len(commands) >= 14
    found = sections()
    for command in commands:
        assert command.qualified_name in found, f"/{command.qualified_name} is undocumented"
        for option in command.parameters:
            assert f"`{option.name}`" in found[command.qualified_name], (
                f"/{command.qualified_name}: {option.name} is undocumented"
            )


async def test_no_command_is_documented_that_does_not_exist(
    commands: list[app_commands.Command],
) -> None:
    groups = {command.qualified_name.split()[0] for command in commands}
    assert set(sections()) <= groups | {command.qualified_name for command in commands}


async def test_every_name_description_and_option_has_its_french(
    commands: list[app_commands.Command],
) -> None:
    french = _french()
    for command in commands:
        words = [command.name, command.description, *(o.description for o in command.parameters)]
        for word in words:
            assert french.get(str(word)), f"/{command.qualified_name}: {word}"
        names = [french.get(part, part) for part in command.qualified_name.split()]
        assert f"`/{' '.join(names)}`" in PAGE


async def test_french_sentences_name_commands_as_french_readers_find_them(
    commands: list[app_commands.Command],
) -> None:
    french, sentences = _french(), catalogue("fr")
    for command in commands:
        english = f"/{command.qualified_name}"
        named = "/" + " ".join(french.get(part, part) for part in command.qualified_name.split())
        for sentence in sentences:
            said = str(sentences[sentence])
            if re.search(rf"{english}\b", sentence) and english != named:
                assert named in said, sentence
                assert not re.search(rf"{english}\b", said), sentence


def catalogue(lang: str) -> dict[str, str]:
    """The sentences of the analysts' and the bot's faces, with what they are in a language."""
    folder = Path(analyzers.__file__).parent / "locales" / lang / "LC_MESSAGES"
    with (folder / "limier.po").open("rb") as file:
        found = read_po(file, locale=lang)
    return {str(one.id): str(one.string) for one in found if one.id}
