"""`/case list`, `show` and `account`: what there is to see of cases."""

from __future__ import annotations

import asyncio
from pathlib import Path

import discord
from discord import app_commands
from discord.app_commands import locale_str

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text
from analyzers.render.inert import markdown
from bot.acting import Actor, acting, the_case, visible
from bot.asker import CHOICES, Asker
from bot.close_up import pseudonyms
from bot.cogs.accounts import Accounts
from bot.cogs.case.base import CASE, Answer, CaseCommands
from bot.record import Case, Kind
from bot.referring import line
from bot.rewriting import address, discussion_of
from bot.standing import Discussion, status_name


class Looking(CaseCommands):
    """Changes nothing."""

    accounts: Accounts

    @app_commands.command(
        name=locale_str("list"), description=locale_str("The cases of this server, newest first")
    )
    async def list_cases(self, interaction: discord.Interaction) -> None:
        """List the cases that this person can see."""

        async def answer(actor: Actor, asker: Asker) -> Answer:
            cases = await visible(actor, self.store)
            if not cases:
                none = Text("There is no case yet. /investigate makes one.")
                return Answer([asker.speech.say(none)])
            return Answer(asker.within([_line(case, asker) for case in cases], _others))

        await self.answer(interaction, answer)

    @app_commands.command(
        name=locale_str("show"), description=locale_str("One case: status, opinions, time")
    )
    @app_commands.describe(case=CASE)
    @app_commands.autocomplete(case=CaseCommands.suggest)
    async def show(self, interaction: discord.Interaction, case: str) -> None:
        """Show where a case stands."""

        async def answer(actor: Actor, asker: Asker) -> Answer:
            found = await the_case(actor, self.store, case)
            discussion = await discussion_of(found, self.store)
            references = [line(one) for one in await self.store.references.of(found.key)]
            gone = len(await self.store.losses.of(found.key))
            facts = [_line(found, asker), *_facts(found, discussion, gone, asker)]
            return Answer(asker.within([*facts, *references]))

        await self.answer(interaction, answer)

    @app_commands.command(
        name=locale_str("account"), description=locale_str("Look at one account of a case")
    )
    @app_commands.describe(case=CASE, pseudonym=locale_str("As the thread calls it, such as A07"))
    @app_commands.autocomplete(case=CaseCommands.suggest)
    async def account(self, interaction: discord.Interaction, case: str, pseudonym: str) -> None:
        """Show one account close, as the select in the thread does."""

        async def folder() -> Path:
            actor = await acting(interaction, self.store)
            return self.folder(await the_case(actor, self.store, case))

        await self.accounts.show(interaction, folder, pseudonym)

    @account.autocomplete("pseudonym")
    async def suggest_pseudonym(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Suggest accounts of the case that was chosen, if this person can see it."""
        actor = await acting(interaction, self.store)
        try:
            found = await the_case(actor, self.store, str(interaction.namespace["case"] or ""))
            names = await asyncio.to_thread(pseudonyms, self.folder(found))
        except (BadInput, KeyError):
            return []
        wanted = typed.upper().strip()
        fitting = [name for name in names if wanted in name]
        return [app_commands.Choice(name=name, value=name) for name in fitting[:CHOICES]]


def _line(case: Case, asker: Asker) -> str:
    status = markdown(asker.speech.say(status_name(case.status)))
    day = markdown(asker.speech.value(case.created.date()))
    to = f" · <@{case.assigned}>" if case.assigned else ""
    return f"[{markdown(case.title, 150)}]({address(case)}) · {status} · {day}{to}"


def _others(hidden: int) -> Text:
    return Text("and {n} more: /case show finds each by its name.", n=hidden)


def _facts(case: Case, discussion: Discussion, gone: int, asker: Asker) -> list[str]:
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
    if last := max(discussion.revisions, key=lambda one: one.number, default=None):
        facts.append(
            Text("Its last revision is number {n}, of {when}.", n=last.number, when=last.created)
        )
    if gone:
        facts.append(
            Text(
                "Parts of it that were deleted in Discord, its place or messages: {n}. The case is "
                "kept: /case export has what they said.",
                n=gone,
            )
        )
    if case.hold:
        facts.append(Text("It is on hold and is not deleted when its time is over."))
    started = markdown(asker.speech.say(Text("Started by")))
    return [f"{started} <@{case.starter}>", *(markdown(asker.speech.say(fact)) for fact in facts)]
