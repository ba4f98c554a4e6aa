"""The repository of a Bluesky account, as a CAR file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from libipld import encode_dag_cbor

from analyzers.model.refusal import BadInput
from analyzers.read import Limits, read

Saved = Callable[..., Path]
Rows = Callable[..., dict[str, dict[str, Any]]]
LOU = "did:plc:lou"
POST = "app.bsky.feed.post"


def cid_of(block: bytes) -> bytes:
    return b"\x01\x71\x12\x20" + hashlib.sha256(block).digest()


def varint(number: int) -> bytes:
    out = b""
    while number >= 0x80:
        out += bytes([number & 0x7F | 0x80])
        number >>= 7
    return out + bytes([number])


def car(records: dict[str, dict[str, Any]], did: str = LOU) -> bytes:
    """A repository with one tree of two nodes, its paths shortened as the real ones are."""
    blocks: list[bytes] = []

    def put(found: dict[str, Any]) -> bytes:
        blocks.append(encode_dag_cbor(found))
        return cid_of(blocks[-1])

    def node(paths: list[str], left: bytes | None) -> bytes:
        entries, before = [], b""
        for path in (one.encode() for one in paths):
            shared = next(
                (n for n, (a, b) in enumerate(zip(before, path, strict=False)) if a != b),
                min(len(before), len(path)),
            )
            value = put(records[path.decode()])
            entries.append({"p": shared, "k": path[shared:], "v": value, "t": None})
            before = path
        return put({"l": left, "e": entries})

    paths = sorted(records)
    half = len(paths) // 2
    top = node(paths[half:], node(paths[:half], None))
    root = put({"did": did, "version": 3, "data": top, "rev": "3k", "prev": None, "sig": b"s"})
    header = encode_dag_cbor({"roots": [root], "version": 1})
    body = b"".join(varint(36 + len(block)) + cid_of(block) + block for block in blocks)
    return varint(len(header)) + header + body


def record(text: str) -> dict[str, Any]:
    return {"$type": POST, "text": text, "createdAt": "2025-03-01T08:00:00Z", "langs": ["fr"]}


REPOSITORY = {
    "app.bsky.actor.profile/self": {"displayName": "Lou", "createdAt": "2024-01-01T00:00:00Z"},
    "app.bsky.feed.like/3ka": {"subject": {"uri": f"at://did:plc:ana/{POST}/3k1"}},
    f"{POST}/3kaaa": record("Quel clown"),
    f"{POST}/3kaab": record("Quel cirque")
    | {"reply": {"parent": {"uri": f"at://did:plc:ana/{POST}/3k1"}}},
    "app.bsky.feed.repost/3kb": {
        "subject": {"uri": f"at://did:plc:ana/{POST}/3k1"},
        "createdAt": "2025-03-02T08:00:00Z",
    },
}


def test_a_repository_gives_its_posts_reposts_and_profile(saved: Saved, rows: Rows) -> None:
    data = read(saved("lou.car", car(REPOSITORY)))
    source, posts = data.sources[0], rows(data)
    assert (source.format, source.rows, source.used) == ("bluesky", 5, 4)
    assert posts[f"at://{LOU}/{POST}/3kaaa"]["text"] == "Quel clown"
    assert posts[f"at://{LOU}/{POST}/3kaab"]["reply_to_account"] == "did:plc:ana"
    assert posts[f"at://{LOU}/app.bsky.feed.repost/3kb"]["kind"] == "repost"
    assert rows(data, "accounts")[LOU]["display_name"] == "Lou"


def test_a_picture_is_named_by_its_hash(saved: Saved, rows: Rows) -> None:
    picture = {"image": {"ref": b"\x01\x55\x12\x20" + bytes(32), "mimeType": "image/jpeg"}}
    shown = record("Regarde") | {"embed": {"images": [picture]}}
    posts = rows(read(saved("lou.car", car({f"{POST}/3k": shown, f"{POST}/3l": record("a")}))))
    assert posts[f"at://{LOU}/{POST}/3k"]["media"][0].endswith("@jpeg")


def test_a_cut_file_says_so_and_keeps_what_it_can(saved: Saved) -> None:
    whole = car(REPOSITORY)
    last = car(REPOSITORY | {"app.bsky.graph.follow/3z": {"subject": "did:plc:ana"}})
    assert len(last) > len(whole)
    data = read(saved("cut.car", whole + varint(5000) + b"abc"))
    source = data.sources[0]
    assert (source.rows, source.used) == (6, 4)


def test_a_file_without_a_repository_is_refused(saved: Saved) -> None:
    header = encode_dag_cbor({"roots": [], "version": 1})
    with pytest.raises(BadInput, match="no repository"):
        read(saved("empty.car", varint(len(header)) + header))


def test_a_repository_beyond_the_limit_is_refused(saved: Saved) -> None:
    with pytest.raises(BadInput, match="repository of more than"):
        read(saved("lou.car", car(REPOSITORY)), limits=Limits(item=200))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.data())
def test_a_damaged_repository_is_read_or_refused(saved: Saved, data: st.DataObject) -> None:
    whole = bytearray(car(REPOSITORY))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(20, len(whole) - 1))
        whole[place] = data.draw(st.integers(0, 255))
    try:
        source = read(saved("damaged.car", bytes(whole))).sources[0]
    except BadInput:
        return
    assert source.rows == source.used + sum(one.count for one in source.skipped)
