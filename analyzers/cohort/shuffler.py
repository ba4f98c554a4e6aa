"""Rewritten texts for the tie test: every draw puts runs of words together anew.

A draw yields families straight from the tokens of its runs, which are cut and counted once for all
draws; whole texts are written out only where somebody looks at them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analyzers.lib.normal import letter_counts
from analyzers.lib.similarity.families import labelled, said
from analyzers.lib.similarity.tokens import (
    FEWEST_UNSPACED,
    FEWEST_WORDS,
    Corpus,
    Hashes,
    Indices,
    mixed,
    spans,
)

RUN = 6
"""Words per run. Texts too short to tie (`public_source.SHORT`) stay whole, and so do most phrases
that people have in common; a model of a dozen words is broken up."""

MOST_WORDS = 100
"""Words of each text that are shuffled: twice what a post of 280 characters holds, and few enough
that no single endless post supplies most of the runs."""


class Shuffler:
    """Texts cut into runs once, put together anew for each draw.

    Runs of one length change places with those at the same place of other texts; with those
    anywhere in other texts where the group's own (`own`) are most of them at some place, as they
    are when its texts are the longest. Exchanged among themselves, they would stay together.
    """

    def __init__(self, texts: pl.Series, own: NDArray[np.bool_]) -> None:
        words = [text.split(" ")[:MOST_WORDS] if text else [] for text in texts.to_list()]
        runs = [
            (row, start, " ".join(each[start : start + RUN]), len(each[start : start + RUN]))
            for row, each in enumerate(words)
            for start in range(0, len(each), RUN)
        ]
        self._rows = np.array([run[0] for run in runs], dtype=np.int64)
        self._count = len(words)
        self._runs = _Runs.of([run[2] for run in runs])
        length = np.array([run[3] for run in runs], dtype=np.int64)
        start = np.array([run[1] for run in runs], dtype=np.int64)
        place = start * (RUN + 1) + length
        theirs = own[self._rows] if len(runs) else np.zeros(0, dtype=bool)
        for size in np.unique(length):
            if _crowded(place[length == size], theirs[length == size]):
                place[length == size] = size  # one exchange for all places
        self._slots = np.argsort(place, kind="stable")
        self._place = place[self._slots]

    def draw(self, rng: np.random.Generator) -> Drawn:
        """One set of rewritten texts, in the order of the originals."""
        order = np.lexsort((rng.random(len(self._place)), self._place))
        which = np.empty(len(order), dtype=np.int64)
        which[self._slots] = self._slots[order]
        return Drawn(self._runs, self._rows, which, self._count)


@dataclass(frozen=True)
class _Runs:
    """Runs of words as they stand in the texts, with what a text made of them is judged by.

    `tokens[starts[kind][n]:][:lengths[kind][n]]` are the tokens of run n: words (kind 0), or
    characters (kind 1) for a text in a script without spaces. `counts` has a row per run: letters,
    letters of scripts without spaces, words of two letters, letters without marks, words and
    characters with a space behind.
    """

    texts: NDArray[np.object_]
    keys: Hashes
    tokens: Hashes
    starts: tuple[Indices, Indices]
    lengths: tuple[Indices, Indices]
    counts: NDArray[np.int64]

    @classmethod
    def of(cls, texts: list[str]) -> _Runs:
        series = pl.Series("run", texts, dtype=pl.String)
        sizes = (series.str.count_matches(" ", literal=True) + 1, series.str.len_chars() + 1)
        counts = [*letter_counts(series), *said(series), *sizes]
        solid = series.str.replace_all(" ", "", literal=True)
        parts = (series.str.split(" "), solid.str.split(""))
        lengths = [part.list.len().to_numpy().astype(np.int64) for part in parts]
        total = int(lengths[0].sum())
        ends = [np.cumsum(each) for each in lengths]
        return cls(
            texts=np.array(texts, dtype=np.object_),
            keys=series.hash(seed=0).to_numpy(),
            tokens=pl.concat([part.explode(empty_as_null=False) for part in parts])
            .hash(seed=0)
            .to_numpy(),
            starts=(ends[0] - lengths[0], total + ends[1] - lengths[1]),
            lengths=(lengths[0], lengths[1]),
            counts=np.column_stack([each.to_numpy() for each in counts]).astype(np.int64),
        )


@dataclass(frozen=True)
class Drawn:
    """The texts of one draw: at each of `rows`, in ascending order, which run stands there."""

    runs: _Runs
    rows: Indices
    which: Indices
    count: int

    def families(self) -> Indices:
        """The near-duplicate family of each text, -1 for none, as `lib.similarity` gives them."""
        labels = np.full(self.count, -1, dtype=np.int64)
        able = np.flatnonzero(self._says_enough)
        if not len(able):
            return labels
        _, first, inverse, copies = np.unique(
            self._keys[able], return_index=True, return_inverse=True, return_counts=True
        )
        labels[able] = labelled(self._corpus(able[first]), copies.astype(np.int64))[inverse]
        return labels

    def texts(self) -> pl.Series:
        """The texts themselves, in the order of the originals."""
        return pl.Series("words", self._written, dtype=pl.String)

    def lengths(self) -> pl.Series:
        """The number of words of each text, as `material.lengths` counts them."""
        words, characters = self._summed[:, 4], np.maximum(self._summed[:, 5] - 1, 0)
        return pl.Series("length", np.where(self._together, characters // 2, words))

    @cached_property
    def _bounds(self) -> Indices:
        """Where the runs of each text start, and behind the last text, where they end."""
        return np.searchsorted(self.rows, np.arange(self.count + 1))

    @cached_property
    def _together(self) -> NDArray[np.bool_]:
        """Whether each text is in a script without spaces (`lib.normal.unspaced`)."""
        letters, without = self._summed[:, 0], self._summed[:, 1]
        return (without * 2 > letters) & (without > 0)

    @property
    def _says_enough(self) -> NDArray[np.bool_]:
        words, letters = self._summed[:, 2], self._summed[:, 3]
        enough = (~self._together & (words >= FEWEST_WORDS)) | (
            self._together & (letters >= FEWEST_UNSPACED)
        )
        return np.asarray(enough)

    @cached_property
    def _summed(self) -> NDArray[np.int64]:
        """The counts of each text: those of its runs together."""
        each = self.runs.counts[self.which]
        total = np.cumsum(np.vstack([np.zeros_like(each[:1]), each]), axis=0)
        return np.asarray(total[self._bounds[1:]] - total[self._bounds[:-1]])

    @property
    def _keys(self) -> Hashes:
        """A hash of each text: of its runs and their order."""
        order = np.arange(len(self.which)) - self._bounds[self.rows]
        each = mixed(self.runs.keys[self.which] + mixed(order.astype(np.uint64) + np.uint64(1)))
        total = np.r_[np.zeros(1, dtype=np.uint64), np.cumsum(each, dtype=np.uint64)]
        return np.asarray(total[self._bounds[1:]] - total[self._bounds[:-1]])

    def _corpus(self, rows: Indices) -> Corpus:
        slots = spans(self._bounds[rows], self._bounds[rows + 1] - self._bounds[rows])
        runs = self.which[slots]
        solid = np.repeat(self._together[rows], self._bounds[rows + 1] - self._bounds[rows])
        length = np.where(solid, self.runs.lengths[1][runs], self.runs.lengths[0][runs])
        start = np.where(solid, self.runs.starts[1][runs], self.runs.starts[0][runs])
        tokens = self.runs.tokens[spans(start, length)]
        ends = np.r_[0, np.cumsum(length)]
        bounds = np.r_[0, np.cumsum(self._bounds[rows + 1] - self._bounds[rows])]
        lengths = np.diff(ends[bounds])
        written = self._written
        texts = [
            written[row].replace(" ", "") if one else written[row]
            for row, one in zip(rows.tolist(), self._together[rows].tolist(), strict=True)
        ]
        return Corpus(
            texts=pl.Series("text", texts, dtype=pl.String),
            unspaced=self._together[rows],
            tokens=tokens,
            starts=np.cumsum(lengths) - lengths,
            lengths=lengths,
        )

    @cached_property
    def _written(self) -> list[str]:
        runs = self.runs.texts[self.which].tolist()
        bounds = self._bounds.tolist()
        return [" ".join(runs[a:b]) for a, b in pairwise(bounds)]


def _crowded(place: NDArray[np.int64], own: NDArray[np.bool_]) -> bool:
    """Whether the group's own runs are more than half of those at some place."""
    return any(own[place == one].mean() > 0.5 for one in np.unique(place))
