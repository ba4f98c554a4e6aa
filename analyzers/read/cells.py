"""Reads single cells of tables: ids, counts, flags and lists written as text."""

from __future__ import annotations

import re

from analyzers.read.normal import clean

_NOTHING = frozenset({"", "NA", "N/A", "NULL", "null", "nan", "NaN", "None", "none", "absent"})
"""How exports write that a cell has no value; `absent` is X's own in its archives."""

_QUOTES = " \t\"'"  # some programs keep ids and tags in quotes, so that spreadsheets leave them

_R_ID = re.compile(r"^x(?=\d{5,}$)")  # rtweet writes x before ids so that Excel keeps the digits
_LOST = re.compile(r"^\d+([.,]\d+)?[eE]\+?\d+$")
_TRUE = frozenset({"true", "t", "1", "yes", "oui", "vrai", "y", "1.0"})
_BROKEN_LIST = re.compile(r"[^\s,;|\[\]'\"]+")
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*+)(?:'|\\?\Z)|\"((?:[^\"\\]|\\.)*+)(?:\"|\\?\Z)", re.DOTALL)
"""A text between quotes; one that nothing closes goes to the end, and nothing is tried twice."""


def value(cell: str) -> str | None:
    """A cell's text, `None` for the ways to write that there is no value."""
    if not cell:
        return None
    cell = cell.strip()
    return None if cell in _NOTHING else clean(cell)


def tag_of(cell: str) -> str | None:
    """The tag of a language, without the quotes that some programs leave around it."""
    return value(cell.strip(_QUOTES))


def digits_lost(cell: str) -> bool:
    """Whether an id went through a spreadsheet and lost digits: 9.06E+17."""
    return bool(_LOST.match(cell.strip(_QUOTES)))


def id_of(cell: str) -> str | None:
    """An id, whole; `None` when there is none or when it lost digits."""
    if cell.isascii() and cell.isdigit():  # as nearly all are
        return cell
    found = value(cell.strip(_QUOTES))
    if found is None or _LOST.match(found):
        return None
    return _R_ID.sub("", found).removesuffix(".0") or None


def count_of(cell: str) -> int | None:
    """A whole number, perhaps written 12.0 or 1 234; `None` when it is something else."""
    if not cell:
        return None
    found = (value(cell) or "").replace("\u202f", "").replace("\xa0", "").replace(" ", "")
    if found.isascii() and found.isdigit() and len(found) < 19:  # fits 64 bits
        return int(found)
    try:
        number = float(found)
    except ValueError:
        return None
    return int(number) if 0 <= number < 2**53 else None


def flag_of(cell: str) -> bool:
    """Whether a cell says yes."""
    return cell.strip().lower() in _TRUE


def spaced(cell: str) -> list[str]:
    """The items of a list written with spaces between."""
    return [clean(item) for item in cell.split() if item not in _NOTHING]


def piped(cell: str) -> list[str]:
    """The items of a list written with | between, as addresses may hold commas and spaces."""
    found = value(cell)
    return [] if found is None else [item for one in found.split("|") if (item := one.strip())]


def listed(cell: str) -> list[str]:
    """The items of a list written `['a', 'b']`, `[a, b]`, `a|b`, `a,b` or `a b`."""
    found = value(cell)
    if found is None or found == "[]":
        return []
    if found.startswith(("['", '["')):
        return [clean(one or other) for one, other in _QUOTED.findall(found)]
    return [clean(item) for item in _BROKEN_LIST.findall(found) if item not in _NOTHING]
