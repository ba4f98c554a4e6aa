"""Deletes uploads and cases once they are older than the operator said they may become."""

from __future__ import annotations

import logging
import shutil
import time

from bot.config import StorageSettings

LOG = logging.getLogger(__name__)

KEPT = ("uploads", "cases")
"""The folders of the storage directory whose entries expire, each by its own last change."""

DAY = 86_400


def expire(storage: StorageSettings, now: float | None = None) -> int:
    """Delete what is past its time and give back how many entries went.

    `now` is in seconds since 1970. An entry that cannot be deleted is logged and left.
    """
    oldest = (time.time() if now is None else now) - storage.retention_days * DAY
    gone = 0
    for name in KEPT:
        folder = storage.directory / name
        for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
            try:
                if entry.stat().st_mtime >= oldest:
                    continue
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
            except OSError as error:
                LOG.warning("Could not delete %s: %s", entry, error.strerror)
            else:
                gone += 1
    if gone:
        LOG.info("Deleted %d uploads and cases past their time", gone)
    return gone
