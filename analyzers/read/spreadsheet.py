"""Excel workbooks (.xlsx), read as if their fullest sheet had been saved as CSV."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from analyzers.read.chunks import Chunks
from analyzers.read.limits import MIB, Limits
from analyzers.read.zip_end import MOST, contents

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

Cell: TypeAlias = "float | int | str | bool | time | date | datetime | timedelta"

UNPACKED = 512 * MIB
"""A workbook is unpacked whole into memory, so this bounds it: a million rows of posts take less
than half."""

_ROWS = 1_000
_FIRST = (b"[Content_Types].xml", b"_rels/", b"xl/", b"docProps/")
_NAME_AT = 30  # where the first member's name begins in a zip (APPNOTE.TXT 4.3.7)
START = _NAME_AT + max(map(len, _FIRST))
"""Bytes of a zip that tell whether it is a workbook."""

_EXACT = 2**53  # beyond it a spreadsheet has rounded the number


def is_workbook(start: bytes) -> bool:
    """Whether a zip's first bytes are those of an Office document."""
    return start[_NAME_AT:].startswith(_FIRST)


def workbook_as_csv(path: Path, limits: Limits) -> Chunks:
    """The rows of a workbook's fullest visible sheet as lines of CSV.

    Numbers that a spreadsheet rounded keep an exponent, so that nobody takes them for ids. Reading
    raises `BadInput` for what is no workbook, is locked, or unpacks to more than `UNPACKED`.
    """
    return Chunks(_lines(path, limits))


def _lines(path: Path, limits: Limits) -> Iterator[bytes]:
    from python_calamine import CalamineError, CalamineWorkbook

    if _unsafe(path, limits):
        raise _refusal(path)
    try:
        cells = _fullest(CalamineWorkbook.from_path(path)).iter_rows()
        while rows := list(islice(cells, _ROWS)):
            into = io.StringIO()
            csv.writer(into).writerows([_written(cell) for cell in row] for row in rows)
            yield into.getvalue().encode("utf-8", "replace")
    except (CalamineError, ValueError) as error:
        raise _refusal(path) from error


def _unsafe(path: Path, limits: Limits) -> bool:
    """Whether a workbook, which is unpacked whole, would take too much memory."""
    if contents(path) > MOST:
        return True
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, RuntimeError, ValueError, OSError):
        return True
    return unpacked > min(UNPACKED, limits.decompressed, path.stat().st_size * limits.ratio)


def _refusal(path: Path) -> BadInput:
    return BadInput(
        Text(
            "{file} is a workbook that is damaged, locked or too large to open: save its sheet as "
            "CSV.",
            file=Code(path.name),
        )
    )


def _fullest(book: CalamineWorkbook) -> CalamineSheet:
    """The visible sheet with the most cells, the first of equals; ValueError when none is shown."""
    from python_calamine import SheetVisibleEnum

    shown = [
        book.get_sheet_by_name(each.name)
        for each in book.sheets_metadata
        if each.visible is SheetVisibleEnum.Visible
    ]
    return max(shown, key=lambda sheet: sheet.total_height * sheet.total_width)


def _written(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT:
        return str(int(cell))
    if isinstance(cell, float | str):
        return str(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return str(cell)
