"""Texts that no neighbour led to their family: looked up in the families themselves.

A text with several edits has few runs left, and in each the next text may be another one with
several edits. Once families are known, texts without one are few words away from being compared
with texts that have one: those with which they share runs that few families have.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analyzers.lib.similarity.candidates import Pairs, alike, distinct
from analyzers.lib.similarity.tokens import NO_RUN, Corpus, Hashes, Indices
from analyzers.lib.slices import bounds_of_slices, on_every_core

COMMON = 8
"""Families with one run of words from which the run leads nowhere: it is a phrase of the language.
On 20,000 generated texts with several edits each, runs of up to 8 led to all members missed."""

MEMBERS = 16
"""Members of a family that a run leads to at most, however many have it."""

RUNS = 2
"""Runs that two texts must have in common to be compared."""

_SIEVE_BITS = 24


def missed(corpus: Corpus, labels: Indices) -> Pairs:
    """Pairs of a text without family (-1) and a member of one, worth comparing letter by letter."""
    runs, members = _led_to(*_runs_of(corpus, np.flatnonzero(labels >= 0)), labels)
    if not len(runs):
        return np.empty((0, 2), np.int64)
    table = _Table.of(runs, members)
    found = on_every_core(
        lambda rows: _several(table.pairs(corpus, labels, *rows), len(corpus)),
        bounds_of_slices(len(corpus)),
    )
    return alike(corpus, np.concatenate(found))


def _runs_of(corpus: Corpus, rows: Indices) -> tuple[Hashes, Indices]:
    """The runs of some texts, and the text that each is of."""
    lengths = corpus.lengths[rows]
    ends = np.cumsum(lengths)
    within = np.arange(int(lengths.sum())) - np.repeat(ends - lengths, lengths)
    runs = corpus.runs[np.repeat(corpus.starts[rows], lengths) + within]
    whole = runs != NO_RUN
    return runs[whole], np.repeat(rows, lengths)[whole]


def _led_to(runs: Hashes, owners: Indices, labels: Indices) -> tuple[Hashes, Indices]:
    """Runs of members that few families have, sorted, and beside each a member that has it."""
    order = np.lexsort((owners, labels[owners], runs))
    runs, owners = runs[order], owners[order]
    families = labels[owners]
    new_run = np.r_[True, runs[1:] != runs[:-1]][: len(runs)]
    new_family = new_run | np.r_[True, families[1:] != families[:-1]][: len(runs)]
    starts = np.flatnonzero(new_family)
    nth = np.arange(len(runs)) - np.repeat(starts, np.diff(np.append(starts, len(runs))))
    which = np.cumsum(new_run) - 1
    held_by = np.bincount(which[new_family], minlength=int(new_run.sum()))
    kept = (nth < MEMBERS) & (held_by[which] <= COMMON)
    return runs[kept], owners[kept]


class _Table(NamedTuple):
    """Different runs, ascending; the members that run i leads to are `members[starts[i]:][:counts[i]]`.

    `marked` tells which places some run falls on: most runs are none of the table's, and are known
    by it.
    """

    runs: Hashes
    members: Indices
    starts: Indices
    counts: Indices
    marked: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, runs: Hashes, members: Indices) -> _Table:
        """The table of sorted runs and the members beside them."""
        starts = np.flatnonzero(np.r_[True, runs[1:] != runs[:-1]])
        marked = np.zeros(1 << _SIEVE_BITS, dtype=np.bool_)
        marked[_place(runs)] = True
        return cls(runs[starts], members, starts, np.diff(np.r_[starts, len(runs)]), marked)

    def pairs(self, corpus: Corpus, labels: Indices, first: int, end: int) -> Pairs:
        """Each of some consecutive texts without family, with what each of its runs leads to."""
        runs = corpus.runs[corpus.span(first, end)]
        alone = np.repeat(labels[first:end] < 0, corpus.lengths[first:end])
        seen = np.flatnonzero(self.marked[_place(runs)] & alone & (runs != NO_RUN))
        at = np.minimum(np.searchsorted(self.runs, runs[seen]), len(self.runs) - 1)
        hit = self.runs[at] == runs[seen]
        seen, at = seen[hit], at[hit]
        owners = first + np.searchsorted(corpus.starts[first:end] - corpus.starts[first], seen, "right") - 1
        counts = self.counts[at]
        ends = np.cumsum(counts)
        within = np.arange(int(counts.sum())) - np.repeat(ends - counts, counts)
        members = self.members[np.repeat(self.starts[at], counts) + within]
        return np.column_stack([np.repeat(owners, counts), members])


def _several(pairs: Pairs, count: int) -> Pairs:
    """Each pair once, of those that come up often enough."""
    keys = np.sort(pairs[:, 0] * count + pairs[:, 1])
    keys = keys[RUNS - 1 :][keys[RUNS - 1 :] == keys[: len(keys) - RUNS + 1]]
    return distinct(np.column_stack([keys // count, keys % count]), count)


def _place(hashes: Hashes) -> Indices:
    return (hashes >> np.uint64(64 - _SIEVE_BITS)).astype(np.int64)
