"""The start of a file, which the detectors of formats look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

Shape: TypeAlias = Literal["json", "table", "binary"]


@dataclass(frozen=True)
class Head:
    """The first JSON objects of a file, or the header and first rows of a table, or neither.

    `above` counts lines over the header that belong to no table. `header` keeps the names as
    written; `columns` are the same, trimmed and in lower case.
    """

    name: str
    shape: Shape
    records: tuple[dict[str, Any], ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    above: int = 0

    @property
    def columns(self) -> frozenset[str]:
        return frozenset(name.strip().lower() for name in self.header)
