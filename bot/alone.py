"""Keeps a second bot away from the same storage, and clears away what a killed one left there."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from analyzers.model.text import Code, Text
from bot.bundle import ready
from bot.config import StorageSettings
from bot.hold import hold

LOG = logging.getLogger(__name__)

LOCK, SCRATCH = "limier.lock", "scratch"


@contextmanager
def alone(storage: StorageSettings) -> Iterator[Path]:
    """Hold the storage directory for this process, and give back an empty folder for its workers.

    Raises BadInput when another bot holds it: two would each go on with the same investigations
    and tell them twice. The system ends the hold with the process, however that ends. What a
    killed process left in the folder holds people's posts, so it must not stay.
    """
    ready(storage.directory)
    with (storage.directory / LOCK).open("w") as lock:
        _hold(lock, storage.directory)
        scratch = storage.directory.resolve() / SCRATCH
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(exist_ok=True)
        yield scratch


def _hold(lock: IO[str], directory: Path) -> None:
    taken = Text(
        "Another bot works in {folder}: stop it first, or give this one a storage.directory of its "
        "own.",
        folder=Code(str(directory)),
    )
    try:
        hold(lock, taken)
    except OSError as error:  # some file systems of networks know no locks
        LOG.warning("%s cannot be locked: start one bot only. %s", directory, error.strerror)
