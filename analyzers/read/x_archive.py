"""The archive that X gives people of their own account: `tweets.js` and the public files beside it.

Posts name no author: `account.js` tells who it is, `profile.js` the bio, `note-tweet.js` the whole
of long posts. Of the account only its id, handle, name and date of creation are read; messages,
e-mail and addresses never are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from analyzers.read import x_v1
from analyzers.read.head import Head
from analyzers.read.json_items import decoded
from analyzers.read.normal import (
    NOT_A_POST,
    Account,
    Post,
    Rows,
    Skip,
    at_handle,
    kind_of,
    repost_of,
    unescaped,
)
from analyzers.read.x_v1_objects import Status, User

MEMBERS = re.compile(
    r"(?:^|/)data/(?:(?:deleted-|community-)?tweets?|note-tweet|account|profile)(?:-part\d+)?\.js$"
)
"""The only members of such an archive that are ever opened."""

_KEY = (
    100  # first characters by which a cut post and its whole text are one: no two alike by chance
)
_NOTES = 64 * 1024 * 1024  # characters of long posts kept: years of one every hour
_CUT = 200  # characters from which X cuts a post; a shorter one is whole
_STATUS = re.compile(r"https?://(?:\w+\.)?(?:twitter|x)\.com/\w{1,15}/status/(\d+)")


class _Owner(msgspec.Struct, rename="camel"):
    account_id: str | None = None
    username: str | None = None
    account_display_name: str | None = None
    created_at: str | None = None


class _Description(msgspec.Struct):
    bio: str | None = None
    location: str | None = None


class _Profile(msgspec.Struct):
    description: _Description | None = None


class _Core(msgspec.Struct):
    text: str | None = None


class _Note(msgspec.Struct):
    core: _Core | None = None


class _Item(Status):
    """An element of any of the files; posts of before 2020 have no wrapper."""

    tweet: Status | None = None
    account: _Owner | None = None
    profile: _Profile | None = None
    note: _Note | None = msgspec.field(name="noteTweet", default=None)


_ITEM = msgspec.json.Decoder(_Item, strict=False)  # numbers stand as texts there


def detect(head: Head) -> float:
    """How surely the first items come from such an archive, 0 to 1."""
    return max((_score(record) for record in head.records), default=0.0)


def _score(record: dict[str, Any]) -> float:
    tweet = record.get("tweet")
    if isinstance(tweet, dict) and {"id_str", "full_text"} <= tweet.keys():
        return 0.99
    if {"id_str", "full_text", "display_text_range"} <= record.keys() and "user" not in record:
        return 0.9
    return 0.99 if _describes(record) else 0.0


def _describes(record: dict[str, Any]) -> bool:
    account = record.get("account")
    if isinstance(account, dict) and "accountId" in account:
        return True
    return len(record) == 1 and isinstance(record.get("profile", record.get("noteTweet")), dict)


def beside(head: Head) -> bool:
    """Whether a file says what the posts' file leaves out."""
    return any(_describes(record) for record in head.records)


@dataclass
class _Archive:
    """What the other files say: who wrote, and the texts that the posts' file cuts."""

    owner: User = field(default_factory=User)
    notes: dict[str, str] = field(default_factory=dict)
    kept: int = 0

    def learn(self, item: _Item) -> None:
        owner, profile, note = item.account, item.profile, item.note
        if owner is not None:
            self.owner.id_str, self.owner.screen_name = owner.account_id, owner.username
            self.owner.name = owner.account_display_name
            self.owner.created_at = owner.created_at
        if profile is not None and profile.description is not None:
            self.owner.description = profile.description.bio
            self.owner.location = profile.description.location
        text = note.core.text if note is not None and note.core is not None else None
        if text and self.kept + len(text) <= _NOTES:
            self.kept += len(text)
            key = unescaped(text)[:_KEY]
            self.notes[key] = "" if key in self.notes else text

    def whole(self, text: str) -> str:
        note = self.notes.get(unescaped(text)[:_KEY], "") if len(text) >= _CUT else ""
        return note if len(note) > len(text) else text


def reader(name: str, items: Iterable[bytes]) -> Callable[[bytes], Rows]:
    """How the items of the file `name` are read, given those of the files that describe it.

    Raises `BadInput` when these do not tell who wrote the posts.
    """
    archive = _Archive()
    for item in items:
        try:
            archive.learn(decoded(_ITEM, item))
        except Skip:
            continue  # counted where its own file is read
    account = x_v1.account_of(archive.owner)
    if account is None:
        raise BadInput(no_authors(name))

    def read(item: bytes) -> Rows:
        return _rows(decoded(_ITEM, item), archive, account)

    return read


def no_authors(name: str) -> Text:
    """Why a file of posts that names no author is refused."""
    return Text(
        "{file} does not say who wrote its posts: name the file of accounts that came with it too.",
        file=Code(name),
    )


def _rows(item: _Item, archive: _Archive, account: Account) -> Rows:
    if item.account is not None or item.profile is not None:
        return Rows(accounts=[account], used=1)
    if item.note is not None:
        return Rows(used=1)  # its text went to the post that was cut
    status = item.tweet or item
    if status.id_str is None:
        raise Skip(NOT_A_POST)
    status.user = archive.owner
    status.full_text = archive.whole(status.full_text or "")
    rows = Rows()
    x_v1.add_statuses((status,), rows)
    for post in rows.posts:
        _relate(post, status)
    return rows


def _relate(post: Post, status: Status) -> None:
    """Tell reposts and quotes, which the archive only shows in the text and its last link."""
    named = repost_of(post.text or "")
    mentions = status.entities.user_mentions if status.entities else None
    links = status.entities.urls if status.entities else None
    if named:
        ids = {one.screen_name.lower(): one.id_str for one in mentions or () if one.screen_name}
        post.reposted_account = ids.get(named.lower()) or at_handle(named)
    elif links and (quoted := _STATUS.match(links[-1].expanded_url or "")):
        post.quoted_post = quoted[1]
    post.kind = kind_of(named, post.reply_to_post or post.reply_to_account, post.quoted_post)
