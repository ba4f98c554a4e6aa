"""Posts laid under their common model: fixed words dark, words that vary on a coloured ground."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from analyzers.model.figure import AlignedPost, Alignment, Cell
from analyzers.model.text import Text
from analyzers.render.figures.canvas import BASE, GREY, INK, SMALL, Canvas
from analyzers.render.figures.scales import day, utc
from analyzers.render.figures.style import COLOURS, GRID, LEFT, RIGHT, more, nothing, paragraph
from analyzers.render.words import Words

MOST: Final = 10
"""Posts that a sheet of about 1500 pixels holds, at two lines each."""

_COLUMN: Final = 276
_LINES: Final = 3
_MODEL_LINES: Final = 5
_STEP: Final = BASE * 1.42
_SLOT: Final = "#F9DDC6"
_PAD: Final = 8
_HANG: Final = 20
_BLANK: Final = "\u00a0\u00a0"  # an empty slot is seen as an empty ground
_CLOSING: Final = frozenset(",.;)]}…")
_MODEL: Final = "#F3F3F1"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one cell on one line, with their place."""

    words: str
    slot: bool
    line: int
    left: float
    right: float


def draw_alignment(canvas: Canvas, words: Words, figure: Alignment, top: float) -> float:
    """Draw the model and its posts from `top` down; return where they end."""
    if not figure.model and not figure.posts:
        return nothing(canvas, words, top)
    y = _model(canvas, words, figure.model, top) if figure.model else top
    posts = figure.posts[:MOST]
    for index, post in enumerate(posts):
        if index:
            canvas.line([(LEFT, y), (RIGHT, y)], GRID)
        y = _post(canvas, words, post, y + 12) + 12
    if posts:
        note = words.say(Text("Times are UTC."))
        y = paragraph(canvas, LEFT, y + 4, [note], size=SMALL, color=GREY)
    return more(canvas, words, max(figure.total, len(figure.posts)) - len(posts), y)


def _model(canvas: Canvas, words: Words, cells: Sequence[Cell], top: float) -> float:
    left = LEFT + _COLUMN
    right = RIGHT - 20
    pieces, lines = _flow(canvas, words, cells, left, right, _MODEL_LINES, bold=True, blank="…")
    bottom = top + lines * _STEP + 36
    canvas.box(LEFT, top, RIGHT, bottom, _MODEL)
    head = canvas.fit(words.say(Text("Model")), _COLUMN - 36, bold=True)
    canvas.text(LEFT + 18, top + 18 + _STEP / 2, head, bold=True, color=GREY)
    _write(canvas, pieces, top + 18, bold=True)
    return bottom + 8


def _post(canvas: Canvas, words: Words, post: AlignedPost, top: float) -> float:
    left = LEFT + _COLUMN
    name = canvas.wrap(words.value(post.account), _COLUMN - 24, bold=True, most=2)
    for index, line in enumerate(name):
        y = top + (index + 0.5) * _STEP
        canvas.text(LEFT + 18, y, line, bold=True, color=COLOURS["cohort"])
    when = f"{day(post.at, words)}, {utc(post.at):%H:%M}"
    y = top + len(name) * _STEP + SMALL * 0.55
    canvas.text(LEFT + 18, y, when, size=SMALL, color=GREY)
    pieces, lines = _flow(canvas, words, post.cells, left, RIGHT - 20, _LINES, bold=False)
    _write(canvas, pieces, top, bold=False)
    return max(top + lines * _STEP, y + SMALL * 0.7)


def _flow(
    canvas: Canvas,
    words: Words,
    cells: Sequence[Cell],
    left: float,
    right: float,
    most: int,
    *,
    bold: bool,
    blank: str = _BLANK,
) -> tuple[list[Piece], int]:
    """Break cells into lines; return the pieces and the number of lines, at most `most`.

    `blank` stands in a slot that holds no words.
    """
    space = canvas.width("a a", bold=bold) - canvas.width("aa", bold=bold)
    pieces: list[Piece] = []
    x, line = left, 0
    for cell in cells:
        parts = words.disclosure.mask(cell.words).split()
        if pieces and parts and parts[0][0] in _CLOSING:
            x -= space
        for index, part in enumerate(parts or ([blank] if cell.slot else [])):
            part = canvas.fit(part, right - left, bold=bold)
            wide = max(canvas.width(part, bold=bold), _PAD)
            hangs = not index and part[0] in _CLOSING  # a comma may stand in the margin
            if x > left and x + wide > right + (_HANG if hangs else 0):
                x, line = left, line + 1
                if line == most:
                    pieces[-1] = _cut(canvas, pieces[-1], right, bold)
                    return _mirrored(pieces, left, right), most
            last = pieces[-1] if pieces else None
            if index and last and last.line == line:  # one ground under the words of one slot
                joined = f"{last.words} {part}"
                end = last.left + canvas.width(joined, bold=bold)
                pieces[-1] = Piece(joined, cell.slot, line, last.left, end)
                x = end + space
            else:
                start = x + (_PAD if cell.slot and x > left else 0)
                pieces.append(Piece(part, cell.slot, line, start, start + wide))
                x = start + wide + space
            if cell.slot and index >= len(parts) - 1:
                x += _PAD
    return _mirrored(pieces, left, right), line + 1


def _cut(canvas: Canvas, piece: Piece, right: float, bold: bool) -> Piece:
    words = canvas.fit(f"{piece.words} …", right - piece.left, bold=bold)
    end = piece.left + canvas.width(words, bold=bold)
    return Piece(words, piece.slot, piece.line, piece.left, end)


def _mirrored(pieces: list[Piece], left: float, right: float) -> list[Piece]:
    """The pieces from right to left, when the text's first letter is Hebrew or Arabic."""
    letters = "".join(piece.words for piece in pieces)
    strong = (unicodedata.bidirectional(letter) for letter in letters)
    if next((kind for kind in strong if kind in ("L", "R", "AL")), "L") == "L":
        return pieces
    return [
        Piece(p.words, p.slot, p.line, left + right - p.right, left + right - p.left)
        for p in pieces
    ]


def _write(canvas: Canvas, pieces: Sequence[Piece], top: float, *, bold: bool) -> None:
    for piece in pieces:
        y = top + (piece.line + 0.5) * _STEP
        if piece.slot:
            half = _STEP / 2 - 3
            canvas.box(piece.left - _PAD, y - half, piece.right + _PAD, y + half, _SLOT, round=8)
        canvas.text(piece.left, y, piece.words, bold=bold, color=INK)
