"""Short texts that differ by one or two words: a ratio of letters says little about them.

"you are a liar" and "you are a lamp" share most letters by chance. Two short texts are tied when
what is left after taking out a word of each is the same, and that remainder is rare enough that
chance would hardly have produced it twice among so many short texts.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import numpy.typing as npt

from analyzers.lib.similarity.candidates import Pairs
from analyzers.lib.similarity.tokens import Corpus, Hashes, Indices, mixed

FEWEST_TOKENS, MOST_TOKENS = 3, 8
"""Lengths compared this way. From 9 words on, a ratio of letters tells alike from unlike."""

_TWO_LEFT_OUT_FROM = 4
"""With fewer words, leaving two out leaves one, which ties nothing."""

_MARGIN_BITS = {1: 3.75, 2: 20.0}
"""Bits of rarity beyond what chance would reach once: 1 false remainder in 13, and much stricter
with two words left out, where words depend on one another more than is assumed. Measured on three
times 100,000 generated texts of 3 to 6 words, half of the members with one swapped: recall .908 to
.924 at precision .992 to .994 (4 bits: .898 to .920 at .993 to .994; 3: .926 to .929 at .989 to
.991). For two words left out, 12 bits found no more of these, and tied a fifth more short posts of
a real archive, mostly strangers under one hashtag.
"""


def tied_short_texts(corpus: Corpus) -> Pairs:
    """Pairs of texts of 3 to 8 words that are equal once a word of each (or two) is left out."""
    lengths = np.where(corpus.unspaced, 0, corpus.lengths)
    found = [np.empty((0, 2), np.int64)]
    counted = None
    for length in range(FEWEST_TOKENS, MOST_TOKENS + 1):
        rows = np.flatnonzero(lengths == length)
        if len(rows) < 2:
            continue
        counted = _counted(corpus.tokens) if counted is None else counted
        columns = corpus.tokens[corpus.starts[rows] + np.arange(length)[:, None]]
        rarity = _rarity(columns, counted)
        found.append(_tied_by(columns, rarity, rows, 1))
        if length >= _TWO_LEFT_OUT_FROM:
            found.append(_tied_by(columns, rarity, rows, 2))
    return np.concatenate(found)


def _counted(tokens: Hashes) -> npt.NDArray[np.uint32]:
    """Half of each token's hash, sorted, so that equal tokens are together."""
    halves = (tokens >> _HALF).astype(np.uint32)
    halves.sort()
    return halves


def _rarity(tokens: Hashes, counted: npt.NDArray[np.uint32]) -> npt.NDArray[np.float64]:
    """-log2 of the share of each of some tokens among all that are counted, itself left out."""
    sought, which = np.unique((tokens >> _HALF).astype(np.uint32), return_inverse=True)
    times = np.searchsorted(counted, sought, "right") - np.searchsorted(counted, sought, "left")
    rarity: npt.NDArray[np.float64] = -np.log2(np.maximum(times - 1, 1) / len(counted))
    return rarity[which].reshape(tokens.shape)


_HALF = np.uint64(32)
"""Bits of a hash left out where words are counted: one word in four thousand of a million different
ones is taken for another, which at worst makes it seem less rare."""


def _tied_by(
    columns: Hashes, rarity: npt.NDArray[np.float64], rows: Indices, left_out: int
) -> Pairs:
    """Texts of one length tied by equal remainders, each to the first that has the remainder.

    Place by place, `columns` holds their tokens and `rarity` how rare these are.
    """
    length = len(columns)
    kept = [sorted(set(range(length)) - set(out)) for out in combinations(range(length), left_out)]
    enough = np.log2(len(rows) * len(kept)) + _MARGIN_BITS[left_out]
    remainders, owners = [], []
    for keep in kept:
        rare = np.flatnonzero(rarity[keep].sum(axis=0) >= enough)
        remainders.append(_hash(columns[keep][:, rare]))
        owners.append(rows[rare])
    return _to_the_first(np.concatenate(remainders), np.concatenate(owners))


def _hash(columns: Hashes) -> Hashes:
    hashed = np.zeros(columns.shape[1], dtype=np.uint64)
    for column in columns:
        hashed = mixed(hashed) + column
    return mixed(hashed)


def _to_the_first(hashes: Hashes, owners: Indices) -> Pairs:
    """Pair each owner of a hash with the first owner of the same hash."""
    if len(hashes) < 2:
        return np.empty((0, 2), np.int64)
    order = np.argsort(hashes)
    hashes = hashes[order]
    same = hashes[1:] == hashes[:-1]
    again = np.r_[False, same] | np.r_[same, False]  # most remainders come up once
    hashes, owners = hashes[again], owners[order[again]]
    opens = np.r_[True, hashes[1:] != hashes[:-1]][: len(hashes)]
    first = np.minimum.reduceat(owners, np.flatnonzero(opens))[np.cumsum(opens) - 1]
    pairs = np.column_stack([first, owners])
    different: Pairs = pairs[first != owners]
    return different
