"""The numbers behind a chart as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv as csv_format
import io
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final, TypeAlias, assert_never

from analyzers.model.case import Group
from analyzers.model.figure import (
    Alignment,
    Bar,
    Bars,
    Bipartite,
    Cell,
    Figure,
    Heatmap,
    Histogram,
    Intervals,
    Label,
    Mark,
    Network,
    Posts,
    Raster,
    Scatter,
    Stacked,
    Strip,
    Swimlane,
    Timeline,
)
from analyzers.model.text import Code, Text
from analyzers.render.card_text import card_text
from analyzers.render.words import Words

_Row: TypeAlias = Iterable[str | int | float | datetime | None]

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes Excel, LibreOffice or Google Sheets run a cell (OWASP, "CSV Injection")."""

_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")


def csv(figure: Figure, words: Words) -> bytes:
    """The chart's data as a CSV file in UTF-8, with a byte order mark so that Excel reads accents.

    Column names are the same in both languages, so that a script reads either; labels are in the
    reader's language, times ISO 8601 in UTC, shares between 0 and 1. A cell that a spreadsheet
    could run as a formula starts with an apostrophe.
    """
    text = io.StringIO()
    writer = csv_format.writer(text)
    for row in _rows(figure, words):
        writer.writerow([_cell(value) for value in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def harmless(value: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before what may be."""
    formula = value.startswith(_FORMULA) and not _NUMBER.fullmatch(value)
    return f"'{value}" if formula else value


def _cell(value: str | int | float | datetime | None) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return _iso(value)
        case str():
            return harmless(value)
        case float():
            return f"{value:.10g}"
        case int():
            return str(value)
        case _:
            assert_never(value)


def _iso(at: datetime) -> str:
    utc = at.astimezone(UTC) if at.tzinfo else at
    return f"{utc.replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def _rows(figure: Figure, words: Words) -> Iterator[_Row]:
    match figure:
        case Bars():
            return _bars(figure, words)
        case Stacked():
            return _stacked(figure, words)
        case Strip():
            return _strip(figure, words)
        case Timeline():
            return _timeline(figure, words)
        case Histogram():
            return _histogram(figure, words)
        case Alignment():
            return _alignment(figure, words)
        case Posts():
            return _posts(figure, words)
        case Raster():
            return _raster(figure, words)
        case Swimlane():
            return _swimlane(figure, words)
        case Scatter():
            return _scatter(figure, words)
        case Bipartite():
            return _bipartite(figure, words)
        case Intervals():
            return _intervals(figure, words)
        case Heatmap():
            return _heatmap(figure, words)
        case Network():
            return _network(figure, words)
        case _:
            assert_never(figure)


def _say(label: Label, words: Words) -> str:
    return words.say(label) if isinstance(label, Text) else words.value(label)


def _bars(figure: Bars, words: Words) -> Iterator[_Row]:
    yield ("category", "group", "k", "n", "share", "low", "high")
    groups: list[tuple[Group, tuple[Bar, ...]]] = [
        ("cohort", figure.cohort),
        ("comparison", figure.comparison or ()),
    ]
    for index, category in enumerate(figure.categories):
        for group, bars in groups:
            if index < len(bars):
                bar = bars[index]
                share = bar.k / bar.n if bar.n else None
                yield (_say(category, words), group, bar.k, bar.n, share, bar.low, bar.high)


def _stacked(figure: Stacked, words: Words) -> Iterator[_Row]:
    yield ("row", "group", "n", "category", "share")
    for row in figure.rows:
        for category, share in zip(figure.categories, row.shares, strict=False):
            yield (_say(row.label, words), row.group, row.n, _say(category, words), share)


def _strip(figure: Strip, words: Words) -> Iterator[_Row]:
    yield ("row", "group", "time", "until", "label")
    for row in figure.rows:
        for at in sorted(row.dates):
            yield (_say(row.label, words), row.group, at, None, None)
    yield from _marks("mark", figure.marks, words)


def _marks(kind: str, marks: Iterable[Mark], words: Words) -> Iterator[_Row]:
    for mark in marks:
        yield (kind, None, mark.at, mark.until, _say(mark.label, words))


def _timeline(figure: Timeline, words: Words) -> Iterator[_Row]:
    yield ("row", "group", "time", "until", "label", "count")
    width = timedelta(seconds=figure.bin_seconds)
    for series in figure.series:
        name = _say(series.label, words)
        for index, count in enumerate(series.counts):
            start = figure.start + index * width
            yield (name, series.group, start, start + width, None, count)
    for kind, marks in (("burst", figure.bursts), ("event", figure.events)):
        for row in _marks(kind, marks, words):
            yield (*row, None)


def _histogram(figure: Histogram, words: Words) -> Iterator[_Row]:
    yield ("row", "group", "from", "to", "label", "count")
    for series in figure.series:
        name = _say(series.label, words)
        for (low, high), count in zip(pairwise(figure.edges), series.counts, strict=False):
            yield (name, series.group, low, high, None, count)
    for at, label in figure.marks:
        yield ("mark", None, at, None, words.say(label), None)


def _alignment(figure: Alignment, words: Words) -> Iterator[_Row]:
    kinds = ("slot" if cell.slot else "fixed" for cell in figure.model)
    yield ("account", "time", *(f"{kind}_{n}" for n, kind in enumerate(kinds, start=1)))
    yield ("model", None, *_masked(figure.model, words))
    for post in figure.posts:
        yield (words.value(post.account), post.at, *_masked(post.cells, words))


def _masked(cells: Iterable[Cell], words: Words) -> Iterator[str]:
    return (_line(words.disclosure.mask(cell.words)) for cell in cells)


def _posts(figure: Posts, words: Words) -> Iterator[_Row]:
    yield ("row", "account", "time", "client", "about", "text")
    for number, row in enumerate(figure.rows, start=1):
        for card in row:
            client = words.value(Code(card.client)) if card.client else None
            about = _say(card.about, words) if card.about is not None else None
            text = _line(card_text(card, words))
            yield (number, words.value(card.account), card.at, client, about, text)


def _raster(figure: Raster, words: Words) -> Iterator[_Row]:
    yield ("account", "group", "time", "until", "label", "part")
    for row in figure.rows:
        account = words.value(row.account)
        for at in row.ticks:
            yield (account, row.group, at, None, None, None)
        for cell in row.cells:
            label = _say(figure.categories[cell.category], words)
            yield (account, row.group, cell.since, cell.until, label, cell.part)
    for mark in _marks("mark", figure.marks, words):
        yield (*mark, None)


def _swimlane(figure: Swimlane, words: Words) -> Iterator[_Row]:
    yield ("account", "group", "state", "time", "until")
    for lane in figure.lanes:
        account = words.value(lane.account)
        if lane.created is not None:
            yield (account, lane.group, "created", lane.created, None)
        yield (account, lane.group, "known", lane.known, figure.until)
        for since, until in lane.active:
            yield (account, lane.group, "active", since, until)
        if lane.began is not None:
            yield (account, lane.group, "began", lane.began, None)
        for at in lane.attacks:
            yield (account, lane.group, "attack", at, None)


def _scatter(figure: Scatter, words: Words) -> Iterator[_Row]:
    yield ("row", "group", "x", "y")
    for cloud in figure.clouds:
        for x, y in cloud.points:
            yield (_say(cloud.label, words), cloud.group, x, y)


def _bipartite(figure: Bipartite, words: Words) -> Iterator[_Row]:
    yield ("account", "tied_to", "weight")
    for tie in figure.edges:
        right = _say(figure.right[tie.right], words)
        yield (words.value(figure.left[tie.left]), right, tie.weight)


def _intervals(figure: Intervals, words: Words) -> Iterator[_Row]:
    yield ("row", "group", "value", "low", "high")
    for row in figure.rows:
        yield (_say(row.label, words), row.group, row.value, row.low, row.high)


def _heatmap(figure: Heatmap, words: Words) -> Iterator[_Row]:
    yield ("account", "other", "count")
    for account, row in zip(figure.accounts, figure.values, strict=True):
        for other, count in zip(figure.accounts, row, strict=False):
            yield (words.value(account), words.value(other), count)


def _network(figure: Network, words: Words) -> Iterator[_Row]:
    yield ("account", "group", "other", "other_group", "weight")
    for tie in figure.edges:
        one, other = figure.nodes[tie.left], figure.nodes[tie.right]
        yield (
            words.value(one.account),
            one.group,
            words.value(other.account),
            other.group,
            tie.weight,
        )


def _line(text: str) -> str:
    return " ".join(text.split())
