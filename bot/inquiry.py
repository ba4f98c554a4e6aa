"""One investigation that a person asked for in a channel, from its files to its thread."""

from __future__ import annotations

import asyncio
import secrets
import shutil
from dataclasses import replace

import discord

from analyzers.model.refusal import BadInput
from analyzers.model.report import Candidate
from analyzers.model.target import typed
from analyzers.model.text import Text, plural
from analyzers.render.inert import markdown
from analyzers.render.words import Lang
from bot import pipeline
from bot.access import Action
from bot.acting import Actor, acting
from bot.asker import Asker
from bot.collect.plan import Plan as CollectionPlan
from bot.exhibiting import Exhibiting
from bot.homes import Channel
from bot.mishap import explained
from bot.pool import Pool
from bot.record import Case, Home, Job
from bot.request import ASKED, digest
from bot.rewriting import address
from bot.store import Store
from bot.store.losses import CHANNEL, THREAD
from bot.under_way import UnderWay
from bot.uploads import Uploads
from bot.views.candidates import Candidates
from bot.views.one_click import AGAIN, OneClick
from bot.views.to_thread import ToThread
from bot.work import Halted


class Inquiry:
    """Who asked, where, and with which files; `pursue` does the rest and never raises."""

    def __init__(
        self,
        asker: Asker,
        actor: Actor,
        place: tuple[Channel, Home],
        uploads: Uploads,
        exhibiting: Exhibiting,
        pool: Pool,
        store: Store,
        under_way: UnderWay,
    ) -> None:
        """`place` is where the case goes, and how it is to live there.

        The thread is in the language of the server; the person is answered in theirs.
        """
        self._key = secrets.token_hex(8)
        self._asker = asker
        self._actor = actor
        self._channel, self._home = place
        self._lang: Lang = actor.settings.language or asker.speech.lang
        self._store = store
        self._uploads = uploads
        self._exhibiting = exhibiting
        self._under_way = under_way
        self._pool = pool

    async def pursue(self, request: pipeline.Request) -> None:
        """Investigate at once, or ask first whom the dump is about when no target is named."""
        if request.targets:
            await self._unless_known(request)
            return
        line = self._under_way.line
        try:
            await self._store.starts.note(self._actor.guild, self._actor.id, self._key)
            async with line.turn(line.join(self._channel.guild.id), self._wait):
                await self._asker.tell(Text("I read the dump to see whom it is about."))
                dataset, candidates = await pipeline.candidates(request, self._pool)
        except Exception as error:
            await self._asker.tell(self._sentence(error))
            await self._exhibiting.let_go(request.exhibits)
            return
        request = replace(request, dataset=dataset)
        if candidates:
            await self._ask_whom(request, candidates)
        else:
            await self._unless_known(request)

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
            if not await self._still_may(answer, request):
                return
            targets = (typed(candidate.target),) if candidate else ()
            await self._unless_known(replace(request, targets=targets))

        async def nobody_chose() -> None:
            await self.let_go(request)
            await self._asker.tell(
                Text("Nobody was chosen in time. Give the command again when you are ready.")
            )

        await self._asker.tell(
            Text("No target is named. Whom is this dump about?"),
            Candidates(candidates, self._asker, chosen, nobody_chose),
        )

    async def _unless_known(self, request: pipeline.Request) -> None:
        """Investigate, unless a case that this person can see came of the very same request."""
        try:
            known = await self._known(request)
        except Exception as error:
            await self._asker.tell(self._sentence(error))
            await self.let_go(request)
            return
        if known is None:
            await self._investigate(request)
            return
        lines = [
            Text(
                "These files were investigated here before in the same way, on {day}. That case "
                "is here:",
                day=known.created.date(),
            )
        ]
        if request.exhibits:
            lines.append(
                Text("The pictures that you sent are not with it: add them with /case exhibit.")
            )
        said = [markdown(self._asker.speech.say(line)) for line in lines]

        async def again(interaction: discord.Interaction) -> None:
            if await self._still_may(self._asker.answering(interaction), request):
                await self._investigate(request)

        async def nobody_clicked() -> None:
            await self.let_go(request)
            await self._asker.tell_lines([*said, address(known)])

        speech = self._asker.speech
        offers = {speech.say(Text("Investigate again anyway")): again}
        link = (speech.say(Text("Open the thread")), address(known))
        await self._asker.tell_lines(said, OneClick(AGAIN, offers, nobody_clicked, link))

    async def _still_may(self, answer: Asker, request: pipeline.Request) -> bool:
        """Answer from now on whoever clicked, unless they lost the right since they asked."""
        self._asker = answer
        try:
            self._actor = await acting(answer.interaction, self._store)
            self._actor.check(Action.INVESTIGATE)
        except Exception as error:
            await answer.tell(self._sentence(error))
            await self.let_go(request)
            return False
        return True

    async def _known(self, request: pipeline.Request) -> Case | None:
        """The newest case of the same request whose thread stands and which the person can see."""
        asked = digest(request.to_row(), self._lang)
        for case in await self._store.cases.made_by(self._actor.guild, asked):
            gone = await self._store.losses.of(case.key)
            if THREAD not in gone and CHANNEL not in gone and await self._actor.can_see(case):
                return case
        return None

    async def collect(self, request: pipeline.Request, plan: CollectionPlan, asker: Asker) -> None:
        """Promise to collect what was planned and to investigate it; `asker` is answered."""
        self._asker = asker
        try:
            folder = await self._under_way.collecting.planned(self._key, plan)
        except Exception as error:
            await asker.tell(explained(error))
            await self.let_go(request)
            return
        await self._investigate(replace(request, collection=folder))

    async def let_go(self, request: pipeline.Request) -> None:
        """Delete what was laid by for an investigation that is not made."""
        if request.dataset:
            await asyncio.to_thread(shutil.rmtree, request.dataset.directory, True)
        await self._exhibiting.let_go(request.exhibits)

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
                await self.let_go(request)
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
        row = request.to_row()
        return Job(
            key=self._key,
            guild=self._channel.guild.id,
            channel=self._channel.id,
            starter=self._asker.user.id,
            language=self._lang,
            request={**row, ASKED: digest(row, self._lang)},
            created=self._store.now(),
            home=self._home,
        )

    def _sentence(self, error: Exception) -> Text:
        if isinstance(error, BadInput):
            return self._uploads.as_sent(error).text
        return explained(error)
