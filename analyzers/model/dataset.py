"""What was collected: tables of posts and accounts on disk, and where every row came from.

A `Dataset` names its tables and describes them; it holds no rows, so it travels cheaply between
processes. `analyzers.tables` reads and writes the rows. All ids are strings, all times UTC. A
field that an export does not carry is absent (null), never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeAlias

from analyzers.model.text import Text

ColumnType: TypeAlias = Literal["text", "texts", "time", "count", "flag", "number"]
"""`texts` is a list of strings, `count` a 64-bit integer, `time` UTC in microseconds."""

TABLES: dict[str, dict[str, ColumnType]] = {
    "posts": {
        "post_id": "text",
        "account_id": "text",
        "created_at": "time",
        "text": "text",
        "language": "text",
        "client": "text",
        "kind": "text",
        "reply_to_post": "text",
        "reply_to_account": "text",
        "quoted_post": "text",
        "reposted_post": "text",
        "reposted_account": "text",
        "mentions": "texts",
        "hashtags": "texts",
        "urls": "texts",
        "media": "texts",
        "likes": "count",
        "reposts": "count",
        "replies": "count",
        "route": "text",
    },
    "accounts": {
        "account_id": "text",
        "handle": "text",
        "display_name": "text",
        "created_at": "time",
        "profile_language": "text",
        "bio": "text",
        "location": "text",
        "followers": "count",
        "following": "count",
        "posts": "count",
        "fetched_at": "time",
    },
    "follows": {
        "follower": "text",
        "followed": "text",
        "fetched_at": "time",
        "position": "count",
    },
    "statuses": {"account_id": "text", "checked_at": "time", "status": "text"},
    "collected": {
        "account_id": "text",
        "scope": "text",
        "since": "time",
        "until": "time",
        "complete": "flag",
    },
}
"""Every table and its columns, in order.

`posts.kind` is post, reply, quote or repost. `posts.route` says how a post came in: query (it
matched a search), timeline (its author was collected) or context (another post refers to it).
`mentions`, `reply_to_account` and `reposted_account` hold account ids where the export gives them,
else `@handle` in lower case. An author without an id has `@handle` in lower case as account id.
`accounts` may also hold accounts that are only mentioned. Hashtags are lower case without #.
"""

ENRICHED: dict[str, ColumnType] = {
    "post_id": "text",
    "normal": "text",
    "spoken": "text",
    "spoken_by": "text",
    "organic": "flag",
    "family": "count",
}
"""Columns derived once per post by `analyzers.enrich`, row for row with `posts`.

`normal` is the normal text; `spoken` the language decided on (ISO 639-1, or `und`); `spoken_by`
the reason (detectors, platform, none); `organic` is false for reposts; `family` is the label of
the near-duplicate family among organic posts, -1 for none.
"""

KINDS = ("post", "reply", "quote", "repost")
ROUTES = ("query", "timeline", "context")
STATUSES = ("active", "suspended", "deactivated", "deleted", "protected", "renamed")


@dataclass(frozen=True, slots=True)
class Skipped:
    """Rows of a source that could not be used: why, how many, where the first one stands."""

    reason: Text
    count: int
    first_line: int | None = None


@dataclass(frozen=True, slots=True)
class TimeZone:
    """The time zone in which a source's times were read, and what speaks for it."""

    assumed: str
    evidence: Text


@dataclass(frozen=True, slots=True)
class Source:
    """One file or collection that rows came from.

    `rows` = `used` + every skipped row; `confidence` (0 to 1) is the detector's for `format`.
    """

    name: str
    format: str
    sha256: str
    rows: int
    used: int
    skipped: tuple[Skipped, ...] = ()
    time_zone: TimeZone | None = None
    confidence: float = 1.0
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Dataset:
    """Tables of posts and accounts in a directory, named by a digest of their logical content."""

    directory: Path = field(compare=False)
    digest: str
    rows: tuple[tuple[str, int], ...]
    authors: int
    present: tuple[tuple[str, float], ...]
    first: datetime | None
    last: datetime | None
    sources: tuple[Source, ...] = field(compare=False, default=())

    def count(self, table: str) -> int:
        """The number of rows of a table, 0 when the dataset does not have it."""
        return dict(self.rows).get(table, 0)

    def share(self, column: str) -> float:
        """The share of rows in which a column such as `posts.client` has a value, 0 to 1."""
        return dict(self.present).get(column, 0.0)

    def has(self, column: str) -> bool:
        """Whether at least one row has a value for a column such as `posts.client`."""
        return self.share(column) > 0
