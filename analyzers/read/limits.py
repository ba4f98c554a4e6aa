"""How much a file may hold before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024

_RATIO_FROM = 16 * MIB  # a small file of one repeated line may pack well and harm nobody


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

    def overflown(self, unpacked: int, packed: int) -> bool:
        """Whether so many bytes, out of so many packed ones, are more than a file may hold."""
        bomb = unpacked > _RATIO_FROM and unpacked > packed * self.ratio
        return bomb or unpacked > self.decompressed


DEFAULT = Limits()
