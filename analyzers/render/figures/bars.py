"""Shares per category as horizontal bars, the cohort's above the comparison's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from analyzers.model.case import NAMES, Group
from analyzers.model.figure import Bar, Bars
from analyzers.model.text import Share, Text
from analyzers.render.figures.axes import Scale, axis, grid
from analyzers.render.figures.canvas import BASE, GREY, INK, Canvas
from analyzers.render.figures.scales import number_ticks
from analyzers.render.figures.style import (
    COLOURS,
    LEFT,
    RIGHT,
    key,
    more,
    nothing,
    say,
)
from analyzers.render.words import Words

MOST: Final = 14
"""Categories that a sheet of about 1500 pixels holds."""

_THICK: Final = 36
_GAP: Final = 30
WHISKERS: Final = Text("Thin lines: 95% intervals.")


def draw_bars(canvas: Canvas, words: Words, figure: Bars, top: float) -> float:
    """Draw the bars from `top` down; return where they end."""
    groups = _groups(figure)
    labels = [say(category, words) for category in figure.categories][:MOST]
    if not labels:
        return nothing(canvas, words, top)
    y = key(canvas, [(words.say(NAMES[g]), COLOURS[g]) for g, _ in groups], top) + 6
    column = min(max(canvas.width(label) for label in labels), (RIGHT - LEFT) * 0.30)
    left = LEFT + column + 20
    shown = [bar for _, bars in groups for bar in bars[:MOST]]
    ticks = number_ticks(max([0.04, *map(_end, shown)]), words, percent=True)
    scale = Scale(0, ticks[-1].at, left, _right(canvas, words, shown, left, ticks[-1].at))
    tops, bottom = _rows(canvas, labels, column, len(groups), y)
    grid(canvas, scale, ticks, y, bottom)
    for index, (label, row) in enumerate(zip(labels, tops, strict=True)):
        lines = canvas.wrap(label, column, most=3)
        middle = row + len(groups) * _THICK / 2
        for number, line in enumerate(lines):
            at = middle + (number - (len(lines) - 1) / 2) * BASE * 1.15
            canvas.text(LEFT, at, line)
        for number, (group, bars) in enumerate(groups):
            if index < len(bars):
                _bar(canvas, words, scale, bars[index], group, row + number * _THICK)
    canvas.line([(left, y), (left, bottom)], GREY)
    end = axis(canvas, scale, ticks, words.say(figure.x_label), bottom, None)
    return more(canvas, words, len(figure.categories) - MOST, end)


def _groups(figure: Bars) -> list[tuple[Group, Sequence[Bar]]]:
    groups: list[tuple[Group, Sequence[Bar]]] = [("cohort", figure.cohort)]
    if figure.comparison is not None:
        groups.append(("comparison", figure.comparison))
    return groups


def _right(canvas: Canvas, words: Words, bars: Sequence[Bar], left: float, highest: float) -> float:
    """Where the axis ends, so that every bar's label fits between its end and the sheet's edge."""
    right: float = RIGHT - 40
    for bar in bars:
        part = _end(bar) / highest
        if part > 0:
            spare = RIGHT - canvas.width(_said(bar, words)) - 22 - left
            right = min(right, left + spare / part)
    return max(right, left + 120)


def _rows(
    canvas: Canvas, labels: Sequence[str], column: float, groups: int, top: float
) -> tuple[list[float], float]:
    """Where each category's first bar starts, and where the plot ends."""
    y = top + 14
    tops: list[float] = []
    for label in labels:
        text = len(canvas.wrap(label, column, most=3)) * BASE * 1.15
        bars = groups * _THICK
        spare = max(0.0, text - bars) / 2
        tops.append(y + spare)
        y += bars + 2 * spare + _GAP
    return tops, y - _GAP + 18


def _bar(canvas: Canvas, words: Words, scale: Scale, bar: Bar, group: Group, top: float) -> None:
    middle = top + _THICK / 2
    end = scale.left
    if bar.n > 0:
        canvas.box(scale.left, top + 2, scale.x(bar.k / bar.n), top + _THICK - 2, COLOURS[group])
        low, high = scale.x(bar.low), scale.x(bar.high)
        canvas.line([(low, middle), (high, middle)], INK, width=2.5)
        for x in (low, high):
            canvas.line([(x, middle - 8), (x, middle + 8)], INK, width=2.5)
        end = max(high, scale.x(bar.k / bar.n))
    canvas.text(end + 14, middle, _said(bar, words), backed=True)


def _said(bar: Bar, words: Words) -> str:
    return words.value(Share(bar.k, bar.n)) if bar.n > 0 else words.say(Text("no data"))


def _end(bar: Bar) -> float:
    return max(bar.high, bar.k / bar.n) if bar.n > 0 else 0.0
