"""Shows somebody what collecting about a target costs, and begins when they say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import discord

from analyzers.model.text import Code, Text
from analyzers.render.inert import markdown
from bot.access import Action
from bot.acting import acting
from bot.asker import SENTENCE, Asker
from bot.collect.handles import Handle, PlatformName, PostUrl
from bot.collect.plan import Plan
from bot.collect.platforms import chosen
from bot.collect.proposal import proposed, told
from bot.config import Settings
from bot.context import with_context
from bot.inquiry import Inquiry
from bot.mishap import explained
from bot.request import Request
from bot.store import Store
from bot.views.one_click import COLLECT, OneClick
from bot.voice import as_many_as_fit


class Proposing:
    """One target that somebody wants collected; `propose` does the rest and never raises."""

    def __init__(
        self, asker: Asker, typed: str, inquiry: Inquiry, store: Store, settings: Settings
    ) -> None:
        """`typed` is the target as they wrote it."""
        self._asker = asker
        self._typed = typed
        self._inquiry = inquiry
        self._store = store
        self._settings = settings

    async def propose(
        self, request: Request, meant: Mapping[PlatformName, Handle | PostUrl]
    ) -> None:
        """Show the plan, or ask first which of the accounts is `meant`. The request has the window
        in which posts are sought."""
        if len(meant) == 1:
            ((platform, found),) = meant.items()
            await self._show(request, platform, found)
            return
        offers = {
            f"{platform.capitalize()}: {self._name(found)}": partial(
                self._picked, request, platform, found
            )
            for platform, found in meant.items()
        }
        await self._asker.tell(
            Text("Who is {typed}? Choose where I am to look.", typed=Code(self._typed)),
            OneClick(COLLECT, offers, partial(self._nobody_clicked, request)),
        )

    async def _picked(
        self,
        request: Request,
        platform: PlatformName,
        found: Handle | PostUrl,
        interaction: discord.Interaction,
    ) -> None:
        self._asker = self._asker.answering(interaction)
        await self._show(request, platform, found)

    async def _show(
        self, request: Request, platform: PlatformName, found: Handle | PostUrl
    ) -> None:
        """The plan with its cost, and the button that begins."""
        try:
            plan, lines = self._plan(request, platform, found)
        except Exception as error:
            await self._asker.tell(explained(error))
            await self._inquiry.let_go(request)
            return
        request = replace(request, targets=(_target(found, plan.typed),))
        offers = {self._asker.speech.say(Text("Collect")): partial(self._begin, request, plan)}
        view = OneClick(COLLECT, offers, partial(self._nobody_clicked, request))
        await self._asker.tell_lines(lines, view)

    def _plan(
        self, request: Request, platform: PlatformName, found: Handle | PostUrl
    ) -> tuple[Plan, list[str]]:
        assert request.since is not None, "a collection has a window"
        assert request.until is not None, "a collection has a window"
        costs = self._settings.collect
        there = chosen(platform, costs)
        now = self._store.now().replace(microsecond=0)
        within = (request.since, request.until)
        seed = self._settings.analysis.seed
        plan = proposed(self._name(found), platform, within, there.sizes, costs, now, seed)
        texts = (*told(plan, there.sizes), *there.lacks(found))
        said = [markdown(self._asker.speech.say(text), SENTENCE) for text in texts]
        return plan, as_many_as_fit(said, SENTENCE)

    def _name(self, found: Handle | PostUrl) -> str:
        """Whom or what a collection is about, so that nobody else can be meant."""
        if isinstance(found, PostUrl):
            return self._typed.strip()
        return found.name if found.name.startswith("did:") else f"@{found.name}"

    async def _begin(self, request: Request, plan: Plan, interaction: discord.Interaction) -> None:
        """Promise it, with what the server knows beforehand; rights are looked up again."""
        asker = self._asker = self._asker.answering(interaction)
        try:
            actor = await acting(interaction, self._store)
            actor.check(Action.INVESTIGATE)
            uploads = self._settings.storage.uploads
            request = await with_context(request, actor, self._store, uploads)
        except Exception as error:
            await asker.tell(explained(error))
            await self._inquiry.let_go(request)
        else:
            await self._inquiry.collect(request, plan, asker)

    async def _nobody_clicked(self, request: Request) -> None:
        await self._inquiry.let_go(request)
        await self._asker.tell(
            Text("Nothing was collected. Give the command again when you are ready.")
        )


def _target(found: Handle | PostUrl, name: str) -> str:
    """The account by which events of the server are found; else what was typed."""
    return f"@{found.author}" if isinstance(found, PostUrl) and found.author else name
