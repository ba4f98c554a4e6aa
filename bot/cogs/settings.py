"""`/settings`: who may do what in this server, in which language, for how long; and its log."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Literal

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text
from analyzers.render.disclosure import Redaction
from analyzers.render.inert import markdown
from bot.access import Action
from bot.acting import Actor, acting, visible
from bot.asker import SENTENCE, Asker
from bot.audit import (
    language_set,
    log_days_set,
    place_set,
    redaction_set,
    retention_set,
    role_set,
    said,
)
from bot.config import Settings
from bot.homes import Channel
from bot.mishap import explained
from bot.permissions import check_place, home_in
from bot.record import NOBODY, RIGHTS, Entry, GuildSettings, Right
from bot.store import Store
from bot.tags import make_tags, without_tag
from bot.voice import as_many_as_fit

LINES = 40
"""Lines of the log that are read for one answer; about twenty fit."""

_RIGHTS: dict[Right, Text] = {
    "investigate": Text("Investigates"),
    "review": Text("Reviews and approves cases"),
    "reveal": Text("Sees who is behind the pseudonyms"),
    "administer": Text("Changes these settings"),
}

_UNSET: dict[Right, Text] = {
    "investigate": Text("everybody"),
    "review": Text("nobody yet"),
    "reveal": Text("nobody yet"),
    "administer": Text("whoever manages the server"),
}


@app_commands.guild_only()
class ServerSettings(
    commands.GroupCog,
    group_name=locale_str("settings"),
    group_description=locale_str("Who may do what in this server"),
):
    """Every command here is for those who administer, and every change is logged."""

    def __init__(self, settings: Settings, store: Store) -> None:
        super().__init__()
        self.settings = settings
        self.store = store

    @app_commands.command(
        name=locale_str("show"), description=locale_str("What is set in this server")
    )
    async def show(self, interaction: discord.Interaction) -> None:
        """Show the roles, the language, the redaction, where cases go and how long they stay."""

        async def answer(actor: Actor, asker: Asker) -> list[str]:
            return self._shown(actor, asker)

        await self._answer(interaction, answer)

    @app_commands.command(
        name=locale_str("roles"), description=locale_str("Give a right to a role, or take it away")
    )
    @app_commands.describe(
        right=locale_str("What the role may do"),
        role=locale_str("The role; leave it out to take the right away"),
    )
    @app_commands.choices(
        right=[
            app_commands.Choice(name=locale_str("investigate"), value="investigate"),
            app_commands.Choice(name=locale_str("review"), value="review"),
            app_commands.Choice(name=locale_str("reveal"), value="reveal"),
            app_commands.Choice(name=locale_str("administer"), value="administer"),
        ]
    )
    async def roles(
        self, interaction: discord.Interaction, right: Right, role: discord.Role | None = None
    ) -> None:
        """Give a right to one role."""

        async def answer(actor: Actor, asker: Asker) -> list[str]:
            if role and role.is_default():
                raise BadInput(
                    Text("Everybody has this role: choose one that you give to people yourself.")
                )
            chosen = role.id if role else None
            log = role_set(actor.guild, actor.id, right, chosen)
            now = await self.store.guilds.change(actor.guild, log, **{right: chosen})
            return [_right_line(right, now, actor.member.guild, asker)]

        await self._answer(interaction, answer)

    @app_commands.command(
        name=locale_str("language"), description=locale_str("The language of this server's threads")
    )
    @app_commands.describe(to=locale_str("Leave it out to follow whoever asks"))
    @app_commands.choices(
        to=[
            app_commands.Choice(name="English", value="en"),
            app_commands.Choice(name="français", value="fr"),
        ]
    )
    async def language(
        self, interaction: discord.Interaction, to: Literal["en", "fr"] | None = None
    ) -> None:
        """Set the language in which threads are written."""

        async def answer(actor: Actor, asker: Asker) -> list[str]:
            log = language_set(actor.guild, actor.id, to)
            now = await self.store.guilds.change(actor.guild, log, language=to)
            return [_language_line(now, asker)]

        await self._answer(interaction, answer)

    @app_commands.command(
        name=locale_str("redaction"),
        description=locale_str("How much of the posts this server's new cases show"),
    )
    @app_commands.describe(
        to=locale_str("Quote what several accounts share, or show no text at all")
    )
    @app_commands.choices(
        to=[
            app_commands.Choice(name=locale_str("usual"), value="usual"),
            app_commands.Choice(name=locale_str("strict"), value="strict"),
        ]
    )
    async def redaction(self, interaction: discord.Interaction, to: Redaction) -> None:
        """Set how much of the posts is shown to those without the right to reveal."""

        async def answer(actor: Actor, asker: Asker) -> list[str]:
            log = redaction_set(actor.guild, actor.id, to)
            now = await self.store.guilds.change(actor.guild, log, redaction=to)
            return [_redaction_line(now, asker)]

        await self._answer(interaction, answer)

    @app_commands.command(
        name=locale_str("place"), description=locale_str("Where the cases of this server go")
    )
    @app_commands.describe(
        to=locale_str("A text channel or a forum; leave it out for wherever one asks")
    )
    async def place(
        self,
        interaction: discord.Interaction,
        to: discord.TextChannel | discord.ForumChannel | None = None,
    ) -> None:
        """Set the channel of this server's cases, once it is sure that they can go there."""

        async def answer(actor: Actor, asker: Asker) -> list[str]:
            if to is not None:
                check_place(to, home_in(to))
            place: Channel | None = to
            if isinstance(to, discord.ForumChannel):
                place = await make_tags(to, actor.settings.language or asker.speech.lang)
            chosen = to.id if to else None
            log = place_set(actor.guild, actor.id, chosen)
            now = await self.store.guilds.change(actor.guild, log, place=chosen)
            return _place_lines(now, place, asker)

        await self._answer(interaction, answer)

    @app_commands.command(
        name=locale_str("retention"), description=locale_str("After how many days cases go")
    )
    @app_commands.describe(days=locale_str("Leave it out to follow whoever runs the bot"))
    async def retention(
        self,
        interaction: discord.Interaction,
        days: app_commands.Range[int, 1, 3650] | None = None,
    ) -> None:
        """Set for how long this server's cases are kept, never longer than the operator does."""

        async def answer(actor: Actor, asker: Asker) -> list[str]:
            log = retention_set(actor.guild, actor.id, days)
            now = await self.store.guilds.change(actor.guild, log, retention_days=days)
            return [self._retention_line(now, asker)]

        await self._answer(interaction, answer)

    @app_commands.command(
        name=locale_str("log"), description=locale_str("After how many days lines of the log go")
    )
    @app_commands.describe(days=locale_str("Leave it out to follow whoever runs the bot"))
    async def log(
        self,
        interaction: discord.Interaction,
        days: app_commands.Range[int, 1, 3650] | None = None,
    ) -> None:
        """Set for how long this server's log is kept, never longer than the operator does."""

        async def answer(actor: Actor, asker: Asker) -> list[str]:
            log = log_days_set(actor.guild, actor.id, days)
            now = await self.store.guilds.change(actor.guild, log, log_days=days)
            return [self._log_line(now, asker)]

        await self._answer(interaction, answer)

    @app_commands.command(
        name=locale_str("audit"), description=locale_str("Who revealed, changed or deleted what")
    )
    async def audit(self, interaction: discord.Interaction) -> None:
        """Show the newest lines of the server's log."""

        async def answer(actor: Actor, asker: Asker) -> list[str]:
            entries = await self.store.log.of(actor.guild, LINES)
            if not entries:
                return [asker.speech.say(Text("Nothing is logged yet."))]
            return await self._logged(actor, entries, asker)

        await self._answer(interaction, answer)

    async def _logged(self, actor: Actor, entries: tuple[Entry, ...], asker: Asker) -> list[str]:
        titles = {case.key: case.title for case in await visible(actor, self.store)}
        lines = []
        for entry in entries:
            assert entry.when is not None
            who = f"<@{entry.who}>" if entry.who != NOBODY else "Limier"
            parts = [asker.speech.value(entry.when), who]
            if entry.on:
                parts.append(markdown(titles.get(entry.on, entry.on), 60))
            parts.append(markdown(asker.speech.say(said(entry)), 150))
            if role := entry.details.get("role"):
                parts.append(f"<@&{role}>")
            lines.append(" · ".join(parts))
        return as_many_as_fit(lines, SENTENCE)

    def _shown(self, actor: Actor, asker: Asker) -> list[str]:
        rights = [_right_line(right, actor.settings, actor.member.guild, asker) for right in RIGHTS]
        return [
            *rights,
            _language_line(actor.settings, asker),
            _redaction_line(actor.settings, asker),
            *_place_lines(actor.settings, _place(actor), asker),
            self._retention_line(actor.settings, asker),
            self._log_line(actor.settings, asker),
        ]

    def _retention_line(self, now: GuildSettings, asker: Asker) -> str:
        most = self.settings.storage.retention_days
        days = min(now.retention_days or most, most)
        kept = Text("Cases are kept for {days} days, longer when on hold.", days=days)
        return markdown(asker.speech.say(kept))

    def _log_line(self, now: GuildSettings, asker: Asker) -> str:
        most = self.settings.storage.log_days
        days = min(now.log_days or most, most)
        kept = Text("Lines of the log are kept for {days} days.", days=days)
        return markdown(asker.speech.say(kept))

    async def _answer(
        self,
        interaction: discord.Interaction,
        answer: Callable[[Actor, Asker], Awaitable[list[str]]],
    ) -> None:
        asker = Asker(interaction, self.settings.discord.language)
        if not await asker.acknowledge():
            return
        try:
            actor = await acting(interaction, self.store)
            actor.check(Action.ADMINISTER)
            lines = await answer(actor, asker)
        except Exception as error:
            await asker.tell(explained(error))
        else:
            await asker.tell_lines(lines)


def _right_line(right: Right, now: GuildSettings, guild: discord.Guild, asker: Asker) -> str:
    role = now.role(right)
    if role is None:
        holder = markdown(asker.speech.say(_UNSET[right]))
    elif guild.get_role(role) is None:
        holder = markdown(asker.speech.say(Text("a role that was deleted, so nobody: set another")))
    else:
        holder = f"<@&{role}>"
    return f"{markdown(asker.speech.say(_RIGHTS[right]))}: {holder}"


def _place(actor: Actor) -> Channel | None:
    channel = actor.member.guild.get_channel(actor.settings.place or 0)
    return channel if isinstance(channel, discord.TextChannel | discord.ForumChannel) else None


def _place_lines(now: GuildSettings, channel: Channel | None, asker: Asker) -> list[str]:
    """Where cases go, and what is wrong with that place."""

    def line(text: Text) -> str:
        return markdown(asker.speech.say(text))

    if now.place is None:
        return [line(Text("Cases go where one asks for them."))]
    if channel is None:
        return [line(Text("The channel for cases was deleted: set another, or none."))]
    there = line(Text("Cases go to"))
    lines = [f"{there} <#{channel.id}>"]
    if isinstance(channel, discord.ForumChannel) and (missing := without_tag(channel)):
        lines.append(
            line(
                Text(
                    "Its posts show no status for want of tags that I cannot make: {tags}.",
                    tags=missing,
                )
            )
        )
    try:
        check_place(channel, home_in(channel))
    except BadInput as lack:
        lines.append(line(lack.text))
    return lines


def _language_line(now: GuildSettings, asker: Asker) -> str:
    match now.language:
        case "en":
            line = Text("Threads are written in English.")
        case "fr":
            line = Text("Threads are written in French.")
        case None:
            line = Text("Threads are written in the language of whoever asks.")
    return markdown(asker.speech.say(line))


def _redaction_line(now: GuildSettings, asker: Asker) -> str:
    line = (
        Text(
            "New cases show no text of posts, and times by their day; whoever may reveal sees all "
            "in private."
        )
        if now.redaction == "strict"
        else Text("New cases quote texts that several accounts share, and give times in full.")
    )
    return markdown(asker.speech.say(line))
