"""A stream of bytes that are made piece by piece, as they are asked for."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any


class Chunks(io.RawIOBase):
    """Reads what an iterator gives, which may raise what reading a file may; none of it empty."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        self._left = self._left or next(self._pieces, b"")
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        return size
