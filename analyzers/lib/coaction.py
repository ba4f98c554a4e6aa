"""What accounts did alike, one layer for each way: same texts, pages, hashtags, reposts …"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from analyzers.lib.bipartite import Ties, hourly_ties, shared_ties
from analyzers.lib.public_text import public_families
from analyzers.lib.targets import canonical

if TYPE_CHECKING:
    import pandas as pd

LayerName: TypeAlias = Literal["text", "link", "hashtags", "repost", "mentions", "minute"]

SEVERAL = 2
"""Hashtags, or names, of a set that can be the same: one alone is a topic, or one well-known
person, whom every fan mentions."""

WINDOW = "h"
"""Reposts of one post count as one act within a clock hour. Studies of co-reposts take from a
minute (Schoch et al. 2022, Scientific Reports 12) to a day (Weber and Neumann 2021, Social Network
Analysis and Mining 11); an hour lets people who hand a job on do so, and parts those who only read
the same account on the same day."""


@dataclass(frozen=True)
class Layer:
    """One way of acting alike, and who is tied by it.

    `rows` are who (place among the accounts), item and post_id, each account and item once; `ties`
    the pairs of accounts that share more items than chance allows.
    """

    name: LayerName
    rows: pd.DataFrame
    ties: Ties

    @property
    def acting(self) -> int:
        """How many accounts did anything of the kind."""
        return int(self.rows["who"].nunique())


def layers(
    posts: pd.DataFrame, accounts: list[str], explained: Collection[int] = ()
) -> tuple[Layer, ...]:
    """Every layer that the data can show, in a fixed order, over the posts of `accounts`.

    `posts` has post_id, account_id, created_at, organic and, where known, text, normal, family,
    urls, hashtags, mentions and reposted_post. Reposts count in their own layer alone. Texts with a
    public source (a page, a quotation, common usage, or one of the families `explained`) are left
    out of the texts, because everyone finds them there; the page's link has its layer.
    """
    place = {account: number for number, account in enumerate(accounts)}
    kept = posts[posts["account_id"].isin(accounts)]
    kept = kept.assign(who=kept["account_id"].map(place))
    own = kept[kept["organic"].astype(bool)]
    read: tuple[tuple[LayerName, pd.DataFrame], ...] = (
        ("text", _texts(own, explained)),
        ("link", _each(own, "urls", pages)),
        ("hashtags", _each(own, "hashtags", sequence)),
        ("repost", _reposts(kept)),
        ("mentions", _each(own, "mentions", names_together)),
        ("minute", _minutes(own)),
    )
    found = []
    for name, rows in read:
        if len(rows):
            once = rows.drop_duplicates(["who", "item"])
            tied = hourly_ties if name == "minute" else shared_ties
            found.append(Layer(name, once, tied(once, len(accounts))))
    return tuple(found)


def _rows(posts: pd.DataFrame, items: object) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({"who": posts["who"], "item": items, "post_id": posts["post_id"]})


def _texts(own: pd.DataFrame, explained: Collection[int]) -> pd.DataFrame:
    """Posts with words: the family is the item, and a text of no family is one of its own."""
    if "family" not in own:
        return _rows(own[:0], [])
    left_out = {*public_families(own), *explained}
    words = (own["normal"] if "normal" in own else own["text"]).fillna("") != ""
    rows = own[words & ~own["family"].isin(left_out)]
    family = rows["family"].to_numpy()
    return _rows(rows, np.where(family >= 0, family, -1 - np.arange(len(rows))))


def _each(
    own: pd.DataFrame, column: str, items: Callable[[list[str]], Iterable[str]]
) -> pd.DataFrame:
    """A row for each item that `items` makes of the list in `column`."""
    import pandas as pd

    found = []
    if column in own:
        triples = zip(own["who"], own[column], own["post_id"], strict=True)
        found = [
            (who, item, post_id)
            for who, listed, post_id in triples
            if isinstance(listed, Iterable) and not isinstance(listed, str)
            for item in items([str(one) for one in listed])
        ]
    return pd.DataFrame(found, columns=["who", "item", "post_id"])


def pages(urls: Iterable[str]) -> list[str]:
    """The linked pages, canonical, each once."""
    return sorted({_page(url) for url in urls})


@lru_cache(maxsize=100_000)
def _page(url: str) -> str:
    return canonical(url)


def sequence(tags: list[str]) -> list[str]:
    """The hashtags in their order as one item, where there are several."""
    return [" ".join(tags)] if len(set(tags)) >= SEVERAL else []


def names_together(names: Iterable[str]) -> list[str]:
    """The set of names as one item, where there are several."""
    several = sorted(set(names))
    return [" ".join(several)] if len(several) >= SEVERAL else []


def _reposts(kept: pd.DataFrame) -> pd.DataFrame:
    if "reposted_post" not in kept:
        return _rows(kept[:0], [])
    rows = kept[kept["reposted_post"].notna() & kept["created_at"].notna()]
    return _rows(
        rows, rows["reposted_post"] + " " + rows["created_at"].dt.floor(WINDOW).astype(str)
    )


def _minutes(own: pd.DataFrame) -> pd.DataFrame:
    rows = own[own["created_at"].notna()]
    return _rows(rows, rows["created_at"].dt.floor("min"))
