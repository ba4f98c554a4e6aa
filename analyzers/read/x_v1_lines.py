"""Reads many items of X's API 1.1 quickly: an author or an original that repeats is made once.

A dump gives an author's whole profile with each post, and the whole original with each repost.
Their bytes are compared with those that came in before, which costs less than reading them.
"""

from __future__ import annotations

from typing import Final, Generic, TypeVar

import msgspec

from analyzers.read import x_v1
from analyzers.read.limits import MIB
from analyzers.read.normal import Account, Rows, Skip
from analyzers.read.times import x_time
from analyzers.read.written import written
from analyzers.read.x_v1_objects import Line, Status, User

_MOST: Final = 8 * MIB
"""Bytes of authors, and of originals, that are remembered before all are forgotten: some 6,000
profiles; a simulated dump of 100,000 posts has 2,300 authors."""

_LARGEST: Final = 16 * 1024
"""Bytes of an object that is remembered. What is longer than any post is cut, with a note each
time, so nothing that could hold such a text may be remembered."""

_KEY: Final = 64
"""First bytes by which an object is looked up: the id stands there, as X writes it."""

_LINE = msgspec.json.Decoder(Line).decode
_USER = msgspec.json.Decoder(User).decode
_STATUS = msgspec.json.Decoder(Status).decode
_NULL = msgspec.Raw(b"null")

T = TypeVar("T")


class _Unusual(Exception):
    """Raised for an item that only the tolerant way tells what it is, or why it is skipped."""


class _Inner(msgspec.Struct, gc=False):
    """A post found inside another, and the rows that come with it."""

    inner: x_v1.Inner
    rows: Rows


class _Memory(Generic[T]):
    """What objects came to, found again by their bytes."""

    def __init__(self) -> None:
        self._known: dict[bytes, tuple[msgspec.Raw, T]] = {}
        self._size = 0

    def recall(self, raw: msgspec.Raw) -> T | None:
        """What the same bytes came to before."""
        known = self._known.get(bytes(memoryview(raw)[:_KEY]))
        return known[1] if known is not None and known[0] == raw else None

    def keep(self, raw: msgspec.Raw, made: T) -> None:
        """Remember what an object came to, in place of another that begins alike."""
        if len(raw) > _LARGEST:
            return
        if self._size + len(raw) > _MOST:
            self._known.clear()
            self._size = 0
        key = bytes(memoryview(raw)[:_KEY])
        before = self._known.get(key)
        self._size += len(raw) - (len(before[0]) if before is not None else 0)
        self._known[key] = raw.copy(), made


class Lines:
    """Reads items one after another, as `x_v1.read` does each of them by itself.

    Only ordinary posts go the quick way; whatever else an item is, `x_v1.read` is asked. The one
    difference: of an object that names its author or an inner post twice, which no program writes,
    only the last is looked at, where `x_v1.read` refuses the item if the first is malformed.
    """

    def __init__(self) -> None:
        self._authors = _Memory[Account]()
        self._originals = _Memory[_Inner]()

    def __call__(self, item: bytes) -> Rows:
        """Decode one item and make it normal; raises `Skip`."""
        try:
            return self._rows(item)
        except (_Unusual, Skip, msgspec.DecodeError, ValueError, RecursionError):
            return x_v1.read(item)

    def _rows(self, item: bytes) -> Rows:
        line = _LINE(item)
        post_id = x_v1.id_of(line.id_str, line.id)
        if post_id is None or line.statuses or line.users or not line.user:
            raise _Unusual
        rows = Rows(used=1)
        author = self._author(line.user)
        written_at = written(line.created_at, x_time, post_id, rows)
        original, quoted = self._found(line.retweeted_status), self._found(line.quoted_status)
        if original is not None:
            _add(original.rows, rows)
        elif quoted is not None:
            _add(quoted.rows, rows)
        x_v1.post_of(
            line,
            post_id,
            author,
            written_at,
            None if original is None else original.inner,
            None if original is not None or quoted is None else quoted.inner,
            rows,
            "query",
        )
        return rows

    def _author(self, raw: msgspec.Raw) -> Account:
        known = self._authors.recall(raw)
        if known is None:
            known = x_v1.account_of(_USER(raw))
            if known is None:
                raise _Unusual
            self._authors.keep(raw, known)
        return known

    def _found(self, raw: msgspec.Raw) -> _Inner | None:
        if not raw or raw == _NULL:
            return None
        known = self._originals.recall(raw)
        if known is None:
            rows = Rows()
            known = _Inner(x_v1.inner_of(_STATUS(raw), rows), rows)
            self._originals.keep(raw, known)
        return known


def _add(found: Rows, rows: Rows) -> None:
    rows.posts.extend(found.posts)
    rows.accounts.extend(found.accounts)
    rows.notes.extend(found.notes)
