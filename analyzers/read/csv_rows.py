"""Reads tables as text: their encoding, the separator of their header, and rows one by one."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from analyzers.read.column_names import columns_of
from analyzers.read.limits import Limits

SEPARATORS = (",", ";", "\t", "|")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DECLARED = "sep="  # Excel's own way to declare a separator, on a line of its own


_CELLS = 8  # of the largest size make the longest line that is read as one

_ABOVE = 20
"""Lines in which the header is looked for: services write half a dozen about their query first."""

_LONGEST_NAMES = 65_536  # characters: a longer line is a post, and no header is looked for below it
_KNOWN = 3  # usual names that make a header; a line of a preamble has none


def text_lines(stream: io.BufferedReader, limits: Limits) -> Iterator[str]:
    """The lines of a table, ends kept, cut at line feeds (or, without any, at carriage returns).

    A byte order mark decides; else each line is UTF-8, or Windows-1252 where it is not: exports
    glued together mix both. The few bytes that Windows-1252 leaves undefined are read as Latin-1.
    """
    longest = min(limits.item, _CELLS * limits.field)
    head = stream.peek(2)
    wide, old = head[:2] in _UTF16, b"\r" in head and b"\n" not in head
    if wide or old:  # `old`: lines end in carriage returns alone, as spreadsheets for Mac wrote
        text = io.TextIOWrapper(
            stream,
            encoding="utf-16" if wide else "utf-8-sig",
            errors="replace",
            newline="\n" if wide else "\r",
        )
        while line := text.readline(longest):
            yield line
        text.detach()
        return
    first = True
    while raw := stream.readline(longest):
        yield _line(raw.removeprefix(codecs.BOM_UTF8) if first else raw)
        first = False


def _line(raw: bytes) -> str:
    for encoding in ("utf-8", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def separator_of(header: str) -> str:
    """The separator that cuts a header line into the most names."""
    return max(SEPARATORS, key=lambda one: len(_cut(header, one)))


def _cut(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


class Cells:
    """The rows of a table: `header`, then each row with the line it starts on when iterated.

    `above` counts the lines above the header that belong to no table. `columns` is about how many
    columns there are; with more than may be, nothing is read. A row that the CSV rules cannot read
    is given as `None`. Blank lines are not rows.
    """

    def __init__(self, stream: io.BufferedReader, limits: Limits) -> None:
        csv.field_size_limit(limits.field)
        lines = text_lines(stream, limits)
        first, at, self.above = _found(lines)
        self._before = at
        self.separator = separator_of(first[0][:_LONGEST_NAMES])
        self.columns = first[0].count(self.separator) + 1
        if self.columns > limits.columns:
            first, lines = [""], iter(())
        self._lines = _Lines(chain(first, lines))
        self._reader = csv.reader(self._lines, delimiter=self.separator)
        try:
            header: Sequence[str] = next(self._reader, [])
        except csv.Error:
            header = ()
        self.header = tuple(name.strip().replace("\0", "") for name in header)

    def __iter__(self) -> Iterator[tuple[int, list[str] | None]]:
        while True:
            line = self._lines.number + self._before
            self._lines.taken.clear()
            try:
                row = next(self._reader, None)
            except csv.Error:
                self._lose_one_line()
                yield line, None
                continue
            if row is None:
                return
            if self._lines.ended and len(self._lines.taken) > 1 and len(row) != len(self.header):
                self._lose_one_line()  # a quote that nothing closes took all that follows
                yield line, None
            elif row:
                yield line, row

    def _lose_one_line(self) -> None:
        """Go on below the line on which an unreadable row begins."""
        self._lines.give_back()
        self._reader = csv.reader(self._lines, delimiter=self.separator)


class _Lines(Iterator[str]):
    """Lines, counted; those taken since `taken` was cleared can be given back but for the first."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._again: list[str] = []  # last comes first
        self.taken: list[str] = []
        self.number = 0
        self.ended = False

    def __next__(self) -> str:
        try:
            line = self._again.pop() if self._again else next(self._lines)
        except StopIteration:
            self.ended = True
            raise
        self.taken.append(line)
        self.number += 1
        return line

    def give_back(self) -> None:
        back = self.taken[1:]
        self._again += reversed(back)
        self.number -= len(back)
        self.ended = False
        self.taken.clear()


def _found(lines: Iterator[str]) -> tuple[list[str], int, int]:
    """The first lines from the header on, its line's number, and how many lines above say no name.

    The header is the first line with several usual names, else the first line.
    """
    start: list[str] = []
    named = False
    for line in islice(lines, _ABOVE):
        start.append(line)
        named = _is_header(line)
        if named or len(line) > _LONGEST_NAMES:
            break
    start = start or [""]
    declared = int(start[0].lower().startswith(_DECLARED))
    last = len(start) - 1
    at = last if named else min(declared, last)
    return start[at:], at + 1, max(at - declared, 0)


def _is_header(line: str) -> bool:
    return len(line) <= _LONGEST_NAMES and len(columns_of(_cut(line, separator_of(line)))) >= _KNOWN
