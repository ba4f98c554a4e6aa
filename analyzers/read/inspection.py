"""Says of each file what it is, what it carries and what was skipped, without keeping any of it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from analyzers.model.dataset import Source
from analyzers.model.text import Text
from analyzers.read.limits import Limits


@dataclass(frozen=True)
class FileInspection:
    """One file: its provenance, its numbers of posts and accounts, and the share of each field.

    `fields` maps columns such as `posts.client` to the share of rows with a value; `span` is the
    time of the first and last post, in UTC.
    """

    source: Source
    posts: int
    accounts: int
    fields: tuple[tuple[str, float], ...]
    span: tuple[datetime | None, datetime | None]


@dataclass(frozen=True)
class Inspection:
    """What `limier inspect` tells about files."""

    files: tuple[FileInspection, ...]

    def to_json(self) -> dict[str, Any]:
        """The document of `limier inspect --json` but for its steps; sentences are in English."""
        return {"files": [_document(file) for file in self.files]}


def _document(file: FileInspection) -> dict[str, Any]:
    source = file.source
    zone = source.time_zone
    return {
        "file": source.name,
        "format": source.format,
        "confidence": round(source.confidence, 2),
        "posts": file.posts,
        "accounts": file.accounts,
        "rows": source.rows,
        "skipped": [
            {
                "reason": _english(one.reason),
                "count": one.count,
                "first_line": one.first_line,
            }
            for one in source.skipped
        ],
        "fields": {name: round(share, 4) for name, share in file.fields},
        "span": [None if one is None else one.isoformat() for one in file.span],
        "time_zone": zone and {"assumed": zone.assumed, "evidence": _english(zone.evidence)},
        "notes": [_english(note) for note in source.notes],
    }


def _english(text: Text) -> str:
    """A sentence of this package in English: its values are counts and names of fields."""
    form = text.msgid if text.plural is None or text.count == 1 else text.plural
    return form.format(**{name: getattr(value, "name", value) for name, value in text.values})


def inspect_files(paths: Sequence[Path], mapping: Mapping[str, str], limits: Limits) -> Inspection:
    """Read each file by itself; see `analyzers.read.inspect`."""
    from analyzers.read.reading import find, read_found

    files = []
    for one in find(paths, mapping, limits):
        with tempfile.TemporaryDirectory(prefix="limier-") as directory:
            dataset = read_found([one], Path(directory), limits, None)
        files.append(
            FileInspection(
                source=dataset.sources[0],
                posts=dataset.count("posts"),
                accounts=dataset.count("accounts"),
                fields=tuple(
                    (name, share)
                    for name, share in dataset.present
                    if dataset.count(name.partition(".")[0])
                ),
                span=(dataset.first, dataset.last),
            )
        )
    return Inspection(tuple(files))
