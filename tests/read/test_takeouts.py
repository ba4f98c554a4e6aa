"""Archives as Mastodon and Telegram hand them out: only the posts in them are opened."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from analyzers.model.refusal import BadInput
from analyzers.read import read

Saved = Callable[..., Path]

LOU = "https://pouet.example/users/lou"
OUTBOX = {
    "type": "OrderedCollection",
    "orderedItems": [
        {
            "id": f"{LOU}/statuses/{number}/activity",
            "type": "Create",
            "actor": LOU,
            "published": "2025-03-01T08:00:00Z",
            "to": ["https://www.w3.org/ns/activitystreams#Public"],
            "object": {"id": f"{LOU}/statuses/{number}", "content": "<p>Quel clown</p>"},
        }
        for number in (1, 2)
    ],
}
ACTOR = {
    "id": LOU,
    "type": "Person",
    "preferredUsername": "lou",
    "name": "Lou",
    "published": "2021-03-27T00:00:00Z",
}
LIKES = {"type": "OrderedCollection", "orderedItems": ["https://b.example/users/ana/statuses/9"]}
MASTODON = {
    "media_attachments/files/1/original/" + "a" * 120 + ".png": b"\x89PNG" + bytes(5000),
    "outbox.json": json.dumps(OUTBOX).encode(),
    "likes.json": json.dumps(LIKES).encode(),
    "bookmarks.json": json.dumps(LIKES).encode(),
    "actor.json": json.dumps(ACTOR).encode(),
}


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(files: dict[str, bytes], mode: str = "w:gz") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("archive.zip", zipped(MASTODON)),
        ("archive.tar.gz", tarred(MASTODON)),
        ("archive.tar", tarred(MASTODON, "w")),
    ],
)
def test_an_archive_of_mastodon_is_opened_without_its_likes(
    saved: Saved, name: str, content: bytes
) -> None:
    data = read(saved(name, content))
    assert (data.count("posts"), data.count("accounts")) == (2, 1)
    assert [one.name for one in data.sources] == [f"{name}/outbox.json", f"{name}/actor.json"]
    assert [one.used for one in data.sources] == [2, 1]


def test_files_sent_in_a_chat_are_not_taken_for_exports(saved: Saved) -> None:
    message = {"id": 1, "type": "message", "date_unixtime": "1736936400", "from_id": "user1"}
    chat = {"id": 9, "type": "private_group", "messages": [message | {"text": "Quel clown"}]}
    files = {
        "ChatExport/result.json": json.dumps(chat).encode(),
        "ChatExport/files/tweets.csv": b"id,text,user,created_at\n" + b"1,a,b,2025-01-01\n" * 9,
    }
    data = read(saved("ChatExport.zip", zipped(files)))
    assert [one.name for one in data.sources] == ["ChatExport.zip/ChatExport/result.json"]


@pytest.mark.parametrize(
    "content",
    [
        tarred({"notes.txt": b"nothing here"}),
        tarred({"outbox.json": b""}),
        tarred(MASTODON)[:200],
    ],
    ids=["no export", "an empty one", "a cut one"],
)
def test_other_tar_archives_are_refused(saved: Saved, content: bytes) -> None:
    with pytest.raises(BadInput):
        read(saved("archive.tar.gz", content))
