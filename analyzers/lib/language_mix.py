"""Which languages accounts write in, each account weighing the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from analyzers.lib.language_codes import folded
from analyzers.lib.measures import HANDFUL
from analyzers.lib.stats import SEED, bootstrap, wilson
from analyzers.model.text import Language, Text

if TYPE_CHECKING:
    import pandas as pd

Which: TypeAlias = Literal["own", "all"]
"""An account's own words (posts, replies, quotes), or all its posts with reposts."""

UNDETERMINED = "und"

UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my"})
"""Languages written without spaces: their words cannot be counted by cutting at spaces."""

_MERGED = {"hr": "sr", "bs": "sr", "sh": "sr", "cnr": "sr", "ms": "id"}
"""Detectors cannot tell these standard forms apart on a short text: Serbian, Croatian and Bosnian
share most words, as do Indonesian and Malay (Zampieri et al. 2017, "Findings of the VarDial
evaluation campaign"). They are one category, and nothing is read into which label came out."""

_NO_LANGUAGE = frozenset({"zxx", "mul", "art"})

_LABELS = {
    "sr": Text("Serbian, Croatian or Bosnian"),
    "id": Text("Indonesian or Malay"),
    "other": Text("other languages"),
}


def category(code: object) -> str:
    """The category of a language code: its main subtag, look-alikes merged, `und` for none.

    X's codes for posts without words (qme, qht and the like) are `und` too.

    >>> [category(code) for code in ("hr", "ms", "zh-CN", "qme", None)]
    ['sr', 'id', 'zh', 'und', 'und']
    """
    main = folded(code if isinstance(code, str) else None)
    if main is None or main in _NO_LANGUAGE or (len(main) == 3 and main.startswith("q")):
        return UNDETERMINED
    return _MERGED.get(main, main)


def categories(codes: pd.Series[str]) -> list[str]:
    """The category of each language code of a column; every code is looked at once."""
    import pandas as pd

    places, kinds = pd.factorize(codes)
    names = np.array([*map(category, kinds), UNDETERMINED], dtype=object)  # the last for no code
    named: list[str] = names[places].tolist()
    return named


def label(category: str) -> Text | Language:
    """How a category is named; merged ones name all their languages."""
    return _LABELS.get(category, Language(category))


def shares(posts: pd.DataFrame) -> pd.DataFrame:
    """Each account's shares of its posts per category: one row per account, rows sum to 1.

    `posts` has account_id and category. Accounts without posts have no row.
    """
    if posts.empty:
        return posts[[]]
    counts = posts.groupby(["account_id", "category"]).size().unstack(fill_value=0)
    return counts.div(counts.sum(axis=1), axis=0)


def ranked(table: pd.DataFrame) -> list[str]:
    """The determined categories of `shares`, most used first, ties by code."""
    means = table.mean(axis=0)
    named = [name for name in means.index if name != UNDETERMINED and means[name] > 0]
    return sorted(named, key=lambda name: (-means[name], name))


def audience(posts: pd.DataFrame) -> str | None:
    """The language in which the target is spoken about: the audience that an attack addresses.

    The most used category among posts about the target by accounts outside the cohort, or by the
    cohort when there are no others; `None` when no text has a determined language. `posts` has
    account_id, group, on_target and category.
    """
    about = posts[posts["on_target"].astype(bool)]
    ordinary = about[about["group"] != "cohort"]
    for some in (ordinary, about):
        if len(some):
            order = ranked(shares(some))
            if order:
                return order[0]
    return None


@dataclass(frozen=True)
class Side:
    """One group's posts with its accounts' language shares, in own words and with reposts.

    `posts` has account_id, organic, spoken_by, language and category.
    """

    posts: pd.DataFrame
    own: pd.DataFrame
    all: pd.DataFrame

    @classmethod
    def of(cls, posts: pd.DataFrame) -> Side:
        """Compute the shares once."""
        return cls(posts, shares(posts[posts["organic"].astype(bool)]), shares(posts))

    @property
    def own_posts(self) -> pd.DataFrame:
        """The posts that are not reposts."""
        return self.posts[self.posts["organic"].astype(bool)]

    def table(self, which: Which) -> pd.DataFrame:
        """Shares per account and category."""
        return self.own if which == "own" else self.all

    def per_account(self, name: str, which: Which = "own") -> list[float]:
        """Each account's share of one category, in the order of account ids."""
        table = self.table(which)
        return [float(x) for x in table[name]] if name in table else [0.0] * len(table)

    def mean(self, name: str) -> float:
        """The share of one category in own posts, averaged over accounts; 0 without accounts."""
        values = self.per_account(name)
        return sum(values) / len(values) if values else 0.0

    def agreeing(self) -> tuple[int, int]:
        """In how many own posts detectors and platform name one language, of those where both do.

        Posts whose language was taken from the platform's label are left out: they must agree.
        """
        own = self.own_posts
        own = own[own["spoken_by"] == "detectors"]
        labels = categories(own["language"])
        both = [
            mine == theirs
            for mine, theirs in zip(own["category"], labels, strict=True)
            if UNDETERMINED not in (mine, theirs)
        ]
        return sum(both), len(both)


def mean_interval(values: Sequence[float], seed: int = SEED) -> tuple[float | None, float | None]:
    """The 95 % interval of a mean over accounts by bootstrap; (None, None) for a handful."""
    if len(values) < HANDFUL:
        return None, None
    low, high = bootstrap([[value] for value in values], seed=seed)
    return float(low[0]), float(high[0])


def share_interval(values: Sequence[float], seed: int = SEED) -> tuple[float, float]:
    """The 95 % interval of a mean of shares over accounts; there must be at least one.

    By bootstrap of accounts; Wilson's for a handful of accounts, or where all are alike and a
    bootstrap would claim to be certain.
    """
    low, high = mean_interval(values, seed)
    if low is None or high is None or low == high:
        return wilson(min(sum(values), len(values)), len(values))
    return low, high
