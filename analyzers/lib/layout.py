"""Where to place the accounts of a network on paper, so that tied ones stand near one another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_ROUNDS = 300
"""Enough for sixty accounts to come to rest."""

_PULL = 0.4
"""How strongly all are drawn to the middle, over a tie's pull: keeps groups without a tie between
them on the paper."""

_PUSHES = 200  # rounds; sixty dots part within a few dozen


def spread(count: int, ties: Sequence[tuple[int, int, float]]) -> Floats:
    """Places between 0 and 1, (count, 2), by springs along `ties` (two places and a weight).

    All push one another away and ties pull (Fruchterman and Reingold 1991, "Graph drawing by
    force-directed placement", Software: Practice and Experience 21), from places on a spiral, so
    that the same network always gets the same picture. Meant for up to a hundred accounts.
    """
    if count < 2:
        return np.full((count, 2), 0.5)
    turn = np.arange(count) * np.pi * (3 - np.sqrt(5))  # the golden angle: no two alike
    places = np.sqrt((np.arange(count) + 0.5) / count)[:, None] * np.stack(
        [np.cos(turn), np.sin(turn)], axis=1
    )
    pull = np.zeros((count, count))
    for one, other, weight in ties:
        pull[one, other] = pull[other, one] = weight
    pull /= max(pull.max(), 1e-9)
    ideal = 1 / np.sqrt(count)
    for round_ in range(_ROUNDS):
        apart = places[:, None] - places[None]
        length = np.maximum(np.linalg.norm(apart, axis=2), 1e-6)[..., None]
        push = (apart / length * (ideal**2 / length)).sum(axis=1)
        drawn = (apart / length * pull[..., None] * length**2 / ideal).sum(axis=1)
        force = push - drawn - _PULL * places
        size = np.maximum(np.linalg.norm(force, axis=1, keepdims=True), 1e-9)
        places = places + force / size * np.minimum(size, 0.1 * (1 - round_ / _ROUNDS))
    low = places.min(axis=0)
    return np.asarray((places - low) / np.maximum(places.max(axis=0) - low, 1e-9))


def parted(places: Floats, least: float, box: tuple[float, float, float, float]) -> Floats:
    """Move places that lie closer than `least` apart, within `box` (left, top, right, bottom)."""
    moved = places.copy()
    low, high = np.array(box[:2]), np.array(box[2:])
    for _ in range(_PUSHES):
        apart = moved[:, None] - moved[None]
        length = np.linalg.norm(apart, axis=2)
        np.fill_diagonal(length, np.inf)
        short = np.maximum(least - length, 0)
        if not short.any():
            break
        way = apart / np.maximum(length, 1e-6)[..., None]
        moved = np.clip(moved + (way * (short / 2)[..., None]).sum(axis=1), low, high)
    return moved
