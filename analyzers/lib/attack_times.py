"""When a case's attack came: posts of both sides as seconds, bins, bursts, gaps and reactions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from analyzers.lib.attack import attack_span
from analyzers.lib.bursts import Burst, Bursts, Grid, bursts, expected, grid
from analyzers.lib.clockwork import Clockwork, clockwork
from analyzers.lib.gaps import Ends, Ordinary, intervals, thinned
from analyzers.lib.measures import ALPHA
from analyzers.lib.placebo import Reaction, reactions
from analyzers.lib.rotation import FEWEST, Rotation, regularity, rotation_test
from analyzers.model.case import WHEN, Case

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

Seconds: TypeAlias = "NDArray[np.float64]"

_CELLS = 4_000_000
"""Numbers drawn at once for the test of the gaps: about 32 MB."""


@dataclass(frozen=True)
class AttackTimes:
    """What was computed of the cohort's (`a`) and the comparison's (`b`) posts about the target.

    Both have a column `at`, seconds since 1970; `span` is the first and the last of all. `turns`
    are those of `a` within the attack's span, whose `rhythm` was read; `pool` the times of ordinary
    posts, whose hours say what is usual; `ordinary` the rhythm of as many of `b`; `regular_p` the p
    of the gaps' regularity, `None` for fewer than eight posts; `clockwork` what the seconds of
    `turns` say. `describes` when the times selected the cohort.
    """

    a: pd.DataFrame
    b: pd.DataFrame
    turns: pd.DataFrame
    pool: Seconds
    span: tuple[float, float]
    bins: Grid
    bursts: Bursts
    rhythm: Rotation
    ends: Ends | None
    ordinary: Ordinary | None
    regular_p: float | None
    reactions: tuple[Reaction, ...]
    clockwork: Clockwork | None
    describes: bool

    @classmethod
    def of(cls, case: Case, draws: int) -> AttackTimes | None:
        """Compute all of it; `None` when the cohort has no dated post about the target."""
        posts = case.tables.posts
        posts = posts[posts["created_at"].notna()]
        posts = posts.assign(at=seconds(posts["created_at"]))
        attack = posts["on_target"].astype(bool)
        a = posts[attack & (posts["group"] == "cohort")]
        b = posts[attack & (posts["group"] == "comparison")]
        if a.empty:
            return None
        pool = posts[posts["organic"].astype(bool) & ~(attack & (posts["group"] == "cohort"))]
        pool = pool[pool["group"] == "comparison"] if len(b) else pool
        ordinary_hours = pool["at"].to_numpy()
        both = np.concatenate([a["at"], b["at"]])
        span = float(both.min()), float(both.max())
        bins = grid(*span)
        found = _bursts(a, bins, span, ordinary_hours, case.seed)
        turns, others = _within(case, a), _within(case, b)
        times = turns["at"].to_numpy()
        return cls(
            a=a,
            b=b,
            turns=turns,
            pool=ordinary_hours,
            span=span,
            bins=bins,
            bursts=found,
            rhythm=regularity(times, turns["account_id"].to_numpy(dtype=str)),
            ends=intervals(times, case.seed),
            ordinary=thinned(
                others["at"].to_numpy(),
                others["account_id"].to_numpy(dtype=str),
                len(turns),
                case.seed,
            ),
            regular_p=_regular(times, ordinary_hours, draws, case.seed),
            reactions=reactions(
                case.events,
                a["at"].to_numpy(),
                b["at"].to_numpy(),
                span,
                found.found[0].since if found.found else None,
            ),
            clockwork=clockwork(
                times,
                turns["account_id"].to_numpy(dtype=str),
                others["at"].to_numpy(),
                others["account_id"].to_numpy(dtype=str),
                case.seed,
            ),
            describes=case.selected_by("rotation", *WHEN),
        )

    @property
    def burst(self) -> Burst | None:
        """The fullest burst."""
        return self.bursts.found[0] if self.bursts.found else None

    @property
    def tested(self) -> bool:
        """Whether the regularity of the gaps may testify."""
        return not self.describes and len(self.b) > 0 and self.regular_p is not None

    @property
    def regular(self) -> bool:
        """Whether the gaps are more regular than chance has them."""
        return self.regular_p is not None and self.regular_p <= ALPHA

    def in_burst(self, posts: pd.DataFrame) -> pd.DataFrame:
        """Those posts that fall into the fullest burst; none without a burst."""
        if self.burst is None:
            return posts.iloc[:0]
        return posts[(posts["at"] >= self.burst.since) & (posts["at"] < self.burst.until)]


def seconds(times: pd.Series[pd.Timestamp]) -> Seconds:
    """UTC times as seconds since 1970."""
    naive = times.dt.tz_convert(None).to_numpy().astype("datetime64[us]")
    return np.asarray(naive.astype(np.int64) / 1e6, dtype=np.float64)


def moment(at: float) -> datetime:
    """Seconds since 1970 as a UTC time."""
    return datetime.fromtimestamp(at, UTC)


def _bursts(
    posts: pd.DataFrame, bins: Grid, span: tuple[float, float], pool: Seconds, seed: int
) -> Bursts:
    """Bursts in the number of accounts per bin; none when nothing else tells what is usual."""
    if not len(pool):
        return Bursts((), 1.0)
    once = posts.assign(bin=bins.bins(posts["at"].to_numpy())).drop_duplicates(
        ["account_id", "bin"]
    )
    return bursts(bins, bins.counts(once["at"].to_numpy()), expected(bins, *span, pool), seed=seed)


def _within(case: Case, posts: pd.DataFrame) -> pd.DataFrame:
    """The posts within the span of the attack, whose ends were fixed when the cohort was."""
    span = attack_span(case)
    if span is None:
        return posts
    return posts[(posts["at"] >= span[0].timestamp()) & (posts["at"] <= span[1].timestamp())]


def _regular(times: Seconds, pool: Seconds, draws: int, seed: int) -> float | None:
    if len(times) < FEWEST:
        return None
    draws = max(999, min(draws, _CELLS // len(times)))
    return rotation_test(times, pool, draws, seed)
