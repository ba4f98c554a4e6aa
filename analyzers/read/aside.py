"""Does beside the reading of a file what needs no Python: unpacking it and taking its SHA-256.

Both leave Python's lock alone while they work on a block, so a second core can have them. Blocks
are large, because a thread waits up to five milliseconds for the lock after each.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any, Final

from analyzers.read.limits import MIB

_BLOCK: Final = MIB
_HASHED: Final = 4 * MIB


class Ahead(io.RawIOBase):
    """Reads a stream one block ahead of who asks, in a thread; errors come where the bytes would.

    Use it as a context: leaving it waits for the block that is being read, no longer.
    """

    def __init__(self, stream: io.RawIOBase) -> None:
        self._stream = stream
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="unpack")
        self._block, self._other = bytearray(_BLOCK), bytearray(_BLOCK)
        self._left = memoryview(b"")
        self._filling: Future[int] | None = None

    def __exit__(self, *_: object) -> None:
        self._thread.shutdown(cancel_futures=True)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        if not self._left:
            self._turn()
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        return size

    def _turn(self) -> None:
        """Take the block that was being filled, and have the one that was read filled again."""
        filling = self._filling or self._thread.submit(self._fill, self._other)
        self._left = memoryview(self._other)[: filling.result()]
        self._block, self._other = self._other, self._block
        self._filling = self._thread.submit(self._fill, self._other)

    def _fill(self, block: bytearray) -> int:
        """Read as much of the stream as the block holds, less at its end."""
        whole, at = memoryview(block), 0
        while size := self._stream.readinto(whole[at:]) if at < len(whole) else 0:
            at += size
        return at


@contextmanager
def hashed(path: Path) -> Iterator[Callable[[], str]]:
    """Begin to take a file's SHA-256; what this gives waits for it, in hexadecimal.

    Leaving the context early gives it up.
    """
    given_up = Event()
    with ThreadPoolExecutor(1, thread_name_prefix="sha256") as thread:
        digest = thread.submit(_sha256, path, given_up)
        try:
            yield digest.result
        finally:
            given_up.set()


def _sha256(path: Path, given_up: Event) -> str:
    digest, block = hashlib.sha256(), bytearray(_HASHED)
    with path.open("rb", buffering=0) as file:
        while (size := file.readinto(block)) and not given_up.is_set():
            digest.update(memoryview(block)[:size])
    return digest.hexdigest()
