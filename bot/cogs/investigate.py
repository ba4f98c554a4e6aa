"""`/investigate`: a dump of posts goes in, an investigated thread comes out."""

from __future__ import annotations

import asyncio
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from analyzers.lib.targets import parse
from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from analyzers.render.words import Words as Speech
from bot.access import Action
from bot.acting import acting
from bot.asker import CHOICE, CHOICES, Asker
from bot.collect.handles import Handle, PlatformName, PostUrl
from bot.collect.platforms import turned_on
from bot.collect.proposal import possible, window
from bot.config import Settings
from bot.context import seen_figures, with_context
from bot.exhibiting import Exhibiting
from bot.inbox import Inbox, Waiting
from bot.inquiry import Inquiry
from bot.mishap import explained
from bot.permissions import place_of
from bot.pool import Pool
from bot.proposing import Proposing
from bot.request import Request, check_window, day
from bot.store import Store
from bot.under_way import UnderWay
from bot.uploads import Uploads
from bot.views.candidates import Forgotten
from bot.views.one_click import ForgottenClick

_OF_DISCORD = re.compile(r"<(@[!&]?|#)\d+>")

_ANOTHER: Final = locale_str("Another file of the same dump: posts, profiles, follows, statuses")

_PICTURE: Final = locale_str("Another picture")

_NOTHING = Text(
    "Give me posts: a file with the option dump, or one that lies in this server's inbox with the "
    "option inbox. Collecting some myself is not turned on here."
)

_NOBODY = Text(
    "Give me posts: a file with the option dump, or one that lies in this server's inbox with the "
    "option inbox. Or name somebody as target, such as {example}, and I collect posts about them.",
    example=Code("@name.bsky.social"),
)


@dataclass(frozen=True)
class Asked:
    """What somebody sent to be investigated, as they typed it."""

    files: tuple[discord.Attachment, ...]
    target: str | None = None
    accounts: discord.Attachment | None = None
    events: discord.Attachment | None = None
    figures: discord.Attachment | None = None
    since: str | None = None
    until: str | None = None
    inbox: str | None = None
    shots: tuple[discord.Attachment, ...] = ()
    private: bool = False
    platform: str | None = None

    @property
    def brings_posts(self) -> bool:
        """Whether posts were sent or named, rather than left to be collected."""
        return bool(self.files or self.inbox)


class Investigate(commands.Cog):
    """The command; what follows from it is an `Inquiry`."""

    def __init__(
        self,
        bot: commands.Bot,
        settings: Settings,
        pool: Pool,
        store: Store,
        under_way: UnderWay,
    ) -> None:
        self.bot = bot
        self.settings = settings
        self.pool = pool
        self.store = store
        self.under_way = under_way

    async def cog_load(self) -> None:
        """Answer questions from before a restart too."""
        self.bot.add_view(Forgotten(self._asker))
        self.bot.add_view(ForgottenClick(self._asker))

    async def cog_unload(self) -> None:
        """Leave no card behind that says work goes on when the bot stops."""
        await self.under_way.stop()

    @app_commands.command(
        name=locale_str("investigate"),
        description=locale_str("Investigate who attacks a target together, in a dump of posts"),
    )
    @app_commands.describe(
        dump=locale_str("Posts: an export of X, Bluesky, Mastodon or Telegram, or any CSV"),
        target=locale_str("@handle, #hashtag, a phrase, a link or a post's address"),
        dump2=_ANOTHER,
        dump3=_ANOTHER,
        dump4=_ANOTHER,
        dump5=_ANOTHER,
        accounts=locale_str(
            "CSV of accounts to look at instead of searching: account, ground, note"
        ),
        events=locale_str("CSV of what happened when: time, label"),
        figures=locale_str("CSV or TOML of public figures: handle, name, category"),
        since=locale_str("Leave out posts before this day (2019-02-01, UTC)"),
        until=locale_str("Leave out posts from this day on (2019-02-15, UTC)"),
        inbox=locale_str("A file too big for Discord that whoever runs me put here"),
        exhibit=locale_str("A picture for the case, such as a screenshot; it is kept as it is"),
        exhibit2=_PICTURE,
        exhibit3=_PICTURE,
        exhibit4=_PICTURE,
        exhibit5=_PICTURE,
        private=locale_str("In a private thread, for you and those whom you add"),
        platform=locale_str("Where the target is, when I collect the posts myself"),
    )
    @app_commands.rename(inbox=locale_str("inbox"), platform=locale_str("platform"))
    @app_commands.guild_only()
    async def investigate(
        self,
        interaction: discord.Interaction,
        dump: discord.Attachment | None = None,
        target: str | None = None,
        dump2: discord.Attachment | None = None,
        dump3: discord.Attachment | None = None,
        dump4: discord.Attachment | None = None,
        dump5: discord.Attachment | None = None,
        accounts: discord.Attachment | None = None,
        events: discord.Attachment | None = None,
        figures: discord.Attachment | None = None,
        since: str | None = None,
        until: str | None = None,
        inbox: str | None = None,
        exhibit: discord.Attachment | None = None,
        exhibit2: discord.Attachment | None = None,
        exhibit3: discord.Attachment | None = None,
        exhibit4: discord.Attachment | None = None,
        exhibit5: discord.Attachment | None = None,
        private: bool = False,
        platform: str | None = None,
    ) -> None:
        """Answer at once, then read, investigate and write the thread."""
        asker = self._asker(interaction)
        if not await asker.acknowledge():
            return
        shots = (exhibit, exhibit2, exhibit3, exhibit4, exhibit5)
        asked = Asked(
            files=tuple(file for file in (dump, dump2, dump3, dump4, dump5) if file),
            target=target,
            accounts=accounts,
            events=events,
            figures=figures,
            since=since,
            until=until,
            inbox=inbox,
            shots=tuple(shot for shot in shots if shot),
            private=private,
            platform=platform,
        )
        await self.pursue(interaction, asker, asked)

    async def pursue(self, interaction: discord.Interaction, asker: Asker, asked: Asked) -> None:
        """Keep what was sent and investigate it; the person knows already that an answer comes."""
        storage = self.settings.storage
        exhibiting = Exhibiting(self.bot, self.store, storage.exhibits)
        waiting = Inbox(storage, interaction.guild_id or 0)
        uploads = Uploads(storage.uploads, self.settings.discord.upload_megabytes, waiting)
        try:
            actor = await acting(interaction, self.store)
            actor.check(Action.INVESTIGATE)
            place = place_of(interaction, actor.settings, private=asked.private)
            if asked.target:
                _refuse_no_target(asked.target)
            meant = self._meant(asked)
            since = day(asked.since) if asked.since else None
            until = day(asked.until) if asked.until else None
            if meant:
                since, until = window(since, until, self.store.now().replace(microsecond=0))
            paths = [await uploads.kept(file) for file in asked.files]
            if asked.inbox:
                paths.append(await uploads.from_inbox(asked.inbox, asker.tell))
            request = Request(
                exhibits=await exhibiting.lay_by(asked.shots, actor.id),
                paths=tuple(paths),
                targets=(asked.target,) if asked.target else (),
                accounts=await uploads.kept(asked.accounts) if asked.accounts else None,
                events=await uploads.kept(asked.events) if asked.events else None,
                figures=await uploads.kept(asked.figures) if asked.figures else None,
                since=since,
                until=until,
                seed=self.settings.analysis.seed,
                redaction=actor.settings.redaction,
                prior=self.settings.analysis.prior.changed(),
            )
            check_window(request)
            if not meant:
                request = await with_context(request, actor, self.store, storage.uploads)
        except BadInput as refused:
            await asker.tell(uploads.as_sent(refused).text)
            return
        except Exception as error:
            await asker.tell(explained(error))
            return
        how = (self.pool, self.store, self.under_way)
        inquiry = Inquiry(asker, actor, place, uploads, exhibiting, *how)
        if meant:
            typed = asked.target or ""
            proposing = Proposing(asker, typed, inquiry, self.store, self.settings)
            await proposing.propose(request, meant)
        else:
            await inquiry.pursue(request)

    def _meant(self, asked: Asked) -> Mapping[PlatformName, Handle | PostUrl]:
        """Whom to collect posts about, by platform; nobody when posts were sent.

        Raises BadInput when there are neither posts nor somebody about whom to collect some.
        """
        if asked.brings_posts:
            if asked.platform:
                raise BadInput(
                    Text("The option platform is for posts that I collect: leave it out.")
                )
            return {}
        if not turned_on(self.settings.collect):
            raise BadInput(_NOTHING)
        if not asked.target:
            raise BadInput(_NOBODY)
        try:
            return possible(asked.target, asked.platform, self.settings.collect)
        except BadInput as refused:
            raise BadInput(
                Text(
                    "{why} If you have posts, give them with the option dump or inbox.",
                    why=refused.text,
                )
            ) from None

    @investigate.autocomplete("platform")
    async def suggest_platform(
        self, _: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Suggest the platforms that are turned on."""
        return [
            app_commands.Choice(name=name.capitalize(), value=name)
            for name in turned_on(self.settings.collect)
            if typed.casefold().strip() in name
        ]

    @investigate.autocomplete("inbox")
    async def suggest(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Suggest files of this server's inbox to somebody who may investigate them."""
        actor = await acting(interaction, self.store)
        if not actor.may(Action.INVESTIGATE):
            return []
        inbox = Inbox(self.settings.storage, actor.guild)
        speech = self._asker(interaction).speech
        wanted = typed.casefold().strip()
        return [
            app_commands.Choice(name=_offered(file, speech), value=file.name)
            for file in await asyncio.to_thread(inbox.files)
            if wanted in file.name.casefold() and len(file.name) <= CHOICE
        ][:CHOICES]

    @investigate.autocomplete("target")
    async def suggest_target(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Suggest the protected figures that this person may see; anything else may be typed."""
        actor = await acting(interaction, self.store)
        if not actor.may(Action.INVESTIGATE):
            return []
        wanted = typed.casefold().strip()
        named = [
            (f"{figure.name} · @{handle}", f"@{handle}")
            for figure in await seen_figures(actor, self.store)
            for handle in figure.handles
        ]
        return [
            app_commands.Choice(name=name[:CHOICE], value=value)
            for name, value in named
            if wanted in name.casefold() and len(value) <= CHOICE
        ][:CHOICES]

    def _asker(self, interaction: discord.Interaction) -> Asker:
        return Asker(interaction, self.settings.discord.language)


def _offered(file: Waiting, speech: Speech) -> str:
    size = speech.say(Text(" · {size} MB", size=math.ceil(file.size / 1_000_000)))
    return f"{file.name[: CHOICE - len(size)]}{size}"


def _refuse_no_target(typed: str) -> None:
    """Refuse at once what is no target at all; people on Discord are never one."""
    if _OF_DISCORD.fullmatch(typed.strip()):
        raise BadInput(
            Text(
                "People and channels of Discord are never a target. Give the handle as the posts "
                "write it, without choosing anyone from Discord's list."
            )
        )
    parse(typed)
