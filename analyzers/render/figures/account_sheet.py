"""One account's sheet as a picture: facts, languages by month, hours of the week, shared texts."""

from __future__ import annotations

from typing import Final

from analyzers.lib.account_sheet import AccountSheet
from analyzers.model.text import Text
from analyzers.render.account_text import DAYS, DOUBT, HOURS_HEAD, MONTHS_HEAD, TEXTS_HEAD
from analyzers.render.figures.canvas import BASE, GREY, PAPER, SMALL, WIDTH, Canvas
from analyzers.render.figures.stacked import colours_of
from analyzers.render.figures.style import (
    COLOURS,
    LEFT,
    LINE,
    RIGHT,
    footer,
    header,
    key,
    paragraph,
    say,
)
from analyzers.render.words import Words

SHADES: Final = ("#FCE9DC", "#F6CFB2", "#EDA372", COLOURS["cohort"], "#8A3B00")
"""From pale to dark of one colour, as in the chart of pairs, so that darkness alone tells."""

_EMPTY: Final = "#F4F4F4"
_BARS: Final = 260
_CELL: Final = 44
_NAMES: Final = 110


def draw_account(sheet: AccountSheet, words: Words, *, draft: bool = True) -> bytes:
    """Draw a sheet as a PNG, readable on a phone; `words` decides which names are shown."""
    canvas = Canvas()
    title = Text("{account} seen close", account=sheet.account)
    y = header(canvas, words, title, draft=draft)
    for name, value in sheet.facts:
        said = words.say(Text("{name}: {value}", name=name, value=value))
        y = paragraph(canvas, LEFT, y, canvas.wrap(said, RIGHT - LEFT, most=3))
    if sheet.months:
        y = _months(canvas, words, sheet, _heading(canvas, words, MONTHS_HEAD, y))
        y = _hours(canvas, words, sheet, _heading(canvas, words, HOURS_HEAD, y))
    if sheet.texts:
        y = _heading(canvas, words, TEXTS_HEAD, y)
        for text in sheet.texts:
            lines = canvas.wrap(words.say(text), RIGHT - LEFT, most=4)
            y = paragraph(canvas, LEFT, y, lines) + 12
    return canvas.png(footer(canvas, words, [DOUBT], y), WIDTH)


def _heading(canvas: Canvas, words: Words, text: Text, y: float) -> float:
    lines = canvas.wrap(words.say(text), RIGHT - LEFT, bold=True, most=3)
    return paragraph(canvas, LEFT, y + 34, lines, bold=True) + 10


def _months(canvas: Canvas, words: Words, sheet: AccountSheet, top: float) -> float:
    colours = colours_of(sheet.languages)
    names = [say(language, words) for language in sheet.languages]
    y = key(canvas, list(zip(names, colours, strict=True)), top)
    wide = (RIGHT - LEFT) / max(len(sheet.months), 6)
    for number, month in enumerate(sheet.months):
        x, base = LEFT + number * wide, y + _BARS
        for count, colour in zip(month.counts, colours, strict=True):
            high = _BARS * count / month.posts
            canvas.box(x, base - high, x + wide - 4, base, colour)
            base -= high
    every = max(1, round(len(sheet.months) / 6))
    for number, month in enumerate(sheet.months):
        if number % every == 0:
            x = LEFT + number * wide
            for row, said in enumerate((month.name, words.value(month.posts))):
                line = y + _BARS + (row + 0.7) * SMALL * LINE
                canvas.text(x, line, said, size=SMALL, color=GREY)
    return y + _BARS + 2.2 * SMALL * LINE


def _hours(canvas: Canvas, words: Words, sheet: AccountSheet, top: float) -> float:
    most = max(max(row) for row in sheet.hours)
    side = (RIGHT - LEFT - _NAMES) / 24
    for day, row in enumerate(sheet.hours):
        y = top + day * _CELL
        canvas.text(LEFT, y + _CELL / 2, words.say(DAYS[day]))
        for hour, count in enumerate(row):
            x = LEFT + _NAMES + hour * side
            canvas.box(x, y, x + side - 3, y + _CELL - 3, _shade(count, most), edge=PAPER)
    for hour in range(0, 24, 3):
        x = LEFT + _NAMES + (hour + 0.5) * side
        y = top + 7 * _CELL + SMALL * 0.7
        canvas.text(x, y, str(hour), size=SMALL, color=GREY, align="center")
    said = words.say(Text("Darkest: {n} posts in an hour of the week.", n=most))
    return paragraph(canvas, LEFT, top + 7 * _CELL + BASE * LINE, [said], size=SMALL, color=GREY)


def _shade(count: int, most: int) -> str:
    if not count:
        return _EMPTY
    return SHADES[min(len(SHADES) - 1, (count - 1) * len(SHADES) // most)]
