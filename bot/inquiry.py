"""One investigation that a person asked for in a channel, from its files to its thread."""

from __future__ import annotations

import asyncio
import secrets
import shutil
from dataclasses import replace

import discord

from analyzers.investigation import Progress
from analyzers.model.refusal import BadInput
from analyzers.model.report import Candidate
from analyzers.model.target import typed
from analyzers.model.text import Text
from analyzers.render.words import Lang
from bot import pipeline
from bot.asker import Asker
from bot.case_card import CaseCard
from bot.config import Settings
from bot.mishap import explained
from bot.pool import Pool
from bot.publication import publish
from bot.store import Store
from bot.uploads import Uploads
from bot.views.candidates import Candidates
from bot.views.to_thread import ToThread


class Inquiry:
    """Who asked, where, and with which files; `pursue` does the rest and never raises."""

    def __init__(
        self,
        asker: Asker,
        channel: discord.TextChannel,
        uploads: Uploads,
        settings: Settings,
        pool: Pool,
        store: Store,
        lang: Lang,
    ) -> None:
        """`lang` is the language of the thread; the person is answered in theirs."""
        self._asker = asker
        self._card = CaseCard(channel, replace(asker.speech, lang=lang))
        self._store = store
        self._uploads = uploads
        self._settings = settings
        self._pool = pool

    async def pursue(self, request: pipeline.Request) -> None:
        """Investigate at once, or ask first whom the dump is about when no target is named."""
        if request.targets:
            await self._investigate(request)
            return
        await self._asker.tell(Text("I read the dump to see whom it is about."))
        try:
            dataset, candidates = await pipeline.candidates(request, self._pool)
        except Exception as error:
            await self._asker.tell(self._sentence(error))
            return
        request = replace(request, dataset=dataset)
        if candidates:
            await self._ask_whom(request, candidates)
        else:
            await self._investigate(request)

    async def _ask_whom(self, request: pipeline.Request, candidates: tuple[Candidate, ...]) -> None:
        async def chosen(candidate: Candidate | None, answer: Asker) -> None:
            self._asker = answer
            targets = (typed(candidate.target),) if candidate else ()
            await self._investigate(replace(request, targets=targets))

        async def nobody_chose() -> None:
            if request.dataset:
                await asyncio.to_thread(shutil.rmtree, request.dataset.directory, True)
            await self._asker.tell(
                Text("Nobody was chosen in time. Give the command again when you are ready.")
            )

        await self._asker.tell(
            Text("No target is named. Whom is this dump about?"),
            Candidates(candidates, self._asker, chosen, nobody_chose),
        )

    async def _investigate(self, request: pipeline.Request) -> None:
        """Show progress in the channel while it runs; on a refusal the card goes away again."""
        card, asker = self._card, self._asker
        await asker.tell(Text("I investigate. The card in the channel says how far I am."))
        folder = self._settings.storage.directory / "cases" / secrets.token_hex(8)
        try:
            async with card.progressing():
                found = await pipeline.investigate(request, self._pool, card.show)
                await card.show(Progress("draw", 0, 1))
                messages = await pipeline.package(
                    found, request, card.speech.lang, folder, self._pool
                )
                thread = await publish(card, messages, found.report, folder, asker, self._store)
        except Exception as error:
            reason = self._sentence(error)
            await self._store.cases.forget(folder.name)
            await card.withdraw(reason, told=await asker.tell(reason))
        else:
            await asker.tell(Text("The thread is ready."), ToThread(thread, asker.speech))

    async def stop(self) -> None:
        """Say on the card that the work ends here, because the program does."""
        await self._card.withdraw(
            Text("I was stopped before this was finished. Give the command again."), told=False
        )

    def _sentence(self, error: Exception) -> Text:
        if isinstance(error, BadInput):
            return self._uploads.as_sent(error).text
        return explained(error)
