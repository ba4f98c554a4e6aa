"""Gathers normal rows into batches of columns and hands them to the dataset's writer."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import accumulate, chain

import msgspec
import polars as pl
import pyarrow as pa
from msgspec.structs import astuple

from analyzers.read.normal import Account, Post, Rows
from analyzers.tables import Writer, schema

BATCH = 20_000
"""Posts per part: about 40 MB as columns, and few enough parts for a file of millions."""


class Sink:
    """Takes normal rows; counts posts that came in before; remembers handles if asked to.

    Batches are written by a thread of its own while the next is gathered: what it does needs no
    Python, so both run at once. Use it as a context, which ends with all of it written.
    """

    def __init__(self, writer: Writer, remember: bool) -> None:
        self._writer = writer
        self._posts: list[Post] = []
        self._accounts: dict[str, Account] = {}
        self._seen: list[pl.Series] = []
        self._handles: list[pl.DataFrame] | None = [] if remember else None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sink")
        self._writing: Future[None] | None = None

    def __enter__(self) -> Sink:
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.shutdown()

    def add(self, rows: Rows) -> bool:
        """Take the rows of one item; true when a batch was full and is going to disk."""
        self._posts += rows.posts
        accounts = self._accounts
        for account in rows.accounts:
            name = account.account_id
            known = accounts.get(name)
            if known is None:
                accounts[name] = account
            elif known is not account:
                accounts[name] = newer(known, account)
        if len(self._posts) < BATCH and len(accounts) < BATCH:
            return False
        self._hand_over()
        return True

    def flush(self) -> None:
        """Hand what was gathered to the writer, and wait until it is written."""
        self._hand_over()
        self._settle()

    def _hand_over(self) -> None:
        alone = {id(post): post for post in self._posts}  # a reader may give one post many times
        posts = _frame("posts", list(alone.values()))
        accounts = _frame("accounts", list(self._accounts.values()))
        self._posts, self._accounts = [], {}
        self._settle()
        self._writing = self._thread.submit(self._write, posts, accounts)

    def _settle(self) -> None:
        if self._writing is not None:
            self._writing.result()

    def _write(self, posts: pl.DataFrame, accounts: pl.DataFrame) -> None:
        self._writer.add("posts", posts)
        self._writer.add("accounts", accounts)
        self._seen.append(posts.filter(pl.col("route") == "query")["post_id"].hash())
        if self._handles is not None:
            self._handles.append(accounts.select("account_id", "handle"))

    def repeated(self) -> int:
        """How many collected posts had come in before, since this was last asked.

        Ids are kept as 64-bit hashes, 8 bytes each: two of a million posts are mistaken for each
        other once in 37 million times, and only this count would suffer.
        """
        self.flush()
        every = pl.concat(self._seen)
        unique = every.unique()
        repeated = len(every) - len(unique)
        self._seen = [unique]
        return repeated

    def handles(self) -> pl.DataFrame:
        """The account ids of all handles, in lower case, as far as files gave both."""
        assert self._handles is not None
        frame = pl.concat(self._handles) if self._handles else _frame("accounts", [])
        return frame.drop_nulls("handle").select(
            "account_id", handle=pl.col("handle").str.to_lowercase()
        )


_SAID = tuple(set(Account.__struct_fields__) - {"account_id", "fetched_at"})
"""What an account says of itself."""


def newer(known: Account, other: Account) -> Account:
    """The better of two records of an account: the fuller one, then the later one.

    Where one of them is bare (a mention's names, a profile's bio), what it alone says is added.
    """
    if _bare(other):
        if known.handle and known.display_name:
            return known
        said = other.handle or other.display_name or other.bio
        return _filled(known, other) if said else known
    if _bare(known):
        return _filled(other, known)
    if known.fetched_at is not None and other.fetched_at is not None:
        later = other if other.fetched_at >= known.fetched_at else known
        if later.created_at is None or later.followers is None:  # half of it stood elsewhere
            return _filled(later, known if later is other else other)
        return later
    return other


def _bare(account: Account) -> bool:
    return account.followers is None and account.created_at is None


def _filled(better: Account, other: Account) -> Account:
    gaps = {
        name: value
        for name in _SAID
        if getattr(better, name) is None and (value := getattr(other, name)) is not None
    }
    return msgspec.structs.replace(better, **gaps) if gaps else better


def _frame(table: str, rows: Sequence[msgspec.Struct]) -> pl.DataFrame:
    if not rows:
        return pl.DataFrame(schema=schema(table))
    cells = dict(zip(rows[0].__struct_fields__, zip(*map(astuple, rows), strict=True), strict=True))
    columns = []
    for name, kind in schema(table).items():
        values = cells[name]
        if isinstance(kind, pl.List):
            columns.append(_lists(name, values))
        elif isinstance(kind, pl.Datetime):
            columns.append(pl.Series(name, values, dtype=pl.Int64).cast(kind))
        else:  # a count beyond 64 bits becomes null
            columns.append(pl.Series(name, values, dtype=kind, strict=kind == pl.String))
    return pl.DataFrame(columns)


def _lists(name: str, values: Sequence[list[str] | None]) -> pl.Series:
    """A column of lists from one flat column and offsets: polars takes lists one by one, slowly."""
    filled = [items or () for items in values]
    starts: list[int | None] = list(accumulate(map(len, filled), initial=0))
    for place, items in enumerate(values):
        if items is None:
            starts[place] = None
    ends = pl.Series(starts, dtype=pl.Int64).to_arrow()
    flat = pl.Series([*chain.from_iterable(filled)], dtype=pl.String)
    words = flat.to_arrow()  # pyarrow's own way in imports pandas
    return pl.Series(name, pa.LargeListArray.from_arrays(ends, words)).cast(pl.List(pl.String))
