"""Bluesky as tables: the CSV files of minet (posts, firehose, profiles) and of 4CAT.

minet writes posts as github.com/medialab/twitwi normalises them. Its column `text` has pictures and
quoted posts written into it; `original_text` is what the author wrote. A repost is a row with the
original post and, beside it, who reposted it when.
"""

from __future__ import annotations

from analyzers.read.bluesky_posts import did_of, language_of, repost_of
from analyzers.read.cells import piped
from analyzers.read.claimed import UNPROVEN
from analyzers.read.head import Head
from analyzers.read.layout import Cell, Layout
from analyzers.read.normal import Account, Rows
from analyzers.read.times import any_time, usable

_MINET = {"uri", "cid", "user_did", "original_text"}
_MINET_PROFILES = {"did", "handle", "follows", "feedgens"}
_FOURCAT = {"author_id", "author_display_name", "replied_to_post", "replies_allowed", "languages"}


def _language(cell: str) -> str | None:
    return language_of(cell.replace("|", ",").split(","))


def _reposted(cell: Cell, rows: Rows) -> None:
    """Turn a row that says who reposted its post into the repost, with the post as context."""
    post = rows.posts[0]
    post.reply_to_account = did_of(post.reply_to_post)
    by, at = cell("repost_by_user_did"), cell("repost_timestamp_utc")
    if not by or not at.isdigit() or not usable(micros := any_time(at)):
        return
    post.route = "context"
    rows.posts.append(repost_of(post, by, micros, None))
    rows.accounts.append(Account(account_id=by, handle=cell("repost_by_user_handle") or None))


def _named_posts(cell: Cell, rows: Rows) -> None:
    """Where the quoted post is gone, 4CAT writes so in place of its address."""
    post = rows.posts[0]
    if post.quoted_post is not None and "/" not in post.quoted_post:
        post.quoted_post = None


_POSTS = Layout(
    columns={
        "post_id": "uri",
        "account_id": "user_did",
        "handle": "user_handle",
        "display_name": "user_display_name",
        "text": "original_text",
        "time": "timestamp_utc",
        "received": "indexed_at_utc",
        "language": "user_langs",
        "reply_to_post": "to_post_uri",
        "quoted_post": "quoted_uri",
        "mentioned_ids": "mentioned_user_dids",
        "mentioned_handles": "mentioned_user_handles",
        "hashtags": "hashtags",
        "urls": "links",
        "media": "media_urls",
        "likes": "like_count",
        "reposts": "repost_count",
        "replies": "reply_count",
        "account_created": "user_timestamp_utc",
    },
    split=piped,
    language=_language,
    refine=_reposted,
    notes=(UNPROVEN,),
)
_PROFILES = Layout(
    columns={
        "account_id": "did",
        "handle": "handle",
        "display_name": "display_name",
        "bio": "description",
        "account_created": "timestamp_utc",
        "followers": "followers",
        "following": "follows",
        "account_posts": "posts",
    },
)
_FOURCAT_POSTS = Layout(
    columns={
        "post_id": "id",
        "account_id": "author_id",
        "handle": "author",
        "display_name": "author_display_name",
        "text": "body",
        "time": "created_at",
        "language": "languages",
        "reply_to_post": "replied_to_post",
        "reply_to_handle": "replied_to_user",
        "quoted_post": "quoted_post",
        "mentioned_handles": "mentions",
        "hashtags": "tags",
        "urls": "links",
        "media": "images",
        "likes": "like_count",
        "reposts": "repost_count",
        "replies": "reply_count",
        "account_created": "author_created_at",
        "fetched_at": "collected_at",
    },
    language=_language,
    refine=_named_posts,
    notes=(UNPROVEN,),
)


def detect(head: Head) -> float:
    """How surely a table holds posts or profiles of Bluesky, 0 to 1."""
    return 0.99 if _layout_of(head) is not None else 0.0


def layout(head: Head) -> Layout:
    """Where the fields stand."""
    return _layout_of(head) or _POSTS


def _layout_of(head: Head) -> Layout | None:
    for needed, found in (
        (_MINET, _POSTS),
        (_MINET_PROFILES, _PROFILES),
        (_FOURCAT, _FOURCAT_POSTS),
    ):
        if head.columns >= needed:
            return found
    return None
