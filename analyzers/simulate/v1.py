"""Posts as objects of the X API v1.1, one a line, with the fields real ones carry."""

from __future__ import annotations

import time
from collections.abc import Iterator

import msgspec

from analyzers.simulate.campaign import Account, Campaign, Post
from analyzers.simulate.dials import Field
from analyzers.simulate.listing import listed

_DAYS = listed("Mon Tue Wed Thu Fri Sat Sun")
_MONTHS = listed("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")
_APPS = {
    "Twitter for iPhone": "http://twitter.com/download/iphone",
    "Twitter for Android": "http://twitter.com/download/android",
    "Twitter for iPad": "http://twitter.com/#!/download/ipad",
    "Twitter Web Client": "http://twitter.com",
    "Twitter Web App": "https://mobile.twitter.com",
    "Twitter Lite": "https://mobile.twitter.com",
    "TweetDeck": "https://about.twitter.com/products/tweetdeck",
}
_OLD_CODES = {"id": "in"}
"""The v1.1 API named Indonesian by its code of before 1989."""

_CARRIED_BY: dict[Field, str] = {"profile_language": "lang", "created_at": "created_at"}
"""The keys of a user that are absent when a field is missing."""

_encoder = msgspec.json.Encoder()


def lines(campaign: Campaign) -> Iterator[bytes]:
    """Each dumped post as one line of JSON, reposted and quoted posts inside it."""
    writer = _Objects(campaign)
    for post in campaign.dumped:
        yield _encoder.encode(writer.status(post)) + b"\n"


def language_code(language: str) -> str:
    """X's own code for a language."""
    return _OLD_CODES.get(language, language)


def v1_time(second: int) -> str:
    """A time as v1.1 writes it: `Fri Feb 08 06:29:31 +0000 2019`, whatever the locale."""
    t = time.gmtime(second)
    clock = f"{t.tm_hour:02}:{t.tm_min:02}:{t.tm_sec:02}"
    return f"{_DAYS[t.tm_wday]} {_MONTHS[t.tm_mon - 1]} {t.tm_mday:02} {clock} +0000 {t.tm_year}"


def source_html(client: str) -> str:
    """The link in which v1.1 wraps a client's name."""
    address = _APPS.get(client, "https://client.example")
    return f'<a href="{address}" rel="nofollow">{client}</a>'


class _Objects:
    """Builds objects, each user and each original encoded once."""

    def __init__(self, campaign: Campaign) -> None:
        self._accounts = {account.account_id: account for account in campaign.accounts}
        self._context = {post.post_id: post for post in campaign.posts}
        self._users: dict[str, msgspec.Raw] = {}
        self._originals: dict[str, msgspec.Raw] = {}
        self._missing = campaign.missing

    def status(self, post: Post) -> dict[str, object]:
        text = post.text
        to = post.reply_to_account
        made: dict[str, object] = {
            "created_at": v1_time(post.created_at),
            "id": int(post.post_id),
            "id_str": post.post_id,
            "full_text": text,
            "truncated": False,
            "display_text_range": (0, len(text)),
            "entities": self._entities(post),
            "source": source_html(post.client),
            "in_reply_to_status_id": int(post.reply_to_post) if post.reply_to_post else None,
            "in_reply_to_status_id_str": post.reply_to_post,
            "in_reply_to_user_id": int(to) if to else None,
            "in_reply_to_user_id_str": to,
            "in_reply_to_screen_name": self._accounts[to].handle if to else None,
            "user": self._user(post.account_id),
            "geo": None,
            "coordinates": None,
            "place": None,
            "contributors": None,
            "is_quote_status": post.quoted_post is not None,
            "retweet_count": post.reposts,
            "favorite_count": post.likes,
            "favorited": False,
            "retweeted": False,
            "lang": language_code(post.language),
        }
        if "client" in self._missing:
            made["source"] = ""
        if post.urls:
            made["possibly_sensitive"] = False
        if post.reposted_post:
            made["retweeted_status"] = self._original(post.reposted_post)
        if post.quoted_post:
            made["quoted_status_id"] = int(post.quoted_post)
            made["quoted_status_id_str"] = post.quoted_post
            made["quoted_status"] = self._original(post.quoted_post)
        return made

    def _original(self, post_id: str) -> msgspec.Raw:
        if post_id not in self._originals:
            encoded = _encoder.encode(self.status(self._context[post_id]))
            self._originals[post_id] = msgspec.Raw(encoded)
        return self._originals[post_id]

    def _entities(self, post: Post) -> dict[str, object]:
        text = post.text
        return {
            "hashtags": [_hashtag(text, tag) for tag in post.hashtags],
            "symbols": [],
            "user_mentions": [self._mention(text, account) for account in post.mentions],
            "urls": list(_urls(text, post.urls)),
        }

    def _mention(self, text: str, account_id: str) -> dict[str, object]:
        account = self._accounts[account_id]
        start = max(text.find("@" + account.handle), 0)
        return {
            "screen_name": account.handle,
            "name": account.display_name,
            "id": int(account_id),
            "id_str": account_id,
            "indices": (start, start + len(account.handle) + 1),
        }

    def _user(self, account_id: str) -> msgspec.Raw:
        if account_id not in self._users:
            profile = _profile(self._accounts[account_id])
            for field in self._missing:
                profile.pop(_CARRIED_BY.get(field, ""), None)
            encoded = _encoder.encode(profile)
            self._users[account_id] = msgspec.Raw(encoded)
        return self._users[account_id]


def _hashtag(text: str, tag: str) -> dict[str, object]:
    start = text.lower().find("#" + tag)
    end = start + len(tag) + 1
    return {"text": text[start + 1 : end], "indices": (start, end)}


def _urls(text: str, pages: tuple[str, ...]) -> Iterator[dict[str, object]]:
    end = 0
    for page in pages:
        start = text.find("https://t.co/", end)
        end = text.find(" ", start) if " " in text[start:] else len(text)
        shown = page.split("://", 1)[1]
        yield {
            "url": text[start:end],
            "expanded_url": page,
            "display_url": shown if len(shown) < 28 else shown[:27] + "…",
            "indices": (start, end),
        }


def _profile(account: Account) -> dict[str, object]:
    image = f"://pbs.example/profile_images/{account.account_id}/normal.jpg"
    theme = "://abs.example/images/themes/theme1/bg.png"
    return {
        "id": int(account.account_id),
        "id_str": account.account_id,
        "name": account.display_name,
        "screen_name": account.handle,
        "location": account.location,
        "description": account.bio,
        "url": None,
        "entities": {"description": {"urls": []}},
        "protected": False,
        "followers_count": account.followers,
        "friends_count": account.following,
        "listed_count": account.followers // 90,
        "created_at": v1_time(account.created_at),
        "favourites_count": account.posts // 2,
        "utc_offset": None,
        "time_zone": None,
        "geo_enabled": False,
        "verified": account.followers > 100_000,
        "statuses_count": account.posts,
        "lang": account.profile_language,
        "contributors_enabled": False,
        "is_translator": False,
        "is_translation_enabled": False,
        "profile_background_color": "F5F8FA",
        "profile_background_image_url": "http" + theme,
        "profile_background_image_url_https": "https" + theme,
        "profile_background_tile": False,
        "profile_image_url": "http" + image,
        "profile_image_url_https": "https" + image,
        "profile_banner_url": f"https://pbs.example/profile_banners/{account.account_id}/1500000000",
        "profile_link_color": "1DA1F2",
        "profile_sidebar_border_color": "C0DEED",
        "profile_sidebar_fill_color": "DDEEF6",
        "profile_text_color": "333333",
        "profile_use_background_image": True,
        "has_extended_profile": False,
        "default_profile": True,
        "default_profile_image": False,
        "following": None,
        "follow_request_sent": None,
        "notifications": None,
        "translator_type": "none",
    }
