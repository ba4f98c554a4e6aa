"""Ranked quantities as dots with their intervals, against a line of no difference."""

from __future__ import annotations

import math
from typing import Final

from analyzers.model.figure import Intervals, Span
from analyzers.render.figures.axes import Scale, axis, grid, log_or_linear
from analyzers.render.figures.canvas import BASE, INK, Canvas
from analyzers.render.figures.style import COLOURS, GRID, LEFT, LINE, RIGHT, more, nothing, say
from analyzers.render.words import Words

MOST: Final = 16
"""Rows that a sheet of about 1200 pixels holds."""

_ROW: Final = 58
_DOT: Final = 24


def draw_intervals(canvas: Canvas, words: Words, figure: Intervals, top: float) -> float:
    """Draw a row per quantity from `top` down; return where the axis ends."""
    rows = figure.rows[:MOST]
    if not rows:
        return nothing(canvas, words, top)
    room = (RIGHT - LEFT) * 0.36
    labels = [canvas.wrap(say(row.label, words), room, most=2) for row in rows]
    wide = max((canvas.width(line) for lines in labels for line in lines), default=0.0)
    scale = _scale(figure, rows, LEFT + wide + 40)
    ticks = log_or_linear(words, scale)
    tops = [top + 10]
    for lines in labels:
        tops.append(tops[-1] + max(_ROW, len(lines) * BASE * LINE + 14))
    bottom = tops[-1] + 6
    grid(canvas, scale, ticks, top, bottom)
    canvas.line([(scale.x(figure.reference), top), (scale.x(figure.reference), bottom)], INK)
    for row, lines, start, end in zip(rows, labels, tops, tops[1:], strict=False):
        middle = (start + end) / 2
        for number, line in enumerate(lines):
            canvas.text(LEFT, middle + (number - (len(lines) - 1) / 2) * BASE * LINE, line)
        _row(canvas, scale, row, middle)
    end = axis(canvas, scale, ticks, words.say(figure.x_label), bottom, top)
    return more(canvas, words, len(figure.rows) - MOST, end)


def _scale(figure: Intervals, rows: tuple[Span, ...], left: float) -> Scale:
    values = [end for row in rows for end in (row.low, row.value, row.high)]
    low, high = min([figure.reference, *values]), max([figure.reference, *values])
    if figure.log_x:
        low = 10 ** math.floor(math.log10(max(low, 1e-6)))
        high = 10 ** math.ceil(math.log10(max(high, low * 10)) - 1e-9)
    elif low == high:
        high = low + 1
    return Scale(low, high, left, RIGHT - 30, figure.log_x)


def _row(canvas: Canvas, scale: Scale, row: Span, y: float) -> None:
    colour = COLOURS[row.group]
    low, high = scale.x(row.low), scale.x(row.high)
    canvas.line([(scale.left, y), (scale.right, y)], GRID, width=1)
    canvas.line([(low, y), (high, y)], colour, width=6)
    for x in (low, high):
        canvas.line([(x, y - 10), (x, y + 10)], colour, width=3)
    canvas.dots([(scale.x(row.value), y)], _DOT, colour, 1)
