"""Redacted posts as cards, in place of screenshots."""

from __future__ import annotations

from typing import Final

from analyzers.model.figure import PostCard, Posts
from analyzers.model.text import Code, Text
from analyzers.render.card_text import card_text
from analyzers.render.figures.canvas import BASE, GREY, SMALL, Canvas
from analyzers.render.figures.scales import day, utc
from analyzers.render.figures.style import COLOURS, LEFT, LINE, RIGHT, more, nothing, paragraph, say
from analyzers.render.words import Words

MOST: Final = 6
"""Rows that a sheet of about 1500 pixels holds."""

_ABREAST: Final = 2  # three cards would leave ten letters a line on a phone
_PAD: Final = 26
_GAP: Final = 22
_LINES: Final = {1: 4, 2: 8}
_CARD: Final = "#F7F7F5"
_EDGE: Final = "#D3D3CF"


def draw_posts(canvas: Canvas, words: Words, figure: Posts, top: float) -> float:
    """Draw the cards from `top` down, row by row; return where they end."""
    rows = [row[i : i + _ABREAST] for row in figure.rows for i in range(0, len(row), _ABREAST)]
    if not rows:
        return nothing(canvas, words, top)
    y = top
    for row in rows[:MOST]:
        wide = (RIGHT - LEFT - _GAP * (len(row) - 1)) / len(row)
        contents = [_content(canvas, words, card, wide - 2 * _PAD, len(row)) for card in row]
        high = max(_high(content) for content in contents)
        for index, content in enumerate(contents):
            _card(canvas, content, LEFT + index * (wide + _GAP), y, wide, high)
        y += high + _GAP
    return more(canvas, words, sum(len(row) for row in rows[MOST:]), y)


def _content(
    canvas: Canvas, words: Words, card: PostCard, wide: float, abreast: int
) -> tuple[list[str], list[str], list[str], bool]:
    """Lines of the name, of the time and client, of the text, and whether the text is shown."""
    name = canvas.wrap(words.value(card.account), wide, bold=True, most=2)
    facts = [fact for fact in (_when(card, words), *_facts(card, words)) if fact]
    if abreast == 1:
        under = canvas.wrap(" · ".join(facts), wide, SMALL, most=2)
    else:
        under = [canvas.fit(fact, wide, SMALL) for fact in facts]
    text = card_text(card, words).strip()
    shown = text or words.say(Text("Words not shown: no other account shares them."))
    return name, under, canvas.wrap(shown, wide, most=_LINES[abreast]), bool(text)


def _when(card: PostCard, words: Words) -> str:
    if card.at is None:
        return ""
    at = utc(card.at)
    return f"{day(at, words, year=True)}, {at:%H:%M} UTC"


def _facts(card: PostCard, words: Words) -> tuple[str, str]:
    about = say(card.about, words) if card.about is not None else ""
    return about, words.value(Code(card.client)) if card.client else ""


def _high(content: tuple[list[str], list[str], list[str], bool]) -> float:
    name, under, text, _ = content
    lines = (len(name) + len(text)) * BASE + len(under) * SMALL
    return lines * LINE + 2 * _PAD + 10


def _card(
    canvas: Canvas,
    content: tuple[list[str], list[str], list[str], bool],
    left: float,
    top: float,
    wide: float,
    high: float,
) -> None:
    name, under, text, shown = content
    canvas.box(left, top, left + wide, top + high, _CARD, edge=_EDGE, round=14)
    x = left + _PAD
    y = paragraph(canvas, x, top + _PAD, name, bold=True, color=COLOURS["cohort"])
    y = paragraph(canvas, x, y, under, size=SMALL, color=GREY) + 10
    if shown:
        paragraph(canvas, x, y, text)
    else:
        paragraph(canvas, x, y, text, color=GREY)
