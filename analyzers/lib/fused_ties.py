"""Which pairs of accounts both pass on the same things and act at the same times, beyond chance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analyzers.lib.bipartite import Floats, Ints, Ties, standing

EACH = 0.01
"""The largest p, of what and of when, with which a pair can be tied: each must speak by itself, so
that a very common interest does not tie two accounts whose times say nothing."""


def least(layers: Sequence[Ties], total: int) -> tuple[Ints, Floats]:
    """The pairs of any layer, as one number each, with their least p times the number of layers."""
    keys = [ties.pairs[:, 0] * total + ties.pairs[:, 1] for ties in layers]
    pairs, place = np.unique(np.concatenate([np.zeros(0, np.int64), *keys]), return_inverse=True)
    p = np.ones(len(pairs))
    np.minimum.at(p, place, np.concatenate([np.zeros(0), *(ties.p for ties in layers)]))
    return pairs, np.minimum(p * len(layers), 1.0)


def ranked(what: Sequence[Ties], when: Sequence[Ties], total: int) -> tuple[Ints, Floats]:
    """Pairs of accounts, a row each, compared by both kinds of layers, and how likely both are.

    The two p-values of a pair, each of its kind's best layer (Bonferroni), are combined by Fisher's
    method (1932, "Statistical Methods for Research Workers"), where each is at most `EACH`. What
    and when are taken as independent under the null; who searches groups of such pairs should test
    them once more against shuffled data, as `cohort.coaction` does.
    """
    (one, p_what), (other, p_when) = least(what, total), least(when, total)
    keys, left, right = np.intersect1d(one, other, assume_unique=True, return_indices=True)
    each = np.stack([p_what[left], p_when[right]], axis=1)
    able = (each <= EACH).all(axis=1)
    product = np.maximum(each[able].prod(axis=1), np.finfo(float).tiny)
    pairs = np.stack([keys[able] // total, keys[able] % total], axis=1).astype(np.int64)
    return pairs, product * (1 - np.log(product))  # chi-square's upper tail with 4 degrees


def fused(what: Sequence[Ties], when: Sequence[Ties], total: int) -> Ints:
    """The pairs of `ranked` that stand at a false discovery rate of 5 %, a row each.

    Among all pairs of the `total` accounts (Benjamini and Hochberg 1995).
    """
    pairs, p = ranked(what, when, total)
    return np.asarray(pairs[standing(p, max(total * (total - 1) // 2, 1))], dtype=np.int64)
