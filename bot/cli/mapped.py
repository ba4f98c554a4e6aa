"""`--map FIELD=COLUMN`: which column of a table of unknown make holds which field."""

from __future__ import annotations

from collections.abc import Iterable

import click

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text

map_option = click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="Which column of a table holds a field, as in text=Contenu. May be repeated.",
)


def pairs(mapped: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The fields and columns that were typed; raises `BadInput` for what is no pair."""
    return tuple(_pair(text) for text in mapped)


def _pair(text: str) -> tuple[str, str]:
    field, equals, column = text.partition("=")
    if not equals or not field.strip() or not column.strip():
        raise BadInput(
            Text("--map takes FIELD=COLUMN, as in text=Contenu; {text} is not.", text=Code(text))
        )
    return field.strip(), column.strip()
