"""Texts that no neighbour led to their family: looked up in the families themselves.

A text with several edits has few runs left, and in each the next text may be another one with
several edits. Once families are known, texts without one are few words away from being compared
with texts that have one: those with which they share runs that few families have.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from analyzers.lib.similarity.candidates import Pairs, alike
from analyzers.lib.similarity.tokens import NO_RUN, Corpus, Hashes, Indices, Mask, spans
from analyzers.lib.slices import bounds_of_slices, on_every_core

COMMON = 8
"""Families with one run of words from which the run leads nowhere: it is a phrase of the language.
On 20,000 generated texts with several edits each, runs of up to 8 led to all members missed."""

MEMBERS = 16
"""Members of a family that a text is compared with at most, the first in the corpus's order."""

RUNS = 2
"""Runs that a text and a family must have in common to be compared."""

_SIEVE_BITS = 22
"""Four megabytes, which a cache holds; a million texts with 2,500 families mark one place in 80."""


def missed(corpus: Corpus, labels: Indices) -> Pairs:
    """Pairs of a text without family (-1) and a member of one, worth comparing letter by letter."""
    rows = np.flatnonzero(labels >= 0)
    if not len(rows):
        return np.empty((0, 2), np.int64)
    table = _Table.of(*_runs_of(corpus, rows), labels)
    found = on_every_core(
        lambda bounds: table.resembled(corpus, labels, *bounds), bounds_of_slices(len(corpus))
    )
    texts, families = (np.concatenate(side) for side in zip(*found, strict=True))
    members = rows[np.argsort(labels[rows], kind="stable")]
    bounds = np.searchsorted(labels[members], np.arange(int(labels.max()) + 2))
    counts = np.minimum(np.diff(bounds), MEMBERS)[families]
    pairs = np.column_stack([np.repeat(texts, counts), members[spans(bounds[families], counts)]])
    return alike(corpus, pairs)


def _runs_of(corpus: Corpus, rows: Indices) -> tuple[Hashes, Indices]:
    """The runs of some texts, and the text that each is of."""
    lengths = corpus.lengths[rows]
    runs = corpus.runs[spans(corpus.starts[rows], lengths)]
    whole = runs != NO_RUN
    return runs[whole], np.repeat(rows, lengths)[whole]


class _Table(NamedTuple):
    """Different runs, ascending; run i leads to the families `families[starts[i]:][:counts[i]]`.

    `marked` tells which places some run falls on: most runs are none of the table's, and are known
    by it.
    """

    runs: Hashes
    families: Indices
    starts: Indices
    counts: Indices
    marked: Mask

    @classmethod
    def of(cls, runs: Hashes, owners: Indices, labels: Indices) -> _Table:
        """The table of what members' runs lead to: the families that have them, if few do."""
        families = labels[owners]
        order = np.lexsort((families, runs))
        runs, families = runs[order], families[order]
        new_run = np.ones(len(runs), dtype=np.bool_)
        new_run[1:] = runs[1:] != runs[:-1]
        new = new_run.copy()
        new[1:] |= families[1:] != families[:-1]
        runs, families, starts = runs[new], families[new], np.flatnonzero(new_run[new])
        counts = np.diff(starts, append=len(runs))
        few = counts <= COMMON
        marked = np.zeros(1 << _SIEVE_BITS, dtype=np.bool_)
        marked[_place(runs[starts[few]])] = True
        return cls(runs[starts[few]], families, starts[few], counts[few], marked)

    def resembled(
        self, corpus: Corpus, labels: Indices, first: int, end: int
    ) -> tuple[Indices, Indices]:
        """Among consecutive texts those without family, and the families they share runs with."""
        runs = corpus.runs[corpus.span(first, end)]
        alone = np.repeat(labels[first:end] < 0, corpus.lengths[first:end])
        seen = np.flatnonzero(self.marked[_place(runs)] & alone & (runs != NO_RUN))
        at = np.searchsorted(self.runs[:-1], runs[seen])
        hit = self.runs[at] == runs[seen]
        seen, at = seen[hit], at[hit]
        starts = corpus.starts[first:end] - corpus.starts[first]
        owners = first + np.searchsorted(starts, seen, "right") - 1
        counts = self.counts[at]
        families = self.families[spans(self.starts[at], counts)]
        return _several(np.repeat(owners, counts), families, int(labels.max()) + 1)


def _several(texts: Indices, families: Indices, count: int) -> tuple[Indices, Indices]:
    """Each text with a family once, of those that come up together often enough."""
    keys = np.sort(texts * count + families)
    often = keys[RUNS - 1 :][keys[RUNS - 1 :] == keys[: len(keys) - RUNS + 1]]
    once = often[np.diff(often, prepend=-1) != 0]
    return once // count, once % count


def _place(hashes: Hashes) -> Indices:
    return (hashes >> np.uint64(64 - _SIEVE_BITS)).view(np.int64)
