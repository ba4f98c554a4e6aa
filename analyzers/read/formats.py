"""Every kind of export that can be read, in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from analyzers.read import (
    bluesky,
    bluesky_car,
    bluesky_tables,
    generic,
    io_archive,
    ira538,
    mastodon,
    rtweet,
    telegram,
    telegram_table,
    x_v1,
    x_v2,
)
from analyzers.read.head import Head
from analyzers.read.layout import Layout
from analyzers.read.limits import Limits
from analyzers.read.normal import Rows, Skip
from analyzers.read.stream import Opened


@dataclass(frozen=True)
class JsonFormat:
    """An export in JSON: how sure its detector is of a head, and how an item is read."""

    name: str
    detect: Callable[[Head], float]
    read: Callable[[bytes], Rows]


@dataclass(frozen=True)
class TableFormat:
    """An export as a table: how sure its detector is of a head, and where its fields stand."""

    name: str
    detect: Callable[[Head], float]
    layout: Callable[[Head], Layout]


@dataclass(frozen=True)
class BinaryFormat:
    """An export that is no text: told by its first bytes, and read row by row with its place."""

    name: str
    detect: Callable[[bytes], float]
    read: Callable[[Opened, Limits], Iterator[tuple[int, Rows | Skip]]]


BINARY_FORMATS = (BinaryFormat("bluesky_car", bluesky_car.detect, bluesky_car.read),)
JSON_FORMATS = (
    JsonFormat("x_v1", x_v1.detect, x_v1.read),
    JsonFormat("x_v2", x_v2.detect, x_v2.read),
    JsonFormat("bluesky", bluesky.detect, bluesky.read),
    JsonFormat("mastodon", mastodon.detect, mastodon.read),
    JsonFormat("telegram", telegram.detect, telegram.read),
)
GENERIC = TableFormat("generic", generic.detect, generic.layout)
TABLE_FORMATS = (
    TableFormat("io_archive", io_archive.detect, io_archive.layout),
    TableFormat("rtweet", rtweet.detect, rtweet.layout),
    TableFormat("ira538", ira538.detect, ira538.layout),
    TableFormat("bluesky_table", bluesky_tables.detect, bluesky_tables.layout),
    TableFormat("telegram_table", telegram_table.detect, telegram_table.layout),
    GENERIC,
)
"""To add an export: one file with `detect` and `read` or `layout`, and one line here."""

NAMES = tuple(one.name for one in (*JSON_FORMATS, *TABLE_FORMATS, *BINARY_FORMATS))
