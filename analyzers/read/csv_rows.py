"""Reads tables as text: their encoding, the separator of their header, and rows one by one."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence

from analyzers.read.limits import Limits

SEPARATORS = (",", ";", "\t", "|")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DECLARED = "sep="  # Excel's own way to declare a separator, on a line of its own


def text_lines(stream: io.BufferedReader, limits: Limits) -> Iterator[str]:
    """The lines of a table, ends kept, cut at line feeds (or, without any, at carriage returns).

    A byte order mark decides; else each line is UTF-8, or Windows-1252 where it is not: exports
    glued together mix both. The few bytes that Windows-1252 leaves undefined are read as Latin-1.
    """
    head = stream.peek(2)
    wide, old = head[:2] in _UTF16, b"\r" in head and b"\n" not in head
    if wide or old:  # `old`: lines end in carriage returns alone, as spreadsheets for Mac wrote
        text = io.TextIOWrapper(
            stream,
            encoding="utf-16" if wide else "utf-8-sig",
            errors="replace",
            newline="\n" if wide else "\r",
        )
        while line := text.readline(limits.item):
            yield line
        text.detach()
        return
    first = True
    while raw := stream.readline(limits.item):
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

    A row that the CSV rules cannot read is given as `None`. Blank lines are not rows.
    """

    def __init__(self, stream: io.BufferedReader, limits: Limits) -> None:
        csv.field_size_limit(limits.field)
        lines = text_lines(stream, limits)
        first = next(lines, "")
        self._before = 1
        if first.lower().startswith(_DECLARED):
            first = next(lines, "")
            self._before = 2
        self.separator = separator_of(first)
        self._reader = csv.reader(_chained(first, lines), delimiter=self.separator)
        try:
            header: Sequence[str] = next(self._reader, [])
        except csv.Error:
            header = ()
        self.header = tuple(name.strip().replace("\0", "") for name in header)

    def __iter__(self) -> Iterator[tuple[int, list[str] | None]]:
        while True:
            line = self._reader.line_num + self._before
            try:
                row = next(self._reader, None)
            except csv.Error:
                yield line, None
                continue
            if row is None:
                return
            if row:
                yield line, row


def _chained(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest
