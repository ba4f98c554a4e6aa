"""A sheet of paper in pixels: text that is measured before it is placed, bars, lines and dots.

All lengths are pixels of a sheet 1200 wide, y counts downwards, and the sheet is cut to the height
used when it is turned into a PNG. Nothing here depends on matplotlib's user settings.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, Literal

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.collections import EllipseCollection
from matplotlib.figure import Figure as Sheet
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Polygon, Rectangle
from matplotlib.text import Text as Words
from matplotlib.transforms import Affine2D, IdentityTransform
from numpy.typing import NDArray
from PIL import Image

from analyzers.render.figures.fonts import face

WIDTH: Final = 1200
"""Pixels: three to four for each of a phone's 360, so that text stays sharp."""

BASE: Final = 32
"""Pixels of ordinary text: about 10 on a phone 360 pixels wide, as in a newspaper's app."""

SMALL: Final = 28
TITLE: Final = 44
INK: Final = "#1A1A1A"
GREY: Final = "#5F6368"  # 6:1 against white, above the 4.5:1 that WCAG 2.2 asks for
PAPER: Final = "#FFFFFF"

_DPI: Final = 100
_TALLEST: Final = 20_000  # Agg refuses more than 65,535; no reader scrolls that far
Align = Literal["left", "center", "right"]


class Canvas:
    """Draws in pixels and keeps no state but its marks; `png` cuts it to a height."""

    def __init__(self) -> None:
        self._sheet = Sheet(figsize=(WIDTH / _DPI, 1), dpi=_DPI, facecolor=PAPER)
        self._agg = FigureCanvasAgg(self._sheet)
        self._transform = Affine2D()
        self._ruler = RendererAgg(1, 1, _DPI)  # type: ignore[no-untyped-call]
        self._widths: dict[tuple[str, float, bool], float] = {}

    def width(self, text: str, size: float = BASE, *, bold: bool = False) -> float:
        """How wide the text would be, in pixels."""
        key = (text, size, bold)
        if key not in self._widths:
            drawn, font = face(text, bold=bold)
            font = font.copy()
            font.set_size(_points(size))
            size_of = self._ruler.get_text_width_height_descent
            measured = size_of(drawn, font, False)[0]  # type: ignore[no-untyped-call]
            self._widths[key] = float(measured) if drawn.strip() else 0.0
        return self._widths[key]

    def fit(self, text: str, width: float, size: float = BASE, *, bold: bool = False) -> str:
        """The text, ended by an ellipsis where it would pass `width`."""
        if self.width(text, size, bold=bold) <= width:
            return text
        low, high = 0, min(len(text), 400)  # 400 letters are wider than any sheet
        while low < high:
            middle = (low + high + 1) // 2
            if self.width(text[:middle].rstrip() + "…", size, bold=bold) <= width:
                low = middle
            else:
                high = middle - 1
        return text[:low].rstrip() + "…"

    def wrap(
        self,
        text: str,
        width: float,
        size: float = BASE,
        *,
        bold: bool = False,
        most: int = 8,
        first: float | None = None,
    ) -> list[str]:
        """The text in at most `most` lines of `width` (the first `first`), then an ellipsis."""
        lines: list[str] = []
        rest = text.strip(" ")
        while rest:
            room = first if first is not None and not lines else width
            if len(lines) == most - 1:
                return [*lines, self.fit(rest, room, size, bold=bold)]
            line, rest = self._break(rest, room, size, bold)
            lines.append(line)
        return lines

    def _break(self, text: str, room: float, size: float, bold: bool) -> tuple[str, str]:
        whole = self.width(text[:400], size, bold=bold)
        if whole <= room:
            return text[:400], text[400:]
        ends = [0, *(at for at, letter in enumerate(text[1:400], 1) if letter == " ")]
        fitting = (
            bisect_right(ends, len(text[:400]) * room / whole) - 1
        )  # a guess: measuring is dear
        while fitting and self.width(text[: ends[fitting]], size, bold=bold) > room:
            fitting -= 1
        while fitting + 1 < len(ends):
            if self.width(text[: ends[fitting + 1]], size, bold=bold) > room:
                break
            fitting += 1
        last = ends[fitting]
        if not last:  # one word longer than the line: cut it where the line ends
            last = max(1, len(self.fit(text, room, size, bold=bold)) - 1)
        return text[:last].rstrip(" "), text[last:].lstrip(" ")

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = BASE,
        bold: bool = False,
        color: str = INK,
        align: Align = "left",
        backed: bool = False,
    ) -> None:
        """Write one line whose letters are centred on height `y`; `backed` clears what is under."""
        drawn, font = face(text, bold=bold)
        if not drawn.strip():
            return
        if backed:
            wide = self.width(text, size, bold=bold)
            left = x - {"left": 0, "center": wide / 2, "right": wide}[align]
            self.box(left - 6, y - size * 0.66, left + wide + 6, y + size * 0.66, PAPER)
        mark = Words(
            x=x,
            y=y + size * 0.36,  # half the height of a capital in DejaVu Sans
            text=drawn,
            color=color,
            fontproperties=font,
            fontsize=_points(size),
            ha=align,
            va="baseline",
            parse_math=False,
            usetex=False,
        )
        self._add(mark)

    def box(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        color: str,
        *,
        edge: str | None = None,
        round: float = 0,
    ) -> None:
        """Fill a rectangle, with rounded corners and an edge if asked."""
        wide, high = max(right - left, 0), max(bottom - top, 0)
        shape = (
            FancyBboxPatch((left, top), wide, high, boxstyle=f"round,pad=0,rounding_size={round}")
            if round
            else Rectangle((left, top), wide, high)
        )
        shape.set(facecolor=color, edgecolor=edge or "none", linewidth=_points(2 if edge else 0))
        self._add(shape)

    def line(
        self,
        points: Sequence[tuple[float, float]],
        color: str,
        *,
        width: float = 2,
        dashes: tuple[float, float] | None = None,
    ) -> None:
        """Draw a line through the points, `width` pixels thick."""
        xs, ys = zip(*points, strict=True)
        mark = Line2D(xs, ys, color=color, linewidth=_points(width), solid_joinstyle="miter")
        mark.set_solid_capstyle("butt")
        if dashes:
            mark.set_linestyle((0, (dashes[0] / width, dashes[1] / width)))
        self._add(mark)

    def area(self, points: Sequence[tuple[float, float]], color: str) -> None:
        """Fill the polygon through the points."""
        self._add(Polygon(points, closed=True, facecolor=color, edgecolor="none"))

    def dots(
        self, centres: Sequence[tuple[float, float]], size: float, color: str, alpha: float
    ) -> None:
        """Draw a disc `size` pixels across on each centre, with a thin white rim."""
        if not centres:
            return
        sizes = [_points(size)] * len(centres)
        marks = EllipseCollection(
            sizes,
            sizes,
            [0.0] * len(centres),
            units="points",
            offsets=list(centres),
            offset_transform=self._transform,
            facecolors=color,
            edgecolors=PAPER,
            linewidths=_points(1.5),
            alpha=alpha,
        )
        marks.set_zorder(1)
        marks.set_transform(IdentityTransform())
        self._sheet.add_artist(marks)

    def _add(self, mark: Artist) -> None:
        mark.set_zorder(1)  # one level for all: what is drawn later lies on top
        mark.set_transform(self._transform)
        self._sheet.add_artist(mark)

    def png(self, height: float, width_px: int) -> bytes:
        """The sheet cut at `height`, scaled to `width_px`, as a PNG without date or program."""
        high = round(min(max(height, 1), _TALLEST))
        scale = width_px / WIDTH
        self._sheet.set_dpi(_DPI * scale)
        self._sheet.set_size_inches(WIDTH / _DPI, high / _DPI)
        self._transform.clear().scale(scale, -scale).translate(0, high * scale)
        self._agg.draw()  # type: ignore[no-untyped-call]
        buffer = io.BytesIO()
        pixels = _few_colours(np.asarray(self._agg.buffer_rgba()))  # type: ignore[no-untyped-call]
        # levels above 6 take seven times as long and save a tenth
        pixels.save(buffer, "png", compress_level=6)
        return buffer.getvalue()


def _few_colours(drawn: NDArray[np.uint8]) -> Image.Image:
    """The sheet in 256 colours, as good to the eye here and a third of the size to download.

    Nine pixels of ten are bare paper: it keeps a colour of its own, and only the others are sorted.
    """
    marked = np.ascontiguousarray(drawn).view(np.uint32)[..., 0] != np.uint32(0xFFFFFFFF)
    marks = drawn[marked][:, :3]
    places = np.zeros(marked.shape, dtype=np.uint8)
    palette = [255, 255, 255]
    if len(marks):
        cut = Image.fromarray(marks[None]).quantize(
            255, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
        )
        places[marked] = np.asarray(cut)[0] + 1
        palette += cut.getpalette() or []
    found = Image.fromarray(places)
    found.putpalette(palette)
    return found


def _points(pixels: float) -> float:
    return pixels * 72 / _DPI
