"""Holds a file for one process, so that no other works in the same place."""

from __future__ import annotations

import sys
from typing import IO, Any

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text


def hold(file: IO[Any], taken: Text) -> None:
    """Hold an open file until it is closed; the system ends the hold with the process, too.

    Raises `BadInput` with `taken` when another process holds it, and OSError where a file system
    knows no locks, as some of networks do. On Windows, which has no such lock, nothing is held.
    """
    if sys.platform == "win32":
        return
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise BadInput(taken) from None
