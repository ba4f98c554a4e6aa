"""Which posts the steps read: those of the two groups, and those about the target, set apart once.

A step needs a few columns of some of the posts. What they share (who is in which group, what is
about the target, the order of time) is worked out once per case and kept beside the dataset, so
that each step only reads its columns.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analyzers.model.case import Case
from analyzers.model.dataset import ENRICHED, TABLES

if TYPE_CHECKING:
    import polars as pl

MARKS = ("on_target", "selecting", "group")
"""Columns beyond those of `posts`: about the target, selected the cohort, and in which group."""


def concerned(case: Case, columns: Sequence[str]) -> pl.DataFrame:
    """Read columns of the posts that concern a case, in the order of time, with `MARKS` behind.

    The rows are set apart on first use; any number of processes may ask at once.
    """
    import polars as pl

    return pl.read_parquet(set_apart(case), columns=[*dict.fromkeys(columns), *MARKS])


def set_apart(case: Case) -> Path:
    """The file of the posts that concern a case, written if it is not there yet."""
    path = _path(case)
    if not path.exists():
        part = path.with_suffix(f".{os.getpid()}.part")  # two workers may get here at once
        _rows(case).write_parquet(part, compression="lz4")
        part.replace(path)
    return path


def groups(case: Case) -> pl.DataFrame:
    """The accounts of the two groups, with the group of each."""
    import polars as pl

    return pl.DataFrame(
        {
            "account_id": [*case.cohort.accounts, *case.comparison.accounts],
            "group": ["cohort"] * len(case.cohort) + ["comparison"] * len(case.comparison),
        },
        schema={"account_id": pl.String, "group": pl.String},
    )


def _rows(case: Case) -> pl.DataFrame:
    """All columns of these posts, read a few at a time, since most rows are not among them."""
    import polars as pl

    from analyzers.setting import on_target
    from analyzers.tables import load

    rows = (
        load(case.dataset, "posts", ["post_id", "account_id", "created_at", "route"])
        .with_row_index("row")
        .with_columns(
            on_target=on_target(case),
            selecting=pl.col("post_id").is_in(list(case.cohort.selecting_posts)),
        )
        .join(groups(case), on="account_id", how="left", maintain_order="left")
        .filter(pl.col("group").is_not_null() | pl.col("on_target"))
        .filter(pl.col("route") != "context")
        .sort("created_at", "post_id")
    )
    names = dict.fromkeys((*TABLES["posts"], *ENRICHED))
    columns = [load(case.dataset, "posts", [name])[name].gather(rows["row"]) for name in names]
    return pl.DataFrame([*columns, *(rows[name] for name in MARKS)])


def _path(case: Case) -> Path:
    from analyzers.tables import enriched_path

    asked = (
        enriched_path(case.dataset).name,
        case.targets,
        case.window,
        case.cohort.accounts,
        case.comparison.accounts,
        sorted(case.cohort.selecting_posts),
    )
    key = hashlib.sha256(repr(asked).encode()).hexdigest()[:16]
    return case.dataset.directory / f"concerned-{key}.parquet"
