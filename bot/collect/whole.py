"""Writes a file of a collection whole or not at all, so that a kill leaves no half of one."""

from __future__ import annotations

from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place, then put it there. Blocks."""
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
