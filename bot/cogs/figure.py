"""`/figure`: whom this server protects, and who may see that."""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text, plural
from analyzers.read.limits import MIB
from analyzers.read.register import (
    LARGEST,
    LONGEST_CATEGORY,
    LONGEST_NAME,
    handle_in,
    one_line,
    read_register,
)
from analyzers.render.inert import markdown
from bot.access import Action
from bot.acting import Actor, acting
from bot.asker import CHOICE, CHOICES, SENTENCE, Asker
from bot.audit import figure_removed, figures_added
from bot.cogs.case.base import Answer, CaseCommands
from bot.config import Settings
from bot.context import seen_figures
from bot.record import ProtectedFigure
from bot.store import Store
from bot.uploads import SUFFIX, fetched

MOST_HANDLES = 10
"""Handles of one figure: an account on each platform, and former names."""

LONGEST_HANDLE = 100

_LANGUAGE = re.compile(r"[a-z]{2,3}")


@app_commands.guild_only()
class Figures(
    CaseCommands,
    commands.GroupCog,
    group_name=locale_str("figure"),
    group_description=locale_str("Whom this server protects"),
):
    """For those who investigate; a figure for one role is shown to nobody else."""

    def __init__(self, settings: Settings, store: Store) -> None:
        super().__init__()
        self.settings = settings
        self.store = store

    @app_commands.command(
        name=locale_str("add"), description=locale_str("Add a protected figure, or a file of them")
    )
    @app_commands.describe(
        handles=locale_str("One or several, separated by spaces"),
        name=locale_str("As reports are to name the figure"),
        category=locale_str("Such as politics or press"),
        language=locale_str("The language of the figure's public, as two letters: fr"),
        role=locale_str("Only this role may see the figure; left out, all who investigate"),
        file=locale_str("CSV or TOML of public figures: handle, name, category"),
    )
    async def add(
        self,
        interaction: discord.Interaction,
        handles: app_commands.Range[str, 1, 400] | None = None,
        name: app_commands.Range[str, 1, LONGEST_NAME] | None = None,
        category: app_commands.Range[str, 1, LONGEST_CATEGORY] | None = None,
        language: str | None = None,
        role: discord.Role | None = None,
        file: discord.Attachment | None = None,
    ) -> None:
        """Keep one figure, or those of a file."""

        async def answer(actor: Actor, asker: Asker) -> Answer:
            actor.check(Action.INVESTIGATE)
            limited = _role(role, actor)
            spoken = _language(language or "")
            if file:
                named = await _in_file(file)
            else:
                known = (category or "", name or "")
                named = [_named(_handles(handles or ""), *known)]
            there = {
                handle.casefold()
                for one in await seen_figures(actor, self.store)
                for handle in one.handles
            }
            new = [
                ProtectedFigure(called, fresh, kind, spoken, limited)
                for called, every, kind in named
                if (fresh := tuple(one for one in every if one.casefold() not in there))
            ]
            if not new:
                raise BadInput(Text("These handles are kept already: /figure list shows where."))
            log = figures_added(actor.guild, actor.id, len(new))
            await self.store.figures.add(actor.guild, new, log)
            if len(new) > 1:
                said = plural("One figure is kept.", "{n} figures are kept.", len(new))
                return Answer([markdown(asker.speech.say(said))])
            return Answer([_line(new[0], asker)])

        await self.answer(interaction, answer)

    @app_commands.command(
        name=locale_str("list"), description=locale_str("The protected figures that you may see")
    )
    async def list_figures(self, interaction: discord.Interaction) -> None:
        """List the figures that this person may see."""

        async def answer(actor: Actor, asker: Asker) -> Answer:
            actor.check(Action.INVESTIGATE)
            figures = await seen_figures(actor, self.store)
            if not figures:
                none = Text("No protected figure is kept here. /figure add adds one.")
                return Answer([markdown(asker.speech.say(none))])
            return Answer(asker.within([_line(one, asker) for one in figures]))

        await self.answer(interaction, answer)

    @app_commands.command(
        name=locale_str("remove"), description=locale_str("Protect a figure no longer")
    )
    @app_commands.describe(figure=locale_str("The figure: choose it from the list"))
    async def remove(self, interaction: discord.Interaction, figure: str) -> None:
        """Forget a figure that this person may see."""

        async def answer(actor: Actor, asker: Asker) -> Answer:
            actor.check(Action.INVESTIGATE)
            found = [one for one in await seen_figures(actor, self.store) if str(one.id) == figure]
            log = figure_removed(actor.guild, actor.id)
            if not found or not await self.store.figures.remove(actor.guild, found[0].id, log):
                raise BadInput(Text("No such figure is kept here: choose one from the list."))
            gone = Text("{name} is protected here no longer.", name=found[0].name)
            return Answer([markdown(asker.speech.say(gone), SENTENCE)])

        await self.answer(interaction, answer)

    @remove.autocomplete("figure")
    async def suggest_figure(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Suggest the figures that this person may see, by name or handle."""
        actor = await acting(interaction, self.store)
        if not actor.may(Action.INVESTIGATE):
            return []
        wanted = typed.casefold().strip().removeprefix("@")
        return [
            app_commands.Choice(name=_chosen(one)[:CHOICE], value=str(one.id))
            for one in await seen_figures(actor, self.store)
            if wanted in _chosen(one).casefold()
        ][:CHOICES]


def _role(role: discord.Role | None, actor: Actor) -> int | None:
    """The role that alone may see a figure: one that whoever adds it holds, or administers."""
    if role is None or role.is_default():
        return None
    if not (actor.holds(role.id) or actor.may(Action.ADMINISTER)):
        raise BadInput(Text("You lack this role, so you would not see what you add: choose yours."))
    return role.id


def _language(typed: str) -> str:
    spoken = typed.strip().lower()
    if spoken and not _LANGUAGE.fullmatch(spoken):
        raise BadInput(
            Text("{text} is no language: give its two letters, such as fr.", text=Code(typed))
        )
    return spoken


def _handles(typed: str) -> tuple[str, ...]:
    parts = typed.replace(",", " ").replace(";", " ").split()
    read = {part: handle_in(part) for part in parts}
    wrong = [part for part, handle in read.items() if not handle or len(handle) > LONGEST_HANDLE]
    if wrong:
        raise BadInput(Text("{text} is no handle: write handles as in @name.", text=Code(wrong[0])))
    unlike = {handle.casefold(): handle for handle in read.values()}
    if not unlike:
        raise BadInput(Text("Give the handles of the figure, or a file of figures."))
    if len(unlike) > MOST_HANDLES:
        raise BadInput(Text("A figure has at most {most} handles here.", most=MOST_HANDLES))
    return tuple(unlike.values())


def _named(handles: tuple[str, ...], category: str, name: str) -> tuple[str, tuple[str, ...], str]:
    called = one_line(name, LONGEST_NAME) or f"@{handles[0]}"[:LONGEST_NAME]
    return called, handles, one_line(category, LONGEST_CATEGORY)


async def _in_file(file: discord.Attachment) -> Sequence[tuple[str, tuple[str, ...], str]]:
    """The figures of a register that somebody sent: name, handles and category of each."""
    shown = Code(file.filename)
    if file.size > LARGEST:
        raise BadInput(
            Text(
                "{file} is larger than {size} MB: a register of figures is a short list.",
                file=shown,
                size=LARGEST // MIB,
            )
        )
    content = await fetched(file)
    ending = SUFFIX.search(file.filename.lower())
    return await asyncio.to_thread(_read, content, ending.group() if ending else "")


def _read(content: bytes, ending: str) -> list[tuple[str, tuple[str, ...], str]]:
    """Rows of one name and category are one figure with several handles."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"figures{ending}"
        path.write_bytes(content)
        register = read_register(path)
    figures: dict[tuple[str, str], list[str]] = {}
    for one in register.figures:
        if len(one.handle) <= LONGEST_HANDLE:
            figures.setdefault((one.name, one.category), []).append(one.handle)
    return [
        (name, tuple(handles[:MOST_HANDLES]), category)
        for (name, category), handles in figures.items()
    ]


def _chosen(one: ProtectedFigure) -> str:
    return f"{one.name} · {' '.join(f'@{handle}' for handle in one.handles)}"


def _line(one: ProtectedFigure, asker: Asker) -> str:
    handles = markdown(" ".join(f"@{handle}" for handle in one.handles), 200)
    parts = [f"**{markdown(one.name)}**", handles]
    parts += [markdown(part) for part in (one.category, one.language) if part]
    if one.role is not None:
        only = Text("only for")
        parts.append(f"{markdown(asker.speech.say(only))} <@&{one.role}>")
    return " · ".join(parts)
