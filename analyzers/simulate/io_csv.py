"""Posts as X's information-operations archive published them: minutes, plain client names, ids."""

from __future__ import annotations

import time
from collections.abc import Iterator

from analyzers.simulate.campaign import Account, Campaign, Post
from analyzers.simulate.dials import Field
from analyzers.simulate.listing import listed
from analyzers.simulate.v1 import language_code

HEADER = listed(
    """
    tweetid userid user_display_name user_screen_name user_reported_location
    user_profile_description user_profile_url follower_count following_count
    account_creation_date account_language tweet_language tweet_text tweet_time
    tweet_client_name in_reply_to_userid in_reply_to_tweetid quoted_tweet_tweetid is_retweet
    retweet_userid retweet_tweetid latitude longitude quote_count reply_count like_count
    retweet_count hashtags urls user_mentions
    """
)
USERS_HEADER = (HEADER[1], *HEADER[2:11])

CARRIED_BY: dict[Field, tuple[str, ...]] = {
    "client": ("tweet_client_name",),
    "profile_language": ("account_language",),
    "created_at": ("account_creation_date",),
}
"""The columns that stay empty when a field is missing."""


def rows(campaign: Campaign) -> Iterator[tuple[object, ...]]:
    """One row a dumped post, in the order of `HEADER`. Nobody is hashed, as for large accounts."""
    accounts = {account.account_id: account for account in campaign.accounts}
    for post in campaign.dumped:
        yield (post.post_id, *profile(accounts[post.account_id]), *_post(post))


def profile(account: Account) -> tuple[object, ...]:
    """An account in the order of `USERS_HEADER`; the archive knows the day of creation only."""
    return (
        account.account_id,
        account.display_name,
        account.handle,
        account.location,
        account.bio,
        "",
        account.followers,
        account.following,
        time.strftime("%Y-%m-%d", time.gmtime(account.created_at)),
        account.profile_language,
    )


def _post(post: Post) -> tuple[object, ...]:
    return (
        language_code(post.language),
        post.text,
        time.strftime("%Y-%m-%d %H:%M", time.gmtime(post.created_at)),
        post.client,
        post.reply_to_account or "",
        post.reply_to_post or "",
        post.quoted_post or "",
        post.kind == "repost",
        post.reposted_account or "",
        post.reposted_post or "",
        "absent",
        "absent",
        0,
        post.replies,
        post.likes,
        post.reposts,
        _bare(post.hashtags),
        _bare(post.urls),
        _quoted(post.mentions),
    )


def _bare(values: tuple[str, ...]) -> str:
    return f"[{', '.join(values)}]"


def _quoted(values: tuple[str, ...]) -> str:
    return f"[{', '.join(repr(value) for value in values)}]"
