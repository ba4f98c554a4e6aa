"""One account's sheet as a picture: facts, languages by month, hours of the week, then the rest."""

from __future__ import annotations

from typing import Final

from analyzers.lib.account_sheet import AccountSheet
from analyzers.lib.language_mix import label
from analyzers.model.text import Text
from analyzers.render.account_text import (
    DAYS,
    DOUBT,
    HOURS_HEAD,
    MONTHS_HEAD,
    compared,
    facts,
    sections,
    title,
)
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
_INDENT: Final = 28


def draw_account(
    sheet: AccountSheet, words: Words, *, draft: bool = True, charts_only: bool = False
) -> bytes:
    """Draw a sheet as a PNG, readable on a phone; `words` decides which names are shown.

    `charts_only` leaves out what a message says in words beside the picture.
    """
    canvas = Canvas()
    y = header(canvas, words, title(sheet), draft=draft)
    if not charts_only:
        for fact in facts(sheet):
            y = _line(canvas, words, fact, y)
        y = _small(canvas, words, compared(sheet), y)
    if sheet.months:
        y = _months(canvas, words, sheet, _heading(canvas, words, MONTHS_HEAD, y))
        y = _hours(canvas, words, sheet, _heading(canvas, words, HOURS_HEAD, y))
    for section in () if charts_only else sections(sheet):
        y = _heading(canvas, words, section.head, y)
        for line in section.lines:
            y = _line(canvas, words, line, y)
        if section.note:
            y = _small(canvas, words, section.note, y)
    return canvas.png(footer(canvas, words, [DOUBT], y), WIDTH)


def _line(canvas: Canvas, words: Words, text: Text, y: float) -> float:
    """A line of the sheet, its second and later rows set in, so that lines stay apart."""
    first, *rest = canvas.wrap(words.say(text), RIGHT - LEFT - _INDENT, most=5)
    y = paragraph(canvas, LEFT, y, [first])
    return paragraph(canvas, LEFT + _INDENT, y, rest) + 6


def _small(canvas: Canvas, words: Words, text: Text, y: float) -> float:
    lines = canvas.wrap(words.say(text), RIGHT - LEFT, SMALL, most=5)
    return paragraph(canvas, LEFT, y + 4, lines, size=SMALL, color=GREY)


def _heading(canvas: Canvas, words: Words, text: Text, y: float) -> float:
    lines = canvas.wrap(words.say(text), RIGHT - LEFT, bold=True, most=3)
    return paragraph(canvas, LEFT, y + 34, lines, bold=True) + 10


def _months(canvas: Canvas, words: Words, sheet: AccountSheet, top: float) -> float:
    colours = colours_of([label(code) for code in sheet.languages])
    names = [say(label(code), words) for code in sheet.languages]
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
