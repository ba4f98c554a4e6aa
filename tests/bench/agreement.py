"""How well found families agree with the true ones, counted in pairs of texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import comb
from typing import NamedTuple


class Agreement(NamedTuple):
    """Pairs of one true family put together, and pairs put together that are of one family.

    Members of a family are closed under connection on both sides, so a chain of likenesses counts
    as all its pairs ("closure").
    """

    recall: float
    precision: float


def agreement(truth: Sequence[int], found: Sequence[int]) -> Agreement:
    """Compare labels, -1 for a text in no family; in time linear in the number of texts."""
    true = _pairs(label for label in truth if label >= 0)
    together = _pairs(label for label in found if label >= 0)
    both = _pairs(pair for pair in zip(truth, found, strict=True) if min(pair) >= 0)
    return Agreement(both / true if true else 1.0, both / together if together else 1.0)


def _pairs(labels: Iterable[object]) -> int:
    return sum(comb(count, 2) for count in Counter(labels).values())
