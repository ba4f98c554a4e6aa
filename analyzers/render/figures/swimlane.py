"""A lane per account: created, silent, active, attack."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from analyzers.model.case import Group
from analyzers.model.figure import Lane, Swimlane
from analyzers.model.text import AccountRef, Text
from analyzers.render.figures.axes import Scale, moment, time_axis
from analyzers.render.figures.canvas import BASE, GREY, INK, PAPER, SMALL, Canvas
from analyzers.render.figures.style import (
    COLOURS,
    GRID,
    LEFT,
    NEUTRALS,
    PALE,
    PALETTE,
    RIGHT,
    key,
    more,
    nothing,
)
from analyzers.render.words import Words

MOST: Final = 20
"""Lines that fit a phone's screen twice over; more are a table's work."""

_HIGH: Final = 34
_GAP: Final = 22
_SEEN: Final = 5  # pixels of the shortest active span
_BEGAN: Final = PALETTE[2]  # dark, and neither of the groups' colours
_YEARS: Final = 92  # pixels beside the names for the year of a creation off the axis


def draw_swimlane(canvas: Canvas, words: Words, figure: Swimlane, top: float) -> float:
    """Draw the lanes from `top` down; return where they end."""
    lanes = figure.lanes[:MOST]
    if not lanes or figure.until <= figure.since:
        return nothing(canvas, words, top)
    start = key(canvas, _key(words, figure, lanes[0].group), top)
    left = names_width(canvas, words, [lane.account for lane in lanes]) + _YEARS
    scale = Scale(moment(figure.since), moment(figure.until), left, RIGHT - 14)
    y = start
    for lane in lanes:
        row_name(canvas, words, lane.account, lane.group, y + _HIGH / 2)
        _lane(canvas, scale, lane, y)
        y += _HIGH + _GAP
    end = time_axis(canvas, words, scale, figure.x_label, y, start)
    return more(canvas, words, len(figure.lanes) - len(lanes), end)


def names_width(canvas: Canvas, words: Words, accounts: Sequence[AccountRef]) -> float:
    """Where the lines start, so that the accounts' names fit before them."""
    widest = max(canvas.width(words.value(one), bold=True) for one in accounts)
    return LEFT + min(widest, (RIGHT - LEFT) * 0.3) + 18


def row_name(canvas: Canvas, words: Words, account: AccountRef, group: Group, y: float) -> None:
    """Write an account's name before its line, in the colour of its group."""
    name = canvas.fit(words.value(account), (RIGHT - LEFT) * 0.3, bold=True)
    canvas.text(LEFT, y, name, bold=True, color=COLOURS[group])


def _key(words: Words, figure: Swimlane, group: Group) -> list[tuple[str, str]]:
    entries = [
        (Text("created"), INK),
        (Text("silent"), NEUTRALS[1]),
        (Text("active"), PALE[group]),
        (figure.began_label, _BEGAN),
        (Text("attack"), COLOURS[group]),
    ]
    return [(words.say(text), colour) for text, colour in entries if text is not None]


def _lane(canvas: Canvas, scale: Scale, lane: Lane, top: float) -> None:
    middle, floor = top + _HIGH / 2, top + _HIGH
    canvas.line([(scale.left, middle), (scale.right, middle)], GRID)
    since = scale.x(moment(lane.known))
    canvas.line([(since, middle), (scale.right, middle)], NEUTRALS[1], width=8)
    for start, end in lane.active:
        left, right = scale.x(moment(start)), scale.x(moment(end))
        spare = max(0.0, _SEEN - (right - left)) / 2
        canvas.box(left - spare, top, right + spare, floor, PALE[lane.group])
    if lane.began is not None:
        x = scale.x(moment(lane.began))
        canvas.box(x - 4, top - 4, x + 4, floor + 4, _BEGAN)
    for x in sorted({round(scale.x(moment(at))) for at in lane.attacks}):
        canvas.box(x - 3, top - 4, x + 3, floor + 4, COLOURS[lane.group])
    _created(canvas, scale, lane, middle)


def _created(canvas: Canvas, scale: Scale, lane: Lane, middle: float) -> None:
    """A dot where the account was created; the year where that is before the axis."""
    if lane.created is None:
        return
    at = moment(lane.created)
    if at < scale.low:
        year = f"{lane.created.year}"
        canvas.text(scale.left - 20, middle, year, size=SMALL, color=GREY, align="right")
    elif at <= scale.high:
        canvas.dots([(scale.x(at), middle)], BASE * 0.75, INK, 1.0)
        canvas.dots([(scale.x(at), middle)], BASE * 0.3, PAPER, 1.0)
