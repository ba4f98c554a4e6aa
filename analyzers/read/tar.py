"""Reads one named file out of a tar archive as it streams by; nothing is ever written to the disk.

Only plain files at short names are seen, as Mastodon packs them (outbox.json, actor.json), by the
header of POSIX 1003.1 "ustar Interchange Format". Links, long names and devices are passed over.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

_BLOCK = 512
_MAGIC = b"ustar"
_PLAIN = (b"0", b"\0")
_SKIPPED = 1024 * 1024  # bytes passed over at a time


def is_tar(start: bytes) -> bool:
    """Whether a file is a tar archive, by its first 512 bytes."""
    return start[257:262] == _MAGIC


def entries(stream: io.BufferedReader[Any]) -> Iterator[tuple[str, io.RawIOBase]]:
    """Each plain file's name and content; the content must be read before the next is asked for.

    Stops at the end of the archive, and where a header is damaged.
    """
    while True:
        header = stream.read(_BLOCK)
        if len(header) < _BLOCK or not is_tar(header):
            return
        try:
            size = int(header[124:136].rstrip(b"\0 ") or b"0", 8)
            name = header[:100].rstrip(b"\0").decode()
        except ValueError:
            return
        content = _Content(stream, size)
        if header[156:157] in _PLAIN and not header[345]:
            yield name, content
        content.finish()


class _Content(io.RawIOBase):
    """The bytes of one file in the archive."""

    def __init__(self, stream: io.BufferedReader[Any], size: int) -> None:
        self._stream, self._left, self._padding = stream, max(size, 0), -size % _BLOCK

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        found = self._stream.read(min(len(buffer), self._left))
        buffer[: len(found)] = found
        self._left = self._left - len(found) if found else 0
        return len(found)

    def finish(self) -> None:
        """Pass over what was not read, and what fills the last block."""
        left = self._left + self._padding
        while left and (found := self._stream.read(min(left, _SKIPPED))):
            left -= len(found)
        self._left = 0
