"""Every kind of export that can be read, in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from analyzers.read import (
    academictwitter,
    apify,
    bluesky,
    bluesky_car,
    bluesky_tables,
    brandwatch,
    collection,
    generic,
    io_archive,
    ira538,
    mastodon,
    meltwater,
    minet,
    rtweet,
    rtweet1,
    snscrape,
    talkwalker,
    tcat,
    telegram,
    telegram_table,
    twarc_csv,
    twint,
    twitterscraper,
    x_4cat,
    x_archive,
    x_v1,
    x_v1_lines,
    x_v2,
    zeeschuimer,
)
from analyzers.read.head import Head
from analyzers.read.layout import Layout
from analyzers.read.limits import Limits
from analyzers.read.normal import Rows, Skip
from analyzers.read.stream import Opened


@dataclass(frozen=True)
class JsonFormat:
    """An export in JSON: how sure its detector is of a head, and how an item is read.

    `quick` begins the reading of a whole file: what it gives reads items one after another, each
    to the same rows as `read` does, and may remember what repeats.
    """

    name: str
    detect: Callable[[Head], float]
    read: Callable[[bytes], Rows]
    quick: Callable[[], Callable[[bytes], Rows]] | None = None


@dataclass(frozen=True)
class SplitJsonFormat:
    """An export in several JSON files that cannot be read one by one.

    `beside` tells the files that describe the others; `reader` is given a file's name and the items
    of those, and returns how that file's items are read.
    """

    name: str
    detect: Callable[[Head], float]
    beside: Callable[[Head], bool]
    reader: Callable[[str, Iterable[bytes]], Callable[[bytes], Rows]]


@dataclass(frozen=True)
class TableFormat:
    """An export as a table: how sure its detector is of a head, and where its fields stand.

    When the authors stand in a second table, row by row, `authors` is that table's format and
    `prefix` is what its columns are called by.
    """

    name: str
    detect: Callable[[Head], float]
    layout: Callable[[Head], Layout]
    authors: TableFormat | None = None
    prefix: str = ""


@dataclass(frozen=True)
class BinaryFormat:
    """An export that is no text: told by its first bytes, and read row by row with its place."""

    name: str
    detect: Callable[[bytes], float]
    read: Callable[[Opened, Limits], Iterator[tuple[int, Rows | Skip]]]


BINARY_FORMATS = (BinaryFormat("bluesky", bluesky_car.detect, bluesky_car.read),)
JSON_FORMATS: tuple[JsonFormat | SplitJsonFormat, ...] = (
    JsonFormat("collection", collection.detect, collection.read),
    JsonFormat("x_v1", x_v1.detect, x_v1.read, x_v1_lines.Lines),
    JsonFormat("x_v2", x_v2.detect, x_v2.read),
    JsonFormat("bluesky", bluesky.detect, bluesky.read),
    JsonFormat("mastodon", mastodon.detect, mastodon.read),
    JsonFormat("telegram", telegram.detect, telegram.read),
    JsonFormat("academictwitter", academictwitter.detect, academictwitter.read),
    JsonFormat("apify", apify.detect, apify.read),
    JsonFormat("minet", minet.detect, minet.read),
    JsonFormat("snscrape", snscrape.detect, snscrape.read),
    JsonFormat("twint", twint.detect_json, twint.read),
    JsonFormat("zeeschuimer", zeeschuimer.detect, zeeschuimer.read),
    SplitJsonFormat("x_archive", x_archive.detect, x_archive.beside, x_archive.reader),
)
_RTWEET_USERS = TableFormat("rtweet", rtweet1.detect_users, rtweet1.layout_users)
GENERIC = TableFormat("generic", generic.detect, generic.layout)
TABLE_FORMATS = (
    TableFormat("io_archive", io_archive.detect, io_archive.layout),
    TableFormat("rtweet", rtweet.detect, rtweet.layout),
    TableFormat("ira538", ira538.detect, ira538.layout),
    TableFormat("bluesky", bluesky_tables.detect, bluesky_tables.layout),
    TableFormat("telegram", telegram_table.detect, telegram_table.layout),
    TableFormat("academictwitter", academictwitter.detect_table, academictwitter.layout),
    TableFormat("minet", minet.detect_table, minet.layout),
    TableFormat("minet", minet.detect_users, minet.layout_users),
    TableFormat("rtweet", rtweet1.detect, rtweet1.layout, _RTWEET_USERS, rtweet1.USERS),
    _RTWEET_USERS,
    TableFormat("snscrape", snscrape.detect_table, snscrape.layout),
    TableFormat("tcat", tcat.detect, tcat.layout),
    TableFormat("twarc_csv", twarc_csv.detect, twarc_csv.layout),
    TableFormat("twint", twint.detect, twint.layout),
    TableFormat("twitterscraper", twitterscraper.detect, twitterscraper.layout),
    TableFormat("4cat", x_4cat.detect, x_4cat.layout),
    TableFormat("brandwatch", brandwatch.detect, brandwatch.layout),
    TableFormat("meltwater", meltwater.detect, meltwater.layout),
    TableFormat("talkwalker", talkwalker.detect, talkwalker.layout),
    GENERIC,
)
"""To add an export: one file with `detect` and `read` or `layout`, and one line here."""

NAMES = tuple(dict.fromkeys(one.name for one in (*JSON_FORMATS, *TABLE_FORMATS, *BINARY_FORMATS)))
"""What `limier inspect` calls them: several files of one tool share a name."""
