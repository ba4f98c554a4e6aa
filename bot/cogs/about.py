"""`/help` and `/privacy`: what one can do here, and what is kept about oneself."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from analyzers.model.text import Text
from analyzers.render.inert import markdown
from bot.acting import acting
from bot.asker import Asker
from bot.config import Settings
from bot.discussion import Room
from bot.mishap import explained
from bot.record import Kind
from bot.store import Store

HELP: tuple[Text, ...] = (
    Text("Investigate a dump of posts: /investigate, with the file and a target."),
    Text("See first what a file carries and suffices for: /inspect."),
    Text("Look at one account: the list under the thread's first message, or /case account."),
    Text("Say what you think of a step: Agree, Dispute or Note under it."),
    Text("See who is behind a pseudonym, with the right to: the button under the first message."),
    Text("Keep what every investigation here should know: /figure and /event."),
    Text("Find a case again: /case list and /case show. Search its posts: /evidence."),
    Text("Have a case reviewed: /case status; reviewers approve it with /case agree."),
    Text("Keep screenshots with a case: /case exhibit. Keep a case beyond its time: /case hold."),
    Text("Go on with a case: /case add, /case leave-out, /case include, /case reference add."),
    Text("Take a case away with its discussion: /case export. Delete one: /case delete."),
    Text("Decide who may do what, and read the log: /settings."),
    Text("See and erase what is kept about you: /privacy."),
)
"""What people come to do, in the order in which they do it."""


class Help(commands.Cog):
    """The tasks, a line each."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @app_commands.command(name=locale_str("help"), description=locale_str("What I can do for you"))
    @app_commands.guild_only()
    async def help(self, interaction: discord.Interaction) -> None:
        """List what one can do here."""
        asker = Asker(interaction, self.settings.discord.language)
        if await asker.acknowledge():
            await asker.tell_lines([f"- {markdown(asker.speech.say(line))}" for line in HELP])


@app_commands.guild_only()
class Privacy(
    commands.GroupCog,
    group_name=locale_str("privacy"),
    group_description=locale_str("What is kept about you here"),
):
    """Everybody may ask this about themselves, and about nobody else."""

    def __init__(self, settings: Settings, store: Store, room: Room) -> None:
        super().__init__()
        self.settings = settings
        self.store = store
        self.room = room

    @app_commands.command(
        name=locale_str("stored"), description=locale_str("What is kept about you in this server")
    )
    async def stored(self, interaction: discord.Interaction) -> None:
        """Count what is kept about this person."""
        asker = Asker(interaction, self.settings.discord.language)
        if not await asker.acknowledge():
            return
        try:
            actor = await acting(interaction, self.store)
            lines = await self._kept(actor.guild, actor.id)
        except Exception as error:
            await asker.tell(explained(error))
        else:
            await asker.tell_lines([f"- {markdown(asker.speech.say(line))}" for line in lines])

    @app_commands.command(
        name=locale_str("erase"), description=locale_str("Erase your notes and reasons here")
    )
    async def erase(self, interaction: discord.Interaction) -> None:
        """Erase what this person wrote in this server."""
        asker = Asker(interaction, self.settings.discord.language)
        if not await asker.acknowledge():
            return
        try:
            actor = await acting(interaction, self.store)
            done = await self.room.erase(actor.guild, actor.id)
        except Exception as error:
            await asker.tell(explained(error))
        else:
            await asker.tell(done)

    async def _kept(self, guild: int, who: int) -> tuple[Text, ...]:
        cases = await self.store.cases.of(guild)
        said = await self.store.opinions.by(guild, who)
        notes = sum(one.kind is Kind.NOTE for one in said)
        return (
            Text("Cases that you started: {n}.", n=sum(case.starter == who for case in cases)),
            Text("Agreements and disputes of yours: {n}.", n=len(said) - notes),
            Text("Notes of yours: {n}.", n=notes),
            Text(
                "Cases assigned to you: {assigned}. References that you added: {n}.",
                assigned=sum(case.assigned == who for case in cases),
                n=await self.store.references.count_by(guild, who),
            ),
            Text(
                "Exhibits that you added: {n}. They belong to their cases, and go when those do.",
                n=await self.store.exhibits.count_by(guild, who),
            ),
            Text(
                "Revisions of cases that you asked for: {n}. The reason for each stays with its "
                "case.",
                n=await self.store.revisions.count_by(guild, who),
            ),
            Text(
                "Investigations and revisions that you started within the last 24 hours: {n}. They "
                "count towards the limits, and no longer than that.",
                n=await self.store.starts.count_by(guild, who),
            ),
            Text(
                "Lines of the log about what you did: {n}. Those who administer can read them.",
                n=await self.store.log.count_by(guild, who),
            ),
            Text("Your Discord id stands beside each, and nothing else about you is kept."),
            Text(
                "/privacy erase erases your notes and the reasons of your disputes, except in "
                "cases on hold."
            ),
        )
