"""Counts over time, with bursts shaded and events marked."""

from __future__ import annotations

from analyzers.model.figure import Timeline
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
from analyzers.render.figures.canvas import Canvas
from analyzers.render.figures.steps import headings, height, heights, left_of, ordered, panels
from analyzers.render.figures.style import RIGHT, more, nothing
from analyzers.render.words import Words


def draw_timeline(canvas: Canvas, words: Words, figure: Timeline, top: float) -> float:
    """Draw one panel per series from `top` down, on one time axis; return where they end."""
    series = ordered(figure.series)
    bins = max((len(one.counts) for one in series), default=0)
    if not bins or figure.bin_seconds <= 0:
        return nothing(canvas, words, top)
    start = moment(figure.start)
    edges = [start + index * figure.bin_seconds for index in range(bins + 1)]
    axes = heights(words, series, percent=False)
    scale = Scale(edges[0], edges[-1], left_of(canvas, axes), RIGHT - 10)
    shown = [
        flag
        for flag in (*flags(figure.bursts, words, shaded=True), *flags(figure.events, words))
        if flag.at <= scale.high and (flag.end or flag.at) >= scale.low
    ]
    marks = crowd(shown)
    body, lanes = labels(canvas, scale, marks, top)
    bottom = body + height(len(series)) - 6
    shades(canvas, scale, marks, lanes, bottom)
    panels(canvas, scale, series, axes, edges, body)
    poles(canvas, scale, marks, lanes, bottom)
    headings(canvas, words, series, words.say(figure.y_label), body)
    end = time_axis(canvas, words, scale, figure.x_label, bottom, body)
    return more(canvas, words, len(figure.series) - len(series), end)
