"""How every chart of Limier looks: colours, title, draft mark, key and footer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from analyzers.model.case import Group
from analyzers.model.figure import Label
from analyzers.model.text import Text, plural
from analyzers.render.figures.canvas import BASE, GREY, INK, PAPER, SMALL, TITLE, WIDTH, Canvas
from analyzers.render.words import Words

MARGIN: Final = 48
TOP: Final = 40
LEFT: Final = MARGIN
RIGHT: Final = WIDTH - MARGIN
LINE: Final = 1.32
"""Height of a line of text over its letters' size, as browsers set it."""

GRID: Final = "#DEDEDE"
AXIS: Final = "#8A8A8A"

COLOURS: Final[dict[Group, str]] = {"cohort": "#D55E00", "comparison": "#0072B2"}
"""Vermillion and blue of Okabe and Ito, "Color Universal Design" (2008): told apart by people with
any of the common colour blindnesses, and in print."""

PALE: Final[dict[Group, str]] = {"cohort": "#F6CFB2", "comparison": "#BBD7EA"}

PALETTE: Final = (
    "#44AA99",
    "#DDCC77",
    "#332288",
    "#CC6677",
    "#88CCEE",
    "#117733",
    "#AA4499",
    "#999933",
    "#882255",
)
"""Paul Tol's "muted" scheme (Colour Schemes, SRON/EPS/TN/09-002, 2021), colour-blind safe and apart
from the two colours of the groups; ordered so that neighbours differ in lightness."""

NEUTRALS: Final = ("#9E9E9E", "#D0D0D0")
"""Greys for what is undetermined, and for the rest."""


def say(label: Label, words: Words) -> str:
    """A chart's label in the reader's language."""
    return words.say(label) if isinstance(label, Text) else words.value(label)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the draft mark stands on every chart, in pixels of the sheet, and what it says."""

    says: str
    left: float
    top: float
    right: float
    bottom: float


def draft_mark(canvas: Canvas, words: Words) -> Mark:
    """The mark of a chart that nobody has agreed to yet."""
    says = words.say(Text("DRAFT"))
    wide = canvas.width(says, SMALL, bold=True) + 28
    return Mark(says, RIGHT - wide, TOP + 4, RIGHT, TOP + 52)


def header(canvas: Canvas, words: Words, title: Text, *, draft: bool) -> float:
    """Write the finding, with the draft mark beside it; return where the chart starts."""
    room: float = RIGHT - LEFT
    top: float = TOP
    if draft:
        mark = draft_mark(canvas, words)
        middle = (mark.left + mark.right) / 2
        canvas.box(mark.left, mark.top, mark.right, mark.bottom, PAPER, edge=GREY, round=8)
        canvas.text(middle, top + 28, mark.says, size=SMALL, bold=True, color=GREY, align="center")
        room -= mark.right - mark.left + 24
    lines = _headline(canvas, words.say(title), room)
    y = paragraph(canvas, LEFT, top, lines, size=TITLE, bold=True)
    return max(y, top + 52) + 22


def _headline(canvas: Canvas, title: str, first: float) -> list[str]:
    """The title in as few lines as it takes, of about equal length; the first at most `first`."""

    def lines(width: float) -> list[str]:
        return canvas.wrap(title, width, TITLE, bold=True, most=8, first=min(first, width))

    best = lines(RIGHT - LEFT)
    widths = range(RIGHT - LEFT, (RIGHT - LEFT) // 2, -24)
    fits, fails = 0, len(widths)
    while fails - fits > 1:
        middle = (fits + fails) // 2
        narrower = lines(widths[middle])
        if len(narrower) > len(best) or narrower[-1].endswith("…"):
            fails = middle
        else:
            best, fits = narrower, middle
    return best


def footer(canvas: Canvas, words: Words, notes: Sequence[Text], top: float) -> float:
    """Write the notes in grey under the chart; return the height of the sheet."""
    y = top + (18 if notes else 0)
    for note in notes:
        lines = canvas.wrap(words.say(note), RIGHT - LEFT, SMALL, most=6)
        y = paragraph(canvas, LEFT, y, lines, size=SMALL, color=GREY) + 4
    return y + 32


def paragraph(
    canvas: Canvas,
    x: float,
    top: float,
    lines: Sequence[str],
    *,
    size: float = BASE,
    bold: bool = False,
    color: str = INK,
) -> float:
    """Write lines one under the other; return where the next one would start."""
    for index, line in enumerate(lines):
        canvas.text(x, top + (index + 0.5) * size * LINE, line, size=size, bold=bold, color=color)
    return top + len(lines) * size * LINE


def key(canvas: Canvas, entries: Sequence[tuple[str, str]], top: float) -> float:
    """Write (label, colour) pairs after small squares, wrapping; return where the chart goes on."""
    x: float = LEFT
    y = top + BASE * 0.66
    for label, colour in entries:
        shown = canvas.fit(label, RIGHT - LEFT - 44)
        wide = 40 + canvas.width(shown)
        if x > LEFT and x + wide > RIGHT:
            x, y = LEFT, y + BASE * LINE + 4
        canvas.box(x, y - 13, x + 26, y + 13, colour)
        canvas.text(x + 38, y, shown)
        x += wide + 36
    return y + BASE * 0.66 + 14 if entries else top


def nothing(canvas: Canvas, words: Words, top: float) -> float:
    """Say in the chart's place that there is nothing to draw."""
    canvas.text(
        WIDTH / 2, top + 60, words.say(Text("Nothing to show.")), color=GREY, align="center"
    )
    return top + 120


def more(canvas: Canvas, words: Words, hidden: int, top: float) -> float:
    """Say how many items the chart had no room for, if any."""
    if hidden <= 0:
        return top
    said = words.say(plural("{n} more is not drawn.", "{n} more are not drawn.", hidden))
    return paragraph(canvas, LEFT, top + 8, [said], size=SMALL, color=GREY)
