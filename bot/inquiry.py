"""One investigation that a person asked for in a channel, from its files to its thread."""

from __future__ import annotations

import asyncio
import secrets
import shutil
from dataclasses import replace

from analyzers.model.refusal import BadInput
from analyzers.model.report import Candidate
from analyzers.model.target import typed
from analyzers.model.text import Text, plural
from analyzers.render.words import Lang
from bot import pipeline
from bot.asker import Asker
from bot.homes import Channel
from bot.mishap import explained
from bot.pool import Pool
from bot.record import Home, Job
from bot.store import Store
from bot.under_way import UnderWay
from bot.uploads import Uploads
from bot.views.candidates import Candidates
from bot.views.to_thread import ToThread
from bot.work import Halted


class Inquiry:
    """Who asked, where, and with which files; `pursue` does the rest and never raises."""

    def __init__(
        self,
        asker: Asker,
        place: tuple[Channel, Home],
        uploads: Uploads,
        pool: Pool,
        store: Store,
        under_way: UnderWay,
        lang: Lang,
    ) -> None:
        """`place` is where the case goes, and how it is to live there.

        `lang` is the language of the thread; the person is answered in theirs.
        """
        self._asker = asker
        self._channel, self._home = place
        self._lang = lang
        self._store = store
        self._uploads = uploads
        self._under_way = under_way
        self._pool = pool

    async def pursue(self, request: pipeline.Request) -> None:
        """Investigate at once, or ask first whom the dump is about when no target is named."""
        if request.targets:
            await self._investigate(request)
            return
        line = self._under_way.line
        try:
            async with line.turn(line.join(self._channel.guild.id), self._wait):
                await self._asker.tell(Text("I read the dump to see whom it is about."))
                dataset, candidates = await pipeline.candidates(request, self._pool)
        except Exception as error:
            await self._asker.tell(self._sentence(error))
            return
        request = replace(request, dataset=dataset)
        if candidates:
            await self._ask_whom(request, candidates)
        else:
            await self._investigate(request)

    async def _wait(self, number: int) -> None:
        others = plural(
            "One other investigation is before yours: then I read the dump to see whom it is "
            "about.",
            "{n} other investigations are before yours: then I read the dump to see whom it is "
            "about.",
            number,
        )
        await self._asker.tell(others)

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
        """Promise it, show progress where it goes; on a refusal the card goes away again."""
        asker = self._asker
        await asker.tell_lines([self._promised(asker)])
        job = self._job(request)
        async with self._under_way.work(job, self._channel) as work:
            try:
                await self._store.jobs.add(job)
                thread = await work.run(request)
            except Halted:
                return  # the card says why
            except Exception as error:
                reason = self._sentence(error)
                await work.give_up(reason, told=await asker.tell(reason))
            else:
                ready = asker.speech.say(Text("The thread is ready."))
                met = await work.met_elsewhere(asker.user.id, asker.speech)
                await asker.tell_lines([ready, *met], ToThread(thread, asker.speech))

    def _promised(self, asker: Asker) -> str:
        """Where to look for progress; the name of a channel leads there."""
        if self._home is Home.PRIVATE:
            return asker.speech.say(
                Text("I investigate. The private thread to which I add you says how far I am.")
            )
        if self._channel.id == asker.channel:
            return asker.speech.say(
                Text("I investigate. The card in the channel says how far I am.")
            )
        shown = asker.speech.say(Text("I investigate. The card there says how far I am:"))
        return f"{shown} <#{self._channel.id}>"

    def _job(self, request: pipeline.Request) -> Job:
        return Job(
            key=secrets.token_hex(8),
            guild=self._channel.guild.id,
            channel=self._channel.id,
            starter=self._asker.user.id,
            language=self._lang,
            request=request.to_row(),
            created=self._store.now(),
            home=self._home,
        )

    def _sentence(self, error: Exception) -> Text:
        if isinstance(error, BadInput):
            return self._uploads.as_sent(error).text
        return explained(error)
