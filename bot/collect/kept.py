"""Every page that was fetched, kept in a folder as evidence, and found again so that it costs once.

The folder holds two files that only ever grow:

- `pages.jsonl.gz`: one JSON object a page, each packed on its own, so that it is one gzip file to
  any program and can still be opened at any page. `analyzers.read.collection` says what is in it.
- `index.jsonl`: for each page its address, where it stands in the first file, and its SHA-256.

A page is kept once its line in the index is whole. What a kill left behind that line is cut off
when the folder is opened again: that page alone is asked for anew.
"""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

import msgspec

from analyzers.model.text import Code, Text
from bot.collect.http import Answer
from bot.hold import hold

PAGES, INDEX = "pages.jsonl.gz", "index.jsonl"

FORMAT = "limier.page/1"
"""The first key of every page, by which `analyzers.read` knows the file."""

_LEVEL = 6  # gzip's own default: a page of JSON packs eightfold, at 30 MB/s


class Line(msgspec.Struct):
    """One line of the index: a page's address, its place in bytes, and what it is."""

    address: str
    offset: int
    length: int
    sha256: str
    status: int
    at: datetime


class Kept(msgspec.Struct, omit_defaults=True):
    """A page as it stands in the file.

    `route` says how its posts came in (query, timeline, context), else what else it is; `of` is the
    account whose timeline or followers it shows. `sha256` is of the body's bytes as they came,
    which `body64` holds where they are no UTF-8.
    """

    limier: str
    platform: str
    route: str
    of: str
    address: str
    status: int
    at: datetime
    sha256: str
    link: str | None = None
    body: str = ""
    body64: str = ""

    def answer(self) -> Answer:
        """The answer that was kept."""
        body = base64.b64decode(self.body64) if self.body64 else self.body.encode()
        return Answer(self.address, self.status, body, self.at, self.link)


_LINES = msgspec.json.Decoder(Line)
_PAGE = msgspec.json.Decoder(Kept)
_WRITE = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class Label:
    """What a page is: its platform, how its posts come in, whose it is."""

    platform: str
    route: str
    of: str = ""


class KeptPages:
    """The pages of one collection. Open it with `KeptPages.at`; close it when done."""

    def __init__(self, folder: Path, index: IO[bytes], pages: IO[bytes]) -> None:
        self._folder, self._index, self._pages = folder, index, pages
        self._places: dict[str, tuple[int, int]] = {}
        """For each page's address where it stands in the file, and its length, in bytes."""
        self._writing = asyncio.Lock()

    @classmethod
    def at(cls, folder: Path) -> KeptPages:
        """Open a folder's pages for more, having cut off what a kill left unfinished.

        Raises `BadInput` when another process is collecting into the folder.
        """
        folder.mkdir(parents=True, exist_ok=True)
        index = (folder / INDEX).open("ab+")
        _hold(index, folder)
        kept = cls(folder, index, (folder / PAGES).open("ab+"))
        kept._recover()
        return kept

    def _recover(self) -> None:
        self._index.seek(0)
        size, whole, end = self._pages.seek(0, os.SEEK_END), 0, 0
        for raw in self._index:
            try:
                line = _LINES.decode(raw)
            except msgspec.DecodeError:
                break
            if not raw.endswith(b"\n") or line.offset != end or line.offset + line.length > size:
                break
            self._places[line.address] = (line.offset, line.length)
            whole, end = whole + len(raw), line.offset + line.length
        self._index.truncate(whole)
        self._pages.truncate(end)
        self._end = end

    def close(self) -> None:
        """Make sure that all of it is on the disk itself, and let the folder go."""
        for file in (self._pages, self._index):
            file.flush()
            os.fsync(file.fileno())
            file.close()

    def __len__(self) -> int:
        return len(self._places)

    async def find(self, address: str) -> Answer | None:
        """The page at an address, if it is kept."""
        place = self._places.get(address)
        if place is None:
            return None
        return (await asyncio.to_thread(_page_at, self._folder / PAGES, *place)).answer()

    async def keep(self, answer: Answer, label: Label) -> None:
        """Keep a page; it is kept for good once this returns, even if the process is killed."""
        async with self._writing:
            await asyncio.to_thread(self._write, answer, label)

    def _write(self, answer: Answer, label: Label) -> None:
        sha256 = hashlib.sha256(answer.body).hexdigest()
        page = _packed(answer, label, sha256)
        line = Line(answer.address, self._end, len(page), sha256, answer.status, answer.at)
        self._pages.write(page)
        self._pages.flush()
        self._index.write(_WRITE.encode(line) + b"\n")
        self._index.flush()
        self._places[answer.address] = (self._end, len(page))
        self._end += len(page)


def _packed(answer: Answer, label: Label, sha256: str) -> bytes:
    """A page as it is written: one JSON object and a line's end, packed."""
    try:
        body, body64 = answer.body.decode(), ""
    except UnicodeDecodeError:
        body, body64 = "", base64.b64encode(answer.body).decode()
    kept = Kept(
        FORMAT,
        label.platform,
        label.route,
        label.of,
        answer.address,
        answer.status,
        answer.at,
        sha256,
        answer.link,
        body,
        body64,
    )
    return gzip.compress(_WRITE.encode(kept) + b"\n", _LEVEL, mtime=0)


def _page_at(path: Path, offset: int, length: int) -> Kept:
    with path.open("rb") as file:
        file.seek(offset)
        return _PAGE.decode(gzip.decompress(file.read(length)))


def _hold(file: IO[bytes], folder: Path) -> None:
    taken = Text(
        "Another collection is being written to {folder}: wait for it, or name another folder.",
        folder=Code(str(folder)),
    )
    with suppress(OSError):  # some file systems of networks know no locks
        hold(file, taken)
