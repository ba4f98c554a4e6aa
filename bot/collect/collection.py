"""Collects what a case needs, in the order that is fair and that saves first what may vanish.

1. Posts that mention, answer or quote the target in the window.
2. On these, the cohort and its comparison are chosen and frozen: never again, whatever comes in.
3. Of the cohort: what became of each account, its profile, its timeline.
4. Of ordinary accounts: the same, over the same dates and as deep, for as many, drawn by lot.
5. Newest followers of both, and the profiles of these.

Whatever ends it early (a budget, a limit, a server), what came in is a collection, which says what
it lacks. Begun again in the same folder it walks the same way, over kept pages first.
"""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from analyzers.cohort.frozen import Frozen, read_frozen, written
from analyzers.investigation import Question, choose
from analyzers.lib.targets import parse as parse_target
from analyzers.model.case import Proposal
from analyzers.model.refusal import BadInput
from analyzers.model.step import Lost, Run
from analyzers.model.text import Public, Text, plural
from bot.collect.handles import parse
from bot.collect.http import Failure, Http
from bot.collect.kept import PAGES, KeptPages
from bot.collect.pages import Budget, Pages, Walked
from bot.collect.plan import Plan
from bot.collect.platform import Aim, Listing, Platform
from bot.collect.result import Result
from bot.collect.tables import Collected, Follow, Tables
from bot.collect.whole import write_whole

LOG = logging.getLogger(__name__)

FROZEN = "frozen.json"

STAGES: dict[str, Text] = {
    "search": Text("Searching for posts about the target"),
    "freeze": Text("Choosing the accounts that act together, once for all"),
    "cohort": Text("Keeping what these accounts wrote"),
    "comparison": Text("Keeping what ordinary accounts wrote"),
    "followers": Text("Looking at followers"),
    "profiles": Text("Looking at followers' profiles"),
}
"""The stages of a collection, in order, as its progress names them."""

_FOLLOWERS = 50
"""Followers of an account whose profiles are got: with 50 a share has an interval of ± 14 points,
and an account costs two calls."""

Show = Callable[[str, int, int], None]
"""Is told which step a collection is in, and how many of its accounts or searches are done."""


async def collect(
    folder: Path,
    plan: Plan,
    platform: Platform,
    http: Http,
    run: Run = map,
    show: Show = lambda *_: None,
    count: Callable[[int], None] = lambda _: None,
    scratch: Path | None = None,
) -> Result:
    """Carry out a plan into its folder, or go on with it. Raises `BadInput` if nothing came in.

    `run` works like `map`, perhaps in worker processes: the cohort is looked for there, among posts
    that lie in `scratch` meanwhile (`None`: in the system's own). `count` is told the number of
    each page.
    """
    kept = await asyncio.to_thread(KeptPages.at, folder)
    try:
        budget = Budget(plan.requests, http.clock.now() + 60 * plan.minutes, plan.dollars)
        pages = Pages(http, kept, budget, platform, count)
        work = _Collecting(folder, plan, platform, pages, run, show, scratch)
        try:
            await work.all()
        except Failure as failure:
            if not work.found:
                raise BadInput(failure.text) from None
            work.missing.insert(0, failure.text)
        assert work.aim is not None, "posts were found about somebody"
        frozen = work.frozen or Frozen(Proposal())
        result = Result(
            work.aim.targets,
            len(frozen.cohort),
            len(frozen.comparison),
            len(frozen.sample),
            len(kept),
            pages.fetched,
            tuple(dict.fromkeys((*work.missing, *pages.failed))),
            tuple(platform.lacks(parse(plan.typed, plan.platform))),
            round(budget.dollars, 4),
        )
        await asyncio.to_thread(work.tables.write, folder)
        await asyncio.to_thread(result.write, folder)
        return result
    finally:
        await asyncio.to_thread(kept.close)


class _Collecting:
    """One run of a plan, and what it has gathered so far."""

    def __init__(
        self,
        folder: Path,
        plan: Plan,
        platform: Platform,
        pages: Pages,
        run: Run,
        show: Show,
        scratch: Path | None,
    ) -> None:
        self.folder, self.plan, self.platform, self.pages = folder, plan, platform, pages
        self.tables = Tables()
        self.aim: Aim | None = None
        self.frozen: Frozen | None = None
        self.found = 0
        """Posts that the searches listed."""
        self.missing: list[Text] = []
        self._run, self._show, self._scratch = run, show, scratch

    async def all(self) -> None:
        """Walk the whole plan; raises `Failure` where it ends early."""
        aim = self.aim = await self.platform.find(
            self.pages, parse(self.plan.typed, self.plan.platform)
        )
        await self._search(aim)
        frozen = self.frozen = await self._freeze(aim)
        if not frozen.cohort:
            self.missing.append(
                Text("No accounts were found to act together, so nobody's timeline was collected.")
            )
            return
        await self._preserve("cohort", frozen.cohort, frozen.cohort)
        await self._preserve("comparison", frozen.comparison, frozen.sample)
        if self.plan.circle_pages:
            await self._circles((*frozen.cohort, *frozen.sample))

    async def _search(self, aim: Aim) -> None:
        """Walk every search to its end; one that fails costs the others nothing."""
        listings = await self.platform.searches(
            self.pages, aim, self.plan.window, self.plan.search_pages
        )
        whole, done = 0, 0

        async def one(listing: Listing) -> None:
            nonlocal whole, done
            walked = Walked()
            async for _, turn in self.pages.walk(listing, walked):
                self.found += len(turn.ids)
            whole += walked.whole
            done += 1
            self._show("search", done, len(listings))
            if walked.why_not is not None:
                self._lacks(walked.why_not)

        try:
            await self.pages.each(one, listings)
        finally:
            complete = whole == len(listings)
            self.tables.collected.append(
                Collected(aim.account_id, "query", self.plan.since, self.plan.until, complete)
            )
        if not self.found:
            reasons = (*self.pages.failed, *self.missing)
            raise Failure(reasons[0] if reasons else _nobody(self.plan))

    def _lacks(self, text: Text) -> None:
        if text not in self.missing:
            self.missing.append(text)

    async def _freeze(self, aim: Aim) -> Frozen:
        """The cohort and comparison, chosen on what the searches found unless that was done."""
        path = self.folder / FROZEN
        if path.is_file():
            return await asyncio.to_thread(read_frozen, path)
        self._show("freeze", 0, 1)
        question = Question(
            targets=tuple(parse_target(one) for one in aim.targets),
            window=self.plan.window,
            seed=self.plan.seed,
        )
        return await asyncio.to_thread(self._choose, path, question)

    def _choose(self, path: Path, question: Question) -> Frozen:
        with tempfile.TemporaryDirectory(prefix="limier-", dir=self._scratch) as scratch:
            task = ((self.folder / PAGES,), Path(scratch), question)
            (frozen,) = self._run(choose, [task])
        if isinstance(frozen, Lost):
            raise BadInput(
                Text("The cohort could not be looked for: {reason}", reason=frozen.reason)
            )
        write_whole(path, written(frozen))
        result: Frozen = frozen
        return result

    async def _preserve(self, stage: str, checked: Sequence[str], timelines: Sequence[str]) -> None:
        """What became of some accounts, then the timelines of some of them."""
        self._show(stage, 0, len(timelines))
        self.tables.statuses += await self.platform.check(self.pages, checked, self.plan.since)
        done, short = 0, 0

        async def one(account: str) -> None:
            nonlocal done, short
            reached = await self._timeline(account)
            short += not reached  # on its own line: others count while this one waits
            done += 1
            self._show(stage, done, len(timelines))

        try:
            await self.pages.each(one, timelines)
        finally:
            if missing := len(timelines) - done:
                self._lacks(_unreached(stage, missing, len(timelines)))
        if short:
            self._lacks(
                plural(
                    "The timeline of {n} account does not reach back to {since}.",
                    "The timelines of {n} accounts do not reach back to {since}.",
                    short,
                    since=self.plan.reach.date(),
                )
            )

    async def _timeline(self, account: str) -> bool:
        """Walk an account's timeline; whether it reached as far back as planned, or its start."""
        walked, oldest = Walked(), self.plan.started_at
        listing = self.platform.timeline(account, self.plan.reach, self.plan.timeline_pages)
        async for _, turn in self.pages.walk(listing, walked):
            oldest = min(oldest, turn.oldest or oldest)
        since = self.plan.reach if walked.whole else oldest
        self.tables.collected.append(
            Collected(account, "timeline", since, self.plan.started_at, walked.whole)
        )
        return walked.whole

    async def _circles(self, accounts: Sequence[str]) -> None:
        """The newest followers of accounts, whom these follow, and the followers' profiles."""
        done = 0
        followers: set[str] = set()

        async def one(account: str) -> None:
            nonlocal done
            for listing in self.platform.circle(account, self.plan.circle_pages):
                followers.update(await self._follows(account, listing))
            done += 1
            self._show("followers", done, len(accounts))

        await self.pages.each(one, accounts)
        self._show("profiles", 0, 1)
        await self.platform.profiles(self.pages, sorted(followers - {*accounts}))

    async def _follows(self, account: str, listing: Listing) -> list[str]:
        """Walk one list; the first followers in it, or nobody for the list of whom it follows."""
        walked, found = Walked(), list[str]()
        at = self.plan.started_at
        async for answer, turn in self.pages.walk(listing, walked):
            at = answer.at
            for other in turn.ids:
                pair = (other, account) if listing.route == "followers" else (account, other)
                self.tables.follows.append(Follow(*pair, answer.at, len(found)))
                found.append(other)
        if listing.route != "followers":
            return []
        self.tables.collected.append(
            Collected(account, "followers", self.plan.started_at, at, walked.whole)
        )
        return found[:_FOLLOWERS]


def _nobody(plan: Plan) -> Text:
    return Text(
        "Nobody was found who wrote about {target} between {since} and {until}.",
        target=Public(plan.typed),
        since=plan.since,
        until=plan.until,
    )


def _unreached(stage: str, missing: int, total: int) -> Text:
    if stage == "cohort":
        return Text(
            "The timelines of {n} of the {total} accounts that act together were not reached.",
            n=missing,
            total=total,
        )
    return Text(
        "The timelines of {n} of the {total} ordinary accounts were not reached, so some measures "
        "have less to compare with.",
        n=missing,
        total=total,
    )
