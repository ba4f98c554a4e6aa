"""Who addresses whom: accounts on the left, what they share on the right, a line for each tie."""

from __future__ import annotations

from typing import Final

from analyzers.model.figure import Bipartite
from analyzers.model.text import Text, plural
from analyzers.render.figures.canvas import BASE, GREY, PAPER, SMALL, Canvas
from analyzers.render.figures.style import (
    COLOURS,
    LEFT,
    LINE,
    PALE,
    RIGHT,
    nothing,
    paragraph,
    say,
)
from analyzers.render.words import Words

MOST_LEFT: Final = 24
MOST_RIGHT: Final = 10
"""Names that a sheet of about 1500 pixels holds on each side."""

_ROW: Final = 46
_DOT: Final = 18
_THIN, _THICK = 2.5, 8.0


def draw_bipartite(canvas: Canvas, words: Words, figure: Bipartite, top: float) -> float:
    """Draw both sides from `top` down, spread over the same height; return where they end."""
    left = [words.value(account) for account in figure.left][:MOST_LEFT]
    right = [say(label, words) for label in figure.right][:MOST_RIGHT]
    if not left or not right:
        return nothing(canvas, words, top)
    wide = min(max(canvas.width(name) for name in left), (RIGHT - LEFT) * 0.28)
    room = (RIGHT - LEFT) * 0.46
    lines = [canvas.wrap(name, room, most=3) for name in right]
    start = _heads(canvas, words, figure, top)
    height = max(len(left) * _ROW, sum(len(each) for each in lines) * BASE * LINE + 20 * len(lines))
    from_x, to_x = LEFT + wide + 30, RIGHT - room - 30
    ours = _spread(len(left), start, height)
    theirs = _spread(len(right), start, height)
    shown = [tie for tie in figure.edges if tie.left < len(left) and tie.right < len(right)]
    most = max((tie.weight for tie in shown), default=1)
    for tie in sorted(shown, key=lambda tie: tie.weight):  # the strongest lie on top
        part = tie.weight / most
        canvas.line(
            [(from_x, ours[tie.left]), (to_x, theirs[tie.right])],
            COLOURS["cohort"] if part > 0.5 else PALE["cohort"],
            width=_THIN + (_THICK - _THIN) * part,
        )
    canvas.dots([(from_x, y) for y in ours], _DOT, COLOURS["cohort"], 1)
    for y in theirs:
        canvas.box(to_x - 10, y - 10, to_x + 10, y + 10, GREY, edge=PAPER)
    for name, y in zip(left, ours, strict=True):
        canvas.text(from_x - 20, y, canvas.fit(name, wide + 1), align="right")
    for each, y in zip(lines, theirs, strict=True):
        paragraph(canvas, to_x + 24, y - len(each) * BASE * LINE / 2, each)
    return _rest(canvas, words, figure, start + height)


def _heads(canvas: Canvas, words: Words, figure: Bipartite, top: float) -> float:
    """Write what each side lists; return where the names start."""
    room = (RIGHT - LEFT) / 2 - 20
    ends = [top]
    for label, align in ((figure.left_label, "left"), (figure.right_label, "right")):
        lines = canvas.wrap(words.say(label), room, SMALL, most=2)
        for number, line in enumerate(lines):
            x, y = (LEFT if align == "left" else RIGHT), top + (number + 0.5) * SMALL * LINE
            canvas.text(x, y, line, size=SMALL, color=GREY, align=align)  # type: ignore[arg-type]
        ends.append(top + len(lines) * SMALL * LINE)
    return max(ends) + 14


def _spread(count: int, top: float, height: float) -> list[float]:
    """Where the middle of each of `count` names stands, at equal distances."""
    return [top + height * (number + 0.5) / count for number in range(count)]


def _rest(canvas: Canvas, words: Words, figure: Bipartite, y: float) -> float:
    """Name the measure of a line's thickness, and how many names had no room."""
    said = [words.say(Text("Line thickness: {what}.", what=figure.weight_label))]
    hidden = max(0, len(figure.left) - MOST_LEFT) + max(0, len(figure.right) - MOST_RIGHT)
    if hidden:
        said.append(words.say(plural("{n} more is not drawn.", "{n} more are not drawn.", hidden)))
    lines = canvas.wrap(" ".join(said), RIGHT - LEFT, SMALL, most=3)
    return paragraph(canvas, LEFT, y + 10, lines, size=SMALL, color=GREY)
