"""How much a file may hold before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file, so that a mistake or an attack cannot fill the memory or the disk.

    `bytes` is its size as given: a million whole posts of X's API 1.1 weigh 2,800 MiB.
    `decompressed` and `ratio` (unpacked to packed) stop gzip bombs: exports pack 5 to 30 times,
    deflate allows 1,032. `rows` is unlimited when `None`. `field` is the largest cell of a table,
    and `columns` the most it may have: exports have up to a few hundred. `item` is the largest JSON
    line or document: a page of 500 posts with everything they refer to weighs 3 MiB.
    """

    bytes: int = 4096 * MIB
    decompressed: int = 8192 * MIB
    ratio: int = 200
    rows: int | None = None
    field: int = MIB
    columns: int = 5000
    item: int = 64 * MIB


DEFAULT = Limits()
