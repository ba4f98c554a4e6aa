"""Deletes uploads and cases once they are older than operator and server said they may become."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.config import StorageSettings

LOG = logging.getLogger(__name__)

MANIFEST = "manifest.json"

DAY = 86_400


@dataclass(frozen=True, slots=True)
class Term:
    """How long one case is kept: from when (seconds since 1970), how many days, or on hold."""

    created: float
    days: int
    hold: bool = False

    def over(self, now: float) -> bool:
        """Whether the time is over."""
        return not self.hold and now - self.created > self.days * DAY


def expire(
    storage: StorageSettings, now: float | None = None, terms: Mapping[str, Term] | None = None
) -> tuple[str, ...]:
    """Delete what is past its time and give back the names of the entries that went.

    `now` is in seconds since 1970. `terms` are those of the cases that are known, by key; what is
    not among them goes by its own last change. A case on hold stays, and so do the uploads from
    which it was made. An entry that cannot be deleted is logged and left. Blocks.
    """
    now = time.time() if now is None else now
    terms = terms or {}
    held = [storage.cases / key for key, term in terms.items() if term.hold]
    needed = set(_sources(held))
    gone = []
    for entry in _kept(storage):
        try:
            term = terms.get(entry.name) or Term(entry.stat().st_mtime, storage.retention_days)
            if entry.name in needed or not term.over(now):
                continue
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        except OSError as error:
            LOG.warning("Could not delete %s: %s", entry, error.strerror)
        else:
            gone.append(entry.name)
    if gone:
        LOG.info("Deleted %d uploads and cases past their time", len(gone))
    return tuple(gone)


def manifest_hash(case: Path) -> str:
    """The SHA-256 of a case's manifest, which outlives it in the log; empty when it has none."""
    try:
        return hashlib.sha256((case / MANIFEST).read_bytes()).hexdigest()
    except OSError:
        return ""


def upcoming(case: Path) -> Path:
    """Where the next result of a case is made, beside the one that is shown."""
    return case.with_name(f"{case.name}.next")


def _kept(storage: StorageSettings) -> Iterator[Path]:
    for folder in (storage.uploads, storage.cases, storage.exhibits, storage.collections):
        yield from _entries(folder)


def _entries(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.iterdir()) if folder.is_dir() else ()


def _sources(folders: Iterable[Path]) -> Iterator[str]:
    """The digests of the files that results were made from: the names of their uploads."""
    for folder in folders:
        try:
            record = json.loads((folder / MANIFEST).read_bytes())
            yield from (str(source["sha256"]) for source in record["sources"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            LOG.warning("The sources of %s are unknown: %s", folder.name, error)
