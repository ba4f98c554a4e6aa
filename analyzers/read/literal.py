"""Reads lists that tables hold as text, written in JSON or as Python prints them; runs nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from analyzers.read.cells import listed, value
from analyzers.read.normal import clean

_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*+)(?:'|\\?\Z)|\"((?:[^\"\\]|\\.)*+)(?:\"|\\?\Z)", re.DOTALL)
"""A text between quotes; one that nothing closes goes to the end, and nothing is tried twice."""
_ESCAPED = re.compile(r"\\(['\"\\])")


def json_list(cell: str) -> list[Any]:
    """The items of a JSON list; none when the cell holds something else."""
    try:
        found = json.loads(cell) if cell.startswith("[") else []
    except (ValueError, RecursionError):
        return []
    return found if isinstance(found, list) else []


def texts(cell: str) -> list[str]:
    """The texts of a list, as JSON or as Python prints it; another way to write one is tried last.

    >>> texts('["Ros\\\\u00e9"]'), texts("['it\\\\'s', 'b']"), texts("a|b")
    (['Rosé'], ["it's", 'b'], ['a', 'b'])
    """
    if found := json_list(cell.strip()):
        return [clean(item) for item in found if isinstance(item, str)]
    return printed(cell) if value(cell) and cell.lstrip().startswith("[") else listed(cell)


def printed(cell: str) -> list[str]:
    """The texts between quotes in a value that Python printed, in order."""
    return [clean(_ESCAPED.sub(r"\1", one or other)) for one, other in _QUOTED.findall(cell)]


def records(cell: str) -> list[dict[str, str]]:
    """The dictionaries of texts in a list that Python printed.

    Quoted texts come in turn as key and value, so what a person wrote as a name stays a name.

    >>> records("[{'id': '5', 'name': \\"d'Ys\\"}, {'id': '6', 'name': 'b'}]")
    [{'id': '5', 'name': "d'Ys"}, {'id': '6', 'name': 'b'}]
    """
    words = printed(cell)
    found: list[dict[str, str]] = []
    for key, word in zip(words[::2], words[1::2], strict=False):
        if not found or key in found[-1]:
            found.append({})
        found[-1][key] = word
    return found


def as_list(items: Iterable[str | None]) -> str:
    """Items as the text of a JSON list, which `texts` reads back; empty ones are left out."""
    return json.dumps([item for item in items if item])
