"""Gets pages: from the folder if they are kept, else from the platform, within a budget.

The budget counts every page, kept ones too: a collection that is begun again after a kill stops
where it would have stopped.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from analyzers.model.text import Code, Text
from bot.collect.http import Answer, Ask, Exhausted, Failure, Http
from bot.collect.kept import KeptPages, Label
from bot.collect.platform import Listing, Platform, Turn

_KEPT = frozenset({200, 400, 404, 410})
"""Answers that stay true: the page, or that there is none. A refusal (401, 403) may be for want of
a token that is given next time, so it is asked for again."""


T = TypeVar("T")


class Spent(Exhausted):
    """The budget is used up: what came in so far is the collection."""


@dataclass
class Budget:
    """What a collection may cost: pages, the moment (seconds since 1970) it must end, and dollars.

    `pages` and `dollars` used so far grow; a cap that is `None` is none.
    """

    most_pages: int | None = None
    until: float | None = None
    most_dollars: float | None = None
    pages: int = 0
    dollars: float = 0.0

    def spend(self, now: float, most: float = 0.0) -> None:
        """Count a page that is about to be got, and costs `most` US dollars at most.

        Raises `Spent` when there is no budget for it: no page is begun that might cost too much.
        """
        if self.most_pages is not None and self.pages >= self.most_pages:
            raise Spent(Text("The budget of {n} requests is used up.", n=self.most_pages))
        if self.until is not None and now >= self.until:
            raise Spent(Text("The time for collecting is over."))
        if self.most_dollars is not None and self.dollars + most > self.most_dollars:
            raise Spent(
                Text(
                    "Another page might cost more than is left of the budget of {dollars} US "
                    "dollars, of which {spent} are spent.",
                    dollars=self.most_dollars,
                    spent=round(self.dollars, 2),
                )
            )
        self.pages += 1


@dataclass
class Walked:
    """How far a listing was walked: whether to its end or `since`, and why not otherwise."""

    whole: bool = False
    why_not: Text | None = None


class Pages:
    """All pages of one collection, for its platform and its plan."""

    def __init__(
        self,
        http: Http,
        kept: KeptPages,
        budget: Budget,
        platform: Platform,
        count: Callable[[int], None] = lambda _: None,
    ) -> None:
        """`count` is told before each page which number it has, kept ones counted too."""
        self.http, self.kept, self.budget = http, kept, budget
        self._platform, self._count = platform, count
        self.failed: list[Text] = []
        """What could not be had, in sentences."""
        paid = budget.most_dollars is not None
        self.at_once = 1 if paid else http.manners.at_once  # so that each cost is known first
        self.fetched = 0
        """Pages that came over the network, not from the folder."""

    async def one(self, ask: Ask, route: str, of: str = "") -> Answer:
        """One page, asked for at most once in the life of the collection; raises `Failure`."""
        self.budget.spend(self.http.clock.now(), self._platform.dollars(ask, None))
        self._count(self.budget.pages)
        found = await self.kept.find(ask.address)
        if found is not None:
            self.budget.dollars += self._platform.dollars(ask, found)
            return found
        answer = await self._platform.fetch(self.http, ask)
        self.budget.dollars += self._platform.dollars(ask, answer)
        self.fetched += 1
        if answer.status in _KEPT:
            await self.kept.keep(answer, Label(self._platform.name, route, of))
        return answer

    async def each(self, do: Callable[[T], Awaitable[None]], these: Sequence[T]) -> None:
        """Do something for each of these, as many at a time as one host may be asked.

        What fails for one of them is noted in `failed`, and costs the others nothing; a budget or
        limit that is used up ends all of it and is raised.
        """
        waiting = list(reversed(these))

        async def worker() -> None:
            while waiting:
                try:
                    await do(waiting.pop())
                except Exhausted:
                    waiting.clear()  # what is under way is paid for, so it comes to its own end
                    raise
                except Failure as failure:
                    self.failed.append(failure.text)

        workers = (worker() for _ in range(min(self.at_once, len(these))))
        for outcome in await asyncio.gather(*workers, return_exceptions=True):
            if isinstance(outcome, BaseException):
                raise outcome

    async def walk(
        self, listing: Listing, walked: Walked | None = None
    ) -> AsyncIterator[tuple[Answer, Turn]]:
        """The pages of a listing with what each says of the next; `walked` learns how it ended.

        A listing that leads back to a page it showed, or shows the same items again under another
        address, ends there. Raises `Failure`.
        """
        walked = walked if walked is not None else Walked()
        ask: Ask | None = listing.first
        addresses: set[str] = set()
        seen: set[str] = set()
        for _ in range(listing.pages):
            assert ask is not None
            addresses.add(ask.address)
            answer = await self.one(ask, listing.route, listing.of)
            turn = self._platform.turn(listing, answer)
            if answer.status != 200:
                walked.why_not = Text("The account or the post is gone, or shows nothing.")
                return
            yield answer, turn
            ask = turn.onward
            if ask is None or _past(listing, turn):
                walked.whole = True
                return
            if ask.address in addresses or (turn.ids and seen.issuperset(turn.ids)):
                walked.why_not = Text(
                    "{host} led round in a circle, so its list may be cut short.",
                    host=Code(ask.host),
                )
                return
            seen.update(turn.ids)
        walked.why_not = Text(
            "The list is longer than the {n} pages that were asked for.", n=listing.pages
        )


def _past(listing: Listing, turn: Turn) -> bool:
    return listing.since is not None and turn.newest is not None and turn.newest < listing.since
