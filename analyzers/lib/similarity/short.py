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

_MARGIN_BITS = {1: 4.0, 2: 20.0}
"""Bits of rarity beyond what chance would reach once: 1 false remainder in 16, and much stricter
with two words left out, where words depend on one another more than is assumed. Measured on 50,000
generated texts of 3 to 6 words, half of the members with one swapped: precision .995 at recall .93
(3 bits: .992 at .94; 5: .997 at .90). For two words left out, 12 bits found no more of these, and
tied a fifth more short posts of a real archive, mostly strangers under one hashtag.
"""


def tied_short_texts(corpus: Corpus) -> Pairs:
    """Pairs of texts of 3 to 8 words that are equal once a word of each (or two) is left out."""
    bits = _rarity(corpus)
    groups = [
        _tied_by(corpus, bits, length, left_out)
        for length in range(FEWEST_TOKENS, MOST_TOKENS + 1)
        for left_out in (1, 2)
        if left_out == 1 or length >= _TWO_LEFT_OUT_FROM
    ]
    return np.concatenate(groups) if groups else np.empty((0, 2), np.int64)


def _rarity(corpus: Corpus) -> npt.NDArray[np.float64]:
    """-log2 of each token's share among all tokens, its own occurrence left out."""
    if not len(corpus.tokens):
        return np.empty(0)
    _, which, counts = np.unique(corpus.tokens, return_inverse=True, return_counts=True)
    share = np.maximum(counts - 1, 1) / len(corpus.tokens)
    rarity: npt.NDArray[np.float64] = -np.log2(share)[which]
    return rarity


def _tied_by(corpus: Corpus, rarity: npt.NDArray[np.float64], length: int, left_out: int) -> Pairs:
    """Texts of one length tied by equal remainders, each to the first that has the remainder."""
    rows = np.flatnonzero((corpus.lengths == length) & ~corpus.unspaced)
    if len(rows) < 2:
        return np.empty((0, 2), np.int64)
    places = corpus.starts[rows][:, None] + np.arange(length)
    tokens, bits = corpus.tokens[places], rarity[places]
    kept = [sorted(set(range(length)) - set(out)) for out in combinations(range(length), left_out)]
    enough = np.log2(len(rows) * len(kept)) + _MARGIN_BITS[left_out]
    remainders, owners = [], []
    for keep in kept:
        rare = bits[:, keep].sum(axis=1) >= enough
        remainders.append(_hash(tokens[rare][:, keep]))
        owners.append(rows[rare])
    return _to_the_first(np.concatenate(remainders), np.concatenate(owners))


def _hash(tokens: Hashes) -> Hashes:
    hashed = np.zeros(len(tokens), dtype=np.uint64)
    for column in tokens.T:
        hashed = mixed(hashed) + column
    return mixed(hashed)


def _to_the_first(hashes: Hashes, owners: Indices) -> Pairs:
    """Pair each owner of a hash with the first owner of the same hash."""
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    same = np.diff(hashes, prepend=~hashes[:1]) == 0
    first = np.maximum.accumulate(np.where(same, 0, np.arange(len(same))))
    pairs = np.column_stack([owners[first[same]], owners[same]])
    different: Pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    return different
