"""Accounts as dots and the ties between them as lines, those tied alike near one another."""

from __future__ import annotations

from typing import Final

import numpy as np

from analyzers.lib.layout import parted, spread
from analyzers.model.case import NAMES, Group
from analyzers.model.figure import Network
from analyzers.model.text import Text
from analyzers.render.figures.canvas import GREY, SMALL, Canvas
from analyzers.render.figures.style import (
    COLOURS,
    LEFT,
    PALE,
    RIGHT,
    key,
    more,
    nothing,
    paragraph,
)
from analyzers.render.words import Words

MOST: Final = 60
"""Accounts: their dots are then still apart on a phone."""

NAMED: Final = 30
"""Up to as many accounts have their name under the dot; more names would cover the lines."""

_DOT: Final = 34
_MIXED: Final = "#C9C9C9"
_THIN, _THICK = 2.0, 9.0


def draw_network(canvas: Canvas, words: Words, figure: Network, top: float) -> float:
    """Draw the ties, then the accounts over them, from `top` down; return where it ends."""
    nodes = figure.nodes[:MOST]
    if not nodes:
        return nothing(canvas, words, top)
    start = _key(canvas, words, figure, top)
    height = 420 + 10 * len(nodes)
    edges = [edge for edge in figure.edges if max(edge.left, edge.right) < len(nodes)]
    box = (LEFT + 70.0, start + 30.0, RIGHT - 70.0, start + height - 50.0)
    named = len(nodes) <= NAMED
    ideal = spread(len(nodes), [(edge.left, edge.right, edge.weight) for edge in edges])
    scaled = np.array(box[:2]) + ideal * (np.array(box[2:]) - np.array(box[:2]))
    spots = [(float(x), float(y)) for x, y in parted(scaled, 120 if named else 60, box)]
    most = max((edge.weight for edge in edges), default=1)
    for edge in sorted(edges, key=lambda edge: edge.weight):  # the strongest lie on top
        groups = {nodes[edge.left].group, nodes[edge.right].group}
        colour = PALE[groups.pop()] if len(groups) == 1 else _MIXED
        wide = _THIN + (_THICK - _THIN) * (edge.weight - 1) / max(most - 1, 1)
        canvas.line([spots[edge.left], spots[edge.right]], colour, width=wide)
    for group in _groups(figure):
        centres = [spot for spot, node in zip(spots, nodes, strict=True) if node.group == group]
        canvas.dots(centres, _DOT, COLOURS[group], 1)
    if named:
        for (x, y), node in zip(spots, nodes, strict=True):
            name = canvas.fit(words.value(node.account), 150, SMALL)
            canvas.text(x, y + 36, name, size=SMALL, align="center", backed=True)
    return more(canvas, words, figure.total - len(nodes), start + height)


def _groups(figure: Network) -> list[Group]:
    here = {node.group for node in figure.nodes}
    return [group for group in NAMES if group in here]


def _key(canvas: Canvas, words: Words, figure: Network, top: float) -> float:
    """Name the groups' colours and the measure of a line's thickness."""
    entries = [(words.say(NAMES[group]), COLOURS[group]) for group in _groups(figure)]
    y = key(canvas, entries, top)
    said = words.say(Text("Line thickness: {what}.", what=figure.weight_label))
    lines = canvas.wrap(said, RIGHT - LEFT, SMALL, most=2)
    return paragraph(canvas, LEFT, y, lines, size=SMALL, color=GREY)
