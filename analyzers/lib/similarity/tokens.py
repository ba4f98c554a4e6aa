"""Distinct normal texts as arrays of token hashes, the form in which millions are compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from analyzers.lib.normal import unspaced
from analyzers.lib.slices import Bytes, Spelt, bounds_of_slices, on_every_core, slices_of, spelt

Indices = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Mask = npt.NDArray[np.bool_]

_MIX = np.uint64(0x9E3779B97F4A7C15)
"""2^64 divided by the golden ratio, odd: multiplying by it spreads close values apart (Knuth)."""

SHINGLE_WORDS, SHINGLE_CHARACTERS, SHINGLE_LETTERS = 2, 4, 6
"""Texts are compared by pairs of words; where a script has no spaces, by runs of four characters,
about two words of Chinese or Japanese, or of six letters of an alphabet (Thai, Lao, Khmer,
Burmese), of which hundreds of texts have four in a row by chance."""

_WINDOW = 4
"""Of so many runs of letters in a row at least one is kept, and two in five of all: next ones are
alike anyhow. Shorter than a run, so that what is kept of a text depends on it alone."""

_ALPHABETS = r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"

NO_RUN = np.uint64(2**64 - 1)
"""Stands for the run that begins at a token too close to the end of its text."""

FEWEST_WORDS, FEWEST_UNSPACED = 3, 6
"""A text with fewer words of two letters or more (or characters, in scripts without spaces) never
ties: thousands of strangers write "honte à toi" or "menteur" without copying anyone."""

_SPACE = ord(" ")

_FIRST_BYTE_UNSPACED = 0xE0
"""In UTF-8 letters of scripts without spaces begin with this byte or a higher one (U+0E00 on)."""


@dataclass(frozen=True)
class Corpus:
    """Distinct texts and their tokens: words, or characters in scripts without spaces.

    `texts` are ready to be compared letter by letter (a script without spaces has none left).
    The tokens of text i are `tokens[starts[i]:starts[i] + lengths[i]]`, hashed; no text is without.
    """

    texts: pl.Series
    unspaced: Mask
    tokens: Hashes
    starts: Indices
    lengths: Indices

    def __len__(self) -> int:
        return len(self.texts)

    @cached_property
    def run_lengths(self) -> Indices:
        """How many tokens make a run in each text."""
        lengths = np.full(len(self), SHINGLE_WORDS, dtype=np.int64)
        if self.unspaced.any():
            rows = self.texts.filter(pl.Series(self.unspaced))
            others = rows.str.replace_all(f"{_ALPHABETS}+", "").str.len_chars()
            letters = (others * 2 < rows.str.len_chars()).to_numpy()
            lengths[self.unspaced] = np.where(letters, SHINGLE_LETTERS, SHINGLE_CHARACTERS)
        return lengths

    @cached_property
    def runs(self) -> Hashes:
        """For each token the hash of the run that it begins, `NO_RUN` where its text ends first."""
        hashed = np.full(len(self.tokens), NO_RUN, dtype=np.uint64)
        on_every_core(lambda rows: self._fill_runs(hashed, *rows), bounds_of_slices(len(self)))
        return hashed

    def span(self, first: int, end: int) -> slice:
        """Where the tokens of some consecutive texts stand."""
        return slice(int(self.starts[first]), int(self.starts[end - 1] + self.lengths[end - 1]))

    def _fill_runs(self, hashed: Hashes, first: int, end: int) -> None:
        where = self.span(first, end)
        tokens, runs = self.tokens[where], hashed[where]
        sizes, lengths = self.run_lengths[first:end], self.lengths[first:end]
        rolled = tokens
        for size in range(2, int(sizes.max()) + 1):
            rolled = mixed(rolled[:-1]) + tokens[size - 1 :]
            if size == SHINGLE_WORDS and (sizes == size).all():
                runs[: len(rolled)] = rolled
            else:
                mine = np.flatnonzero(np.repeat(sizes == size, lengths)[: len(rolled)])
                runs[mine] = rolled[mine]
        ends = np.cumsum(lengths)
        for before in range(1, int(sizes.max())):
            runs[ends[(before < sizes) & (before <= lengths)] - before] = NO_RUN
        if sizes.max() == SHINGLE_LETTERS:
            lettered = np.repeat(sizes == SHINGLE_LETTERS, lengths)
            runs[lettered & ~_smallest_nearby(runs)] = NO_RUN

    @cached_property
    def bitmaps(self) -> npt.NDArray[np.uint64]:
        """Which of 128 bits each text's tokens fall on: a (2, n) array to compare word sets by.

        In scripts without spaces pairs of characters: an alphabet would fill every text's bits.
        """
        bits = np.zeros((2, len(self)), dtype=np.uint64)
        on_every_core(lambda rows: self._fill_bitmaps(bits, *rows), bounds_of_slices(len(self)))
        return bits

    def _fill_bitmaps(self, bits: npt.NDArray[np.uint64], first: int, end: int) -> None:
        tokens, lengths = self.tokens[self.span(first, end)], self.lengths[first:end]
        starts = self.starts[first:end] - self.starts[first]
        if self.unspaced[first:end].any():
            paired = np.repeat(self.unspaced[first:end], lengths)
            paired[starts + lengths - 1] = False  # the last character of a text stands alone
            tokens = np.where(paired, mixed(tokens) + np.roll(tokens, -1), tokens)
        place = mixed(tokens) >> np.uint64(57)
        bit = np.uint64(1) << (place & np.uint64(63))
        high = place >> np.uint64(6)
        bits[1, first:end] = np.bitwise_or.reduceat(bit * high, starts)
        bits[0, first:end] = np.bitwise_or.reduceat(bit * (np.uint64(1) - high), starts)


class _Cut(NamedTuple):
    """A slice of texts cut into tokens, and which of the slice's texts say enough to be there."""

    texts: pl.Series
    enough: Mask
    unspaced: Mask
    tokens: Hashes
    lengths: Indices


def corpus(normals: pl.Series) -> tuple[Corpus, Mask]:
    """Cut those of some distinct normal texts that say enough to tie; which ones, row for row."""
    cuts = on_every_core(_cut, slices_of(normals))
    lengths = np.concatenate([cut.lengths for cut in cuts])
    found = Corpus(
        texts=pl.concat([cut.texts for cut in cuts]),
        unspaced=np.concatenate([cut.unspaced for cut in cuts]),
        tokens=np.concatenate([cut.tokens for cut in cuts]),
        starts=np.cumsum(lengths) - lengths,
        lengths=lengths,
    )
    return found, np.concatenate([cut.enough for cut in cuts])


def _cut(normals: pl.Series) -> _Cut:
    texts, letters = normals, spelt(normals + " ")  # so that a space ends every word
    solid = np.zeros(len(normals), dtype=np.bool_)
    if letters.data.max(initial=0) >= _FIRST_BYTE_UNSPACED:
        together = unspaced(normals)
        texts = normals.zip_with(~together, normals.str.replace_all(" ", "", literal=True))
        letters, solid = spelt(texts + " "), together.to_numpy()
    starts, ends = _characters(letters, solid) if solid.any() else _words(letters.data)
    places = np.searchsorted(starts, letters.bounds)
    lengths = np.diff(places)
    long = np.r_[0, np.cumsum(_longer_than_one(letters.data, starts, ends))][places]
    enough = np.diff(long) >= FEWEST_WORDS
    if solid.any():
        enough = np.where(solid, _enough_characters(normals), enough)
    tokens = hashed(letters.data, starts, ends)
    return _Cut(
        texts=texts.filter(pl.Series(enough)),
        enough=enough,
        unspaced=solid[enough],
        tokens=tokens[np.repeat(enough, lengths)],
        lengths=lengths[enough],
    )


def _enough_characters(texts: pl.Series) -> Mask:
    """Whether each text has the letters and digits to tie in a script without spaces."""
    some = rf"(?:[\p{{L}}\p{{N}}][^\p{{L}}\p{{N}}]*){{{FEWEST_UNSPACED}}}"
    return texts.str.contains(some).to_numpy()


def _words(data: Bytes) -> tuple[Indices, Indices]:
    """Where each word begins and ends among bytes of which the last is a space."""
    ends = np.flatnonzero(data == _SPACE)
    starts = np.zeros_like(ends)
    starts[1:] = ends[:-1] + 1
    return starts, ends


def _characters(letters: Spelt, solid: Mask) -> tuple[Indices, Indices]:
    """Where each token begins and ends: a character in the solid texts, else a word."""
    space = letters.data == _SPACE
    begins = np.r_[True, space[:-1]]
    begins |= _leads(letters.data) & np.repeat(solid, np.diff(letters.bounds))
    begins &= ~space
    bounds = np.flatnonzero(begins | space)
    first = begins[bounds]
    return bounds[first], bounds[1:][first[:-1]]


def _leads(data: Bytes) -> Mask:
    """Whether a character begins at each byte of UTF-8."""
    leads: Mask = (data & 0xC0) != 0x80
    return leads


def _longer_than_one(data: Bytes, starts: Indices, ends: Indices) -> Mask:
    """Whether more than one character stands from each start to its end."""
    longer: Mask = ends - starts > _WIDTH.take(data.take(starts, mode="clip"))
    return longer


_WIDTH = np.repeat(np.array([1, 2, 3, 4]), [0xC0, 0x20, 0x10, 0x10])
"""Bytes of a character of UTF-8, by its first one."""

_LOWEST_BYTES = np.array([(1 << (8 * count)) - 1 for count in range(9)], dtype=np.uint64)


def hashed(data: Bytes, starts: Indices, ends: Indices) -> Hashes:
    """Hash runs of bytes, eight bytes at a time; equal runs alike on every machine."""
    padded = np.r_[data, np.zeros(8, dtype=np.uint8)]
    from_each: Hashes = np.ndarray((len(data) + 1,), "<u8", padded, strides=(1,))
    left = ends - starts
    found = mixed(from_each[starts] & _LOWEST_BYTES[np.minimum(left, 8)])
    which = np.flatnonzero(left > 8)
    done = 8
    while len(which):
        left = ends[which] - starts[which] - done
        more = from_each[starts[which] + done] & _LOWEST_BYTES[np.minimum(left, 8)]
        found[which] = mixed(found[which] + more)
        which, done = which[left > 8], done + 8
    return found


def _smallest_nearby(hashes: Hashes) -> Mask:
    """Whether each hash is the smallest of some `_WINDOW` in a row (winnowing: Schleimer 2003)."""
    around = np.full(len(hashes) + 2 * (_WINDOW - 1), NO_RUN, dtype=np.uint64)
    around[_WINDOW - 1 : len(around) - (_WINDOW - 1)] = hashes
    smallest = _over_windows(np.minimum, around)
    nearby: Mask = _over_windows(np.maximum, smallest) == hashes
    return nearby


def _over_windows(which: np.ufunc, hashes: Hashes) -> Hashes:
    count = len(hashes) - (_WINDOW - 1)
    found = hashes[:count].copy()
    for step in range(1, _WINDOW):
        which(found, hashes[step : step + count], out=found)
    return found


def spans(starts: Indices, lengths: Indices) -> Indices:
    """All indices of some spans, one span after the other."""
    ends = np.cumsum(lengths)
    return np.asarray(np.repeat(starts - (ends - lengths), lengths) + np.arange(int(lengths.sum())))


def mixed(values: Hashes) -> Hashes:
    """Spread hashes anew (the finaliser of splitmix64), so that sums of them do not cancel out."""
    spread = (values ^ (values >> np.uint64(31))) * _MIX
    return spread ^ (spread >> np.uint64(29))
