"""Axes and what stands on them: ticks, spans, marked moments with labels that do not collide."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final

from analyzers.model.figure import Mark
from analyzers.model.text import Text
from analyzers.render.figures.canvas import BASE, GREY, INK, SMALL, Canvas
from analyzers.render.figures.scales import Tick, log_ticks, number_ticks, time_ticks
from analyzers.render.figures.style import AXIS, GRID, LEFT, LINE, RIGHT, say
from analyzers.render.words import Words

SPAN: Final = "#F2E7B8"
SPAN_INK: Final = "#75621A"
"""A burst's shade and its label: neither of the two groups' colours, dark enough to read."""

_LANE: Final = BASE * LINE
_MOST: Final = 8  # more labels over a chart are a list, which a table tells better


@dataclass(frozen=True, slots=True)
class Scale:
    """Turns values between `low` and `high` into pixels between `left` and `right`."""

    low: float
    high: float
    left: float
    right: float
    log: bool = False

    def x(self, value: float) -> float:
        """The value's place; values off the axis are put at its end."""
        low, high = self.low, self.high
        if self.log:
            value = math.log10(max(value, low))
            low, high = math.log10(low), math.log10(high)
        part = (value - low) / (high - low) if high > low else 0.5
        return self.left + (self.right - self.left) * min(max(part, 0.0), 1.0)


@dataclass(frozen=True, slots=True)
class Flag:
    """A place on an axis with its label; a span when it has an end."""

    at: float
    label: str
    end: float | None = None
    shaded: bool = False


def flags(marks: Sequence[Mark], words: Words, *, shaded: bool = False) -> list[Flag]:
    """Moments as flags on a time axis, whose values are timestamps."""
    return [
        Flag(
            moment(mark.at),
            say(mark.label, words),
            moment(mark.until) if mark.until else None,
            shaded or mark.until is not None,
        )
        for mark in marks
    ]


def moment(at: datetime) -> float:
    """Seconds since 1970; a time without a zone is UTC."""
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def labels(
    canvas: Canvas, scale: Scale, marks: Sequence[Flag], top: float
) -> tuple[float, list[float]]:
    """Give each flag's label a lane above the chart; return where the chart starts, and the lanes.

    A label stands higher than the flags whose lines would pass through it, as far as that is
    possible; labels never overlap.
    """
    boxes = [_extent(canvas, scale, mark) for mark in marks]
    below = {
        i: {
            j
            for j, other in enumerate(marks)
            if j != i and not other.shaded and left - 6 < scale.x(other.at) < right + 6
        }
        for i, (left, right) in enumerate(boxes)
    }
    chosen: dict[int, int] = {}
    while len(chosen) < len(marks):
        index = min(
            (i for i in below if i not in chosen), key=lambda i: (len(below[i] - chosen.keys()), i)
        )
        lane = max((chosen[j] + 1 for j in below[index] if j in chosen), default=0)
        while any(chosen[j] == lane and _overlap(boxes[j], boxes[index]) for j in chosen):
            lane += 1
        chosen[index] = lane
    above = max(chosen.values(), default=-1) + 1
    bottom = top + above * _LANE + (10 if above else 0)
    return bottom, [top + (above - chosen[i] - 0.5) * _LANE for i in range(len(marks))]


def _overlap(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] + 24 and other[0] - 24 < one[1]


def shades(
    canvas: Canvas,
    scale: Scale,
    marks: Sequence[Flag],
    lanes: Sequence[float],
    bottom: float,
) -> None:
    """Shade the spans behind the chart, from their labels down."""
    for mark, lane in zip(marks, lanes, strict=True):
        if mark.shaded:
            left = scale.x(mark.at)
            right = scale.x(mark.end if mark.end is not None else mark.at)
            spare = max(0.0, 6 - (right - left)) / 2  # a span is seen even when it lasts a minute
            canvas.box(left - spare, lane, right + spare, bottom, SPAN)


def poles(
    canvas: Canvas,
    scale: Scale,
    marks: Sequence[Flag],
    lanes: Sequence[float],
    bottom: float,
) -> None:
    """Draw the flags' lines down to `bottom`, then their labels over them."""
    for mark, lane in zip(marks, lanes, strict=True):
        if not mark.shaded:
            x = scale.x(mark.at)
            canvas.line([(x, lane - 16), (x, bottom)], INK, width=3, dashes=(10, 7))
    for mark, lane in zip(marks, lanes, strict=True):
        left, right = _extent(canvas, scale, mark)
        shown = canvas.fit(mark.label, right - left + 1)
        canvas.text(left, lane, shown, color=SPAN_INK if mark.shaded else INK, backed=True)


def crowd(marks: Sequence[Flag]) -> list[Flag]:
    """The flags that get a label: the first eight in time."""
    return sorted(marks, key=lambda mark: (mark.at, mark.label))[:_MOST]


def _extent(canvas: Canvas, scale: Scale, mark: Flag) -> tuple[float, float]:
    """Left and right of a label: centred on a span, else right or left of its line."""
    width = min(canvas.width(mark.label), (RIGHT - LEFT) * 0.62)
    x = scale.x(mark.at)
    if mark.shaded:
        left = (x + scale.x(mark.end if mark.end is not None else mark.at) - width) / 2
    elif x + 12 + width <= RIGHT:
        left = x + 12
    else:
        left = x - 12 - width
    left = min(max(left, LEFT), RIGHT - width)
    return left, left + width


def time_axis(
    canvas: Canvas, words: Words, scale: Scale, label: Text, top: float, grid_from: float
) -> float:
    """Ticks in UTC under a chart, thin lines up to `grid_from`, the axis label; return its end."""
    since = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=scale.low)
    until = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=scale.high)
    ticks = time_ticks(since, until, words, lambda found: _fits(canvas, scale, found))
    name = words.say(label)
    if "UTC" not in name:
        name = words.say(Text("{axis} (UTC)", axis=name))
    return axis(canvas, scale, ticks, name, top, grid_from)


def log_or_linear(words: Words, scale: Scale) -> list[Tick]:
    """Ticks of an axis of quantities."""
    if scale.log:
        return log_ticks(scale.low, scale.high, words)
    if scale.low == 0:
        return [t for t in number_ticks(scale.high, words, most=5) if t.at <= scale.high * 1.0001]
    size = max(abs(scale.low), abs(scale.high))
    ticks = number_ticks(size, words, most=4)
    mirrored = [Tick(-t.at, "−" + t.label) for t in reversed(ticks) if t.at]
    return [t for t in (*mirrored, *ticks) if scale.low <= t.at <= scale.high]


def axis(
    canvas: Canvas,
    scale: Scale,
    ticks: Sequence[Tick],
    name: str,
    top: float,
    grid_from: float | None,
) -> float:
    """Draw a horizontal axis with its ticks and, at its right end, its name; return its end."""
    canvas.line([(scale.left, top), (scale.right, top)], AXIS)
    y = top + 12 + BASE * 0.6
    free = -1e9  # where the last label under a label ended
    under = False
    for tick in ticks:
        x = scale.x(tick.at)
        if grid_from is not None:
            canvas.line([(x, top), (x, top + 10)], AXIS)
        left, _ = _tick_extent(canvas, scale, tick.label, x)
        canvas.text(left, y, tick.label)
        if tick.under:
            start, end = _tick_extent(canvas, scale, tick.under, x, SMALL)
            if start > free:
                canvas.text(start, y + BASE * 1.1, tick.under, size=SMALL, color=GREY)
                free, under = end + 20, True
    y += BASE * 0.6 + (SMALL * 1.25 if under else 0)
    lines = canvas.wrap(name, RIGHT - LEFT, SMALL, most=3)
    for index, line in enumerate(lines):
        at = y + 8 + (index + 0.5) * SMALL * LINE
        canvas.text(RIGHT, at, line, size=SMALL, color=GREY, align="right")
    return y + 8 + len(lines) * SMALL * LINE


def grid(canvas: Canvas, scale: Scale, ticks: Sequence[Tick], top: float, bottom: float) -> None:
    """Thin vertical lines at the ticks, drawn before the marks."""
    for tick in ticks:
        x = scale.x(tick.at)
        canvas.line([(x, top), (x, bottom)], GRID)


def _tick_extent(
    canvas: Canvas, scale: Scale, label: str, x: float, size: float = BASE
) -> tuple[float, float]:
    """A tick's label is centred on it, and pushed in at the sheet's edges."""
    width = canvas.width(label, size)
    left = min(max(x - width / 2, LEFT), max(RIGHT - width, LEFT))
    return left, left + width


def _fits(canvas: Canvas, scale: Scale, ticks: Sequence[Tick]) -> bool:
    ends = [_tick_extent(canvas, scale, tick.label, scale.x(tick.at)) for tick in ticks]
    return all(a[1] + 22 <= b[0] for a, b in pairwise(ends))
