"""The charts of changed subjects: how far each account's words moved, and when they moved most."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from analyzers.lib.measures import HANDFUL, Count, mean
from analyzers.model.case import NAMES
from analyzers.model.figure import Histogram, Mark, Series, Strip, StripRow
from analyzers.model.text import Text

BINS = 12
"""Intervals of the histogram."""

DOTS = 400
"""Dots per row: more overlap on a phone's width."""


def beyond(values: Sequence[float], base: Sequence[float]) -> Count:
    """How many values pass the level that 95 % of the base stay below."""
    edge = sorted(base)[int(0.95 * (len(base) - 1))]
    return sum(x > edge for x in values), len(values)


def moved(mine: list[float], base: list[float], since: datetime) -> Histogram:
    """How far each account's words moved since a date, both sides over the same intervals."""
    low, high = min(*mine, *base, 0.0), max(*mine, *base, 0.01)
    edges = tuple(low + (high - low) * number / BINS for number in range(BINS + 1))
    series = [Series(NAMES["cohort"], "cohort", _shares(mine, edges))]
    if base:
        series.append(Series(NAMES["comparison"], "comparison", _shares(base, edges)))
    return Histogram(
        slug="topic_shift",
        title=_title(mine, base, since),
        alt=Text(
            "Histogram of how far each account's words moved. Mean {mine} for {read} accounts, "
            "against {base} for {others} ordinary ones; 0 is what chance alone gives.",
            mine=round(mean(mine), 3),
            read=len(mine),
            base=round(mean(base), 3) if base else Text("unknown"),
            others=len(base),
        ),
        edges=edges,
        series=tuple(series),
        marks=((0.0, Text("as by chance")),),
        x_label=Text("Change of words beyond chance (bits)"),
        y_label=Text("Share of accounts"),
    )


def _title(mine: list[float], base: list[float], since: datetime) -> Text:
    day = since.date()
    if len(base) < HANDFUL:
        return Text(
            "How far the words of {read} accounts moved since {day}", read=len(mine), day=day
        )
    far, read = beyond(mine, base)
    return Text(
        "Since {day} the words of {moved} of {read} accounts moved further than those of 95% "
        "of ordinary ones",
        day=day,
        moved=far,
        read=read,
    )


def _shares(values: Sequence[float], edges: Sequence[float]) -> tuple[float, ...]:
    import numpy as np

    counts, _ = np.histogram(values, edges)
    return tuple(float(count) / len(values) for count in counts)


def turnings(
    mine: Sequence[datetime],
    base: Sequence[datetime],
    since: datetime,
    attack: tuple[datetime, datetime],
) -> Strip:
    """A dot for each account where its words changed most, the cohort's above ordinary ones'."""
    late = sum(at >= since for at in mine)
    rows = [StripRow(NAMES["cohort"], "cohort", _thinned(mine), len(mine))]
    if base:
        rows.append(StripRow(NAMES["comparison"], "comparison", _thinned(base), len(base)))
    return Strip(
        slug="topic_shift_dates",
        title=Text(
            "The largest change of words came after {day} in {n} of {total} accounts",
            n=late,
            total=len(mine),
            day=since.date(),
        ),
        alt=Text(
            "A dot for each account at the date at which its words changed most; the attack is "
            "marked. Since {day}: {n} of these {total} accounts.",
            n=late,
            total=len(mine),
            day=since.date(),
        ),
        note=Text("Every account has such a date: what counts is where these dates lie."),
        rows=tuple(rows),
        since=min(*mine, *base, since),
        until=max(*mine, *base, attack[1]) + timedelta(days=1),
        marks=(Mark(attack[0], Text("attack"), attack[1]),),
        x_label=Text("Date of the largest change"),
    )


def _thinned(dates: Sequence[datetime]) -> tuple[datetime, ...]:
    ordered = sorted(dates)
    if len(ordered) <= DOTS:
        return tuple(ordered)
    return tuple(ordered[number * len(ordered) // DOTS] for number in range(DOTS))
