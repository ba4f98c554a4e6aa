"""Distinct normal texts as arrays of token hashes, the form in which millions are compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from analyzers.lib.normal import unspaced

Indices = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]

_MIX = np.uint64(0x9E3779B97F4A7C15)
"""2^64 divided by the golden ratio, odd: multiplying by it spreads close values apart (Knuth)."""

SHINGLE_WORDS, SHINGLE_CHARACTERS = 2, 4
"""Texts are compared by pairs of words, or by runs of four characters where a script has no
spaces: about two words of Chinese or Japanese."""


@dataclass(frozen=True)
class Corpus:
    """Distinct texts and their tokens: words, or characters in scripts without spaces.

    `texts` are ready to be compared letter by letter (a script without spaces has none left).
    The tokens of text i are `tokens[starts[i]:starts[i] + lengths[i]]`, hashed.
    """

    texts: pl.Series
    unspaced: npt.NDArray[np.bool_]
    tokens: Hashes
    starts: Indices
    lengths: Indices

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def owners(self) -> Indices:
        """The text that each token belongs to."""
        return np.repeat(np.arange(len(self)), self.lengths)

    @cached_property
    def shingles(self) -> tuple[Hashes, Indices]:
        """Every run of consecutive tokens within a text, as a hash, and the text it is from.

        The last token of a text starts a run that the next text would finish: those are dropped. So
        a text shorter than a run has none.
        """
        if not len(self.tokens):
            return np.empty(0, np.uint64), np.empty(0, np.int64)
        owners = self.owners
        size = np.where(self.unspaced, SHINGLE_CHARACTERS, SHINGLE_WORDS)[owners]
        left = (self.starts + self.lengths)[owners] - np.arange(len(owners))
        hashed = self.tokens.copy()
        for step in range(1, SHINGLE_CHARACTERS if self.unspaced.any() else SHINGLE_WORDS):
            rolled = mixed(hashed) + np.roll(self.tokens, -step)
            hashed = np.where(step < size, rolled, hashed)
        whole = left >= size
        return hashed[whole], owners[whole]

    @cached_property
    def bitmaps(self) -> npt.NDArray[np.uint64]:
        """Which of 128 bits each text's tokens fall on: an (n, 2) array to compare word sets by.

        In scripts without spaces pairs of characters: an alphabet would fill every text's bits.
        """
        bits = np.zeros((len(self), 2), dtype=np.uint64)
        if not len(self.tokens):
            return bits
        tokens = self.tokens
        if self.unspaced.any():
            paired = self.unspaced[self.owners]
            paired[self.starts[1:] - 1] = False  # the last character of a text stands alone
            paired[-1:] = False
            tokens = np.where(paired, mixed(tokens) + np.roll(tokens, -1), tokens)
        place = mixed(tokens) >> np.uint64(57)
        bit = np.uint64(1) << (place & np.uint64(63))
        for half in (0, 1):
            mine = np.where(place >> np.uint64(6) == half, bit, np.uint64(0))
            bits[:, half] = np.bitwise_or.reduceat(mine, self.starts)
        return bits


def corpus(normals: pl.Series) -> Corpus:
    """Cut distinct normal texts into tokens and hash these; the hash is polars' own, unseeded."""
    together = unspaced(normals)
    frame = pl.DataFrame({"text": normals, "together": together}).with_columns(
        text=pl.when("together").then(pl.col("text").str.replace_all(" ", "")).otherwise("text")
    )
    split = (
        pl.when("together")
        .then(pl.col("text").str.split(""))
        .otherwise(pl.col("text").str.split(" "))
    )
    if not together.any():
        split = pl.col("text").str.split(" ")
    tokens = frame.select(token=split)["token"]
    lengths = tokens.list.len().to_numpy().astype(np.int64)
    hashed = tokens.explode(empty_as_null=False).hash(seed=0).to_numpy()
    return Corpus(
        texts=frame["text"],
        unspaced=together.to_numpy(),
        tokens=hashed,
        starts=np.cumsum(lengths) - lengths,
        lengths=lengths,
    )


def mixed(values: Hashes) -> Hashes:
    """Spread hashes anew (the finaliser of splitmix64), so that sums of them do not cancel out."""
    spread = (values ^ (values >> np.uint64(31))) * _MIX
    return spread ^ (spread >> np.uint64(29))
