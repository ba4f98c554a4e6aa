"""Keeps what people upload: copied at once, named by its content, never by its sender."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

SUFFIX = re.compile(r"(\.[a-z0-9]{1,8}){1,2}$")
"""What may remain of an uploaded name: up to two short endings, such as `.jsonl.gz`."""


def keep(content: bytes, name: str, directory: Path) -> Path:
    """Store an upload under its SHA-256 and give back where; the same bytes are stored once.

    Only the ending of the sender's file name is kept, because it helps to tell formats apart.
    """
    digest = hashlib.sha256(content).hexdigest()
    ending = SUFFIX.search(name.lower())
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"{digest}{ending.group() if ending else ''}"
    if not path.exists():
        part = path.with_suffix(".part")
        part.write_bytes(content)
        part.replace(path)
    return path
