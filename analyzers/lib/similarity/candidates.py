"""Which pairs of texts are worth comparing letter by letter."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analyzers.lib.similarity.tokens import NO_RUN, Corpus, Hashes, Indices, Mask
from analyzers.lib.slices import bounds_of_slices, on_every_core

_Counts = npt.NDArray[np.uint8]

Pairs = npt.NDArray[np.int64]
"""An (n, 2) array of rows, the smaller first."""

_SHARED_BITS = 0.5
"""Pairs that share fewer of their word bits than this, of the mean of both, are not compared: texts
that differ in one word of three still share half. On a million generated texts it removes 99 % of
the pairs, and on none of the benchmarks one that a comparison of letters would have kept."""

_BITS = 128.0

_STEPS = (1, 2, 3)
"""In a bucket a text is paired with the three that follow, so that one or two texts of another
family between them do not part it from its own: with one, recall of several edits is .02 lower,
with two .004; four add nothing."""

_BLOCK = 1 << 15
"""Words of a sorted part that are paired at once: half a megabyte with all that is made of them."""

_PARTS = 2
"""Runs are sorted in 2 to the power of this many parts, by their first bits: each fits a cache, and
all the parts never stand in memory at once."""


def neighbours(corpus: Corpus) -> Pairs:
    """Pair texts that share a run of tokens and stand next to each other among those that do.

    Texts are first ranked by their smallest run hash, so that look-alikes, which share most runs,
    are neighbours in every bucket (as in MinHash: Broder 1997). In a bucket each text is paired
    with the next three. Pairs grow with the number of tokens, never with the square
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
    pairs = _of_keys(_once(np.concatenate(found)), len(corpus))
    return distinct(text_at[pairs], len(corpus))


def _packed(corpus: Corpus, rank: Hashes, width: np.uint64, first: int, end: int) -> list[Hashes]:
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
        self._bits = corpus.bitmaps.take(text_at, axis=1)
        self._solid = corpus.unspaced[text_at] if corpus.unspaced.any() else None

    def paired(self, words: Hashes) -> Indices:
        """Pairs of ranks that look alike among neighbours in sorted buckets, as keys, each once."""
        starts = range(0, len(words), _BLOCK)
        count = self._bits.shape[1]
        found = [
            _keys(self._paired(words[start : start + _BLOCK + max(_STEPS)]), count)
            for start in starts
        ]
        return _once(np.concatenate([np.empty(0, np.int64), *found]))

    def _paired(self, words: Hashes) -> Pairs:
        bucket = words >> self.width
        same = bucket[1:] == bucket[:-1]
        several = np.flatnonzero(
            np.r_[same, False] | np.r_[False, same]
        )  # two runs in five are not
        words, bucket = words[several], bucket[several]
        rows = (words & ((np.uint64(1) << self.width) - np.uint64(1))).view(np.int64)
        bits = self._bits.take(rows, axis=1)  # twenty times as fast as [:, rows]
        ones = _ones(bits)
        pairs = []
        for step in _STEPS:
            shared = _ones(bits[:, :-step] & bits[:, step:])
            solid = None if self._solid is None else self._solid.take(rows[step:])
            near = _overlap(shared, ones[:-step], ones[step:], solid)
            left = np.flatnonzero(near & (bucket[step:] == bucket[:-step]))
            pairs.append(np.column_stack([rows[left], rows[left + step]]))
        return np.concatenate(pairs)


def distinct(pairs: Pairs, count: int) -> Pairs:
    """Each pair of two different rows once, the smaller row first."""
    return _of_keys(_once(_keys(pairs, count)), count)


def _keys(pairs: Pairs, count: int) -> Indices:
    """A number for each pair of two different rows, whichever comes first."""
    low, high = pairs.min(axis=1), pairs.max(axis=1)
    return np.asarray((low * count + high)[low != high])


def _once(keys: Indices) -> Indices:
    """Each key once, in order; np.unique hashes first, which is slower."""
    keys = np.sort(keys)
    return np.asarray(keys[np.diff(keys, prepend=-1) != 0])


def _of_keys(keys: Indices, count: int) -> Pairs:
    return np.column_stack([keys // count, keys % count])


def alike(corpus: Corpus, pairs: Pairs) -> Pairs:
    """Keep the pairs whose word sets overlap enough by their bitmaps."""
    left, right = (corpus.bitmaps.take(side, axis=1) for side in pairs.T)
    solid = corpus.unspaced[pairs[:, 0]] if corpus.unspaced.any() else None
    kept: Pairs = pairs[_overlap(_ones(left & right), _ones(left), _ones(right), solid)]
    return kept


def _overlap(shared: _Counts, one: _Counts, other: _Counts, solid: Mask | None) -> Mask:
    """Whether of the bits of two bitmaps enough are shared; `solid`: of a script without spaces."""
    both = np.add(one, other, dtype=np.int16)
    if solid is None:
        return np.asarray(shared >= _SHARED_BITS / 2 * both)
    # long texts without spaces set most bits, and share many of them by chance
    chance = np.maximum(one, other) / _BITS
    by_chance = np.where(solid, chance * np.minimum(one, other), 0.0)
    return np.asarray(shared >= by_chance + _SHARED_BITS * (both / 2 - by_chance))


def _ones(bits: npt.NDArray[np.uint64]) -> _Counts:
    count: _Counts = np.bitwise_count(bits[0]) + np.bitwise_count(bits[1])
    return count
