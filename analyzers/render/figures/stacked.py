"""Rows of shares that sum to one, with the names inside the segments that have room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from analyzers.model.figure import Label, Stacked, StackedRow
from analyzers.model.text import Language, Percent, Text
from analyzers.render.figures.axes import Scale, axis
from analyzers.render.figures.canvas import BASE, INK, PAPER, SMALL, Canvas
from analyzers.render.figures.scales import number_ticks
from analyzers.render.figures.style import (
    COLOURS,
    LEFT,
    LINE,
    NEUTRALS,
    PALETTE,
    RIGHT,
    key,
    more,
    nothing,
    say,
)
from analyzers.render.words import Words

MOST: Final = 7
"""Rows that a sheet of about 1500 pixels holds."""

LABELLED: Final = 0.07
"""Smallest share whose segment is labelled: below it, not even "7%" fits at this size."""

_HIGH: Final = 88


def draw_stacked(canvas: Canvas, words: Words, figure: Stacked, top: float) -> float:
    """Draw the rows from `top` down; return where they end."""
    rows = figure.rows[:MOST]
    if not rows or not figure.categories:
        return nothing(canvas, words, top)
    names = [say(category, words) for category in figure.categories]
    colours = colours_of(figure.categories)
    unnamed = _unnamed(canvas, names, rows)
    y = key(canvas, [(names[i], colours[i]) for i in unnamed], top)
    scale = Scale(0, 1, LEFT, RIGHT)
    for row in rows:
        y = _row(canvas, words, scale, row, names, colours, y)
    ticks = number_ticks(1, words, percent=True)
    y = axis(canvas, scale, ticks, words.say(figure.x_label), y, y)
    return more(canvas, words, len(figure.rows) - MOST, y)


def colours_of(categories: Sequence[Label]) -> list[str]:
    """A colour per category: grey for what is undetermined or lumped together."""
    found: list[str] = []
    used = 0
    for category in categories:
        if isinstance(category, Language) and category.code in ("und", ""):
            found.append(NEUTRALS[0])
        elif isinstance(category, Text) and category.msgid.casefold().startswith("other"):
            found.append(NEUTRALS[1])
        else:
            found.append(PALETTE[used % len(PALETTE)])
            used += 1
    return found


def _unnamed(canvas: Canvas, names: Sequence[str], rows: Sequence[StackedRow]) -> list[int]:
    """Categories that some row shows without room for their name."""
    return [
        index
        for index, name in enumerate(names)
        if any(
            row.shares[index] > 0 and not _room(canvas, name, row.shares[index])
            for row in rows
            if index < len(row.shares)
        )
    ]


def _room(canvas: Canvas, name: str, share: float) -> bool:
    wide = share * (RIGHT - LEFT) - 20
    return share >= LABELLED and canvas.width(name, SMALL) <= wide


def _row(
    canvas: Canvas,
    words: Words,
    scale: Scale,
    row: StackedRow,
    names: Sequence[str],
    colours: Sequence[str],
    top: float,
) -> float:
    count = words.say(Text("n = {n}", n=row.n))
    label = canvas.fit(say(row.label, words), RIGHT - LEFT - canvas.width(count) - 64, bold=True)
    y = top + BASE * LINE / 2
    canvas.box(LEFT, y - 13, LEFT + 8, y + 13, COLOURS[row.group])
    canvas.text(LEFT + 22, y, label, bold=True, color=COLOURS[row.group])
    canvas.text(RIGHT, y, count, align="right")
    top += BASE * LINE + 6
    start = 0.0
    if row.n == 0 or not sum(row.shares):
        canvas.text(LEFT, top + _HIGH / 2, words.say(Text("no data")))
        return top + _HIGH + 30
    for name, colour, share in zip(names, colours, row.shares, strict=False):
        if share <= 0:
            continue
        left, right = scale.x(start), scale.x(start + share)
        canvas.box(left, top, right - (2 if right - left > 6 else 0), top + _HIGH, colour)
        _label(canvas, words, name, share, (left + right) / 2, top, _ink(colour))
        start += share
    return top + _HIGH + 30


def _label(
    canvas: Canvas, words: Words, name: str, share: float, x: float, top: float, ink: str
) -> None:
    percent = words.value(Percent(share))
    wide = share * (RIGHT - LEFT) - 12
    if share < LABELLED or canvas.width(percent, SMALL) > wide:
        return
    if _room(canvas, name, share):
        canvas.text(x, top + 28, name, size=SMALL, color=ink, align="center")
        canvas.text(x, top + 62, percent, size=SMALL, bold=True, color=ink, align="center")
    else:
        canvas.text(x, top + _HIGH / 2, percent, size=SMALL, color=ink, align="center")


def _ink(colour: str) -> str:
    """Black or white, whichever reads better on the colour (relative luminance, WCAG 2.2)."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    ]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return INK if luminance > 0.19 else PAPER
