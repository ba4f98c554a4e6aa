"""Posts as rtweet 0.7's `write_as_csv` leaves them: 90 columns, ids marked with an x."""

from __future__ import annotations

import time
from collections.abc import Iterator

from analyzers.simulate.campaign import Account, Campaign, Post
from analyzers.simulate.dials import Field
from analyzers.simulate.listing import listed
from analyzers.simulate.v1 import language_code

HEADER = listed(
    """
    user_id status_id created_at screen_name text source display_text_width reply_to_status_id
    reply_to_user_id reply_to_screen_name is_quote is_retweet favorite_count retweet_count
    hashtags symbols urls_url urls_t.co urls_expanded_url media_url media_t.co
    media_expanded_url media_type ext_media_url ext_media_t.co ext_media_expanded_url
    ext_media_type mentions_user_id mentions_screen_name lang quoted_status_id quoted_text
    quoted_created_at quoted_source quoted_favorite_count quoted_retweet_count quoted_user_id
    quoted_screen_name quoted_name quoted_followers_count quoted_friends_count
    quoted_statuses_count quoted_location quoted_description quoted_verified retweet_status_id
    retweet_text retweet_created_at retweet_source retweet_favorite_count retweet_retweet_count
    retweet_user_id retweet_screen_name retweet_name retweet_followers_count
    retweet_friends_count retweet_statuses_count retweet_location retweet_description
    retweet_verified place_url place_name place_full_name place_type country country_code
    geo_coords coords_coords bbox_coords status_url name location description url protected
    followers_count friends_count listed_count statuses_count favourites_count
    account_created_at verified profile_url profile_expanded_url account_lang profile_banner_url
    profile_background_url profile_image_url
    """
)

CARRIED_BY: dict[Field, tuple[str, ...]] = {
    "client": ("source", "quoted_source", "retweet_source"),
    "profile_language": ("account_lang",),
    "created_at": ("account_created_at",),
}
"""The columns that stay empty when a field is missing."""


def rows(campaign: Campaign) -> Iterator[tuple[object, ...]]:
    """One row a dumped post, in the order of `HEADER`; what is missing is an empty string."""
    accounts = {account.account_id: account for account in campaign.accounts}
    posts = {post.post_id: post for post in campaign.posts}
    for post in campaign.dumped:
        cells = _post(post, accounts) | _user(accounts[post.account_id])
        for prefix, other in (("quoted", post.quoted_post), ("retweet", post.reposted_post)):
            if other is not None:
                original = posts[other]
                cells |= _inner(prefix, original, accounts[original.account_id])
        yield tuple(cells.get(name, "") for name in HEADER)


def _post(post: Post, accounts: dict[str, Account]) -> dict[str, object]:
    author = accounts[post.account_id]
    to = post.reply_to_account
    return {
        "user_id": _marked(post.account_id),
        "status_id": _marked(post.post_id),
        "created_at": _time(post.created_at),
        "screen_name": author.handle,
        "text": post.text,
        "source": post.client,
        "display_text_width": len(post.text),
        "reply_to_status_id": _marked(post.reply_to_post),
        "reply_to_user_id": _marked(to),
        "reply_to_screen_name": accounts[to].handle if to else "",
        "is_quote": _flag(post.kind == "quote"),
        "is_retweet": _flag(post.kind == "repost"),
        "favorite_count": post.likes,
        "retweet_count": post.reposts,
        "hashtags": " ".join(post.hashtags),
        "urls_url": " ".join(url.split("://", 1)[1] for url in post.urls),
        "urls_t.co": " ".join(word for word in post.text.split() if word.startswith("https://t")),
        "urls_expanded_url": " ".join(post.urls),
        "mentions_user_id": " ".join(_marked(account) for account in post.mentions),
        "mentions_screen_name": " ".join(accounts[account].handle for account in post.mentions),
        "lang": language_code(post.language),
        "status_url": f"https://twitter.com/{author.handle}/status/{post.post_id}",
    }


def _user(account: Account) -> dict[str, object]:
    return {
        "name": account.display_name,
        "location": account.location,
        "description": account.bio,
        "protected": "FALSE",
        "followers_count": account.followers,
        "friends_count": account.following,
        "listed_count": account.followers // 90,
        "statuses_count": account.posts,
        "favourites_count": account.posts // 2,
        "account_created_at": _time(account.created_at),
        "verified": _flag(account.followers > 100_000),
        "account_lang": account.profile_language,
    }


def _inner(prefix: str, post: Post, author: Account) -> dict[str, object]:
    return {
        f"{prefix}_status_id": _marked(post.post_id),
        f"{prefix}_text": post.text,
        f"{prefix}_created_at": _time(post.created_at),
        f"{prefix}_source": post.client,
        f"{prefix}_favorite_count": post.likes,
        f"{prefix}_retweet_count": post.reposts,
        f"{prefix}_user_id": _marked(author.account_id),
        f"{prefix}_screen_name": author.handle,
        f"{prefix}_name": author.display_name,
        f"{prefix}_followers_count": author.followers,
        f"{prefix}_friends_count": author.following,
        f"{prefix}_statuses_count": author.posts,
        f"{prefix}_location": author.location,
        f"{prefix}_description": author.bio,
        f"{prefix}_verified": _flag(author.followers > 100_000),
    }


def _marked(number: str | None) -> str:
    """rtweet puts an x before ids, so that spreadsheets do not round them."""
    return f"x{number}" if number else ""


def _flag(value: bool) -> str:
    return "TRUE" if value else "FALSE"


def _time(second: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(second))
