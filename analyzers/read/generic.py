"""Tables of unknown make: columns are known by their names in English or French, or by the user."""

from __future__ import annotations

import re
from collections.abc import Mapping

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from analyzers.read.column_names import columns_of, folded
from analyzers.read.head import Head
from analyzers.read.layout import FIELDS, Layout
from analyzers.read.times import day_comes_first

_CLIENT = re.compile(
    r"twitter|tweetdeck|web app|iphone|android|ipad|buffer|ifttt|hootsuite|dlvr|socialflow|<a href",
    re.IGNORECASE,
)
_CLIENT_SHARE = 0.2
"""`source` also names the medium in press databases: it is a client only where a fifth of its
values look like one."""

_DAY_FIRST = Text("Dates such as 8/2/2017 could be read two ways: the day was taken to come first.")
_MONTH_FIRST = Text(
    "Dates such as 8/2/2017 could be read two ways: the month was taken to come first."
)
_FRENCH = {"texte", "auteur", "contenu", "compte", "heure", "langue", "pseudo", "horodatage"}
"""Folded column names that show a table made in French, where the day comes first."""

_NAMED = 0.7
"""Confidence in a table whose columns were only recognised by name."""


def missing(columns: Mapping[str, str]) -> tuple[str, ...]:
    """The fields without which posts cannot be read, for want of a column."""
    author = {"handle", "account_id"} & columns.keys()
    needed = ("text", "time") if author else ("text", "time", "handle")
    return tuple(name for name in needed if name not in columns)


def detect(head: Head) -> float:
    """How surely a table holds posts, by its column names alone, 0 to 1."""
    return 0.0 if missing(columns_of(head.header)) else _NAMED


def checked(mapping: Mapping[str, str]) -> dict[str, str]:
    """The user's choice of columns; raises `BadInput` when a field does not exist."""
    for field in mapping:
        if field not in FIELDS:
            raise BadInput(
                Text(
                    "There is no field {field}; the fields are {fields}.",
                    field=Code(field),
                    fields=tuple(Code(name) for name in FIELDS),
                )
            )
    return dict(mapping)


def layout(head: Head, mapping: Mapping[str, str] | None = None) -> Layout:
    """Where the fields stand, the user's choice first."""
    chosen = dict(mapping or {})
    columns = {
        field: column
        for field, column in columns_of(head.header).items()
        if column.lower() not in {one.lower() for one in chosen.values()}
    }
    if "client" in columns and folded(columns["client"]) in ("source", "via"):
        values = _column(head, columns["client"])
        if sum(bool(_CLIENT.search(one)) for one in values) < _CLIENT_SHARE * max(len(values), 1):
            del columns["client"]
    columns |= chosen
    times = _column(head, columns["time"]) if "time" in columns else []
    day_first = day_comes_first(times)
    notes: tuple[Text, ...] = ()
    if day_first is None and any("/" in one for one in times):
        day_first = bool(_FRENCH & {folded(name) for name in head.header})
        notes = (_DAY_FIRST if day_first else _MONTH_FIRST,)
    return Layout(columns=columns, derive=True, day_first=bool(day_first), notes=notes)


def _column(head: Head, name: str) -> list[str]:
    place = [column.lower() for column in head.header].index(name.lower())
    return [row[place] for row in head.rows if len(row) > place and row[place].strip()]
