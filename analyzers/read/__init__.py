"""Reads exports of many kinds into one form: posts and accounts, every row accounted for.

    from analyzers import inspect, read
    data = read("dump.jsonl.gz", "follows.csv")

Nothing heavy is imported until a function is called.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from analyzers.read.limits import DEFAULT, Limits
from analyzers.stage import Stage

if TYPE_CHECKING:
    from analyzers.model.dataset import Dataset
    from analyzers.read.inspection import Inspection

__all__ = ["Limits", "inspect", "read"]

sys.modules[__name__].__class__ = Stage


def read(
    *paths: Path | str,
    directory: Path | None = None,
    mapping: Mapping[str, str] | None = None,
    limits: Limits = DEFAULT,
    progress: Callable[[int, int], None] | None = None,
) -> Dataset:
    """Read exports, and Limier's small files that go with them, into a dataset on disk.

    The kind of each file is found from its content. `directory` receives the tables (a new
    temporary one by default). `mapping` says which column of a table holds which field, as in
    `{"text": "Contenu"}`. `progress` is called with the bytes read and their total. Memory does not
    grow with the size of the files until the last merge. Raises `BadInput` with one sentence when
    a file cannot be read, or holds no usable row.
    """
    from analyzers.read.reading import read_files

    return read_files([Path(one) for one in paths], directory, mapping or {}, limits, progress)


def inspect(
    *paths: Path | str, mapping: Mapping[str, str] | None = None, limits: Limits = DEFAULT
) -> Inspection:
    """Say of each file what it is, what it carries and what was skipped and why.

    Raises `BadInput` as `read` does.
    """
    from analyzers.read.inspection import inspect_files

    return inspect_files([Path(one) for one in paths], mapping or {}, limits)
