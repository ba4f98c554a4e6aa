"""What a simulation yields: rows in the normal form's columns, and the truth about them.

Field names are those of `analyzers.model.dataset.TABLES`; times are whole seconds since 1970, UTC,
so that a million rows stay light. `analyzers.simulate.frames` turns them into polars frames.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from analyzers.simulate.dials import Dials, Field

Stage = Literal["first", "full"]
"""`first` holds only the posts that struck somebody; `full` what was collected afterwards."""


class Account(msgspec.Struct, frozen=True, gc=False):
    """A profile as an export would show it. `created_at` in seconds since 1970, UTC."""

    account_id: str
    handle: str
    display_name: str
    created_at: int
    profile_language: str
    bio: str
    location: str
    followers: int
    following: int
    posts: int


class Post(msgspec.Struct, frozen=True, gc=False):
    """A post in the normal form; its text has short links, `urls` the pages they lead to."""

    post_id: str
    account_id: str
    created_at: int
    text: str
    language: str
    client: str
    kind: str
    reply_to_post: str | None = None
    reply_to_account: str | None = None
    quoted_post: str | None = None
    reposted_post: str | None = None
    reposted_account: str | None = None
    mentions: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    likes: int = 0
    reposts: int = 0
    replies: int = 0
    route: str = "query"


class Follow(msgspec.Struct, frozen=True, gc=False):
    """One account follows another, seen at `fetched_at`, at a place in a newest-first list."""

    follower: str
    followed: str
    fetched_at: int
    position: int


class Status(msgspec.Struct, frozen=True, gc=False):
    """The state of an account at one check."""

    account_id: str
    checked_at: int
    status: str


class Collected(msgspec.Struct, frozen=True, gc=False):
    """What was asked for about an account: its timeline or followers, and for which dates."""

    account_id: str
    scope: str
    since: int
    until: int
    complete: bool


class Happening(msgspec.Struct, frozen=True, gc=False):
    """A public event that a person would name as context."""

    time: int
    label: str
    until: int | None = None


class Truth(msgspec.Struct, frozen=True):
    """What a perfect investigation would find out.

    `cohort` and `handles` stand in one order and are empty when nobody acts together.
    `template_posts` selected the cohort, `attack_posts` strike the five `figures` instead of the
    target. `public_posts` recur in public (titles with their link, slogans, songs): no sign of
    agreement. `open` says that the cohort agreed where everybody can see it. `planted_posts` are
    clues somebody laid so that the wrong people are suspected. `dials` is how the case was set.
    """

    scenario: str
    stage: Stage
    seed: int
    mechanism: str
    target: str
    target_account: str
    since: int
    until: int
    cohort: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    template_posts: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    attack_posts: tuple[str, ...] = ()
    contradictory: str | None = None
    public_posts: tuple[str, ...] = ()
    open: bool = False
    planted_posts: tuple[str, ...] = ()
    dials: Dials | None = None


class Campaign(msgspec.Struct, frozen=True):
    """Everything one simulation yields, each table in a stable order.

    `posts` includes public originals that are only reposted or quoted (route `context`): a dump
    shows them inside other posts. `accounts` includes accounts that are only mentioned or follow.
    What is `missing` stands in the rows all the same; no table and no file made of them shows it.
    """

    posts: tuple[Post, ...]
    accounts: tuple[Account, ...]
    truth: Truth
    follows: tuple[Follow, ...] = ()
    statuses: tuple[Status, ...] = ()
    collected: tuple[Collected, ...] = ()
    events: tuple[Happening, ...] = ()
    missing: tuple[Field, ...] = ()

    @property
    def dumped(self) -> tuple[Post, ...]:
        """The posts that are rows of a dump: all but those of route `context`."""
        return tuple(post for post in self.posts if post.route != "context")


def in_order(posts: Iterable[Post]) -> tuple[Post, ...]:
    """Posts by time, then by id."""
    return tuple(sorted(posts, key=lambda post: (post.created_at, int(post.post_id))))
