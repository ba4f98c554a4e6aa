"""The charts of an attack's times: posts per bin with bursts and events, and the gaps between."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from analyzers.lib.attack_times import AttackTimes, moment
from analyzers.lib.bursts import DAY
from analyzers.lib.gaps import binned, edges
from analyzers.model import figure
from analyzers.model.case import NAMES, Case
from analyzers.model.text import Percent, Text, Value

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray


def days(posts: pd.DataFrame) -> Value:
    """The days of some posts in words: one, or the first to the last."""
    first, last = (moment(float(at)).date() for at in (posts["at"].min(), posts["at"].max()))
    if first == last:
        return first
    if (first.year, first.month) == (last.year, last.month):
        return Text("{first}–{last}", first=first.day, last=last)
    return Text("{first} to {last}", first=first, last=last)


def width(view: AttackTimes) -> timedelta:
    """The width of a bin."""
    return timedelta(seconds=view.bins.width)


def timeline(view: AttackTimes, case: Case) -> figure.Timeline:
    """Posts per bin of both sides, the bursts shaded, the user's events marked."""
    series = [
        figure.Series(NAMES["cohort"], "cohort", _counts(view, view.a)),
        figure.Series(NAMES["comparison"], "comparison", _counts(view, view.b)),
    ]
    return figure.Timeline(
        slug="timeline",
        title=(
            Text("A burst of posts about the target on {days}", days=days(view.in_burst(view.a)))
            if view.burst is not None
            else Text("Posts about the target, {days}: no burst", days=days(view.a))
        ),
        alt=Text(
            "Posts about the target by spans of {width}, from {first} to {last} (UTC). The fullest "
            "holds {most} of these accounts' {posts} posts. Bursts, shaded: {bursts}.",
            width=width(view),
            first=moment(view.span[0]).date(),
            last=moment(view.span[1]).date(),
            most=int(max(series[0].counts)),
            posts=len(view.a),
            bursts=len(view.bursts.found),
        ),
        start=moment(view.bins.start),
        bin_seconds=view.bins.width,
        series=tuple(series if len(view.b) else series[:1]),
        bursts=tuple(
            figure.Mark(moment(burst.since), Text("burst"), moment(burst.until))
            for burst in view.bursts.found
        ),
        events=tuple(
            figure.Mark(event.at, event.label, event.until)
            for event in case.events
            if view.bins.start - DAY <= event.at.timestamp()
            and event.at.timestamp() <= view.bins.start + view.bins.count * view.bins.width
        ),
        y_label=Text("Posts by spans of {width}", width=width(view)),
        x_label=Text("Time (UTC)"),
    )


def _counts(view: AttackTimes, posts: pd.DataFrame) -> tuple[float, ...]:
    return tuple(float(count) for count in view.bins.counts(posts["at"].to_numpy()))


def histogram(view: AttackTimes, gap: timedelta) -> figure.Histogram:
    """The gaps in minutes, beside the mean of as many ordinary posts drawn again and again."""
    minutes = np.diff(view.turns["at"].to_numpy()) / 60
    ends, by_ratio = edges(minutes)
    series = [figure.Series(NAMES["cohort"], "cohort", tuple(binned(minutes, ends).tolist()))]
    if view.ordinary is not None:
        drawn = binned(view.ordinary.gaps / 60, ends) * len(minutes) / len(view.ordinary.gaps)
        label = Text("As many ordinary posts")
        series.append(figure.Series(label, "comparison", tuple(drawn.tolist())))
    return figure.Histogram(
        slug="timeline-gaps",
        title=Text("A post every {gap} (median), whichever account sends it", gap=gap),
        alt=Text(
            "Histogram of {n} gaps between successive posts. The median is {gap}; {near} of the "
            "gaps are within a factor of 1.5 of it.",
            n=len(minutes),
            gap=gap,
            near=Percent(view.rhythm.near_share),
        ),
        edges=ends,
        note=_beyond(view, minutes),
        series=tuple(series),
        log_x=by_ratio,
        marks=((view.rhythm.median_gap / 60, Text("median {gap}", gap=gap)),),
        x_label=Text("Gap between successive posts (minutes)"),
        y_label=Text("Number of gaps"),
    )


def _beyond(view: AttackTimes, minutes: NDArray[np.float64]) -> Text | None:
    """What the outermost bars hold too, when ordinary gaps lie beyond those of these accounts."""
    if view.ordinary is None or float(view.ordinary.gaps.max()) / 60 <= float(minutes.max()):
        return None
    return Text("The last bar of ordinary posts holds all longer gaps too.")
