"""Shares or counts per interval of a quantity, one panel per series."""

from __future__ import annotations

import math

from analyzers.model.figure import Histogram
from analyzers.render.figures.axes import (
    Flag,
    Scale,
    axis,
    crowd,
    labels,
    log_or_linear,
    poles,
)
from analyzers.render.figures.canvas import Canvas
from analyzers.render.figures.steps import (
    are_shares,
    headings,
    height,
    heights,
    left_of,
    ordered,
    panels,
)
from analyzers.render.figures.style import RIGHT, more, nothing
from analyzers.render.words import Words


def draw_histogram(canvas: Canvas, words: Words, figure: Histogram, top: float) -> float:
    """Draw one panel per series from `top` down, on one axis; return where they end."""
    series = ordered(figure.series)
    edges = figure.edges
    if not series or len(edges) < 2 or not all(math.isfinite(edge) for edge in edges):
        return nothing(canvas, words, top)
    axes = heights(words, series, percent=are_shares(series))
    low = edges[0]
    log = figure.log_x and edges[-1] > 0
    if log and low <= 0:  # a first bin from 0 is drawn one bin wide, as a logarithm has no 0
        positive = [edge for edge in edges if edge > 0]
        low = positive[0] ** 2 / positive[1] if len(positive) > 1 else positive[0] / 10
    scale = Scale(low, edges[-1], left_of(canvas, axes), RIGHT - 10, log)
    marks = crowd([Flag(at, words.say(label)) for at, label in figure.marks])
    body, lanes = labels(canvas, scale, marks, top)
    bottom = body + height(len(series)) - 6
    panels(canvas, scale, series, axes, edges, body)
    poles(canvas, scale, marks, lanes, bottom)
    headings(canvas, words, series, words.say(figure.y_label), body)
    ticks = log_or_linear(words, scale)
    end = axis(canvas, scale, ticks, words.say(figure.x_label), bottom, body)
    return more(canvas, words, len(figure.series) - len(series), end)
