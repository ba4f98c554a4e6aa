"""Each account's languages week by week, and when it took up the audience's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from analyzers.lib.by_account import places
from analyzers.lib.change_points import change_points
from analyzers.lib.language_mix import UNDETERMINED, categories

if TYPE_CHECKING:
    import pandas as pd

WEEK = 7 * 86_400.0
_DAY = 86_400.0
_MONDAY = 4 * _DAY  # 1 January 1970 was a Thursday

BEFORE = 10
"""Days in a language, counted once per day and language, that an account needs before the window:
with fewer, one week more or less makes its mix."""

AFTER = 3
"""And since the window began: a switch of fewer days than that is a quotation."""

RISE = 0.1
"""The audience's language must gain ten points of the mix: below that a change, however sure, is
no switch to a reader."""

MOSTLY = 0.5
"""An account that wrote mostly in the audience's language before cannot take it up."""


@dataclass(frozen=True)
class Weeks:
    """One account's own writing: `counts` of days per (week, category), weeks from `first` on.

    `first` is the Monday (UTC seconds) of its first week; a day counts once per language, so that
    a run of posts does not pass for a change of habit. `before` and `since` count those days before
    the window and from its start; `before_share` and `since_share` are the audience's language's
    share of them. `rises` are the moments at which the audience's language gained ten points.
    `changes` are those at which the whole mix changed. `post` is the first own post in the
    audience's language since the window began.
    """

    account_id: str
    first: float
    categories: tuple[str, ...]
    counts: NDArray[np.float64]
    before: int
    since: int
    before_share: float
    since_share: float
    rises: tuple[float, ...]
    changes: tuple[float, ...]
    post: str | None

    @property
    def judged(self) -> bool:
        """Whether there is enough on both sides of the window's start to see a switch."""
        return self.before >= BEFORE and self.since >= AFTER

    @property
    def able(self) -> bool:
        """Whether it wrote mostly in other languages before, so that it could switch."""
        return self.before_share < MOSTLY

    def shares(self, week: int) -> NDArray[np.float64]:
        """The shares of the categories in one week; noughts for a week without words."""
        row: NDArray[np.float64] = self.counts[week]
        return row / max(float(row.sum()), 1.0)

    def at(self, week: int) -> datetime:
        """When a week begins."""
        return datetime.fromtimestamp(self.first, UTC) + timedelta(weeks=week)

    def rose(self, since: float, until: float) -> float | None:
        """The first moment between two others at which the audience's language rose.

        A week that holds `since` counts as within.
        """
        return next((at for at in self.rises if since - WEEK < at <= until), None)


def weeks(posts: pd.DataFrame, audience: str, since: float) -> list[Weeks]:
    """The weeks of each account with own posts in a determined language, by account id.

    `posts` has post_id, account_id, at (seconds), organic and spoken; `audience` is a category;
    `since` the start of the window in which a switch is sought.
    """
    own = posts[posts["organic"].astype(bool)]
    own = own.assign(category=categories(own["spoken"]))
    own = own[own["category"] != UNDETERMINED]
    late = own[(own["category"] == audience) & (own["at"] >= since)]
    late = late.drop_duplicates("account_id")
    taken_up = dict(zip(late["account_id"], late["post_id"], strict=True))
    once = own.assign(day=own["at"] // _DAY).drop_duplicates(["account_id", "day", "category"])
    times = once["at"].to_numpy(dtype=np.float64)
    spoken = once["category"].to_numpy(dtype=object)
    return [
        _weeks(account, times[rows], spoken[rows].tolist(), audience, since, taken_up.get(account))
        for account, rows in places(once["account_id"])
    ]


def _weeks(
    account_id: str,
    times: NDArray[np.float64],
    spoken_on: list[str],
    audience: str,
    since: float,
    post: str | None,
) -> Weeks:
    names = tuple(sorted({audience, *spoken_on}))
    first = (float(times.min()) - _MONDAY) // WEEK * WEEK + _MONDAY
    week = ((times - first) // WEEK).astype(np.int64)
    column = np.array([names.index(name) for name in spoken_on])
    counts = np.zeros((int(week.max()) + 1, len(names)))
    np.add.at(counts, (week, column), 1)
    spoken = column == names.index(audience)
    late = times >= since
    return Weeks(
        account_id=account_id,
        first=first,
        categories=names,
        counts=counts,
        before=int((~late).sum()),
        since=int(late.sum()),
        before_share=float(spoken[~late].mean()) if (~late).any() else 0.0,
        since_share=float(spoken[late].mean()) if late.any() else 0.0,
        rises=tuple(first + row * WEEK for row in _rises(counts, names.index(audience))),
        changes=tuple(first + row * WEEK for row in change_points(counts)),
        post=post,
    )


def _rises(counts: NDArray[np.float64], column: int) -> list[int]:
    """The rows at which one column's share of all rises by ten points or more."""
    chosen = counts[:, column]
    pair = np.column_stack([chosen, counts.sum(axis=1) - chosen])
    cuts = change_points(pair)
    ends = [0, *cuts, len(pair)]
    shares = [float(pair[a:b, 0].sum() / pair[a:b].sum()) for a, b in pairwise(ends)]
    return [
        cut for cut, low, high in zip(cuts, shares, shares[1:], strict=False) if high - low >= RISE
    ]
