"""What each pair of accounts has in common, as a triangle of squares with names on its edge."""

from __future__ import annotations

from typing import Final

from analyzers.model.figure import Heatmap
from analyzers.render.figures.canvas import BASE, GREY, PAPER, SMALL, Canvas
from analyzers.render.figures.style import LEFT, LINE, RIGHT, more, nothing, paragraph
from analyzers.render.words import Words

MOST: Final = 24
"""Accounts: their squares are then 12 pixels wide on a phone, about the least one can point at."""

SHADES: Final = ("#FCE9DC", "#F6CFB2", "#EDA372", "#D55E00", "#8A3B00")
"""From pale to dark of the cohort's own colour, so that darkness alone tells them apart."""

_EMPTY: Final = "#F4F4F4"
_KEY: Final = 34


def draw_heatmap(canvas: Canvas, words: Words, figure: Heatmap, top: float) -> float:
    """Draw the lower triangle from `top` down, names along the diagonal; return where it ends."""
    names = [words.value(account) for account in figure.accounts][:MOST]
    if len(names) < 2:
        return nothing(canvas, words, top)
    rows = [row[: len(names)] for row in figure.values[: len(names)]]
    limits = _limits(max((value for row in rows for value in row), default=0))
    start = _key(canvas, words, figure, limits, top)
    room = (RIGHT - LEFT) * 0.3
    wide = min(max(canvas.width(name) for name in names), room)
    side = min((RIGHT - LEFT - wide - 16) / (len(names) - 1), 90.0)
    step = max(side, BASE * 1.1)
    for number, (name, row) in enumerate(zip(names, rows, strict=True)):
        y = start + number * step
        for place, value in enumerate(row[:number]):
            x = LEFT + place * side
            canvas.box(x, y, x + side - 3, y + step - 3, _shade(value, limits))
        canvas.text(LEFT + number * side + 10, y + step / 2, canvas.fit(name, room + 1))
    return more(canvas, words, len(figure.accounts) - MOST, start + len(names) * step)


def _limits(most: int) -> list[int]:
    """The highest value of each shade, at most one shade per value."""
    count = max(1, min(len(SHADES), most))
    return sorted({max(1, round(most * (number + 1) / count)) for number in range(count)})


def _shade(value: int, limits: list[int]) -> str:
    if value <= 0:
        return _EMPTY
    place = next((n for n, limit in enumerate(limits) if value <= limit), len(limits) - 1)
    return _shades(len(limits))[place]


def _shades(count: int) -> tuple[str, ...]:
    """As many shades as there are steps, always up to a dark one."""
    return SHADES if count == len(SHADES) else SHADES[-count - 1 : -1] if count < 4 else SHADES[1:]


def _key(canvas: Canvas, words: Words, figure: Heatmap, limits: list[int], top: float) -> float:
    lines = canvas.wrap(words.say(figure.value_label), RIGHT - LEFT, SMALL, most=2)
    y = paragraph(canvas, LEFT, top, lines, size=SMALL, color=GREY) + 8
    x: float = LEFT
    low = 1
    entries = [("0", _EMPTY)]
    for limit, shade in zip(limits, _shades(len(limits)), strict=True):
        entries.append((str(limit) if low >= limit else f"{low}–{limit}", shade))
        low = limit + 1
    for label, shade in entries:
        canvas.box(x, y, x + _KEY, y + _KEY, shade, edge=PAPER if shade != _EMPTY else "#D0D0D0")
        canvas.text(x + _KEY + 10, y + _KEY / 2, label)
        x += _KEY + 10 + canvas.width(label) + 30
    return y + _KEY * LINE + 18
