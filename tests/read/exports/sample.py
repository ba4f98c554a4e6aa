"""A few simulated posts of every kind, and what a reader should make of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from typing import Any

from analyzers.simulate import simulate
from analyzers.simulate.campaign import Account, Campaign, Post
from analyzers.simulate.v1 import language_code

_OF_EACH_KIND = 6
SIZE = 1000


@dataclass(frozen=True)
class Sample:
    """Posts, every account that they name, and every post that they refer to."""

    posts: tuple[Post, ...]
    accounts: Mapping[str, Account]
    context: Mapping[str, Post]

    def author(self, post: Post) -> Account:
        return self.accounts[post.account_id]

    def handle(self, account_id: str | None) -> str:
        return self.accounts[account_id].handle if account_id else ""

    def handles(self, post: Post) -> list[str]:
        return [self.handle(one) for one in post.mentions]


@lru_cache(maxsize=1)
def sample() -> Sample:
    """Posts, replies, quotes and reposts of one simulated case."""
    campaign = simulate("outrage", posts=SIZE)
    posts = [
        one
        for kind in ("post", "reply", "quote", "repost")
        for one in islice((one for one in campaign.dumped if one.kind == kind), _OF_EACH_KIND)
    ]
    return of_campaign(campaign, posts)


def of_campaign(campaign: Campaign, posts: Sequence[Post]) -> Sample:
    """Some posts of a campaign, with all that they may name."""
    return Sample(
        tuple(posts),
        {one.account_id: one for one in campaign.accounts},
        {one.post_id: one for one in campaign.posts},
    )


@dataclass(frozen=True)
class Export:
    """How a sample is written in a format, and which columns of a dataset that carries.

    Of an account that `by_handle` fields name, only the handle is written. Times are cut to
    `minutes`. Without `ids` posts and accounts are known by their author's handle alone.
    """

    format: str
    files: Callable[[Sample], Mapping[str, bytes]]
    carries: frozenset[str]
    by_handle: frozenset[str] = frozenset()
    minutes: bool = False
    ids: bool = True

    def expected(self, found: Sample, post: Post) -> dict[str, Any]:
        """What a reader should make of a post, as far as the format carries it."""
        row: dict[str, Any] = {
            "created_at": _moment(post.created_at // 60 * 60 if self.minutes else post.created_at),
            "language": language_code(post.language),
        }
        for name in self.carries - row.keys():
            if not name.startswith("accounts."):
                value = getattr(post, name)
                row[name] = list(value) if isinstance(value, tuple) else value
        for name in self.by_handle:
            value = row[name]
            if isinstance(value, list):
                row[name] = [_at(found.handle(one)) for one in value]
            else:
                row[name] = _at(found.handle(value)) if value else None
        return {name: value for name, value in row.items() if name in self.carries}

    def expected_account(self, account: Account) -> dict[str, Any]:
        """What a reader should make of an author."""
        names = [one.removeprefix("accounts.") for one in self.carries if one[:9] == "accounts."]
        row = {name: getattr(account, name) for name in names}
        if "created_at" in row:
            row["created_at"] = _moment(account.created_at)
        return row


def _at(handle: str) -> str:
    return f"@{handle.lower()}"


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def carries(*without: str, also: str = "") -> frozenset[str]:
    """Every column that an export of X may carry, without some."""
    every = (
        "text created_at language client kind reply_to_account quoted_post reposted_post "
        "reposted_account mentions hashtags urls likes reposts replies "
        "accounts.handle accounts.display_name accounts.created_at accounts.bio "
        "accounts.location accounts.followers accounts.following accounts.posts"
    )
    return frozenset(every.split()) - {*without} | {*also.split()}


NO_PROFILE = (
    "accounts.created_at", "accounts.bio", "accounts.location", "accounts.followers",
    "accounts.following", "accounts.posts",
)  # fmt: skip
