"""The archives of state-linked operations that X published until 2021, posts and users files.

Accounts with fewer than 5,000 followers stand under a hash in place of id, handle and name.
"""

from __future__ import annotations

from analyzers.read.head import Head
from analyzers.read.layout import Layout

_SIGNATURE = {"tweetid", "userid", "tweet_text", "tweet_client_name"}
_USERS = {"userid", "account_creation_date", "account_language"}

_LAYOUT = Layout(
    columns={
        "post_id": "tweetid",
        "account_id": "userid",
        "handle": "user_screen_name",
        "display_name": "user_display_name",
        "text": "tweet_text",
        "time": "tweet_time",
        "language": "tweet_language",
        "client": "tweet_client_name",
        "is_repost": "is_retweet",
        "reposted_post": "retweet_tweetid",
        "reposted_account": "retweet_userid",
        "reply_to_post": "in_reply_to_tweetid",
        "reply_to_account": "in_reply_to_userid",
        "quoted_post": "quoted_tweet_tweetid",
        "mentioned_ids": "user_mentions",
        "hashtags": "hashtags",
        "urls": "urls",
        "likes": "like_count",
        "reposts": "retweet_count",
        "replies": "reply_count",
        "account_created": "account_creation_date",
        "profile_language": "account_language",
        "bio": "user_profile_description",
        "location": "user_reported_location",
        "followers": "follower_count",
        "following": "following_count",
    }
)


def detect(head: Head) -> float:
    """How surely a table is such an archive, 0 to 1."""
    if head.columns >= _SIGNATURE:
        return 0.99
    return 0.97 if head.columns >= _USERS and "tweetid" not in head.columns else 0.0


def layout(head: Head) -> Layout:
    """Where the fields stand."""
    return _LAYOUT
