"""A report as a strict redaction shows it: no chart of words, and no time closer than its day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import assert_never

from analyzers.model.figure import (
    Alignment,
    Bars,
    Bipartite,
    Figure,
    Heatmap,
    Histogram,
    Intervals,
    Lane,
    Mark,
    Network,
    Posts,
    Raster,
    RasterRow,
    Scatter,
    Series,
    Stacked,
    Strip,
    Swimlane,
    Timeline,
)
from analyzers.model.report import Report, StepReport
from analyzers.model.step import Found
from analyzers.model.text import Text

DAY = timedelta(days=1)


def redacted(report: Report) -> Report:
    """The report to show instead: sentences are left to `Words`, which says no more than this."""
    return replace(report, steps=tuple(_step(step) for step in report.steps))


def _step(step: StepReport) -> StepReport:
    if not isinstance(step.outcome, Found):
        return step
    finding = step.outcome.finding
    shown = tuple(drawn for figure in finding.figures if (drawn := redacted_figure(figure)))
    return replace(step, outcome=Found(replace(finding, figures=shown)))


def redacted_figure(figure: Figure) -> Figure | None:
    """A chart with days for times and numbers for words; `None` for one that shows only words."""
    match figure:
        case Alignment() | Posts():
            return None
        case Timeline():
            return _by_day(figure)
        case Strip():
            rows = tuple(replace(row, dates=tuple(map(_day, row.dates))) for row in figure.rows)
            return replace(
                figure,
                rows=rows,
                since=_day(figure.since),
                until=_day_after(figure.until),
                marks=_marks(figure.marks),
            )
        case Raster():
            return replace(
                figure,
                rows=tuple(_raster_row(row) for row in figure.rows),
                since=_day(figure.since),
                until=_day_after(figure.until),
                marks=_marks(figure.marks),
            )
        case Swimlane():
            return replace(
                figure,
                lanes=tuple(_lane(lane) for lane in figure.lanes),
                since=_day(figure.since),
                until=_day_after(figure.until),
            )
        case Intervals():
            spans = tuple(
                replace(row, label=Text("word {n}", n=n)) if isinstance(row.label, str) else row
                for n, row in enumerate(figure.rows, start=1)
            )
            return replace(figure, rows=spans)
        case Bars() | Stacked() | Histogram() | Scatter() | Bipartite() | Heatmap() | Network():
            return figure  # counts of accounts and posts, without words and times
        case _:
            assert_never(figure)


def _by_day(figure: Timeline) -> Timeline:
    """Counts by day where the bins were narrower; those of one bin go to the day it begins."""
    figure = replace(figure, bursts=_marks(figure.bursts), events=_marks(figure.events))
    start, width = _day(figure.start), timedelta(seconds=figure.bin_seconds)
    if width >= DAY:
        return replace(figure, start=start)
    series = tuple(replace(one, counts=_sums(one, figure, start, width)) for one in figure.series)
    totals = [sum(counts) for counts in zip(*(one.counts for one in series), strict=True)]
    return replace(
        figure,
        start=start,
        bin_seconds=DAY.total_seconds(),
        series=series,
        y_label=Text("Posts by spans of {width}", width=DAY),
        alt=_described(start, totals),
    )


def _described(start: datetime, totals: Sequence[float]) -> Text:
    posts = round(sum(totals))
    if len(totals) < 2:
        return Text("{posts} posts on {day} (UTC).", posts=posts, day=start.date())
    return Text(
        "Posts by day, from {first} to {last} (UTC): {posts} in all, at most {most} in one day.",
        first=start.date(),
        last=(start + (len(totals) - 1) * DAY).date(),
        posts=posts,
        most=round(max(totals)),
    )


def _sums(one: Series, figure: Timeline, start: datetime, width: timedelta) -> tuple[float, ...]:
    places = [(figure.start + index * width - start) // DAY for index in range(len(one.counts))]
    sums = [0.0] * (max(places, default=-1) + 1)
    for place, count in zip(places, one.counts, strict=True):
        sums[place] += count
    return tuple(sums)


def _raster_row(row: RasterRow) -> RasterRow:
    cells = (
        replace(cell, since=_day(cell.since), until=_day_after(cell.until)) for cell in row.cells
    )
    return replace(row, ticks=_days(row.ticks), cells=tuple(dict.fromkeys(cells)))


def _lane(lane: Lane) -> Lane:
    return replace(
        lane,
        created=None if lane.created is None else _day(lane.created),
        known=_day(lane.known),
        active=tuple((_day(since), _day_after(until)) for since, until in lane.active),
        attacks=_days(lane.attacks),
        began=None if lane.began is None else _day(lane.began),
    )


def _marks(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    return tuple(
        replace(
            mark,
            at=_day(mark.at),
            until=None if mark.until is None else _day_after(mark.until),
        )
        for mark in marks
    )


def _days(times: Iterable[datetime]) -> tuple[datetime, ...]:
    return tuple(dict.fromkeys(map(_day, times)))


def _day(at: datetime) -> datetime:
    utc = at.astimezone(UTC) if at.tzinfo else at
    return utc.replace(hour=0, minute=0, second=0, microsecond=0)


def _day_after(at: datetime) -> datetime:
    """The end of a span that ends at a time: the next midnight, or the time itself at midnight."""
    day = _day(at)
    return day if day == at else day + DAY
