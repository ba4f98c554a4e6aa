"""A chart whose case has been reviewed: without its draft mark, and with what it is now beneath."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from analyzers.model.text import Text
from analyzers.render.figures.canvas import GREY, PAPER, SMALL, WIDTH, Canvas
from analyzers.render.figures.style import LEFT, draft_mark
from analyzers.render.words import Words

STRIP = 64
"""Pixels of the strip beneath: a line of small print and its margins."""


def remarked(png: bytes, words: Words, says: Text) -> bytes:
    """A chart that `draw` made as a draft, in the same language, with what it `says` instead."""
    chart = Image.open(io.BytesIO(png)).convert("RGB")
    scale = chart.width / WIDTH
    canvas = Canvas()
    mark = draft_mark(canvas, words)
    edge = 3  # the line around the mark is drawn half outside of it
    covered = (mark.left - edge, mark.top - edge, mark.right + edge, mark.bottom + edge)
    box = [round(side * scale) for side in covered]
    ImageDraw.Draw(chart).rectangle((box[0], box[1], box[2], box[3]), fill=PAPER)
    canvas.text(LEFT, STRIP / 2, words.say(says), size=SMALL, bold=True, color=GREY)
    strip = Image.open(io.BytesIO(canvas.png(STRIP, chart.width))).convert("RGB")
    whole = Image.new("RGB", (chart.width, chart.height + strip.height), PAPER)
    whole.paste(chart, (0, 0))
    whole.paste(strip, (0, chart.height))
    content = io.BytesIO()
    whole.quantize(256).save(content, "png", compress_level=6)
    return content.getvalue()
