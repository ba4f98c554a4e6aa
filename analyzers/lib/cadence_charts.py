"""The charts of posting rhythms: each account's posts with its runs marked, and the gaps."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from analyzers.lib.attack_times import moment
from analyzers.lib.gaps import binned
from analyzers.lib.posting_habits import Habits, with_run
from analyzers.model.case import NAMES
from analyzers.model.figure import Histogram, Raster, RasterCell, RasterRow, Series
from analyzers.model.text import AccountRef, Text

ROWS = 20
"""Accounts drawn: what a phone shows on two screens."""

TICKS = 400
"""Posts drawn per account, evenly thinned: more ticks than that run into each other."""

EDGES = tuple(float(edge) for edge in np.geomspace(1 / 60, 30 * 24 * 60, 25))
"""Minutes, from a second to 30 days: fixed, so that two cases can be laid side by side; each bin is
1.85 times as wide as the one before, and one minute stands inside a bin."""


def raster(side: list[Habits], run_posts: int) -> Raster:
    """A line per account, posts as ticks, long runs marked; those with most run posts first."""
    shown = sorted(side, key=lambda one: (-one.in_runs, one.account_id))[:ROWS]
    keeping, total = with_run(side)
    return Raster(
        slug="cadence",
        title=Text(
            "{n} of {total} accounts posted at least {posts} times in a row at one fixed gap",
            n=keeping,
            total=total,
            posts=run_posts,
        ),
        alt=Text(
            "A line per account for {n} accounts, a tick for each post; runs of at least {posts} "
            "posts at one fixed gap are marked: {runs} runs in all.",
            n=len(shown),
            posts=run_posts,
            runs=sum(len(one.long) for one in shown),
        ),
        note=Text("Own posts apart from the attack; a run lasts minutes and is drawn wider."),
        categories=(Text("run at a fixed gap"),),
        rows=tuple(_row(one) for one in shown),
        since=moment(min(float(one.times[0]) for one in shown)),
        until=moment(max(float(one.times[-1]) for one in shown) + 1),
        x_label=Text("Time"),
    )


def _row(one: Habits) -> RasterRow:
    places = np.unique(np.linspace(0, len(one.times) - 1, min(TICKS, len(one.times))).astype(int))
    return RasterRow(
        account=AccountRef(one.account_id),
        group="cohort",
        ticks=tuple(moment(float(at)) for at in one.times[places]),
        cells=tuple(
            RasterCell(moment(float(one.times[run.first])), moment(float(one.times[run.last])), 0)
            for run in one.long
        ),
    )


def histogram(ours: list[Habits], theirs: list[Habits], gap: timedelta | None) -> Histogram:
    """The gaps between an account's successive posts, each account weighing the same."""
    series = [Series(NAMES["cohort"], "cohort", _shares(ours))]
    if theirs:
        series.append(Series(NAMES["comparison"], "comparison", _shares(theirs)))
    return Histogram(
        slug="cadence_gaps",
        title=(
            Text("Most runs keep a gap of {gap}", gap=gap)
            if gap is not None
            else Text("No gap between posts stands out")
        ),
        alt=Text(
            "Histogram of the gaps between successive posts of an account, from a second to thirty "
            "days, averaged over {n} accounts; ordinary accounts beneath: {others}.",
            n=len(ours),
            others=len(theirs),
        ),
        edges=EDGES,
        series=tuple(series),
        log_x=True,
        marks=() if gap is None else ((gap.total_seconds() / 60, Text("{gap}", gap=gap)),),
        x_label=Text("Gap to the account's next own post (minutes)"),
        y_label=Text("Share of gaps, averaged over accounts"),
    )


def _shares(side: list[Habits]) -> tuple[float, ...]:
    rows: list[NDArray[np.float64]] = []
    for one in side:
        counts = binned(np.diff(one.times) / 60, EDGES)
        rows.append(counts / counts.sum())
    return tuple(float(x) for x in np.mean(rows, axis=0))
