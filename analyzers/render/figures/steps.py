"""Counts per bin as filled steps, one panel per series over a shared axis."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from analyzers.model.figure import Series
from analyzers.render.figures.axes import Scale
from analyzers.render.figures.canvas import BASE, GREY, SMALL, Canvas
from analyzers.render.figures.scales import Tick, number_ticks
from analyzers.render.figures.style import AXIS, COLOURS, GRID, LEFT, LINE, PALE, RIGHT, say
from analyzers.render.words import Words

MOST: Final = 5
"""Panels that a sheet of about 1500 pixels holds."""

_HEAD: Final = BASE * LINE + 34
_HEIGHTS: Final = {1: 420, 2: 290, 3: 220}


def ordered(series: Sequence[Series]) -> list[Series]:
    """The cohort's series before the comparison's, in their own order otherwise."""
    return sorted(series, key=lambda one: one.group != "cohort")[:MOST]


def height(panels: int) -> float:
    """Pixels that the panels take, with their headings."""
    return panels * (_HEIGHTS.get(panels, 170) + _HEAD)


def are_shares(series: Sequence[Series]) -> bool:
    """Whether the values are shares of one, to be written as percentages, and not counts."""
    values = [_finite(value) for one in series for value in one.counts]
    whole = all(value == int(value) for value in values)
    return not whole and all(sum(map(_finite, one.counts)) <= 1.001 for one in series)


def heights(words: Words, series: Sequence[Series], *, percent: bool) -> list[list[Tick]]:
    """Ticks of each panel's vertical axis: one axis for all when they show shares."""
    tops = [max(map(_finite, one.counts), default=0.0) for one in series]
    if percent:
        tops = [max(tops)] * len(tops)
    most = 3 if len(series) < 3 else 2
    return [number_ticks(top, words, percent=percent, most=most) for top in tops]


def left_of(canvas: Canvas, axes: Sequence[Sequence[Tick]]) -> float:
    """Where the panels start, so that the widest label of their vertical axes has room."""
    return LEFT + max(canvas.width(tick.label) for ticks in axes for tick in ticks) + 16


def panels(
    canvas: Canvas,
    scale: Scale,
    series: Sequence[Series],
    axes: Sequence[Sequence[Tick]],
    edges: Sequence[float],
    top: float,
) -> None:
    """Draw the panels one under the other from `top`; `edges` bound the bins on the shared axis."""
    each = height(len(series)) / len(series)
    for index, (one, ticks) in enumerate(zip(series, axes, strict=True)):
        y = top + index * each
        _panel(canvas, scale, one, ticks, edges, y + _HEAD, y + each - 6)


def headings(
    canvas: Canvas, words: Words, series: Sequence[Series], y_label: str, top: float
) -> None:
    """Name each panel and its unit, over whatever lines pass there."""
    for index, one in enumerate(series):
        y = top + index * height(len(series)) / len(series) + 8 + BASE * LINE / 2
        label = canvas.fit(say(one.label, words), (RIGHT - LEFT) * 0.6, bold=True)
        canvas.text(LEFT, y, label, bold=True, color=COLOURS[one.group], backed=True)
        x = LEFT + canvas.width(label, bold=True) + 20
        unit = canvas.fit(y_label, RIGHT - x, SMALL)
        canvas.text(x, y, unit, size=SMALL, color=GREY, backed=True)


def _panel(
    canvas: Canvas,
    scale: Scale,
    one: Series,
    ticks: Sequence[Tick],
    edges: Sequence[float],
    top: float,
    bottom: float,
) -> None:
    highest = ticks[-1].at
    for tick in ticks:
        y = bottom - (bottom - top) * tick.at / highest
        canvas.line([(scale.left, y), (scale.right, y)], GRID if tick.at else AXIS)
        canvas.text(scale.left - 12, y if tick.at else y - 6, tick.label, align="right")
    bins = [
        (scale.x(left), scale.x(right), bottom - (bottom - top) * min(_finite(count) / highest, 1))
        for (left, right), count in zip(pairwise(edges), one.counts, strict=False)
    ]
    if one.group == "cohort":
        _blocks(canvas, bins, bottom)
    elif bins:
        _outline(canvas, bins, bottom)


def _blocks(canvas: Canvas, bins: Sequence[tuple[float, float, float]], bottom: float) -> None:
    """Full bars, never thinner than can be seen."""
    for left, right, y in bins:
        if y < bottom:
            gap = 2 if right - left >= 12 else 0
            canvas.box(left, y, max(right - gap, left + 3), bottom, COLOURS["cohort"])


def _outline(canvas: Canvas, bins: Sequence[tuple[float, float, float]], bottom: float) -> None:
    """A pale area under a line."""
    points = [(bins[0][0], bottom)]
    for left, right, y in bins:
        points += [(left, y), (right, y)]
    points.append((points[-1][0], bottom))
    canvas.area(points, PALE["comparison"])
    canvas.line(points, COLOURS["comparison"], width=3 if len(bins) <= 120 else 2)


def _finite(value: float) -> float:
    return max(value, 0.0) if math.isfinite(value) else 0.0
