"""Posts of X as the browser extension Zeeschuimer saves them: what the web page itself received.

A post may be wrapped once more when X limits its visibility. One that X no longer shows holds
nothing and is skipped.
"""

from __future__ import annotations

import msgspec

from analyzers.read import x_v1
from analyzers.read.head import Head
from analyzers.read.json_items import decoded
from analyzers.read.normal import NOT_A_POST, Rows, Skip
from analyzers.read.x_v1_objects import Entities, Extended, Status, User

_PLATFORMS = ("twitter.com", "x.com")


class _Core(msgspec.Struct):
    """Since 2025 names and the date of creation stand apart from the older fields."""

    screen_name: str | None = None
    name: str | None = None
    created_at: str | None = None


class _Place(msgspec.Struct):
    location: str | None = None


class _Person(msgspec.Struct):
    rest_id: str | None = None
    legacy: User | None = None
    core: _Core | None = None
    location: _Place | None = None


class _PersonResult(msgspec.Struct):
    result: _Person | None = None


class _Writer(msgspec.Struct):
    user_results: _PersonResult | None = None


class _Note(msgspec.Struct):
    """The whole of a text longer than 280 characters."""

    text: str | None = None
    entity_set: Entities | None = None


class _NoteResult(msgspec.Struct):
    result: _Note | None = None


class _NoteHolder(msgspec.Struct):
    note_tweet_results: _NoteResult | None = None


class _Result(msgspec.Struct):
    result: _Web | None = None


class _Legacy(Status):
    """The post's fields as in API 1.1, but for its author and what it reposts."""

    user_id_str: str | None = None
    retweeted_status_result: _Result | None = None


class _Web(msgspec.Struct):
    rest_id: str | None = None
    tweet: _Web | None = None
    core: _Writer | None = None
    user: User | None = None
    legacy: _Legacy | None = None
    source: str | None = None
    note_tweet: _NoteHolder | None = None
    quoted_status_result: _Result | None = None


class _Line(msgspec.Struct):
    source_platform: str | None = None
    timestamp_collected: int | None = None
    data: _Web | None = None


_LINE = msgspec.json.Decoder(_Line)


def detect(head: Head) -> float:
    """How surely the first items are posts of X from Zeeschuimer, 0 to 1."""
    for record in head.records:
        if {"source_platform", "data", "item_id"} <= record.keys():
            return 0.99 if record["source_platform"] in _PLATFORMS else 0.0
    return 0.0


def read(item: bytes) -> Rows:
    """Decode one line and make it normal; raises `Skip`."""
    line = decoded(_LINE, item)
    status = _status(line.data) if line.data is not None else None
    if status is None:
        raise Skip(NOT_A_POST)
    rows = Rows()
    x_v1.add_statuses((status,), rows)
    if line.timestamp_collected is not None:
        for account in rows.accounts:
            if account.followers is not None:
                account.fetched_at = line.timestamp_collected * 1000
    return rows


def _status(web: _Web | None) -> Status | None:
    """The post as API 1.1 would have given it; `None` where X shows none."""
    if web is None:
        return None
    web = web.tweet or web
    legacy = web.legacy
    if legacy is None:
        return None
    legacy.id_str = web.rest_id or legacy.id_str
    legacy.user = _user(web, legacy.user_id_str)
    legacy.source = web.source or legacy.source
    original, quoted = legacy.retweeted_status_result, web.quoted_status_result
    legacy.retweeted_status = _status(original.result) if original else None
    legacy.quoted_status = _status(quoted.result) if quoted else None
    results = web.note_tweet and web.note_tweet.note_tweet_results
    note = results.result if results else None
    if note is not None and note.text:
        legacy.extended_tweet = Extended(note.text, note.entity_set, legacy.extended_entities)
    return legacy


def _user(web: _Web, user_id: str | None) -> User | None:
    results = web.core and web.core.user_results
    person = results.result if results else None
    if person is None:
        user = web.user or User()
        user.id_str = user.id_str or user_id
        return user
    user = person.legacy or User()
    user.id_str = person.rest_id or user_id
    if person.core is not None:
        user.screen_name = person.core.screen_name or user.screen_name
        user.name = person.core.name or user.name
        user.created_at = person.core.created_at or user.created_at
    if person.location is not None:
        user.location = person.location.location or user.location
    return user
