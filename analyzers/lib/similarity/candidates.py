"""Which pairs of texts are worth comparing letter by letter."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analyzers.lib.similarity.tokens import NO_RUN, Corpus, Hashes, Indices, Mask
from analyzers.lib.slices import bounds_of_slices, on_every_core

Pairs = npt.NDArray[np.int64]
"""An (n, 2) array of rows, the smaller first."""

_SHARED_BITS = 0.5
"""Pairs that share fewer of their word bits than this are not compared: two texts that differ in
one word of three still share half. It removes 97 % of the pairs and almost no true one."""

_BITS = 128.0

_PARTS = 3
"""Runs are sorted in 2 to the power of this many parts, by their first bits: each fits a cache, and
all the parts never stand in memory at once."""


def neighbours(corpus: Corpus) -> Pairs:
    """Pair texts that share a run of tokens and stand next to each other among those that do.

    Texts are first ranked by their smallest run hash, so that look-alikes, which share most runs,
    are neighbours in every bucket (as in MinHash: Broder 1997). In a bucket each text is paired
    with the next and with the first. Pairs grow with the number of tokens, never with the square
    of a bucket, so neither a common phrase nor one huge family explodes.
    """
    if not len(corpus):
        return np.empty((0, 2), np.int64)
    text_at = np.argsort(np.minimum.reduceat(corpus.runs, corpus.starts), kind="stable")
    rank = np.empty(len(corpus), dtype=np.uint64)
    rank[text_at] = np.arange(len(corpus), dtype=np.uint64)
    ranked = _Ranked(corpus, text_at)
    slices = on_every_core(
        lambda rows: _packed(corpus, rank, ranked.width, *rows), bounds_of_slices(len(corpus))
    )
    parts = [
        [each.pop() for each in slices] for _ in range(1 << _PARTS)
    ]  # popped, so that a part is let go once it is paired
    found = on_every_core(lambda part: ranked.paired(_sorted(part)), parts)
    return distinct(text_at[np.concatenate(found)], len(corpus))


def _packed(
    corpus: Corpus, rank: Hashes, width: np.uint64, first: int, end: int
) -> list[Hashes]:
    """Each run of some texts in one word, its hash above the rank of its text, by first bits."""
    runs = corpus.runs[corpus.span(first, end)]
    words = runs >> width << width | np.repeat(rank[first:end], corpus.lengths[first:end])
    words = words[runs != NO_RUN]
    part = (words >> np.uint64(64 - _PARTS)).astype(np.uint8)
    return [words[part == which] for which in range(1 << _PARTS)]


def _sorted(pieces: list[Hashes]) -> Hashes:
    words = np.concatenate(pieces)
    pieces.clear()
    words.sort()
    return words


class _Ranked:
    """What of a corpus tells whether two texts are alike, in the order of their ranks."""

    def __init__(self, corpus: Corpus, text_at: Indices) -> None:
        self.width = np.uint64(max(1, int(len(corpus) - 1).bit_length()))
        self._bits = corpus.bitmaps[:, text_at]
        self._solid = corpus.unspaced[text_at] if corpus.unspaced.any() else None

    def paired(self, words: Hashes) -> Pairs:
        """Pairs of ranks that look alike among neighbours in sorted buckets, some repeatedly."""
        bucket = words >> self.width
        rows = (words & ((np.uint64(1) << self.width) - np.uint64(1))).astype(np.int64)
        again = np.flatnonzero(bucket[1:] == bucket[:-1]) + 1
        opens = np.ones(len(words), dtype=np.bool_)
        opens[again] = False
        first = np.flatnonzero(opens)[np.cumsum(opens)[again] - 1]
        further = first < again - 1  # in the chain the second text is paired with the first already
        bits = self._bits[:, rows]
        pairs = [
            self._alike(rows, bits, again - 1, again),
            self._alike(rows, bits, first[further], again[further]),
        ]
        return np.concatenate(pairs)

    def _alike(
        self, rows: Indices, bits: npt.NDArray[np.uint64], left: Indices, right: Indices
    ) -> Pairs:
        solid = None if self._solid is None else self._solid[rows[left]]
        kept = _overlap(bits[:, left], bits[:, right], solid)
        return np.column_stack([rows[left[kept]], rows[right[kept]]])


def distinct(pairs: Pairs, count: int) -> Pairs:
    """Each pair of two different rows once, the smaller row first."""
    low, high = pairs.min(axis=1), pairs.max(axis=1)
    keys = np.sort((low * count + high)[low != high])  # np.unique hashes first, which is slower
    keys = keys[np.diff(keys, prepend=-1) != 0]
    return np.column_stack([keys // count, keys % count])


def alike(corpus: Corpus, pairs: Pairs) -> Pairs:
    """Keep the pairs whose word sets overlap enough by their bitmaps."""
    left, right = pairs.T
    solid = corpus.unspaced[left] if corpus.unspaced.any() else None
    kept: Pairs = pairs[_overlap(corpus.bitmaps[:, left], corpus.bitmaps[:, right], solid)]
    return kept


def _overlap(
    left: npt.NDArray[np.uint64], right: npt.NDArray[np.uint64], solid: Mask | None
) -> Mask:
    """Whether bitmaps overlap enough; `solid`: which are of scripts without spaces, if any are."""
    shared, one, other = (_ones(bits) for bits in (left & right, left, right))
    fewer = np.minimum(one, other)
    if solid is None:
        enough: Mask = shared >= _SHARED_BITS * fewer
        return enough
    # long texts without spaces set most bits, and share many of them by chance
    by_chance = np.where(solid, np.maximum(one, other) / _BITS * fewer, 0.0)
    above: Mask = shared >= by_chance + _SHARED_BITS * (fewer - by_chance)
    return above


def _ones(bits: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint8]:
    count: npt.NDArray[np.uint8] = np.bitwise_count(bits[0]) + np.bitwise_count(bits[1])
    return count
