"""How many posts each account writes, so that a campaign has the size that was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random


def shares(random: Random, count: int) -> list[float]:
    """How prolific each of `count` accounts is: log-normal, a few write much more than most."""
    return [random.lognormvariate(0.0, 0.7) for _ in range(count)]


def split(total: int, weights: Sequence[float], *, least: int) -> list[int]:
    """Divide `total` by weights into whole numbers, each at least `least`, that sum to `total`.

    Where `total` is too small for that, each gets `least`.
    """
    spare = max(0, total - least * len(weights))
    scale = spare / sum(weights) if weights else 0.0
    exact = [weight * scale for weight in weights]
    parts = [int(value) for value in exact]
    by_rest = sorted(range(len(exact)), key=lambda i: (parts[i] - exact[i], i))
    for index in by_rest[: spare - sum(parts)]:
        parts[index] += 1
    return [least + part for part in parts]
