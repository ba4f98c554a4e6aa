"""A line per account along time: weeks in the colour of their language, or posts as ticks."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from analyzers.model.figure import Raster, RasterRow
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
from analyzers.render.figures.canvas import GREY, INK, Canvas
from analyzers.render.figures.stacked import colours_of
from analyzers.render.figures.style import COLOURS, GRID, PALETTE, RIGHT, key, more, nothing, say
from analyzers.render.figures.swimlane import MOST, names_width, row_name
from analyzers.render.words import Words

_HIGH: Final = 52
_GAP: Final = 8
_THIN: Final = 2  # pixels of a tick: hundreds stay apart on a line
_STRESS: Final = PALETTE[-1]  # the darkest but one, which few charts come to
_SEEN: Final = 7  # pixels of the shortest span: a run of minutes is seen on an axis of months


def draw_raster(canvas: Canvas, words: Words, figure: Raster, top: float) -> float:
    """Draw the lines from `top` down; return where they end."""
    rows = figure.rows[:MOST]
    if not rows or figure.until <= figure.since:
        return nothing(canvas, words, top)
    colours = _colours(figure)
    used = {cell.category for row in rows for cell in row.cells}
    entries = [(say(name, words), colours[i]) for i, name in enumerate(figure.categories)]
    y = key(canvas, [entry for i, entry in enumerate(entries) if i in used], top)
    left = names_width(canvas, words, [row.account for row in rows])
    scale = Scale(moment(figure.since), moment(figure.until), left, RIGHT - 10)
    marks = crowd(flags(figure.marks, words))
    start, lanes = labels(canvas, scale, marks, y)
    bottom = start + len(rows) * (_HIGH + _GAP)
    shades(canvas, scale, marks, lanes, bottom)
    y = start
    for row in rows:
        row_name(canvas, words, row.account, row.group, y + _HIGH / 2)
        _row(canvas, scale, row, colours, y)
        y += _HIGH + _GAP
    poles(canvas, scale, marks, lanes, bottom)
    end = time_axis(canvas, words, scale, figure.x_label, bottom, start)
    return more(canvas, words, len(figure.rows) - len(rows), end)


def _colours(figure: Raster) -> list[str]:
    """The cohort's colour for a single category, which marks; else a colour each."""
    if len(figure.categories) == 1:
        return [COLOURS["cohort"]]
    colours = colours_of(figure.categories)
    if figure.stressed is None:
        return colours
    paled = [_paled(colour) for colour in colours]
    paled[figure.stressed] = _STRESS
    return paled


def _paled(colour: str) -> str:
    """The colour halfway to white."""
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{(part + 255) // 2:02X}" for part in parts)


def _row(canvas: Canvas, scale: Scale, row: RasterRow, colours: list[str], top: float) -> None:
    floor = top + _HIGH
    canvas.line([(scale.left, floor), (scale.right, floor)], GRID)
    for tick in sorted({round(scale.x(moment(at))) for at in row.ticks}):
        canvas.box(tick - _THIN / 2, top + 10, tick + _THIN / 2, floor, GREY)
    cells = sorted(row.cells, key=lambda cell: (cell.since, cell.until))
    for (since, until), stack in groupby(cells, key=lambda cell: (cell.since, cell.until)):
        left, right = scale.x(moment(since)), scale.x(moment(until))
        spare = max(0.0, _SEEN - (right - left)) / 2
        base = floor
        for cell in stack:
            high = _HIGH * min(max(cell.part, 0.0), 1.0)
            colour = colours[cell.category] if cell.category < len(colours) else INK
            canvas.box(left - spare, base - high, right + spare, base, colour)
            base -= high
