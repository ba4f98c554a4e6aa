"""Cuts a JSON export into items, one at a time: lines, elements of an array, or documents.

Lines are the fast path. An array, or documents written over several lines, are cut by Python's own
JSON scanner on a buffer that grows only to the largest item, so a file may be of any size.
"""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator
from typing import TypeVar

import msgspec

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from analyzers.read.limits import MIB
from analyzers.read.normal import TOO_DEEP, UNREADABLE, Skip

_CHUNK = MIB
_BETWEEN = re.compile(r"[\s,]*")
_BOM = b"\xef\xbb\xbf"
_ASSIGNED = re.compile(rb"window\.YTD\.\w{1,64}\.part\d{1,9}\s*=\s*")
"""What X writes before the JSON of its archives, to make a script of it."""
_HALF = re.compile(
    rb"(?<!\\)((?:\\\\)*)(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    rb"|(?<!\\)((?:\\\\)*)\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
)
T = TypeVar("T")


def starts_json(head: bytes) -> bool:
    """Whether a file that begins so is JSON, be it inside a script of X's archives."""
    return head[_start(head) :][:1] in (b"{", b"[")


def _start(head: bytes) -> int:
    """Where the JSON begins."""
    start = len(head) - len(head.removeprefix(_BOM).lstrip())
    assigned = _ASSIGNED.match(head, start)
    return assigned.end() if assigned else start


def items(stream: io.BufferedReader, name: str, most: int) -> Iterator[tuple[int, bytes | None]]:
    """Each item with the line it starts on; `None` for one that is cut, broken or too large.

    Raises `BadInput` when an array's element is nested too deeply for anything to read it.
    """
    head = stream.peek(_CHUNK)
    start = _start(head)
    if head[start : start + 1] == b"[":
        lines_before = head[:start].count(b"\n")
        stream.read(start + 1)
        yield from _scanned(stream, name, most, lines_before + 1)
    elif _one_per_line(head[start:]):
        yield from _lines(stream, most)
    else:
        stream.read(start)
        yield from _scanned(stream, name, most, 1 + head[:start].count(b"\n"))


def _one_per_line(head: bytes) -> bool:
    first, _, rest = head.partition(b"\n")
    try:
        msgspec.json.decode(first, type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return rest[:1] == b"{" or b"\n" not in head  # a broken or very long first line
    return True


def _lines(stream: io.BufferedReader, most: int) -> Iterator[tuple[int, bytes | None]]:
    for number, line in enumerate(iter(lambda: stream.readline(most + 1), b""), 1):
        if len(line) > most:
            while line and not line.endswith(b"\n"):
                line = stream.readline(most)
            yield number, None
            continue
        item = line.strip(b" \t\r\n\xef\xbb\xbf") if number == 1 else line.strip()
        if item:
            yield number, item


def _scanned(
    stream: io.BufferedReader, name: str, most: int, line: int
) -> Iterator[tuple[int, bytes | None]]:
    """Items of an array whose bracket was read, or documents one after another."""
    decode = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode
    scan = json.JSONDecoder().raw_decode
    text, at, ended, want = "", 0, False, _CHUNK
    while True:
        start = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]  # matches the empty too
        line += text.count("\n", at, start)
        at = start
        if at < len(text) and text[at] == "]":
            return
        try:
            _, end = scan(text, at)
        except RecursionError as error:
            raise BadInput(
                Text("{file} holds JSON that is nested too deeply to be read.", file=Code(name))
            ) from error
        except ValueError:
            if ended or len(text) - at > most:
                if at < len(text) or not ended:
                    yield line, None
                return
            chunk = stream.read(want)
            ended, want = not chunk, want * 2
            text, at = text[at:] + decode(chunk, final=ended), 0
            continue
        yield line, text[at:end].encode("utf-8", "surrogateescape")
        line += text.count("\n", at, end)
        at, want = end, _CHUNK


def decoded(decoder: msgspec.json.Decoder[T], item: bytes) -> T:
    """Decode an item, mending halves of surrogate pairs and stray bytes; raises `Skip`."""
    try:
        return decoder.decode(item)
    except RecursionError as error:
        raise Skip(TOO_DEEP) from error
    except (msgspec.DecodeError, UnicodeDecodeError):
        pass
    try:
        return decoder.decode(_mended(item))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Skip(UNREADABLE) from error


def _mended(item: bytes) -> bytes:
    item = _HALF.sub(lambda found: found[0] if found[2] else (found[3] or b""), item)
    return item.decode("utf-8", "replace").encode()
