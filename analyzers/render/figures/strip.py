"""Dates as dots on a time axis, the cohort over the comparison."""

from __future__ import annotations

from typing import Final

from analyzers.model.figure import Strip, StripRow
from analyzers.model.text import Text
from analyzers.render.figures.axes import (
    Scale,
    crowd,
    flags,
    labels,
    moment,
    poles,
    shades,
    time_axis,
)
from analyzers.render.figures.canvas import BASE, GREY, SMALL, Canvas
from analyzers.render.figures.style import COLOURS, GRID, LEFT, LINE, RIGHT, nothing, say
from analyzers.render.words import Words

MOST: Final = 5
"""Rows that a sheet of about 1500 pixels holds."""

_HEAD: Final = BASE * LINE + 22

_FEW: Final = 60  # up to here dots can be large enough to count


def draw_strip(canvas: Canvas, words: Words, figure: Strip, top: float) -> float:
    """Draw the rows of dots from `top` down; return where they end."""
    rows = figure.rows[:MOST]
    if not rows:
        return nothing(canvas, words, top)
    scale = Scale(moment(figure.since), moment(figure.until), LEFT + 16, RIGHT - 16)
    marks = crowd(flags(figure.marks, words))
    start, lanes = labels(canvas, scale, marks, top)
    heights = [_height(scale, row) for row in rows]
    bottom = start + sum(heights)
    shades(canvas, scale, marks, lanes, bottom)
    poles(canvas, scale, marks, lanes, bottom)
    y = start
    for row, height in zip(rows, heights, strict=True):
        _row(canvas, words, scale, row, y, height)
        y += height
        if y < bottom:
            canvas.line([(LEFT, y), (RIGHT, y)], GRID)
    return time_axis(canvas, words, scale, figure.x_label, bottom, start)


def _height(scale: Scale, row: StripRow) -> float:
    dates, size = _dates(scale, row)
    _, levels = _piled(scale, dates, size)
    return min(max(_HEAD + (max(levels, default=0) + 1) * size + 14, 150), 360)


def _dates(scale: Scale, row: StripRow) -> tuple[list[float], float]:
    """The dates on the axis, in order, and the width of their dots."""
    dates = sorted(at for at in map(moment, row.dates) if scale.low <= at <= scale.high)
    return dates, 24 if len(dates) <= _FEW else 15


def _row(
    canvas: Canvas, words: Words, scale: Scale, row: StripRow, top: float, height: float
) -> None:
    dates, size = _dates(scale, row)
    xs, levels = _piled(scale, dates, size)
    rise = min(size, (height - _HEAD - size - 10) / max([1, *levels]))
    floor = top + height - 10 - size / 2
    centres = [(x, floor - level * rise) for x, level in zip(xs, levels, strict=True)]
    canvas.dots(centres, size, COLOURS[row.group], 0.9 if len(dates) <= _FEW else 0.7)
    label = canvas.fit(say(row.label, words), (RIGHT - LEFT) * 0.6, bold=True)
    y = top + 8 + BASE / 2
    canvas.text(LEFT, y, label, bold=True, color=COLOURS[row.group], backed=True)
    count = (
        Text("n = {n}", n=row.total)
        if row.total <= len(dates)
        else Text("{shown} of {n} shown", shown=len(dates), n=row.total)
    )
    x = LEFT + canvas.width(label, bold=True) + 20
    canvas.text(x, y, words.say(count), size=SMALL, color=GREY, backed=True)


def _piled(scale: Scale, dates: list[float], size: float) -> tuple[list[float], list[int]]:
    """Place along the axis and level above it of each dot, so that height shows density.

    A few dots stand at their true place; many are gathered in columns one dot wide, which moves
    them by half a dot at most.
    """
    xs = [scale.x(at) for at in dates]
    if len(xs) > _FEW:
        xs = [(x // size + 0.5) * size for x in xs]
    return xs, _levels(xs, size)


def _levels(xs: list[float], size: float) -> list[int]:
    """For each dot, from left to right, the lowest level where it touches no earlier one."""
    ends: list[float] = []
    levels: list[int] = []
    for x in xs:
        level = next((n for n, end in enumerate(ends) if end <= x - size / 2 + 0.01), len(ends))
        if level == len(ends):
            ends.append(0.0)
        ends[level] = x + size / 2
        levels.append(level)
    return levels
