"""What a platform must say of itself to be collected from, and the values in which it says it.

A platform knows addresses and how its pages go on; it does not read posts. Its methods that return
a `Listing` ask for nothing: `pages.Pages` walks the listing, and calls `turn` after each page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Literal, Protocol, TypeAlias

from analyzers.model.case import Window
from analyzers.model.text import Text
from bot.collect.handles import Handle, PostUrl
from bot.collect.http import Answer, Ask, Http

if TYPE_CHECKING:
    from bot.collect.pages import Pages

Route: TypeAlias = Literal["query", "timeline", "context", "followers", "follows", "account"]
"""How the posts of a page came in; for a page without posts, what it shows instead."""

Status: TypeAlias = Literal["active", "suspended", "deactivated", "deleted", "protected", "renamed"]


@dataclass(frozen=True, slots=True)
class Aim:
    """Whom or what posts are collected about.

    `account_id` is the platform's own id of the account (or of the post's author), `handle` its
    name without @, `post_id` the post under which answers are sought. `targets` are written as
    `limier investigate --target` takes them.
    """

    account_id: str
    handle: str
    targets: tuple[str, ...]
    post_id: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """Pages that follow one another, from the first on.

    `of` is the account whose posts, followers or follows they show. At most `pages` are walked, and
    none beyond the first whose newest post is older than `since`.
    """

    first: Ask
    route: Route
    of: str = ""
    pages: int = 1
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What a page says to whoever turns it.

    `onward` is the next page, `None` after the last. `ids` are those of the posts or accounts that
    it lists, in order. `newest` and `oldest` are the times of its newest and oldest post.
    """

    onward: Ask | None = None
    ids: tuple[str, ...] = ()
    newest: datetime | None = None
    oldest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of an account, at a time in UTC."""

    account_id: str
    at: datetime
    status: Status


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much a platform gives, by which a plan estimates its cost.

    Calls a minute that it allows, calls that the creation date of an account costs beyond its
    profile; then how many pages of a search, of a timeline and of a list of followers a plan asks
    for, and the most US dollars that a page of each costs, and a profile.
    """

    calls_a_minute: float
    birth_calls: int = 0
    search_pages: int = 100
    timeline_pages: int = 10
    circle_pages: int = 1
    search_dollars: float = 0.0
    timeline_dollars: float = 0.0
    circle_dollars: float = 0.0
    profile_dollars: float = 0.0


class Platform(Protocol):
    """One platform. `name` is also that of the reader in `analyzers.read.collection`."""

    name: ClassVar[str]

    @property
    def sizes(self) -> Sizes:
        """How much it gives, and at what price."""

    async def fetch(self, http: Http, ask: Ask) -> Answer:
        """Get one page with what the platform wants of a caller: a token, a new one in time.

        Answers 200, 400, 404 and 410 are kept for good, so an answer that only says that a token is
        no longer valid must not come back. Raises `Failure`, also where a token is missing.
        """

    def dollars(self, ask: Ask, answer: Answer | None) -> float:
        """What a page cost in US dollars; before there is an answer, the most that it may cost."""

    def lacks(self, wanted: Handle | PostUrl) -> Sequence[Text]:
        """What the platform does not give of this, in sentences: they stand in the plan."""

    async def find(self, pages: Pages, wanted: Handle | PostUrl) -> Aim:
        """Look up the account or post that a person means; raises `Failure` with a sentence."""

    async def searches(
        self, pages: Pages, aim: Aim, window: Window, most: int
    ) -> Sequence[Listing]:
        """Where posts that mention, answer or quote the aim are found, at most `most` pages each.

        Listings of route query. May first look at the aim's own posts (pages of route context).
        """

    def timeline(self, account_id: str, since: datetime | None, most: int) -> Listing:
        """An account's own posts, newest first, back to `since`. Route timeline."""

    def circle(self, account_id: str, most: int) -> Sequence[Listing]:
        """Its newest followers, and whom it follows. Routes followers and follows."""

    def turn(self, listing: Listing, answer: Answer) -> Turn:
        """How a page goes on; nothing goes on where the server says that there is no such page."""

    async def profiles(self, pages: Pages, accounts: Sequence[str]) -> None:
        """Get the profiles of accounts, as many at once as may be. Pages of route account."""

    async def check(
        self, pages: Pages, accounts: Sequence[str], since: datetime | None
    ) -> Sequence[Checked]:
        """Get profiles and proofs of creation, and say what became of each account and why.

        `renamed` is one that goes by another handle than before `since`. Accounts about which
        nothing could be learnt are left out. Pages of route account.
        """
