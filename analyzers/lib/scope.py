"""Which posts concern a target: those that mention, answer, quote, repost, carry or contain it."""

from __future__ import annotations

from typing import assert_never

import polars as pl

from analyzers.lib.normal import normal_one
from analyzers.lib.targets import canonical
from analyzers.model.case import Window
from analyzers.model.target import Account, Hashtag, Link, Phrase, Post, Target

COLUMNS = (
    "post_id",
    "account_id",
    "created_at",
    "normal",
    "reply_to_post",
    "reply_to_account",
    "quoted_post",
    "reposted_post",
    "reposted_account",
    "mentions",
    "hashtags",
    "urls",
    "route",
    "organic",
)
"""The columns of `posts` that the functions here read."""


def in_scope(posts: pl.DataFrame, target: Target, keys: frozenset[str] = frozenset()) -> pl.Series:
    """Whether each post concerns the target, row for row; `keys` come from `targets.resolve`.

    An account: the post mentions, answers, quotes or reposts it. A hashtag: the post carries it. A
    phrase: the normal text contains its words. A link: the post shares it. A post: the post
    answers, quotes or reposts it. Never a post that only other posts refer to (route context).
    """
    concerned = pl.col("route") != "context"
    found = posts.select(scope=_concerns(posts, target, keys).fill_null(False) & concerned)["scope"]
    return found.fill_null(False)


def on_target(
    posts: pl.DataFrame, targets: tuple[Target, ...], keys: frozenset[str], window: Window
) -> pl.Series:
    """Whether each post is addressed at a target by somebody else, in the window, row for row.

    That is: in scope of at least one target, organic (not a repost), in the window, and not
    written by a target itself. Without a target every organic post in the window counts.
    """
    concerned = about(posts, targets, keys, window)
    return (concerned & posts["organic"].fill_null(False)).alias("on_target")


def about(
    posts: pl.DataFrame, targets: tuple[Target, ...], keys: frozenset[str], window: Window
) -> pl.Series:
    """Whether each post, reposts too, concerns a target, in the window, and is by another.

    Wider than `on_target`: it tells who took part in the conversation. Without a target every post
    that came in by itself counts.
    """
    scope = (posts["route"] != "context") & (not targets)
    for target in targets:
        scope = scope | in_scope(posts, target, keys)
    by_another = ~pl.col("account_id").is_in(list(keys))
    inside = posts.select(by_another & within(window)).to_series()
    return (scope & inside).fill_null(False).alias("about")


def within(window: Window) -> pl.Expr:
    """Whether `created_at` lies in the window; a post without a time only in an open one."""
    inside = pl.lit(True)
    if window.since is not None:
        inside = inside & (pl.col("created_at") >= window.since)
    if window.until is not None:
        inside = inside & (pl.col("created_at") < window.until)
    return inside.fill_null(False)


def _concerns(posts: pl.DataFrame, target: Target, keys: frozenset[str]) -> pl.Expr:
    match target:
        case Account():
            return _names(posts, keys)
        case Hashtag(tag):
            return pl.col("hashtags").list.contains(tag.lower())
        case Phrase(words):
            return _contains(normal_one(words))
        case Link(url):
            return _shares(posts, canonical(url))
        case Post(post_id):
            return _refers_to(_like(posts, post_id))
        case _:
            assert_never(target)


def _names(posts: pl.DataFrame, keys: frozenset[str]) -> pl.Expr:
    names = sorted(keys)
    own = posts.filter(pl.col("account_id").is_in(names))["post_id"].to_list()
    mentioned = pl.col("mentions").list.eval(pl.element().is_in(names)).list.any()
    accounts = [pl.col(name).is_in(names) for name in ("reply_to_account", "reposted_account")]
    return pl.any_horizontal(
        part.fill_null(False) for part in (mentioned, *accounts, _refers_to(own))
    )


def _refers_to(post_ids: list[str]) -> pl.Expr:
    columns = ("reply_to_post", "quoted_post", "reposted_post")
    return pl.any_horizontal(pl.col(name).is_in(post_ids).fill_null(False) for name in columns)


def _like(posts: pl.DataFrame, post_id: str) -> list[str]:
    """The ids in the data that mean this post: itself, or an address that ends in its id."""
    columns = ("reply_to_post", "quoted_post", "reposted_post")
    mentioned = pl.concat([posts[name].drop_nulls().unique() for name in columns]).unique()
    return [post_id, *mentioned.filter(mentioned.str.ends_with(f"/{post_id}")).to_list()]


def _contains(words: str) -> pl.Expr:
    if not words:
        return pl.lit(False)
    return (" " + pl.col("normal") + " ").str.contains(f" {words} ", literal=True)


def _shares(posts: pl.DataFrame, wanted: str) -> pl.Expr:
    known = posts.select(pl.col("urls").explode(empty_as_null=True).drop_nulls().unique())["urls"]
    same = [url for url in known.to_list() if canonical(url) == wanted]
    return pl.col("urls").list.eval(pl.element().is_in(same)).list.any()
