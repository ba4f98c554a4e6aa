"""Opens an export, packed or plain, within limits, and refuses what is not text."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from analyzers.read.limits import MIB, Limits

GZIP = b"\x1f\x8b"
_RATIO_FROM = 16 * MIB  # a small file of one repeated line may pack well and harm nobody
_BUFFER = MIB
_UTF16 = (b"\xff\xfe", b"\xfe\xff")

_ARCHIVES = {b"PK\x03\x04": "zip", b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"7z\xbc\xaf": "7z"}
_BINARIES = (b"\x7fELF", b"MZ", b"PAR1", b"RDX", b"RDA", b"SQLite format 3", b"%PDF", b"CDX")


@dataclass(frozen=True)
class Opened:
    """A file's unpacked bytes as a stream, its size as given and how much of that was read."""

    name: str
    stream: io.BufferedReader[Any]
    size: int
    position: Callable[[], int]


class _Unpacked(io.RawIOBase):
    """The bytes inside a gzip file, counted as they come."""

    def __init__(self, packed: io.FileIO, name: str, limits: Limits) -> None:
        self._packed, self._name, self._limits = packed, name, limits
        self._unpacked = gzip.GzipFile(fileobj=packed)
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        try:
            size = self._unpacked.readinto(buffer)
        except (EOFError, OSError, zlib.error) as error:
            raise BadInput(
                Text(
                    "{file} is a damaged or cut gzip file: download or compress it again.",
                    file=Code(self._name),
                )
            ) from error
        self._count += size
        packed = max(self._packed.tell(), 1)
        bomb = self._count > _RATIO_FROM and self._count > packed * self._limits.ratio
        if bomb or self._count > self._limits.decompressed:
            raise BadInput(
                Text(
                    "{file} unpacks to far more than it weighs, so it was refused: split it.",
                    file=Code(self._name),
                )
            )
        return size


@contextmanager
def opened(path: Path, limits: Limits) -> Iterator[Opened]:
    """Open a file for reading, unpacking gzip by its first bytes; raises `BadInput`."""
    size = _size(path, limits)
    with io.FileIO(path) as file:
        packed = file.read(2) == GZIP
        file.seek(0)
        raw = _Unpacked(file, path.name, limits) if packed else file
        yield Opened(path.name, io.BufferedReader(raw, _BUFFER), size, file.tell)


def _size(path: Path, limits: Limits) -> int:
    file = Code(path.name)
    if not path.exists():
        raise BadInput(Text("There is no file {file}.", file=file))
    if not path.is_file():
        raise BadInput(Text("{file} is not a file: name the files in it.", file=file))
    size = path.stat().st_size
    if size == 0:
        raise BadInput(Text("{file} is empty.", file=file))
    if size > limits.bytes:
        raise BadInput(
            Text(
                "{file} weighs {size} MiB, more than the {most} MiB that are read: split it.",
                file=file,
                size=size // MIB,
                most=limits.bytes // MIB,
            )
        )
    return size


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes as given, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def refuse_binary(name: str, head: bytes) -> None:
    """Raise `BadInput` when the first bytes of a file are not those of a text export."""
    file = Code(name)
    for magic, kind in _ARCHIVES.items():
        if head.startswith(magic):
            raise BadInput(
                Text(
                    "{file} is a {kind} archive: unpack it, and save spreadsheets as CSV.",
                    file=file,
                    kind=Code(kind),
                )
            )
    if head[:1] == b"\x80" and head[1:2] in b"\x01\x02\x03\x04\x05":
        raise BadInput(
            Text(
                "{file} is a Python pickle, which can run code when opened: export it again as "
                "JSON or CSV.",
                file=file,
            )
        )
    if head.startswith(_BINARIES) or (b"\0" in head[:4096] and head[:2] not in _UTF16):
        raise BadInput(Text("{file} is not a text file: export it as JSON or CSV.", file=file))
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise BadInput(
            Text("{file} is a web page or XML, not an export: save JSON or CSV.", file=file)
        )
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise BadInput(Text("{file} is empty.", file=file))
