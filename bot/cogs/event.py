"""`/event`: what happened when, so that timelines show it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from analyzers.lib.targets import parse
from analyzers.model.refusal import BadInput
from analyzers.model.target import typed as as_typed
from analyzers.model.text import Code, Text
from analyzers.read.events import LONGEST_LABEL
from analyzers.read.register import one_line
from analyzers.render.inert import markdown
from bot.access import Action
from bot.acting import Actor, acting
from bot.asker import CHOICE, CHOICES, Asker
from bot.audit import event_added, event_removed
from bot.cogs.case.base import Answer, CaseCommands
from bot.config import Settings
from bot.record import ServerEvent
from bot.request import day
from bot.store import Store

LONGEST_LINK = 300

_LINK = re.compile(r"https?://[^\s<>()\\]+")


@app_commands.guild_only()
class ServerEvents(
    CaseCommands,
    commands.GroupCog,
    group_name=locale_str("event"),
    group_description=locale_str("What happened when, for timelines"),
):
    """For those who investigate; every change is logged."""

    def __init__(self, settings: Settings, store: Store) -> None:
        super().__init__()
        self.settings = settings
        self.store = store

    @app_commands.command(
        name=locale_str("add"), description=locale_str("Add an event that timelines will show")
    )
    @app_commands.describe(
        time=locale_str("2019-02-08, or with a time 2019-02-08T14:30; UTC unless a zone is given"),
        label=locale_str("What happened, in a few words"),
        until=locale_str("When it ended, written alike"),
        zone=locale_str("The time zone of these times, such as Europe/Paris"),
        link=locale_str("Where one can read of it"),
        about=locale_str("The target that it concerns; left out, every investigation shows it"),
    )
    async def add(
        self,
        interaction: discord.Interaction,
        time: app_commands.Range[str, 1, 40],
        label: app_commands.Range[str, 1, LONGEST_LABEL],
        until: app_commands.Range[str, 1, 40] | None = None,
        zone: str | None = None,
        link: app_commands.Range[str, 1, LONGEST_LINK] | None = None,
        about: app_commands.Range[str, 1, 200] | None = None,
    ) -> None:
        """Keep an event."""

        async def answer(actor: Actor, asker: Asker) -> Answer:
            actor.check(Action.INVESTIGATE)
            at, ends = _moment(time, zone), _moment(until, zone) if until else None
            if ends and ends < at:
                raise BadInput(Text("The event ends before it begins."))
            said = one_line(label, LONGEST_LABEL)
            if not said:
                raise BadInput(Text("Say in a few words what happened."))
            concerns = as_typed(parse(about)) if about else ""
            event = ServerEvent(at, said, ends, _link(link or ""), concerns)
            log = event_added(actor.guild, actor.id)
            await self.store.events.add(actor.guild, event, log)
            return Answer([_line(event, asker)])

        await self.answer(interaction, answer)

    @app_commands.command(
        name=locale_str("list"), description=locale_str("The events that are kept here")
    )
    async def list_events(self, interaction: discord.Interaction) -> None:
        """List the events of this server, latest first."""

        async def answer(actor: Actor, asker: Asker) -> Answer:
            actor.check(Action.INVESTIGATE)
            events = await self.store.events.of(actor.guild)
            if not events:
                none = Text("No event is kept here. /event add adds one.")
                return Answer([markdown(asker.speech.say(none))])
            return Answer(asker.within([_line(one, asker) for one in reversed(events)]))

        await self.answer(interaction, answer)

    @app_commands.command(
        name=locale_str("remove"), description=locale_str("Remove an event from later timelines")
    )
    @app_commands.describe(event=locale_str("The event: choose it from the list"))
    async def remove(self, interaction: discord.Interaction, event: str) -> None:
        """Forget an event."""

        async def answer(actor: Actor, asker: Asker) -> Answer:
            actor.check(Action.INVESTIGATE)
            log = event_removed(actor.guild, actor.id)
            known = {str(one.id): one.id for one in await self.store.events.of(actor.guild)}
            if event not in known or not await self.store.events.remove(
                actor.guild, known[event], log
            ):
                raise BadInput(Text("No such event is kept here: choose one from the list."))
            return Answer([markdown(asker.speech.say(Text("The event is removed.")))])

        await self.answer(interaction, answer)

    @remove.autocomplete("event")
    async def suggest_event(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Suggest events of this server by their labels, latest first."""
        actor = await acting(interaction, self.store)
        if not actor.may(Action.INVESTIGATE):
            return []
        wanted = typed.casefold().strip()
        return [
            app_commands.Choice(name=f"{one.at:%Y-%m-%d} · {one.label}"[:CHOICE], value=str(one.id))
            for one in reversed(await self.store.events.of(actor.guild))
            if wanted in one.label.casefold()
        ][:CHOICES]

    @add.autocomplete("zone")
    async def suggest_zone(
        self, _: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Suggest time zones by any part of their names."""
        wanted = typed.casefold().strip().replace(" ", "_")
        fitting = [name for name in sorted(available_timezones()) if wanted in name.casefold()]
        return [app_commands.Choice(name=name, value=name) for name in fitting[:CHOICES]]


def _moment(typed: str, zone: str | None) -> datetime:
    """When, in UTC: as typed where it has an offset, in the zone where one is given."""
    at = day(typed)
    if not zone:
        return at
    if zone not in available_timezones():
        raise BadInput(
            Text(
                "{text} is no time zone: choose one from the list, such as Europe/Paris.",
                text=Code(zone),
            )
        )
    written = datetime.fromisoformat(typed.strip())
    if written.tzinfo:
        return at
    try:
        return written.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    except OverflowError as error:
        raise BadInput(Text("Give a time of our days.")) from error


def _link(typed: str) -> str:
    link = typed.strip()
    if link and not _LINK.fullmatch(link):
        raise BadInput(Text("Give the link as an address of the web, without spaces."))
    return link


def _line(one: ServerEvent, asker: Asker) -> str:
    when = f"{one.at:%Y-%m-%d %H:%M}" + (f" – {one.until:%Y-%m-%d %H:%M}" if one.until else "")
    parts = [f"{when} UTC", f"**{markdown(one.label)}**"]
    if one.about:
        about = Text("about {target}", target=one.about)
        parts.append(markdown(asker.speech.say(about), 250))
    if one.link:
        parts.append(f"<{one.link}>")
    return " · ".join(parts)
