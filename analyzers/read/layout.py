"""Turns the rows of any table into normal form, given which column holds which field."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from analyzers.model.text import Text
from analyzers.read.cells import count_of, digits_lost, flag_of, id_of, listed, tag_of, value
from analyzers.read.claimed import settled
from analyzers.read.normal import (
    IMPOSSIBLE_TIME,
    NO_AUTHOR,
    NO_ID,
    NO_TIME,
    Account,
    Post,
    Rows,
    Skip,
    at_handle,
    client_name,
    hashtags_in,
    kind_of,
    mentions_in,
    repost_of,
    unescaped,
    urls_in,
)
from analyzers.read.times import any_time, usable

BROKEN = Text("The row has more or fewer cells than the header.")
LOST_ID = Text("Post ids have lost digits, so posts are told apart by author, time and text.")
LOST_RELATION = Text("Ids of posts replied to or reposted have lost digits and were left out.")
NO_IDS = Text("The export has no post ids: posts are told apart by author, time and text.")

POST_FIELDS = (
    "post_id", "text", "time", "received", "language", "client", "is_repost", "is_quote",
    "post_type", "reposted_post", "reposted_account", "reposted_handle", "reply_to_post",
    "reply_to_account", "reply_to_handle", "quoted_post", "mentioned_ids", "mentioned_handles",
    "hashtags", "urls", "media", "likes", "reposts", "replies",
)  # fmt: skip
ACCOUNT_FIELDS = (
    "account_id", "handle", "display_name", "account_created", "profile_language", "bio",
    "location", "followers", "following", "account_posts", "fetched_at",
)  # fmt: skip
FIELDS = POST_FIELDS + ACCOUNT_FIELDS
"""The names of the fields that a column may be said to hold."""

Cell: TypeAlias = Callable[[str], str]
"""Gives a row's cell by its column's name; "" when there is no such column."""


@dataclass(frozen=True)
class Layout:
    """Which column of a table holds which field, and how its cells are written.

    `columns` maps fields to column names. `derive` finds mentions, hashtags and links in the text
    where no column gives them. `day_first` reads 8/2/2017 as 8 February. `shift` is added to
    written times, in microseconds. `language` turns the export's name of a language into a code.
    `computed` makes a field's cell out of several. `local_accounts` says that the accounts' times
    stand in the zone of the posts'. `refine` may change what a row with a post came to, by cells
    that no field describes. `passes_over` gives the reason to skip a row that is no post.
    """

    columns: Mapping[str, str]
    split: Callable[[str], list[str]] = listed
    derive: bool = False
    day_first: bool = False
    shift: int = 0
    language: Callable[[str], str | None] = tag_of
    computed: Mapping[str, Callable[[Cell], str]] = field(default_factory=dict)
    local_accounts: bool = False
    refine: Callable[[Cell, Rows], None] | None = None
    passes_over: Callable[[Cell], Text | None] | None = None
    notes: tuple[Text, ...] = field(default=())


class TableReader:
    """Reads the rows of one table; posts when it has a text, else accounts alone."""

    def __init__(self, layout: Layout, header: Sequence[str]) -> None:
        self.layout = layout
        self._width = len(header)
        places = {name.strip().lower(): place for place, name in reversed([*enumerate(header)])}
        self._columns = places
        self._places = {
            name: places[column.strip().lower()]
            for name, column in layout.columns.items()
            if column.strip().lower() in places
        }
        computed = enumerate(layout.computed, self._width)
        self._places |= {name: place for place, name in computed}
        self._has_posts = "text" in self._places or "post_id" in self._places

    def __call__(self, row: list[str]) -> Rows:
        if len(row) != self._width:
            raise Skip(BROKEN)
        if self.layout.passes_over and (reason := self.layout.passes_over(self._named(row))):
            raise Skip(reason)
        row = self._completed(row)
        rows = Rows(used=1)
        account = self._account(row)
        if self._has_posts:
            post = self._post(row, account, rows)
            if account.fetched_at is None and "fetched_at" in self._places:
                account.fetched_at = post.created_at
            rows.posts.append(post)
            if self.layout.refine is not None:
                self.layout.refine(self._named(row), rows)
        rows.accounts.append(account)
        return rows

    def _completed(self, row: list[str]) -> list[str]:
        """The row with the cells that are made out of others at its end."""
        if not self.layout.computed:
            return row
        cell = self._named(row)
        return [*row, *(made(cell) for made in self.layout.computed.values())]

    def _named(self, row: list[str]) -> Cell:
        return lambda name: row[self._columns[name]].strip() if name in self._columns else ""

    def written_time(self, row: Sequence[str]) -> str:
        """The time of a row's post as written, "" when there is none."""
        if len(row) != self._width:
            return ""
        return self._cell(self._completed(list(row)), "time").strip()

    def _cell(self, row: list[str], name: str) -> str:
        place = self._places.get(name)
        return "" if place is None else row[place]

    def _account(self, row: list[str]) -> Account:
        cell = self._cell
        handle = value(cell(row, "handle"))
        handle = handle.lstrip("@") if handle else None
        account_id = id_of(cell(row, "account_id")) or (at_handle(handle) if handle else None)
        if not account_id or account_id == "@":
            raise Skip(NO_AUTHOR)
        name = value(cell(row, "display_name"))
        return Account(
            account_id=account_id,
            handle=None if handle == account_id else handle,  # both are a hash, not a name
            display_name=None if name == account_id else name,
            created_at=self._account_time(row),
            profile_language=value(cell(row, "profile_language")),
            bio=value(unescaped(cell(row, "bio"))),
            location=value(cell(row, "location")),
            followers=count_of(cell(row, "followers")),
            following=count_of(cell(row, "following")),
            posts=count_of(cell(row, "account_posts")),
            fetched_at=self._time(cell(row, "fetched_at")),
        )

    def _time(self, cell: str) -> int | None:
        written = value(cell)
        try:
            micros = any_time(written, self.layout.day_first) if written else None
        except (ValueError, OverflowError):
            return None
        return micros if micros is not None and usable(micros) else None

    def _account_time(self, row: list[str]) -> int | None:
        micros = self._time(self._cell(row, "account_created"))
        return micros + self.layout.shift if micros and self.layout.local_accounts else micros

    def _written_at(self, row: list[str], rows: Rows) -> int:
        if "received" in self._places:
            claimed = self._time(self._cell(row, "time"))
            claimed = None if claimed is None else claimed + self.layout.shift
            return settled(claimed, self._time(self._cell(row, "received")), rows.notes)
        written = value(self._cell(row, "time"))
        if written is None:
            raise Skip(NO_TIME)
        try:
            micros = any_time(written, self.layout.day_first) + self.layout.shift
        except (ValueError, OverflowError) as error:
            raise Skip(NO_TIME) from error
        if not usable(micros):
            raise Skip(IMPOSSIBLE_TIME)
        return micros

    def _post(self, row: list[str], account: Account, rows: Rows) -> Post:
        cell = self._cell
        written_at = self._written_at(row, rows)
        text = unescaped(cell(row, "text"))
        named = repost_of(text)
        reposted = self._relation(row, "reposted_post", rows)
        kind = value(cell(row, "post_type")) or ""
        repost = (
            reposted
            or flag_of(cell(row, "is_repost"))
            or kind.upper() in ("R", "RETWEET")
            or (named and "is_repost" not in self._places)
        )
        quoted = self._relation(row, "quoted_post", rows)
        reply_to = self._relation(row, "reply_to_post", rows)
        answered = self._account_named(row, "reply_to_account", "reply_to_handle", rows)
        reposted_account = self._account_named(row, "reposted_account", "reposted_handle", rows)
        if repost and reposted_account is None and named:
            reposted_account = at_handle(named)
        return Post(
            post_id=self._id(row, account, written_at, text, rows),
            account_id=account.account_id,
            created_at=written_at,
            text=text,
            language=self.layout.language(cell(row, "language")),
            client=client_name(value(cell(row, "client"))),
            kind=kind_of(
                repost,
                reply_to or answered,
                quoted or flag_of(cell(row, "is_quote")) or kind.upper() in ("Q", "QUOTE_TWEET"),
            ),
            reply_to_post=reply_to,
            reply_to_account=answered,
            quoted_post=quoted,
            reposted_post=reposted,
            reposted_account=reposted_account,
            mentions=self._mentions(row, text, rows),
            hashtags=self._hashtags(row, text),
            urls=self._list(row, "urls", text, urls_in),
            media=self._list(row, "media", text, None),
            likes=count_of(cell(row, "likes")),
            reposts=count_of(cell(row, "reposts")),
            replies=count_of(cell(row, "replies")),
        )

    def _id(self, row: list[str], account: Account, at: int, text: str, rows: Rows) -> str:
        """The post's id, else one derived from its author, time and text."""
        written = self._cell(row, "post_id")
        found = id_of(written)
        if found is not None:
            return found
        if digits_lost(written):
            rows.notes.append(LOST_ID)
        elif not text:
            raise Skip(NO_ID)
        elif "post_id" not in self._places:
            rows.notes.append(NO_IDS)
        key = f"{account.account_id}\x1f{at}\x1f{text}".encode()
        return f"~{hashlib.blake2b(key, digest_size=10).hexdigest()}"

    def _relation(self, row: list[str], name: str, rows: Rows) -> str | None:
        written = self._cell(row, name)
        if not written:
            return None
        if digits_lost(written):
            rows.notes.append(LOST_RELATION)
            return None
        return id_of(written)

    def _account_named(self, row: list[str], by_id: str, by_handle: str, rows: Rows) -> str | None:
        known, handle = id_of(self._cell(row, by_id)), value(self._cell(row, by_handle))
        if known and handle:
            rows.accounts.append(Account(account_id=known, handle=handle.lstrip("@")))
        return known or (at_handle(handle) if handle else None)

    def _mentions(self, row: list[str], text: str, rows: Rows) -> list[str] | None:
        split = self.layout.split
        ids = [one for cell in split(self._cell(row, "mentioned_ids")) if (one := id_of(cell))]
        handles = [name.lstrip("@") for name in split(self._cell(row, "mentioned_handles"))]
        if ids:
            if len(ids) == len(handles):
                rows.accounts.extend(
                    Account(account_id=one, handle=handle)
                    for one, handle in zip(ids, handles, strict=True)
                )
            return ids
        if handles:
            return [at_handle(handle) for handle in handles if handle]
        if {"mentioned_ids", "mentioned_handles"} & self._places.keys():
            return []
        return mentions_in(text) if self.layout.derive else None

    def _hashtags(self, row: list[str], text: str) -> list[str] | None:
        found = self._list(row, "hashtags", text, hashtags_in)
        return found and [tag.lstrip("#").lower() for tag in found]

    def _list(
        self, row: list[str], name: str, text: str, derived: Callable[[str], list[str]] | None
    ) -> list[str] | None:
        if name in self._places:
            return self.layout.split(self._cell(row, name))
        return derived(text) if derived is not None and self.layout.derive else None
