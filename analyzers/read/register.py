"""Reads a register of public figures: who may be named in a report, and in which category."""

from __future__ import annotations

import io
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from analyzers.lib.targets import parse
from analyzers.model.case import PublicFigure, Register
from analyzers.model.refusal import BadInput
from analyzers.model.target import Account
from analyzers.model.text import Code, Public, Text
from analyzers.read.csv_rows import Cells
from analyzers.read.limits import DEFAULT, MIB

MOST = 5_000
"""Figures in one register: all members of a country's chambers and its known journalists fit."""

LARGEST = 2 * MIB
"""Bytes of a register: `MOST` rows of some 400 bytes."""

LONGEST_NAME = 60
"""Letters of a name that are kept: the label of a chart holds no more."""

LONGEST_CATEGORY = 40

_FIELDS: Final = {
    "handle": "handle",
    "account": "handle",
    "username": "handle",
    "pseudo": "handle",
    "compte": "handle",
    "name": "name",
    "nom": "name",
    "category": "category",
    "categorie": "category",
}
"""English and French headers, in small letters without accents."""


def read_register(path: Path) -> Register:
    """Read a CSV or TOML file of public figures with handle, name and category, in file order.

    Headers may be French (pseudo or compte, nom, catégorie); CSV is cut at commas, semicolons or
    tabs; a TOML file holds a block `[[figure]]` for each. Rows whose handle is none are skipped and
    counted; a figure that stands twice is read once. Raises `BadInput` with one sentence.
    """
    file = Code(path.name)
    ending = path.suffix.lower()
    if ending not in (".csv", ".toml"):
        raise BadInput(
            Text("{file} is no register of figures: it must be a .csv or a .toml.", file=file)
        )
    content = _content(path)
    rows = _blocks(content, path) if ending == ".toml" else list(_lines(content))
    if not any("handle" in row for row in rows):
        raise BadInput(
            Text(
                "{file} has no column {column} with anything below it: a register of figures has "
                "handle, name and category.",
                file=file,
                column=Code("handle"),
            )
        )
    if len(rows) > MOST:
        raise BadInput(
            Text(
                "{file} names {n} figures, and {most} is the most a register may hold.",
                file=file,
                n=len(rows),
                most=MOST,
            )
        )
    return _register(rows, path)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as error:
        raise BadInput(
            Text("The register of figures {file} could not be read.", file=Code(path.name))
        ) from error
    if len(content) > LARGEST:
        raise BadInput(
            Text(
                "{file} is larger than {size} MB: a register of figures is a short list.",
                file=Code(path.name),
                size=LARGEST // MIB,
            )
        )
    if b"\0" in content:
        raise BadInput(
            Text(
                "{file} holds bytes that are no text: save the register of figures in UTF-8.",
                file=Code(path.name),
            )
        )
    return content


def _lines(content: bytes) -> Iterator[dict[str, str]]:
    """The rows of a table that hold anything; one that cannot be cut has no fields."""
    cells = Cells(io.BufferedReader(io.BytesIO(content)), DEFAULT)
    header = [_field(name) for name in cells.header]
    for _, row in cells:
        if row is None:
            yield {}
        elif any(cell.strip() for cell in row):
            padded = [*row, *[""] * len(header)]
            yield {name: cell for name, cell in zip(header, padded, strict=False) if name}


def _blocks(content: bytes, path: Path) -> list[dict[str, str]]:
    """The tables of every array of tables, whatever its name."""
    try:
        document = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # bad TOML and bad UTF-8 are both ValueErrors
        raise BadInput(
            Text(
                "{file} is no valid TOML in UTF-8: write a block {block} for each figure, with "
                "handle, name and category in quotation marks.",
                file=Code(path.name),
                block=Code("[[figure]]"),
            )
        ) from error
    arrays = (value for value in document.values() if isinstance(value, list))
    return [_read(table) for array in arrays for table in array if isinstance(table, dict)]


def _read(table: Mapping[str, Any]) -> dict[str, str]:
    texts = {
        _field(name): str(value) for name, value in table.items() if isinstance(value, (str, int))
    }
    return {name: value for name, value in texts.items() if name}


def _field(header: str) -> str:
    """Which field a header names; "" for any other."""
    plain = unicodedata.normalize("NFKD", header.strip().casefold())
    return _FIELDS.get("".join(sign for sign in plain if not unicodedata.combining(sign)), "")


def _register(rows: Iterable[Mapping[str, str]], path: Path) -> Register:
    figures: dict[str, PublicFigure] = {}
    spelt: dict[str, str] = {}
    skipped = 0
    for row in rows:
        handle = handle_in(row.get("handle", ""))
        if not handle:
            skipped += 1
            continue
        category = one_line(row.get("category", ""), LONGEST_CATEGORY)
        category = spelt.setdefault(category.casefold(), category)
        before = figures.get(handle.casefold())
        if before is None:
            name = one_line(row.get("name", ""), LONGEST_NAME) or f"@{handle}"
            figures[handle.casefold()] = PublicFigure(handle, name, category)
        elif before.category != category:
            raise BadInput(
                Text(
                    "{file} puts {handle} into two categories: keep one of them.",
                    file=Code(path.name),
                    handle=Public(f"@{handle}"),
                )
            )
    if not figures:
        raise BadInput(
            Text(
                "{file} names nobody whose handle can be read: write handles as in @name.",
                file=Code(path.name),
            )
        )
    return Register(tuple(figures.values()), skipped)


def handle_in(typed: str) -> str:
    """The handle that a cell holds, alone or in a profile's address, without @; "" for none."""
    try:
        target = parse(typed)
    except BadInput:
        return ""
    return target.handle.removeprefix("@") if isinstance(target, Account) else ""


def one_line(cell: str, longest: int) -> str:
    """A cell on one line, without signs that show nothing, and no longer than a chart can show."""
    shown = "".join(sign for sign in cell if sign.isspace() or unicodedata.category(sign)[0] != "C")
    line = " ".join(shown.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
