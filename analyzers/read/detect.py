"""Says which kind of export a file is, from its start; refuses what cannot be read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from analyzers.read import generic
from analyzers.read.archive import is_archive, members, tar_members
from analyzers.read.column_names import columns_of
from analyzers.read.csv_rows import Cells
from analyzers.read.formats import (
    BINARY_FORMATS,
    GENERIC,
    JSON_FORMATS,
    NAMES,
    TABLE_FORMATS,
    BinaryFormat,
    JsonFormat,
    SplitJsonFormat,
    TableFormat,
)
from analyzers.read.head import Head
from analyzers.read.json_items import items, starts_json
from analyzers.read.limits import MIB, Limits
from analyzers.read.sidecar import SIDECARS, Sidecar
from analyzers.read.stream import Opened, opened, refuse_binary

_RECORDS = 20
"""JSON items looked at: a stream may begin with several notices before its first post."""

_ROWS = 1000
"""Rows of a table looked at, to tell its dates and clients apart."""

_SHOWN = 12  # names shown of a header that matches nothing


@dataclass(frozen=True)
class Detected:
    """A file, the kind of export that it is, and how sure that is.

    `member` is its name inside the zip archive `path`, if it is in one. `beside` are files of the
    same export without which it cannot be read.
    """

    path: Path
    format: JsonFormat | SplitJsonFormat | TableFormat | BinaryFormat | Sidecar
    head: Head
    confidence: float
    member: str = ""
    beside: tuple[Detected, ...] = ()


def found_in(path: Path, limits: Limits, mapping: Mapping[str, str]) -> list[Detected]:
    """Look at the start of a file, or of each export in an archive; raises `BadInput`."""
    inside = members(path, limits) if is_archive(path) else tar_members(path, limits)
    if not inside:
        return [detect(path, limits, mapping)]
    return [replace(detect(path, limits, mapping, member), member=member) for member in inside]


def detect(path: Path, limits: Limits, mapping: Mapping[str, str], member: str = "") -> Detected:
    """Look at the start of a file; raises `BadInput` when nothing can read it."""
    with opened(path, limits, member) as file:
        try:
            return _detected(path, file, limits, mapping)
        except BadInput:
            file.refuse_if_damaged()
            raise


def _detected(path: Path, file: Opened, limits: Limits, mapping: Mapping[str, str]) -> Detected:
    start = file.stream.peek(4096)
    for binary in BINARY_FORMATS:
        if sure := binary.detect(start):
            return Detected(path, binary, Head(file.name, "binary"), sure)
    refuse_binary(file.name, start)
    if starts_json(start):
        return _json(path, _json_head(file, limits))
    return _table(path, _table_head(file, limits), mapping)


def _json_head(file: Opened, limits: Limits) -> Head:
    records: list[dict[str, Any]] = []
    too_deep = False
    for _, item in islice(items(file.stream, file.name, limits.item), _RECORDS):
        try:
            record = json.loads(item) if item is not None else None
        except RecursionError:
            too_deep = True
        except ValueError:
            continue
        else:
            records += [record] if isinstance(record, dict) else []
    if not records and file.size > limits.item and not too_deep:
        raise BadInput(
            Text(
                "{file} begins with one piece of JSON that is larger than the {most} MiB that are "
                "read at once: export fewer posts at a time.",
                file=Code(file.name),
                most=limits.item // MIB,
            )
        )
    if too_deep and not records:
        raise BadInput(
            Text("{file} holds JSON that is nested too deeply to be read.", file=Code(file.name))
        )
    return Head(file.name, "json", records=tuple(records))


def _table_head(file: Opened, limits: Limits) -> Head:
    cells = Cells(file.stream, limits)
    if cells.columns > limits.columns:
        raise BadInput(
            Text(
                "{file} has {n} columns, more than the {most} that are read: keep those of its "
                "posts and authors.",
                file=Code(file.name),
                n=cells.columns,
                most=limits.columns,
            )
        )
    rows = tuple(tuple(row) for _, row in islice(cells, _ROWS) if row is not None)
    return Head(file.name, "table", header=cells.header, rows=rows, above=cells.above)


def _json(path: Path, head: Head) -> Detected:
    best = max(JSON_FORMATS, key=lambda one: one.detect(head))
    confidence = best.detect(head)
    if confidence:
        return Detected(path, best, head, confidence)
    if not head.records:
        raise BadInput(
            Text("{file} starts like JSON but holds no JSON object.", file=Code(head.name))
        )
    raise _unknown(head.name, list(head.records[0]))


def _table(path: Path, head: Head, mapping: Mapping[str, str]) -> Detected:
    for sidecar in SIDECARS:
        if sidecar.detect(head):
            return Detected(path, sidecar, head, 1.0)
    best = max(TABLE_FORMATS, key=lambda one: one.detect(head))
    confidence = best.detect(head)
    wanted = {column.strip().lower() for column in mapping.values()}
    if wanted & head.columns or (wanted and best is GENERIC):
        return _mapped(path, head, generic.checked(mapping))
    if confidence:
        return Detected(path, best, head, confidence)
    if len(head.header) < 2 or not columns_of(head.header):
        raise _unknown(head.name, head.header)
    raise _lacking(head, generic.missing(columns_of(head.header)))


def _mapped(path: Path, head: Head, mapping: dict[str, str]) -> Detected:
    for column in mapping.values():
        if column.strip().lower() not in head.columns:
            raise BadInput(
                Text(
                    "{file} has no column {column}; its columns are {columns}.",
                    file=Code(head.name),
                    column=Code(column),
                    columns=_shown(head.header),
                )
            )
    absent = generic.missing({**columns_of(head.header), **mapping})
    if absent:
        raise _lacking(head, absent)
    layout = partial(generic.layout, mapping=mapping)
    return Detected(path, replace(GENERIC, layout=layout), head, 1.0)


def _lacking(head: Head, absent: tuple[str, ...]) -> BadInput:
    return BadInput(
        Text(
            "{file} has no column that is known to hold {fields}: say which one does, as "
            "FIELD=COLUMN. Its columns are {columns}.",
            file=Code(head.name),
            fields=tuple(Code(name) for name in absent),
            columns=_shown(head.header),
        )
    )


def _unknown(name: str, seen: list[str] | tuple[str, ...]) -> BadInput:
    return BadInput(
        Text(
            "{file} is no export that can be read: it begins with {seen}. These can be: {formats}.",
            file=Code(name),
            seen=_shown(seen),
            formats=tuple(Code(one) for one in NAMES),
        )
    )


def _shown(names: list[str] | tuple[str, ...]) -> tuple[Code, ...]:
    return tuple(Code(name[:40]) for name in names[:_SHOWN] if name) or (Code("?"),)
