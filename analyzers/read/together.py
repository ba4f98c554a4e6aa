"""Files of one export that can only be read together: posts here, their authors there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from analyzers.read.csv_rows import Cells
from analyzers.read.detect import Detected
from analyzers.read.formats import JsonFormat, SplitJsonFormat, TableFormat
from analyzers.read.json_items import items
from analyzers.read.limits import Limits
from analyzers.read.normal import Rows
from analyzers.read.stream import opened
from analyzers.read.x_archive import no_authors


def completed(one: Detected, found: Sequence[Detected]) -> Detected:
    """The file with those that it needs beside it; raises `BadInput` when they are missing."""
    kind = one.format
    if isinstance(kind, SplitJsonFormat):
        others = [other for other in found if other.format is kind and kind.beside(other.head)]
        return replace(one, beside=tuple(other for other in others if _near(one, other)))
    if not isinstance(kind, TableFormat) or kind.authors is None:
        return one
    posts = [other for other in found if other.format is kind]
    users = [other for other in found if other.format is kind.authors]
    if len(posts) != len(users):
        raise BadInput(no_authors(one.head.name))
    other = users[posts.index(one)]
    rows = zip(one.head.rows, other.head.rows, strict=False)
    head = replace(
        one.head,
        header=_side_by_side(one.head.header, other.head.header, kind.prefix),
        rows=tuple((*row, *user) for row, user in rows),
    )
    return replace(one, head=head, beside=(other,))


def _near(one: Detected, other: Detected) -> bool:
    """Whether two files come from one archive, or from one folder."""
    if one.member or other.member:
        return one.path == other.path
    return one.path.parent == other.path.parent


def item_reader(one: Detected, limits: Limits) -> Callable[[bytes], Rows]:
    """How the items of an export in JSON are read."""
    if isinstance(one.format, JsonFormat):
        return one.format.read if one.format.quick is None else one.format.quick()
    assert isinstance(one.format, SplitJsonFormat)
    return one.format.reader(one.head.name, _all_items(one.beside, limits))


def _all_items(files: Sequence[Detected], limits: Limits) -> Iterator[bytes]:
    for one in files:
        with opened(one.path, limits, one.member) as file:
            for _, item in items(file.stream, file.name, limits.item):
                if item is not None:
                    yield item


def _side_by_side(header: Sequence[str], other: Sequence[str], prefix: str) -> tuple[str, ...]:
    return (*header, *(prefix + name for name in other))


def paired(cells: Cells, one: Detected, limits: Limits) -> Iterator[tuple[int, list[str] | None]]:
    """The rows of a table with those of the table beside it; raises `BadInput` if one is longer."""
    (other,) = one.beside
    with opened(other.path, limits, other.member) as file:
        users = iter(Cells(file.stream, limits))
        for line, row in cells:
            _, user = next(users, (0, None))
            if user is None and row is not None:
                raise _uneven(one, other)
            yield line, None if row is None or user is None else row + user
        if next(users, None) is not None:
            raise _uneven(one, other)


def _uneven(one: Detected, other: Detected) -> BadInput:
    return BadInput(
        Text(
            "{file} and {other} must have the same rows in the same order, and they do not: save "
            "both again from the same collection.",
            file=Code(one.head.name),
            other=Code(other.head.name),
        )
    )
