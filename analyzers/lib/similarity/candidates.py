"""Which pairs of texts are worth comparing letter by letter."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analyzers.lib.similarity.tokens import Corpus, Hashes, Indices, mixed

Pairs = npt.NDArray[np.int64]
"""An (n, 2) array of rows, the smaller first."""

_SHARED_BITS = 0.5
"""Pairs that share fewer of their word bits than this are not compared: two texts that differ in
one word of three still share half. It removes 97 % of the pairs and almost no true one."""


_BITS = 128.0


def neighbours(corpus: Corpus) -> Pairs:
    """Pair texts that share a run of tokens and stand next to each other among those that do.

    Texts are first ranked by their smallest run hash, so that look-alikes, which share most runs,
    are neighbours in every bucket (as in MinHash: Broder 1997). In a bucket each text is paired
    with the next and with the first. Pairs grow with the number of tokens, never with the square
    of a bucket, so neither a common phrase nor one huge family explodes.
    """
    runs, owners = corpus.shingles
    if not len(runs):
        return np.empty((0, 2), np.int64)
    rank, row_of = _rank_by_smallest(runs, owners, len(corpus))
    width = np.uint64(max(1, int(len(corpus) - 1).bit_length()))
    packed = (mixed(runs) >> width << width) | rank[owners].astype(np.uint64)
    packed.sort()
    bucket, rows = packed >> width, row_of[(packed & ((np.uint64(1) << width) - np.uint64(1)))]
    same = bucket[1:] == bucket[:-1]
    first = np.maximum.accumulate(np.where(np.r_[True, ~same], np.arange(len(rows)), 0))
    chain = np.column_stack([rows[:-1][same], rows[1:][same]])
    star = np.column_stack([rows[first[1:]][same], rows[1:][same]])
    # most pairs are unlike, and leaving those out first makes the sorting of the rest cheap
    return distinct(alike(corpus, np.concatenate([chain, star])), len(corpus))


def _rank_by_smallest(runs: Hashes, owners: Indices, count: int) -> tuple[Indices, Indices]:
    """Each text's rank by its smallest run hash, and the text at each rank."""
    smallest = np.full(count, np.iinfo(np.uint64).max, dtype=np.uint64)
    starts = np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]])
    smallest[owners[starts]] = np.minimum.reduceat(runs, starts)
    row_of = np.argsort(smallest, kind="stable")
    rank = np.empty(count, dtype=np.int64)
    rank[row_of] = np.arange(count)
    return rank, row_of


def distinct(pairs: Pairs, count: int) -> Pairs:
    """Each pair of two different rows once, the smaller row first."""
    low, high = pairs.min(axis=1), pairs.max(axis=1)
    keys = np.sort((low * count + high)[low != high])  # np.unique hashes first, which is slower
    keys = keys[np.diff(keys, prepend=-1) != 0]
    return np.column_stack([keys // count, keys % count])


def alike(corpus: Corpus, pairs: Pairs) -> Pairs:
    """Keep the pairs whose word sets overlap enough by their bitmaps."""
    one, other = corpus.bitmaps.T
    total = np.bitwise_count(one) + np.bitwise_count(other)
    left, right = pairs.T
    shared = np.bitwise_count(one[left] & one[right]) + np.bitwise_count(other[left] & other[right])
    fewer = np.minimum(total[left], total[right]).astype(np.float64)
    # long texts without spaces set most bits, and share many of them by chance
    by_chance = np.where(
        corpus.unspaced[left], np.maximum(total[left], total[right]) / _BITS * fewer, 0.0
    )
    kept: Pairs = pairs[shared >= by_chance + _SHARED_BITS * (fewer - by_chance)]
    return kept
