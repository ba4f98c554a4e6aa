"""Telegram Desktop's export in JSON (result.json): one chat, or all chats of an account.

Fields by github.com/telegramdesktop/tdesktop, `export_output_json.cpp`. Messages are numbered
within their chat. Since late 2021 each has its time in seconds since 1970; older exports give only
the local time of the computer. Private chats stand among the others; they are never read.
"""

from __future__ import annotations

from typing import Any

from analyzers.read.head import Head
from analyzers.read.loose import Object, inner, named, number, object_of, objects, time, words
from analyzers.read.normal import (
    NO_AUTHOR,
    NO_ID,
    NO_TIME,
    NOT_A_POST,
    PRIVATE,
    Account,
    Post,
    Rows,
    Skip,
    at_handle,
    clean,
    kind_of,
)
from analyzers.read.times import any_time, usable
from analyzers.read.zones import NAIVE

_PRIVATE = {"personal_chat", "bot_chat", "saved_messages", "replies", "verify_codes"}


def detect(head: Head) -> float:
    """How surely a document is such an export, 0 to 1."""
    return max((_score(record) for record in head.records), default=0.0)


def _score(record: dict[str, Any]) -> float:
    if isinstance(inner(record, "chats").get("list"), list):
        return 0.98
    chat = isinstance(record.get("messages"), list) and {"type", "id"} <= record.keys()
    return 0.98 if chat else 0.0


def read(item: bytes) -> Rows:
    """Decode an export and make its messages normal; raises `Skip`."""
    found, rows = object_of(item), Rows()
    chats = [
        *objects(inner(found, "chats"), "list"),
        *objects(inner(found, "left_chats"), "list"),
    ]
    if isinstance(found.get("messages"), list):
        chats.append(found)
    elif not chats:
        raise Skip(NOT_A_POST)
    for chat in chats:
        _add_chat(chat, rows)
    return rows


def _add_chat(chat: Object, rows: Rows) -> None:
    messages = objects(chat, "messages")
    authors = {named(one, "id"): _author(one, chat) for one in messages}
    for message in messages:
        try:
            if chat.get("type") in _PRIVATE:
                raise Skip(PRIVATE)
            _add_message(message, chat, authors, rows)
        except Skip as skip:
            rows.skipped.append(skip.reason)
        else:
            rows.used += 1


def _author(message: Object, chat: Object) -> str | None:
    """Who wrote a message: `user123` or `channel123`; before 2021 the number stood alone."""
    found = named(message, "from_id")
    if found is not None:
        return f"user{found}" if found.isdecimal() else found
    channel = named(chat, "id") if "channel" in str(chat.get("type")) else None
    return f"channel{channel}" if channel else None


def _add_message(
    message: Object, chat: Object, authors: dict[str | None, str | None], rows: Rows
) -> None:
    if message.get("type") != "message":
        raise Skip(NOT_A_POST)
    place, room = named(message, "id"), named(chat, "id")
    author = _author(message, chat)
    if place is None or room is None:
        raise Skip(NO_ID)
    if author is None:
        raise Skip(NO_AUTHOR)
    at = _written_at(message, rows)
    forwarded = "forwarded_from" in message or "forwarded_from_id" in message
    answered = named(message, "reply_to_message_id")
    elsewhere = named(message, "reply_to_peer_id")
    pieces = _pieces(message.get("text"))
    rows.accounts.append(Account(account_id=author, display_name=words(message, "from")))
    rows.posts.append(
        Post(
            post_id=f"{room}-{place}",
            account_id=author,
            created_at=at,
            text="".join(written for _, written, _ in pieces),
            client=words(message, "via_bot"),
            kind=kind_of(forwarded, answered, None),
            reply_to_post=answered and f"{_number(elsewhere) or room}-{answered}",
            reply_to_account=None if elsewhere else authors.get(answered) if answered else None,
            reposted_account=named(message, "forwarded_from_id"),
            mentions=_mentions(pieces, rows),
            hashtags=[text.lstrip("#").lower() for kind, text, _ in pieces if kind == "hashtag"],
            urls=_urls(pieces),
            media=_media(message),
            likes=_reactions(message),
        )
    )


def _number(peer: str | None) -> str | None:
    """The number of a chat in `channel123`."""
    return peer.lstrip("abcdefghijklmnopqrstuvwxyz") if peer else None


def _written_at(message: Object, rows: Rows) -> int:
    seconds = named(message, "date_unixtime")
    if seconds is None:
        rows.notes.append(NAIVE)
        at = time(message, "date")
    else:
        try:
            at = any_time(seconds)
        except ValueError:
            at = None
    if at is None or not usable(at):
        raise Skip(NO_TIME)
    return at


def _pieces(text: object) -> list[tuple[str, str, Object]]:
    """The parts of a text, written whole or as a list: kind, text and what belongs to it."""
    pieces: list[tuple[str, str, Object]] = []
    for part in text if isinstance(text, list) else [text]:
        if isinstance(part, str):
            pieces.append(("plain", clean(part), {}))
        elif isinstance(part, dict) and isinstance(part.get("text"), str):
            pieces.append((str(part.get("type")), clean(part["text"]), part))
    return pieces


def _mentions(pieces: list[tuple[str, str, Object]], rows: Rows) -> list[str]:
    found = []
    for kind, text, part in pieces:
        if kind == "mention":
            found.append(at_handle(text))
        elif kind == "mention_name" and (known := named(part, "user_id")):
            rows.accounts.append(Account(account_id=f"user{known}", display_name=text or None))
            found.append(f"user{known}")
    return list(dict.fromkeys(found))


def _urls(pieces: list[tuple[str, str, Object]]) -> list[str]:
    found = []
    for kind, text, part in pieces:
        if kind == "link":
            found.append(text if "://" in text else f"https://{text}")
        elif kind == "text_link" and (href := words(part, "href")):
            found.append(href)
    return list(dict.fromkeys(found))


def _media(message: Object) -> list[str]:
    """The files of a message; a file that was not exported has a remark in brackets instead."""
    found = (words(message, key) for key in ("photo", "file"))
    return [path for path in found if path and not path.startswith("(")]


def _reactions(message: Object) -> int | None:
    """All reactions together, as Telegram has no like of its own."""
    if not isinstance(message.get("reactions"), list):
        return None
    return sum(number(one, "count") or 0 for one in objects(message, "reactions"))
