"""A shared text as keyed numbers: near-duplicates share some of them, and no word can be read back.

The runs of words that most of a family's posts have are its template, whatever fills the places
that vary. Each run is hashed with a key (BLAKE2b), the smallest hashes under many orders are kept
(MinHash: Broder 1997), and these are joined by threes into bands: two templates share a band with
the third power of the share of runs that they have in common.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from analyzers.lib.normal import normal, unspaced
from analyzers.lib.similarity.tokens import SHINGLE_CHARACTERS, SHINGLE_WORDS, mixed

KEY_BYTES = 32
"""Length of a key: as many bits as guessing one is to take."""

BANDS, ROWS = 64, 3
"""Numbers of a fingerprint, and hashes joined in each: see docs/detection.md for what they find."""

ALIKE = 4
"""Bands that two templates must share: with fewer, texts that have a half sentence in common match.
docs/detection.md has the measured trade-off."""

FEWEST_RUNS = 6
"""A template of fewer runs of words is what strangers write too: seven words, as for families whose
text is common usage (`public_text.SHORT`)."""

_MOST_TEXTS = 200
"""Texts read of one family: more change hardly which runs most of them have."""

_ORDERS = np.random.default_rng(0).integers(1, 2**64, BANDS * ROWS, dtype=np.uint64)


def fingerprint(texts: Sequence[str], key: bytes) -> tuple[int, ...]:
    """The numbers, signed and of 64 bits, of the template of some near-duplicate posts.

    Texts are posts as written, one of each account. Empty for a template too short to tell
    anything. Numbers made with different keys have nothing in common.
    """
    runs = _template(texts[:_MOST_TEXTS])
    if len(runs) < FEWEST_RUNS:
        return ()
    hashed = np.array([_hashed(run, key) for run in sorted(runs)], dtype=np.uint64)
    least = mixed(hashed[:, None] ^ _ORDERS[None, :]).min(axis=0).reshape(BANDS, ROWS)
    return tuple(
        int.from_bytes(
            hashlib.blake2b(place.to_bytes(2) + band.tobytes(), key=key, digest_size=8).digest(),
            signed=True,
        )
        for place, band in enumerate(least)
    )


def _hashed(run: str, key: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(run.encode(), key=key, digest_size=8).digest())


def _template(texts: Sequence[str]) -> set[str]:
    """The runs that more than half of the texts have."""
    written = normal(pl.Series(texts, dtype=pl.String))
    solid = unspaced(written)
    runs = Counter(
        run
        for text, together in zip(written, solid, strict=True)
        for run in {*_runs(text, together=together)}
    )
    return {run for run, count in runs.items() if 2 * count > len(texts)}


def _runs(text: str, *, together: bool) -> Iterator[str]:
    tokens = list(text.replace(" ", "")) if together else text.split()
    size = SHINGLE_CHARACTERS if together else SHINGLE_WORDS
    for place in range(len(tokens) - size + 1):
        yield " ".join(tokens[place : place + size])
