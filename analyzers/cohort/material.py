"""What the search for accounts that act together reads: posts at the target, and what is around."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

import polars as pl

from analyzers.cohort.habits import Habits
from analyzers.lib.normal import normal, unspaced
from analyzers.lib.public_text import QUOTED
from analyzers.lib.targets import canonical

COLUMNS = ("text", "likes", "reposts", "family", "spoken")
"""Columns of `posts` read beyond those that decide what is in scope."""

_HASHTAG = r"[#＃][\w·]+"
_WORD = r"[\p{L}\p{N}]+"


@dataclass(frozen=True, slots=True)
class Piece:
    """One post of a family, with what the rules on public sources ask of it.

    `length` counts words outside hashtags (two characters a word in scripts without spaces);
    `quoted` is the share of its words within quotation marks; `seen` likes plus reposts where the
    export gives them.
    """

    post_id: str
    account: str
    at: datetime | None
    words: str
    length: int
    links: tuple[str, ...]
    tags: tuple[str, ...]
    quoted: float
    seen: int
    on_target: bool
    context: bool


@dataclass(frozen=True)
class Family:
    """Posts of like text, oldest first: those at the target by at least two accounts, and the rest.

    `elsewhere` are like posts that do not count as addressed at the target: found only through
    other posts, outside the window, or the target's own.
    """

    label: int
    pieces: tuple[Piece, ...]
    elsewhere: tuple[Piece, ...]

    @property
    def accounts(self) -> tuple[str, ...]:
        """Its accounts, in the order of their first post in it."""
        return tuple(dict.fromkeys(piece.account for piece in self.pieces))


@dataclass(frozen=True)
class Surroundings:
    """Everything around the families that could be a public source, as it is never shuffled.

    `aimed` are all posts at the target (post_id, account_id, created_at, words); `visible` posts
    of any route that other posts refer to or the targets wrote (same columns); `reposters` maps a
    post to the accounts that reposted it and when; `tag_users` a hashtag to its accounts;
    `target_tags` are hashtags that are themselves the target.
    """

    aimed: pl.DataFrame
    visible: pl.DataFrame
    reposters: dict[str, dict[str, datetime | None]]
    tag_users: dict[str, frozenset[str]]
    target_tags: frozenset[str] = frozenset()

    @cached_property
    def habits(self) -> Habits:
        """How the accounts that write about the target put words together; counted when asked."""
        return Habits(self.aimed)

    def with_texts_of(self, aimed: pl.DataFrame) -> Surroundings:
        """The same surroundings of other texts at the target, for a shuffled draw."""
        return replace(self, aimed=aimed)


def prepared(posts: pl.DataFrame) -> pl.DataFrame:
    """Add to posts their words outside hashtags, the number of these, and what is in quotes.

    `posts` has text and normal.
    """
    words = _without_hashtags(posts["text"], posts["normal"])
    return posts.with_columns(words=words, length=lengths(words), quoted=_quoted(posts["text"]))


def _without_hashtags(texts: pl.Series, normals: pl.Series) -> pl.Series:
    """The normal texts without hashtags: most have none, and theirs are known already."""
    tagged = texts.str.contains(_HASHTAG).fill_null(False)
    bare = normal(texts.filter(tagged).str.replace_all(_HASHTAG, " "))
    return normals.fill_null("").scatter(tagged.arg_true(), bare)


def _quoted(texts: pl.Series) -> pl.Series:
    """The share of each text's words within quotation marks; few texts have any."""
    quoting = texts.str.contains(QUOTED).fill_null(False)
    some = texts.filter(quoting)
    inside = some.str.extract_all(QUOTED).list.join(" ").str.count_matches(_WORD)
    everything = some.str.count_matches(_WORD).clip(lower_bound=1)
    return pl.zeros(len(texts), dtype=pl.Float64, eager=True).scatter(
        quoting.arg_true(), inside / everything
    )


def lengths(words: pl.Series) -> pl.Series:
    """The number of words of each normal text; two characters a word where none are spaced."""
    spaced = (words.str.count_matches(" ", literal=True) + (words != "")).cast(pl.Int64)
    foreign = (words.str.len_bytes() != words.str.len_chars()).fill_null(False)
    some = words.filter(foreign)
    solid = (some.str.len_chars() // 2).cast(pl.Int64)
    chosen = solid.zip_with(unspaced(some).fill_null(False), spaced.filter(foreign))
    return spaced.scatter(foreign.arg_true(), chosen).fill_null(0)


def families_of(posts: pl.DataFrame, least: int = 2) -> list[Family]:
    """The families in which at least so many accounts posted at the target, by first post.

    `posts` has the columns of `prepared` plus `family` and `on_target`.
    """
    shared = (
        posts.filter(pl.col("on_target") & (pl.col("family") >= 0))
        .group_by("family")
        .agg(pl.col("account_id").n_unique())
        .filter(pl.col("account_id") >= least)["family"]
    )
    rows = posts.filter(pl.col("family").is_in(shared.to_list())).sort("created_at", "post_id")
    found: dict[int, tuple[list[Piece], list[Piece]]] = {}
    for row in rows.iter_rows(named=True):
        pieces, elsewhere = found.setdefault(row["family"], ([], []))
        (pieces if row["on_target"] else elsewhere).append(_piece(row))
    families = [
        Family(label, tuple(pieces), tuple(elsewhere))
        for label, (pieces, elsewhere) in found.items()
    ]
    return sorted(families, key=lambda family: _age(family.pieces[0]))


def _age(piece: Piece) -> tuple[bool, float, str]:
    return (piece.at is None, piece.at.timestamp() if piece.at else 0.0, piece.post_id)


def _piece(row: dict[str, object]) -> Piece:
    links = {canonical(str(url)) for url in _list(row["urls"])}
    return Piece(
        post_id=str(row["post_id"]),
        account=str(row["account_id"]),
        at=row["created_at"] if isinstance(row["created_at"], datetime) else None,
        words=str(row["words"] or ""),
        length=_number(row["length"]),
        links=tuple(sorted(links)),
        tags=tuple(sorted({str(tag).lower() for tag in _list(row["hashtags"])})),
        quoted=float(str(row["quoted"])),
        seen=_number(row["likes"]) + _number(row["reposts"]),
        on_target=bool(row["on_target"]),
        context=row["route"] == "context",
    )


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def surroundings(posts: pl.DataFrame, keys: frozenset[str], tags: frozenset[str]) -> Surroundings:
    """Gather what could be a public source from all posts (columns of `prepared`, `on_target`)."""
    plain = ("post_id", "account_id", "created_at", "words")
    mirrored = posts.filter(pl.col("reposted_post").is_not_null())
    reposters: dict[str, dict[str, datetime | None]] = {}
    for post_id, account, at in mirrored.select(
        "reposted_post", "account_id", "created_at"
    ).iter_rows():
        reposters.setdefault(post_id, {})[account] = at
    organic = posts.filter(pl.col("organic"))
    referred = organic.join(
        pl.concat(
            [
                posts.select(post_id=pl.col(name)).drop_nulls()
                for name in ("reposted_post", "quoted_post")
            ]
        ).unique(),
        on="post_id",
        how="semi",
    )
    shown = pl.concat(
        [
            referred,
            organic.filter((pl.col("route") == "context") | pl.col("account_id").is_in(list(keys))),
        ]
    ).unique("post_id")
    users = (
        organic.select(tag=pl.col("hashtags"), account=pl.col("account_id"))
        .explode("tag", empty_as_null=True)
        .drop_nulls()
        .group_by(pl.col("tag").str.to_lowercase())
        .agg(pl.col("account").unique())
    )
    return Surroundings(
        aimed=posts.filter(pl.col("on_target")).select(plain),
        visible=shown.select(plain).sort("post_id"),
        reposters=reposters,
        tag_users={tag: frozenset(accounts) for tag, accounts in users.iter_rows()},
        target_tags=tags,
    )
