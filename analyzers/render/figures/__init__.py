"""Charts as PNG images; the only place that imports matplotlib."""

from __future__ import annotations

from typing import assert_never

from analyzers.model.figure import (
    Alignment,
    Bars,
    Bipartite,
    Figure,
    Heatmap,
    Histogram,
    Intervals,
    Network,
    Posts,
    Raster,
    Scatter,
    Stacked,
    Strip,
    Swimlane,
    Timeline,
)
from analyzers.render.figures.alignment import draw_alignment
from analyzers.render.figures.bars import WHISKERS, draw_bars
from analyzers.render.figures.bipartite import draw_bipartite
from analyzers.render.figures.canvas import WIDTH, Canvas
from analyzers.render.figures.fonts import missing_fonts
from analyzers.render.figures.heatmap import draw_heatmap
from analyzers.render.figures.histogram import draw_histogram
from analyzers.render.figures.intervals import draw_intervals
from analyzers.render.figures.network import draw_network
from analyzers.render.figures.posts import draw_posts
from analyzers.render.figures.raster import draw_raster
from analyzers.render.figures.scatter import draw_scatter
from analyzers.render.figures.stacked import draw_stacked
from analyzers.render.figures.strip import draw_strip
from analyzers.render.figures.style import footer, header
from analyzers.render.figures.swimlane import draw_swimlane
from analyzers.render.figures.timeline import draw_timeline
from analyzers.render.words import Words

__all__ = ["draw", "missing_fonts"]


def draw(figure: Figure, words: Words, *, draft: bool = True, width_px: int = WIDTH) -> bytes:
    """Draw a chart as a PNG `width_px` wide and as high as it needs, readable on a phone.

    `words` decides the language and which names are shown; `draft` marks the chart as not yet
    agreed. The same figure gives the same bytes with the same fonts installed. Safe in threads and
    processes: no global state of matplotlib is read or changed.
    """
    canvas = Canvas()
    top = header(canvas, words, figure.title, draft=draft)
    bottom = _body(canvas, words, figure, top)
    notes = [figure.note] if figure.note else []
    if isinstance(figure, Bars) and figure.categories:
        notes.insert(0, WHISKERS)
    return canvas.png(footer(canvas, words, notes, bottom), width_px)


def _body(canvas: Canvas, words: Words, figure: Figure, top: float) -> float:
    match figure:
        case Bars():
            return draw_bars(canvas, words, figure, top)
        case Stacked():
            return draw_stacked(canvas, words, figure, top)
        case Strip():
            return draw_strip(canvas, words, figure, top)
        case Timeline():
            return draw_timeline(canvas, words, figure, top)
        case Histogram():
            return draw_histogram(canvas, words, figure, top)
        case Alignment():
            return draw_alignment(canvas, words, figure, top)
        case Posts():
            return draw_posts(canvas, words, figure, top)
        case Raster():
            return draw_raster(canvas, words, figure, top)
        case Swimlane():
            return draw_swimlane(canvas, words, figure, top)
        case Scatter():
            return draw_scatter(canvas, words, figure, top)
        case Bipartite():
            return draw_bipartite(canvas, words, figure, top)
        case Intervals():
            return draw_intervals(canvas, words, figure, top)
        case Heatmap():
            return draw_heatmap(canvas, words, figure, top)
        case Network():
            return draw_network(canvas, words, figure, top)
        case _:
            assert_never(figure)
