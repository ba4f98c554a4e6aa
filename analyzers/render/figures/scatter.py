"""Two quantities of many accounts as dots on logarithmic axes, one panel per group."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from analyzers.model.figure import Cloud, Scatter
from analyzers.model.text import Text
from analyzers.render.figures.axes import Scale, axis
from analyzers.render.figures.canvas import BASE, GREY, SMALL, Canvas
from analyzers.render.figures.scales import Tick, log_ticks
from analyzers.render.figures.style import (
    AXIS,
    COLOURS,
    GRID,
    LEFT,
    LINE,
    RIGHT,
    more,
    nothing,
    say,
)
from analyzers.render.words import Words

MOST: Final = 3
"""Panels that a sheet of about 1500 pixels holds."""

_HEAD: Final = 2 * BASE * LINE + 12
_HIGH: Final = 400
_DOT: Final = 13


def draw_scatter(canvas: Canvas, words: Words, figure: Scatter, top: float) -> float:
    """Draw the panels from `top` down, on the same axes; return where they end."""
    clouds = sorted(figure.clouds, key=lambda cloud: cloud.group != "cohort")[:MOST]
    points = [point for cloud in clouds for point in _finite(cloud)]
    if not points:
        return nothing(canvas, words, top)
    highest = 10.0 ** math.ceil(math.log10(max(10.0, *(max(point) for point in points))))
    ticks = log_ticks(1, highest, words)
    left = LEFT + max(canvas.width(tick.label) for tick in ticks) + 16
    across = Scale(1, highest, left, RIGHT - 24, log=True)
    y = top
    for cloud in clouds:
        _head(canvas, words, figure, cloud, y)
        y += _HEAD
        _panel(canvas, words, figure, cloud, across, ticks, y)
        y += _HIGH + 14
    end = axis(canvas, across, ticks, words.say(figure.x_label), y - 14, y - 14)
    return more(canvas, words, len(figure.clouds) - len(clouds), end)


def _finite(cloud: Cloud) -> list[tuple[float, float]]:
    """The points, those below 1 put on the axis, which a logarithm starts at 1."""
    return [
        (max(x, 1.0), max(y, 1.0)) for x, y in cloud.points if math.isfinite(x) and math.isfinite(y)
    ]


def _head(canvas: Canvas, words: Words, figure: Scatter, cloud: Cloud, top: float) -> None:
    """The group's name and number of dots, and under it what the vertical axis counts."""
    label = canvas.fit(say(cloud.label, words), (RIGHT - LEFT) * 0.6, bold=True)
    y = top + BASE * LINE / 2
    canvas.text(LEFT, y, label, bold=True, color=COLOURS[cloud.group])
    shown = len(_finite(cloud))
    count = (
        Text("n = {n}", n=cloud.total)
        if cloud.total <= shown
        else Text("{shown} of {n} shown", shown=shown, n=cloud.total)
    )
    x = LEFT + canvas.width(label, bold=True) + 20
    canvas.text(x, y, words.say(count), size=SMALL, color=GREY)
    name = canvas.fit(words.say(figure.y_label), RIGHT - LEFT, SMALL)
    canvas.text(LEFT, y + BASE * LINE, name, size=SMALL, color=GREY)


def _panel(
    canvas: Canvas,
    words: Words,
    figure: Scatter,
    cloud: Cloud,
    across: Scale,
    ticks: Sequence[Tick],
    top: float,
) -> None:
    bottom = top + _HIGH
    up = Scale(across.low, across.high, bottom, top, log=True)
    for tick in ticks:
        x, y = across.x(tick.at), up.x(tick.at)
        canvas.line([(x, top), (x, bottom)], GRID)
        canvas.line([(across.left, y), (across.right, y)], GRID if tick.at > 1 else AXIS)
        canvas.text(across.left - 12, y if tick.at > 1 else y - 8, tick.label, align="right")
    if figure.equal is not None:
        ends = [(across.left, bottom), (across.right, top)]
        canvas.line(ends, GREY, width=3, dashes=(10, 7))
    dots = [(across.x(x), up.x(y)) for x, y in _finite(cloud)]
    canvas.dots(dots, _DOT, COLOURS[cloud.group], 0.65)
    if figure.equal is not None:
        said = canvas.fit(words.say(figure.equal), (RIGHT - LEFT) * 0.5, SMALL)
        x = across.right - canvas.width(said, SMALL) - 70
        canvas.text(x, top + SMALL, said, size=SMALL, color=GREY, backed=True)
