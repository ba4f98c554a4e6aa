"""What the fuzzer starts from: small exports of every kind, one family of decoders at a time."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace

import polars as pl
import pyarrow as pa

from tests.read.exports import LISTENING, OBJECTS, TABLES
from tests.read.exports.sample import Export, Sample, sample

TABLE = b"id,username,text,created_at\n5,a,Quel clown,2019-02-08 10:00\n"


def small() -> Sample:
    """One post of each kind."""
    found = sample()
    kinds = {post.kind: post for post in found.posts}
    return replace(found, posts=tuple(kinds.values()))


def files(exports: dict[str, Export]) -> Iterator[bytes]:
    for export in exports.values():
        yield from export.files(small()).values()


def tables() -> Iterator[bytes]:
    yield from files(TABLES | LISTENING)
    yield TABLE
    yield b'Report:,x\n\nid;username;text;created_at\n5;a;"He ""said""\nno";8/2/2019 10:00\n'


def objects() -> Iterator[bytes]:
    yield from files(OBJECTS)
    yield b"[" * 50 + b"]" * 50


def open_networks() -> Iterator[bytes]:
    record = {"$type": "app.bsky.feed.post", "text": "Quel clown",
              "createdAt": "2025-03-01T08:00:00.000Z", "langs": ["fr"]}  # fmt: skip
    uri = "at://did:plc:lou/app.bsky.feed.post/3kaaa"
    author = {"did": "did:plc:lou", "handle": "lou.bsky.social"}
    view = {"uri": uri, "author": author, "record": record, "indexedAt": "2025-03-01T08:00:01.000Z"}
    commit = {"operation": "create", "collection": "app.bsky.feed.post", "rkey": "3k"}
    status = {"id": "1", "uri": "https://a.example/users/lou/statuses/1", "content": "<p>Oui</p>",
              "created_at": "2025-03-01T08:00:00.000Z", "visibility": "public",
              "account": {"id": "7", "acct": "lou", "url": "https://a.example/@lou"}}  # fmt: skip
    message = {"id": 1, "type": "message", "date": "2025-01-15T11:30:00", "from": "Lou",
               "from_id": "user1", "text": ["Oui ", {"type": "bold", "text": "!"}]}  # fmt: skip
    for item in (
        {"feed": [{"post": view}]},
        {"posts": [view]},
        {
            "did": "did:plc:lou",
            "time_us": 1,
            "kind": "commit",
            "commit": {**commit, "record": record},
        },
        status,
        {"orderedItems": [{"type": "Create", "object": {"id": uri, "content": "a"}}]},
        {"name": "Q", "type": "public_supergroup", "id": 9, "messages": [message]},
    ):
        yield json.dumps(item).encode()


def packed() -> Iterator[bytes]:
    yield from (pack(TABLE) for pack in (gzip.compress, bz2.compress, lzma.compress))
    yield bytes(pa.compress(TABLE, "zstd", asbytes=True))
    for name in ("posts.csv", "data/tweets.js", "outbox.json", "result.json"):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, TABLE * 3)
        yield file.getvalue()


def binaries() -> Iterator[bytes]:
    frame = pl.read_csv(TABLE)
    for write in (frame.write_parquet, _workbook):
        file = io.BytesIO()
        write(file)
        yield file.getvalue()
    yield bytes.fromhex("3aa265726f6f747381d82a5825000171122000") + bytes(31) + b"gversion\x01"


def _workbook(file: io.BytesIO) -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row></sheetData></worksheet>'
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", sheet)


FAMILIES: dict[str, Callable[[], Iterator[bytes]]] = {
    "tables": tables,
    "objects": objects,
    "open_networks": open_networks,
    "packed": packed,
    "binaries": binaries,
}
