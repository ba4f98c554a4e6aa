"""Opens an export, packed or plain, within limits, and refuses what is not text."""

from __future__ import annotations

import bz2
import hashlib
import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from analyzers.read.aside import Ahead
from analyzers.read.columnar import PARQUET, parquet_as_csv
from analyzers.read.limits import MIB, Limits
from analyzers.read.spreadsheet import START, is_workbook, workbook_as_csv
from analyzers.read.tar import entries, is_tar

_GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
_BZIP2 = b"BZh"
_XZ = b"\xfd7zXZ"
_ZSTD = b"\x28\xb5\x2f\xfd"
_XZ_MEMORY = 128 * MIB  # twice what unpacking the strongest preset, -9, takes (xz(1))
_BUFFER = MIB
_LOOKED_AT = 256 * MIB  # bytes unpacked, a second's work, to say whether a strange file is whole
_UTF16 = (b"\xff\xfe", b"\xfe\xff")

_ARCHIVES = {b"PK": "zip", b"7z\xbc\xaf": "7z", b"Rar!": "rar"}
_PICKLE = re.compile(
    rb"\x80[\x01-\x05]|[(\]}l]+[ldt]?[pq][\d\0]|c[\w.]+\n[\w.]+\n[p(]|\(i[\w.]+\n[\w.]+\n"
)
"""How Python's pickles begin: by a version, or, before Python 2.3, a list, a mapping or a class."""

_BINARIES = (b"\x7fELF", b"MZ", b"PAR1", b"RDX", b"RDA", b"SQLite format 3", b"%PDF", b"CDX")


@dataclass(frozen=True)
class Opened:
    """A file's unpacked bytes as a stream, its size as given and how much of that was read."""

    name: str
    stream: io.BufferedReader[Any]
    size: int
    position: Callable[[], int]
    packed: bool = False

    def refuse_if_damaged(self) -> None:
        """Raise `BadInput` when the rest of a packed file cannot be unpacked.

        What is cut or damaged may look like anything: that is the better reason to refuse it.
        """
        left = _LOOKED_AT if self.packed else 0
        while left > 0 and (block := self.stream.read(_BUFFER)):
            left -= len(block)


class _Gzip:
    """Unpacks gzip as bz2 and lzma unpack theirs: in large blocks, and checking its checksum."""

    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(zlib.MAX_WBITS | 16)  # 16 stands for gzip's own header

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def unused_data(self) -> bytes:
        return self._zlib.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._zlib.unconsumed_tail

    def decompress(self, data: bytes, most: int) -> bytes:
        return self._zlib.decompress(self._zlib.unconsumed_tail or data, most)


class _Blocks(io.RawIOBase):
    """The bytes inside a gzip, bzip2 or xz file, never more at once than were asked for."""

    def __init__(
        self,
        packed: io.RawIOBase,
        start: Callable[[], _Gzip | bz2.BZ2Decompressor | lzma.LZMADecompressor],
    ) -> None:
        self._packed, self._start, self._unpacker = packed, start, start()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        while True:
            data = b""
            if self._unpacker.eof:  # another file may follow, or zeros that fill the last block
                data = self._unpacker.unused_data.lstrip(b"\0")
                while not data:
                    data = self._packed.read(_BUFFER) or b""
                    if not data:
                        return 0
                    data = data.lstrip(b"\0")
                self._unpacker = self._start()
            elif self._unpacker.needs_input:
                data = self._packed.read(_BUFFER) or b""
                if not data:
                    raise EOFError
            found = self._unpacker.decompress(data, len(buffer))
            if found:
                buffer[: len(found)] = found
                return len(found)


class _Unpacked(io.RawIOBase):
    """The bytes inside a packed file, counted as they come; `packed` is how many it took."""

    def __init__(self, unpacked: Any, packed: Callable[[], int], name: str, limits: Limits) -> None:
        self._unpacked, self._packed, self._name, self._limits = unpacked, packed, name, limits
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        try:
            size: int = self._unpacked.readinto(buffer)
        except _DAMAGE as error:
            raise _damaged(self._name) from error
        self._count += size
        if self._limits.overflown(self._count, self._packed()):
            raise overflow(self._name)
        return size


def _damaged(name: str) -> BadInput:
    return BadInput(
        Text(
            "{file} is a damaged or cut compressed file: download or compress it again.",
            file=Code(name),
        )
    )


def overflow(name: str) -> BadInput:
    """The answer to a packed file that would fill the memory or the time."""
    return BadInput(
        Text(
            "{file} unpacks to far more than it weighs, so it was refused: split it.",
            file=Code(name),
        )
    )


_DAMAGE = (EOFError, OSError, MemoryError, zlib.error, lzma.LZMAError, zipfile.BadZipFile)
"""What unpackers raise; xz raises MemoryError for a file that asks for more than it may have."""


_CLAIMS = (KeyError, RuntimeError, ValueError, struct.error)
"""What `zipfile` raises beside for a member whose two headers say different things."""


@contextmanager
def opened(
    path: Path, limits: Limits, member: str = "", *, ahead: bool = False
) -> Iterator[Opened]:
    """Open a file, unpacked by its first bytes, or a member of an archive; raises `BadInput`.

    `ahead` unpacks what comes next in a thread, while what came is being read.
    """
    size = _size(path, limits)
    with ExitStack() as stack:
        file = stack.enter_context(io.FileIO(path))
        name, raw = path.name, _unpacker(file)
        packed: Callable[[], int] = file.tell
        start = file.read(START)
        zipped = start.startswith(ZIP)
        file.seek(0)
        if member and zipped:
            archive = stack.enter_context(zipfile.ZipFile(path))
            name = f"{name}/{member}"
            try:
                raw = stack.enter_context(archive.open(member))
            except (*_DAMAGE, *_CLAIMS) as error:
                raise _damaged(name) from error
            taken = archive.getinfo(member).compress_size
            packed = lambda: taken  # noqa: E731 - a zip tells how much a member takes, not where it is
        if zipped and not member and is_workbook(start):
            raw = workbook_as_csv(path, limits)
            packed = lambda: size  # noqa: E731 - it was weighed before it was opened
        if raw is not None:
            large = isinstance(raw, _Blocks)
            raw = _Unpacked(raw, packed, name, limits)
            if ahead and large:
                raw = stack.enter_context(Ahead(raw))
        stream = io.BufferedReader(raw or file, _BUFFER)
        if member and not zipped:
            name, stream = f"{name}/{member}", _inside_tar(stream, member, name)
        yield Opened(name, stream, size, file.tell, packed=raw is not None)


def _inside_tar(
    stream: io.BufferedReader[Any], member: str, name: str
) -> io.BufferedReader[io.RawIOBase]:
    for found, content in entries(stream):
        if found == member:
            return io.BufferedReader(content, _BUFFER)
    raise BadInput(Text("{file} is empty.", file=Code(f"{name}/{member}")))


def _unpacker(file: io.FileIO) -> Any:
    """What unpacks a file, by its first bytes; `None` for one that is not packed."""
    start = file.read(6)
    file.seek(0)
    if start.startswith(_GZIP):
        return _Blocks(file, _Gzip)
    if start.startswith(_BZIP2):
        return _Blocks(file, bz2.BZ2Decompressor)
    if start.startswith(_XZ):
        return _Blocks(file, lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY))
    if start.startswith(PARQUET):
        return parquet_as_csv(file)
    if start.startswith(_ZSTD):
        import pyarrow as pa

        return pa.CompressedInputStream(pa.PythonFile(file), "zstd")
    return None


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
    for magic, kind in (*_ARCHIVES.items(), (b"", "tar")):
        if is_tar(head) if kind == "tar" else head.startswith(magic):
            raise BadInput(
                Text(
                    "{file} is a {kind} archive: unpack it, and save spreadsheets as CSV.",
                    file=file,
                    kind=Code(kind),
                )
            )
    if head.startswith((_GZIP, _BZIP2, _XZ, _ZSTD)):
        raise BadInput(
            Text(
                "{file} is compressed more than once: unpack it and give what is in it.", file=file
            )
        )
    if _PICKLE.match(head):
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
