"""`/case`: the cases of this server, from the list of them to their end."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text
from analyzers.render.inert import markdown
from bot.acting import Actor, acting, the_case
from bot.asker import SENTENCE, Asker
from bot.close_up import pseudonyms
from bot.cogs.accounts import Accounts
from bot.config import Settings
from bot.deletion import Deletion
from bot.export import Export
from bot.mishap import explained
from bot.record import Case, Kind, Status
from bot.rewriting import address
from bot.sign_off import SignOff
from bot.standing import Discussion, status_name
from bot.store import Store
from bot.views.confirm_deletion import ConfirmDeletion
from bot.voice import as_many_as_fit

CHOICES = 25
"""Suggestions that Discord shows at once."""

CHOICE = 100
"""Discord's limit on the name of a suggestion."""

_CASE = locale_str("The case: choose it from the list")

_TAKEN = Text(
    "The page, the charts, the thread as it stands now, and the discussion with its disputes. It "
    "shows pseudonyms alone."
)
_TAKEN_WHOLE = Text(
    "This holds handles and posts besides the public files. Keep it where only those read it who "
    "may see them; that you took it is logged."
)


@dataclass(frozen=True)
class Answer:
    """A private answer: lines of inert markdown, what one may click on, a file to download."""

    lines: list[str]
    view: discord.ui.View | None = None
    file: discord.File | None = None


@app_commands.guild_only()
class Cases(
    commands.GroupCog,
    group_name=locale_str("case"),
    group_description=locale_str("The cases of this server"),
):
    """Answers privately; nobody is shown a case of another server or of a channel they lack."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        sign_off: SignOff,
        deletion: Deletion,
        export: Export,
        accounts: Accounts,
    ) -> None:
        super().__init__()
        self.settings = settings
        self.store = store
        self.sign_off = sign_off
        self.deletion = deletion
        self.exports = export
        self.accounts = accounts

    @app_commands.command(
        name=locale_str("list"), description=locale_str("The cases of this server, newest first")
    )
    async def list_cases(self, interaction: discord.Interaction) -> None:
        """List the cases that this person can see."""

        async def answer(actor: Actor, asker: Asker) -> Answer:
            cases = await self._visible(actor)
            if not cases:
                none = Text("There is no case yet. /investigate makes one.")
                return Answer([asker.speech.say(none)])
            return Answer(_within([_line(case, asker) for case in cases], asker))

        await self._answer(interaction, answer)

    @app_commands.command(
        name=locale_str("show"), description=locale_str("One case: status, opinions, time")
    )
    @app_commands.describe(case=_CASE)
    async def show(self, interaction: discord.Interaction, case: str) -> None:
        """Show where a case stands."""

        async def answer(actor: Actor, asker: Asker) -> Answer:
            found = await the_case(actor, self.store, case)
            discussion = Discussion(found.status, await self.store.opinions.of(found.key))
            return Answer([_line(found, asker), *_facts(found, discussion, asker)])

        await self._answer(interaction, answer)

    @app_commands.command(
        name=locale_str("status"), description=locale_str("Hand a case in for review, and so on")
    )
    @app_commands.describe(case=_CASE, to=locale_str("What it becomes"))
    @app_commands.choices(
        to=[
            app_commands.Choice(name=locale_str("draft"), value=str(Status.DRAFT)),
            app_commands.Choice(name=locale_str("in review"), value=str(Status.IN_REVIEW)),
            app_commands.Choice(name=locale_str("agreed"), value=str(Status.AGREED)),
            app_commands.Choice(name=locale_str("corrected"), value=str(Status.CORRECTED)),
        ]
    )
    async def status(self, interaction: discord.Interaction, case: str, to: str) -> None:
        """Change a case's status by hand."""

        async def done(actor: Actor, found: Case) -> Text:
            return await self.sign_off.move(actor, found, Status(to))

        await self._do(interaction, case, done)

    @app_commands.command(
        name=locale_str("agree"), description=locale_str("Approve a case in review, as a reviewer")
    )
    @app_commands.describe(case=_CASE)
    async def agree(self, interaction: discord.Interaction, case: str) -> None:
        """Count a reviewer's approval."""
        await self._do(interaction, case, self.sign_off.approve)

    @app_commands.command(
        name=locale_str("hold"), description=locale_str("Keep a case beyond its time, or no longer")
    )
    @app_commands.describe(case=_CASE, keep=locale_str("Whether to keep it"))
    @app_commands.choices(
        keep=[
            app_commands.Choice(name=locale_str("keep it"), value="on"),
            app_commands.Choice(name=locale_str("let its time run"), value="off"),
        ]
    )
    async def hold(
        self, interaction: discord.Interaction, case: str, keep: Literal["on", "off"] = "on"
    ) -> None:
        """Put a case on hold, or take it off."""

        async def done(actor: Actor, found: Case) -> Text:
            return await self.sign_off.hold(actor, found, keep == "on")

        await self._do(interaction, case, done)

    @app_commands.command(
        name=locale_str("account"), description=locale_str("Look at one account of a case")
    )
    @app_commands.describe(case=_CASE, pseudonym=locale_str("As the thread calls it, such as A07"))
    async def account(self, interaction: discord.Interaction, case: str, pseudonym: str) -> None:
        """Show one account close, as the select in the thread does."""

        async def folder() -> Path:
            actor = await acting(interaction, self.store)
            return self._folder(await the_case(actor, self.store, case))

        await self.accounts.show(interaction, folder, pseudonym)

    @app_commands.command(
        name=locale_str("export"),
        description=locale_str("Take a case away as a zip, with what was said of it"),
    )
    @app_commands.describe(
        case=_CASE, private=locale_str("With handles and posts, for the role that reveals; logged")
    )
    async def export(
        self, interaction: discord.Interaction, case: str, private: bool = False
    ) -> None:
        """Hand over the files of a case."""

        async def answer(actor: Actor, asker: Asker) -> Answer:
            found = await the_case(actor, self.store, case)
            made = await self.exports.made(actor, found, private=private)
            said = markdown(asker.speech.say(_TAKEN_WHOLE if private else _TAKEN), SENTENCE)
            return Answer([said], file=discord.File(io.BytesIO(made), f"limier-{found.key}.zip"))

        await self._answer(interaction, answer)

    @app_commands.command(
        name=locale_str("delete"),
        description=locale_str("Delete a case for good"),
    )
    @app_commands.describe(case=_CASE)
    async def delete(self, interaction: discord.Interaction, case: str) -> None:
        """Ask whoever may delete a case whether they mean it."""

        async def answer(actor: Actor, asker: Asker) -> Answer:
            found = await the_case(actor, self.store, case)
            question = asker.speech.say(self.deletion.question(actor, found))
            view = ConfirmDeletion(found.key, asker.speech)
            return Answer([markdown(question, SENTENCE)], view)

        await self._answer(interaction, answer)

    @commands.Cog.listener()
    async def on_delete_clicked(self, interaction: discord.Interaction, case: str, _: str) -> None:
        """Delete a case for somebody who was asked and means it."""
        await self._do(interaction, case, self.deletion.delete)

    @commands.Cog.listener()
    async def on_approve_clicked(self, interaction: discord.Interaction, case: str, _: str) -> None:
        """Count the approval of a reviewer who clicked the button on the card."""
        await self._do(interaction, case, self.sign_off.approve)

    @show.autocomplete("case")
    @status.autocomplete("case")
    @agree.autocomplete("case")
    @hold.autocomplete("case")
    @account.autocomplete("case")
    @export.autocomplete("case")
    @delete.autocomplete("case")
    async def suggest(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Suggest cases that this person can see, by any part of their names."""
        asker = self._asker(interaction)
        actor = await acting(interaction, self.store)
        wanted = typed.casefold().strip()
        found = [case for case in await self._visible(actor) if wanted in _searched(case)]
        return [
            app_commands.Choice(name=_named(case, asker), value=case.key)
            for case in found[:CHOICES]
        ]

    @account.autocomplete("pseudonym")
    async def suggest_pseudonym(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Suggest accounts of the case that was chosen, if this person can see it."""
        actor = await acting(interaction, self.store)
        try:
            found = await the_case(actor, self.store, str(interaction.namespace["case"] or ""))
            names = await asyncio.to_thread(pseudonyms, self._folder(found))
        except (BadInput, KeyError):
            return []
        wanted = typed.upper().strip()
        fitting = [name for name in names if wanted in name]
        return [app_commands.Choice(name=name, value=name) for name in fitting[:CHOICES]]

    def _folder(self, case: Case) -> Path:
        return self.settings.storage.cases / case.key

    async def _visible(self, actor: Actor) -> list[Case]:
        return [case for case in await self.store.cases.of(actor.guild) if actor.sees(case)]

    async def _do(
        self,
        interaction: discord.Interaction,
        key: str,
        done: Callable[[Actor, Case], Awaitable[Text]],
    ) -> None:
        async def answer(actor: Actor, asker: Asker) -> Answer:
            found = await the_case(actor, self.store, key)
            return Answer([markdown(asker.speech.say(await done(actor, found)), SENTENCE)])

        await self._answer(interaction, answer)

    async def _answer(
        self,
        interaction: discord.Interaction,
        answer: Callable[[Actor, Asker], Awaitable[Answer]],
    ) -> None:
        asker = self._asker(interaction)
        if not await asker.take_up():
            return
        try:
            said = await answer(await acting(interaction, self.store), asker)
        except Exception as error:
            await asker.tell(explained(error))
        else:
            if not said.file:
                await asker.tell_lines(said.lines, said.view)
            elif not await asker.hand_over(said.lines, said.file):
                await asker.tell(Text("Discord did not take the file. Give the command again."))

    def _asker(self, interaction: discord.Interaction) -> Asker:
        return Asker(interaction, self.settings.discord.language)


def _searched(case: Case) -> str:
    return " ".join([case.title, case.key, *case.targets]).casefold()


def _named(case: Case, asker: Asker) -> str:
    status = asker.speech.say(status_name(case.status))
    day = asker.speech.value(case.created.date())
    room = CHOICE - len(f" · {status} · {day}")
    return f"{case.title[:room]} · {status} · {day}"


def _line(case: Case, asker: Asker) -> str:
    status = markdown(asker.speech.say(status_name(case.status)))
    day = markdown(asker.speech.value(case.created.date()))
    return f"[{markdown(case.title, 150)}]({address(case)}) · {status} · {day}"


def _within(lines: list[str], asker: Asker) -> list[str]:
    """As many lines as fit one answer; the rest are counted."""
    kept = as_many_as_fit(lines, SENTENCE - 100)
    hidden = len(lines) - len(kept)
    if hidden:
        more = Text("and {n} more: /case show finds each by its name.", n=hidden)
        kept.append(markdown(asker.speech.say(more)))
    return kept


def _facts(case: Case, discussion: Discussion, asker: Asker) -> list[str]:
    kinds = [one.kind for one in discussion.opinions if one.step]
    facts = [
        Text("Begun {when}, last changed {changed}.", when=case.created, changed=case.updated),
        Text(
            "On its steps: agreements {agreed}, disputes {disputed}, notes {notes}.",
            agreed=kinds.count(Kind.AGREE),
            disputed=kinds.count(Kind.DISPUTE),
            notes=kinds.count(Kind.NOTE),
        ),
        Text("Reviewers who approve it: {n}.", n=discussion.reviewers()),
    ]
    if case.hold:
        facts.append(Text("It is on hold and is not deleted when its time is over."))
    started = markdown(asker.speech.say(Text("Started by")))
    return [f"{started} <@{case.starter}>", *(markdown(asker.speech.say(fact)) for fact in facts)]
