"""A dataset's rows on disk: written once, de-duplicated and named by their content, read by column.

A dataset is a directory of Parquet files, one per table of `analyzers.model.dataset.TABLES`, plus
one of derived columns that `analyzers.enrich` adds. Writing goes in parts, so memory does not grow
with the number of rows until the final sort.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from analyzers.lib.slices import spelt
from analyzers.model.dataset import ENRICHED, ROUTES, TABLES, ColumnType, Dataset, Source

ENRICHMENT_VERSION = 2
"""Part of the derived file's name: raise it when `analyzers.enrich` computes differently."""

_POLARS: dict[ColumnType, pl.DataType] = {
    "text": pl.String(),
    "texts": pl.List(pl.String()),
    "time": pl.Datetime("us", "UTC"),
    "count": pl.Int64(),
    "flag": pl.Boolean(),
    "number": pl.Float64(),
}
_KEYS = {
    "posts": ["post_id"],
    "accounts": ["account_id"],
    "follows": ["follower", "followed"],
    "statuses": ["account_id", "checked_at"],
    "collected": ["account_id", "scope", "since", "until"],
}
_NOT_CONTENT = {"fetched_at"}  # when a copy was made does not change what it says


def schema(table: str) -> dict[str, pl.DataType]:
    """The polars types of a table's columns, in order; `enriched` names the derived columns."""
    columns = ENRICHED if table == "enriched" else TABLES[table]
    return {name: _POLARS[kind] for name, kind in columns.items()}


class Writer:
    """Collects rows of a new dataset in parts, then merges them with `finish()`.

    Frames passed to `add` may lack columns (they become null) but may not have unknown ones.
    """

    def __init__(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self.directory = directory
        self._parts: dict[str, list[Path]] = {table: [] for table in TABLES}

    def add(self, table: str, frame: pl.DataFrame) -> None:
        """Store one part of a table on disk."""
        if frame.is_empty():
            return
        wanted = schema(table)
        unknown = set(frame.columns) - set(wanted)
        if unknown:
            raise ValueError(f"{table} has no column {sorted(unknown)}")
        missing = [
            pl.lit(None, dtype=kind).alias(name)
            for name, kind in wanted.items()
            if name not in frame.columns
        ]
        path = self.directory / f"{table}.part{len(self._parts[table]):05d}"
        frame.with_columns(missing).select(
            pl.col(name).cast(kind) for name, kind in wanted.items()
        ).write_parquet(path, compression="lz4")
        self._parts[table].append(path)

    def finish(self, sources: Sequence[Source] = ()) -> Dataset:
        """Merge the parts into sorted tables, each row once, and name the whole by its content.

        Where a post came in twice, the row by the more telling route stays (query, timeline, then
        context). Where an account came in twice, each field keeps its last known value.
        """
        digest = hashlib.sha256()
        rows: list[tuple[str, int]] = []
        present: list[tuple[str, float]] = []
        authors, first, last = 0, None, None
        for table, parts in self._parts.items():
            frame = (
                pl.concat([pl.read_parquet(part) for part in parts])
                if parts
                else pl.DataFrame(schema=schema(table))
            )
            frame = _merge(table, frame)
            frame.write_parquet(self.directory / f"{table}.parquet", compression="lz4")
            for part in parts:
                part.unlink()
            _hash(digest, table, frame)
            rows.append((table, frame.height))
            present.extend((f"{table}.{name}", _share(frame[name])) for name in frame.columns)
            if table == "posts" and frame.height:
                authors = frame["account_id"].n_unique()
                first, last = frame["created_at"].min(), frame["created_at"].max()
        return Dataset(
            directory=self.directory,
            digest=digest.hexdigest(),
            rows=tuple(rows),
            authors=authors,
            present=tuple(present),
            first=first,  # type: ignore[arg-type]  # polars types min() of any column alike
            last=last,  # type: ignore[arg-type]
            sources=tuple(sources),
        )


def _merge(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    keys = _KEYS[table]
    if table == "posts":
        rank = pl.col("route").replace_strict(
            {route: number for number, route in enumerate(ROUTES)}, default=len(ROUTES)
        )
        frame = frame.sort(["post_id", rank], maintain_order=True)
        return frame.unique("post_id", keep="first", maintain_order=True)
    if table == "accounts":
        frame = frame.sort(["account_id", "fetched_at"], nulls_last=False, maintain_order=True)
        return frame.group_by("account_id", maintain_order=True).agg(
            pl.col(name).drop_nulls().last() for name in frame.columns if name != "account_id"
        )
    return frame.sort(keys, maintain_order=True).unique(keys, keep="last", maintain_order=True)


def _share(column: pl.Series) -> float:
    """The share of rows with a value: not null, not an empty string or list."""
    if not len(column):
        return 0.0
    if column.dtype == pl.String:
        filled = (column.str.len_bytes() > 0).fill_null(False).sum()
    elif isinstance(column.dtype, pl.List):
        filled = (column.list.len() > 0).fill_null(False).sum()
    else:
        filled = len(column) - column.null_count()
    return float(filled) / len(column)


def _hash(digest: hashlib._Hash, table: str, frame: pl.DataFrame) -> None:
    """Feed a table's logical content to the digest, in slices so that memory stays flat."""
    digest.update(f"{table}:{frame.height}\n".encode())
    columns = [name for name in frame.columns if name not in _NOT_CONTENT]
    as_text = [_as_text(name, frame.schema[name]).fill_null("\x00").alias(name) for name in columns]
    for part in frame.iter_slices(50_000):
        lines = part.select(pl.concat_str(as_text, separator="\x1f") + pl.lit("\x1e"))
        digest.update(spelt(lines.to_series()).data[:-1].tobytes())  # no end after the last


def _as_text(name: str, kind: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if isinstance(kind, pl.List):
        return column.list.join("\x1d")
    if isinstance(kind, pl.Datetime):
        return column.dt.epoch("us").cast(pl.String)
    return column.cast(pl.String)


def enriched_path(dataset: Dataset) -> Path:
    """Where the derived columns of a dataset stand on disk."""
    return dataset.directory / f"enriched-v{ENRICHMENT_VERSION}.parquet"


def load(dataset: Dataset, table: str, columns: Iterable[str] | None = None) -> pl.DataFrame:
    """Read columns of a table (all when `None`), in the table's own order.

    `posts` may be asked for derived columns too: they are joined row for row.
    """
    wanted = list(TABLES[table] if columns is None else dict.fromkeys(columns))
    own = [name for name in wanted if name in TABLES[table]]
    derived = [name for name in wanted if name not in TABLES[table]]
    frame = pl.read_parquet(dataset.directory / f"{table}.parquet", columns=own)
    if derived:
        if table != "posts":
            raise KeyError(f"{table} has no column {derived}")
        extra = pl.read_parquet(enriched_path(dataset), columns=derived)
        frame = frame.hstack(extra) if own else extra
    return frame.select(wanted)


def scan(dataset: Dataset, table: str) -> pl.LazyFrame:
    """A lazy view of a table, for queries that need few of its rows."""
    return pl.scan_parquet(dataset.directory / f"{table}.parquet")


def write_enriched(dataset: Dataset, frame: pl.DataFrame) -> None:
    """Store the derived columns, which must stand row for row with `posts`.

    The file appears whole or not at all, so that two processes may enrich the same data.
    """
    path = enriched_path(dataset)
    part = path.with_suffix(".part")
    typed = [pl.col(name).cast(kind) for name, kind in schema("enriched").items()]
    frame.select(typed).write_parquet(part, compression="lz4")
    part.replace(path)
