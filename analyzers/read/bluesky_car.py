"""The repository of a Bluesky account in a CAR file, as anybody may download it.

A CAR file (ipld.io/specs/transport/car/carv1) is a header and then blocks, each named by a hash.
Blocks of the repository (atproto.com/specs/repository) are its signed root, which names the
account; the nodes of a search tree, which say which record stands where; and the records. Blocks
come in any order, so their bytes are kept until the tree is known.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from analyzers.read.bluesky_posts import OTHER_RECORD, POST, PROFILE, REPOST, add_record
from analyzers.read.limits import MIB, Limits
from analyzers.read.normal import NOT_A_POST, UNREADABLE, Rows, Skip
from analyzers.read.stream import Opened

_HEADER = (b"\xa2\x65roots", b"\xa2\x67version")  # CBOR: a map of two, beginning with either key
_CID = 36  # bytes of the only kind of name that repositories use: version, codec and SHA-256
_CID_START = b"\x01\x71\x12\x20"
_VARINT = 5  # bytes of a length; four would hold 256 MiB
_ITEMS = 4
"""A repository may weigh as much as this many of the largest JSON items: the most talkative
accounts' weigh about 200 MiB."""

_PATH = 1024
"""Bytes of the longest path of a record (atproto.com/specs/record-key and /nsid: 512 and 317)."""

_READ = {POST, REPOST, PROFILE}


def detect(start: bytes) -> float:
    """How surely a file is a CAR file, by its first bytes, 0 to 1."""
    return 0.99 if any(start[skip:].startswith(_HEADER) for skip in (1, 2)) else 0.0


def read(file: Opened, limits: Limits) -> Iterator[tuple[int, Rows | Skip]]:
    """Each record with its number among the records; raises `BadInput` without a repository."""
    blocks, broken = _blocks(file, limits.item * _ITEMS)
    did, root = _commit(blocks)
    if did is None or root is None:
        raise BadInput(
            Text(
                "{file} is a CAR file, but holds no repository of an account.", file=Code(file.name)
            )
        )
    place = 0
    for place, (path, cid) in enumerate(_records(blocks, root), 1):
        try:
            yield place, _record(did, path, blocks.get(cid))
        except Skip as skip:
            yield place, skip
    if broken:
        yield place + 1, Skip(UNREADABLE)


def _blocks(file: Opened, most: int) -> tuple[dict[bytes, bytes], bool]:
    """The bytes of every block by name, and whether the file breaks off."""
    blocks: dict[bytes, bytes] = {}
    total = 0
    try:
        _exactly(file.stream, _length(file.stream) or 0, most)
        while (length := _length(file.stream)) is not None:
            total += length
            if total > most:
                raise BadInput(
                    Text(
                        "{file} holds a repository of more than the {most} MiB that are read.",
                        file=Code(file.name),
                        most=most // MIB,
                    )
                )
            block = _exactly(file.stream, length, most)
            if block.startswith(_CID_START):
                blocks[block[:_CID]] = block[_CID:]
    except EOFError:
        return blocks, True
    return blocks, False


def _length(stream: io.BufferedReader) -> int | None:
    """A length, seven bits to a byte, the lowest first; `None` at the end of the file."""
    length = 0
    for place in range(_VARINT):
        byte = stream.read(1)
        if not byte:
            if place:
                raise EOFError
            return None
        length |= (byte[0] & 0x7F) << (7 * place)
        if byte[0] < 0x80:
            return length
    raise EOFError


def _exactly(stream: io.BufferedReader, length: int, most: int) -> bytes:
    if length > most:
        raise EOFError
    block = stream.read(length)
    if len(block) < length:
        raise EOFError
    return block


def _decoded(block: bytes | None) -> dict[str, Any]:
    """A block as an object; an empty one when it is something else or damaged."""
    from libipld import decode_dag_cbor

    try:
        found = decode_dag_cbor(block) if block is not None else None
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _commit(blocks: dict[bytes, bytes]) -> tuple[str | None, bytes | None]:
    """The account and the top of the tree, from the signed root, which few blocks precede."""
    for block in blocks.values():
        if b"cdid" not in block:  # the key `did`, with its length before it
            continue
        found = _decoded(block)
        did, data = found.get("did"), found.get("data")
        if isinstance(did, str) and isinstance(data, bytes) and "sig" in found:
            return did, data
    return None, None


def _records(blocks: dict[bytes, bytes], root: bytes) -> Iterator[tuple[str, bytes]]:
    """Where each record stands (`collection/key`) and its name, by walking the tree.

    A node gives each entry's path but for the `p` bytes that it shares with the one before.
    """
    waiting, seen = [root], {root}
    while waiting:
        node = _decoded(blocks.get(waiting.pop()))
        entries = [one for one in node.get("e") or () if isinstance(one, dict)]
        for cid in (node.get("l"), *(one.get("t") for one in entries)):
            if isinstance(cid, bytes) and cid not in seen:
                seen.add(cid)
                waiting.append(cid)
        path = b""
        for entry in entries:
            shared, rest, cid = entry.get("p"), entry.get("k"), entry.get("v")
            if isinstance(shared, int) and isinstance(rest, bytes) and isinstance(cid, bytes):
                path = (path[:shared] + rest)[:_PATH]
                yield path.decode(errors="replace"), cid


def _record(did: str, path: str, block: bytes | None) -> Rows:
    collection, _, key = path.partition("/")
    if collection not in _READ:
        raise Skip(OTHER_RECORD)
    record = _decoded(block)
    if not record:
        raise Skip(UNREADABLE)
    if not key:
        raise Skip(NOT_A_POST)
    rows = Rows()
    add_record(did, collection, key, record, None, rows)
    return rows
