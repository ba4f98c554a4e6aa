"""Ids as X gave them: snowflakes that hold their own time, and small numbers for older accounts."""

from __future__ import annotations

from bisect import bisect_right

from analyzers.lib.snowflake import EPOCH_MS

_SUFFIX_BITS = 22  # 10 bits of worker and 12 of sequence below the milliseconds
_SUFFIX_MASK = (1 << _SUFFIX_BITS) - 1
_ACCOUNT_SNOWFLAKES_SINCE = 1_454_284_800
"""1 February 2016: account ids had 18 digits by then; the change came in the winter of 2015-16."""

_SEQUENTIAL = (
    (1_142_899_200, 1_000),  # March 2006
    (1_230_768_000, 18_000_000),  # 2009
    (1_262_304_000, 100_000_000),
    (1_293_840_000, 232_000_000),
    (1_325_376_000, 451_000_000),
    (1_356_998_400, 1_055_000_000),
    (1_388_534_400, 2_270_000_000),
    (1_420_070_400, 2_955_000_000),
    (1_454_284_800, 4_860_000_000),
)
"""Rough account ids at the start of each year, from public profiles; only their order matters."""


def make(ms: int, sequence: int) -> int:
    """The snowflake of a moment (ms since 1970); `sequence` tells apart equal moments."""
    if ms < EPOCH_MS:
        raise ValueError("No snowflake is older than 4 November 2010.")
    return ((ms - EPOCH_MS) << _SUFFIX_BITS) | (sequence & _SUFFIX_MASK)


class Mint:
    """Hands out unique ids of posts and accounts, the same ones for the same calls in order."""

    def __init__(self) -> None:
        self._sequence = 0
        self._small: set[int] = set()

    def post(self, second: int) -> str:
        """The id of a post written at `second` (since 1970), within that second."""
        self._sequence += 1
        return str(make(second * 1000 + self._sequence * 617 % 1000, self._sequence))

    def account(self, second: int) -> str:
        """The id of an account created at `second`: sequential before 2016, a snowflake since."""
        if second >= _ACCOUNT_SNOWFLAKES_SINCE:
            return self.post(second)
        right = min(bisect_right(_SEQUENTIAL, (second, 0)), len(_SEQUENTIAL) - 1)
        (start, low), (end, high) = _SEQUENTIAL[right - 1], _SEQUENTIAL[right]
        number = low + (high - low) * (second - start) // (end - start)
        while number in self._small:
            number += 1
        self._small.add(number)
        return str(number)
