"""Texts that no neighbour led to their family: looked up in the families themselves.

A text with several edits has few runs left, and in each the next text may be another one with
several edits. Once families are known, texts without one are few words away from being compared
with texts that have one: those with which they share runs that few families have.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analyzers.lib.similarity.candidates import Pairs, alike, distinct
from analyzers.lib.similarity.tokens import Corpus, Hashes, Indices

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
    runs, owners = corpus.shingles
    inside = labels[owners] >= 0
    table, members = _led_to(runs[inside], owners[inside], labels)
    if not len(table):
        return np.empty((0, 2), np.int64)
    seen = _sieve(table)
    outside = np.flatnonzero(~inside)
    outside = outside[seen[_place(runs[outside])]]
    first = np.searchsorted(table, runs[outside], "left")
    count = np.searchsorted(table, runs[outside], "right") - first
    rows = np.repeat(owners[outside], count)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(count) - count, count)
    pairs = np.column_stack([rows, members[np.repeat(first, count) + within]])
    return alike(corpus, _several(pairs, len(corpus)))


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


def _several(pairs: Pairs, count: int) -> Pairs:
    """Each pair once, of those that come up often enough."""
    keys, times = np.unique(pairs[:, 0] * count + pairs[:, 1], return_counts=True)
    keys = keys[times >= RUNS]
    return distinct(np.column_stack([keys // count, keys % count]), count)


def _place(hashes: Hashes) -> Indices:
    return (hashes >> np.uint64(64 - _SIEVE_BITS)).astype(np.int64)


def _sieve(hashes: Hashes) -> npt.NDArray[np.bool_]:
    """Which places some hash falls on: most runs are none of the table's, and are known by it."""
    marked = np.zeros(1 << _SIEVE_BITS, dtype=np.bool_)
    marked[_place(hashes)] = True
    return marked
