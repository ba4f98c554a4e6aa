"""The rotation signal: accounts that post one after another at regular gaps, never two at once.

It is put only to accounts that a like text already ties: among thousands of accounts some subset is
always regular, so a free search over subsets would need a null of its own and is not made here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from analyzers.cohort.material import Piece
from analyzers.lib.rotation import FEWEST, regularity, rotation_test

LEVEL = 0.01
"""Level at which a family counts as rotating, fixed beforehand: a few dozen families are tested in
one case, so 5 % would call one or two of them regular by chance."""

TURNS = 0.8
"""Share of successive posts that must come from different accounts: one account posting by the
clock is a scheduler, not a rotation."""


def rotates(pieces: Sequence[Piece], pool: Sequence[datetime], seed: int) -> bool:
    """Whether these posts come at regular gaps across accounts, against ordinary posts' hours.

    `pool` are the times of other posts at the target. Null and statistic: `lib.rotation_test`.
    """
    timed = [(piece.at, piece.account) for piece in pieces if piece.at is not None]
    if len(timed) < FEWEST:
        return False
    times = _seconds([at for at, _ in timed])
    accounts = np.array([account for _, account in timed])
    if regularity(times, accounts).distinct_share < TURNS:
        return False
    return rotation_test(times, _seconds(pool), draws=199, seed=seed) <= LEVEL


def _seconds(times: Sequence[datetime]) -> NDArray[np.float64]:
    return np.array([time.timestamp() for time in times], dtype=np.float64)
