"""How large a zip's table of contents is, asked before anything opens the archive."""

from __future__ import annotations

import re
from pathlib import Path

MOST = 8 * 1024 * 1024
"""Bytes of a zip's table of contents: about 100,000 members, more than any archive of X's needs
below the size that is read, while unpacking a larger one would take gigabytes of memory."""

_END = b"PK\x05\x06"  # the record at the end of a zip, and that of one with 64-bit sizes
_END64 = b"PK\x06\x07"
_TAIL = 22 + 65_535  # the record's length and that of its longest comment (APPNOTE.TXT 4.3.16)


def contents(path: Path) -> int:
    """Bytes that the table of contents takes: the most that anything like a last record says."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _TAIL, 0))
        tail = file.read()
    if _END64 in tail:
        return MOST + 1
    ends = (found.start() for found in re.finditer(re.escape(_END), tail))
    return max((int.from_bytes(tail[at + 12 : at + 16], "little") for at in ends), default=0)
