"""Creation window: accounts of a group that were created closer together than ordinary ones.

It selects nobody: the step `creation` weighs it for the whole group. Here it says, account by
account, whom the date ties it to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import numpy as np

from analyzers.lib.stats import binomial_tail
from analyzers.model.case import Signal

NAME = "creation_window"

WINDOWS = (timedelta(hours=1), timedelta(days=1), timedelta(days=7))
"""Half-widths looked at: a batch made by a program, in a day's work, in a week. The least p is
multiplied by their number."""


def signals(
    members: Sequence[str], others: Sequence[str], created: Mapping[str, datetime | None]
) -> dict[str, Signal]:
    """For each dated member, the other members created around the same time, and how unusual it is.

    `others` are the ordinary accounts: the share of them created in the same window is the chance
    for each member (binomial; one is added to both counts, so that none is never zero).
    """
    dated = [(member, at) for member in members if (at := created.get(member)) is not None]
    ordinary = np.array([at.timestamp() for each in others if (at := created.get(each))])
    found = {}
    for member, at in dated:
        best: tuple[float, tuple[str, ...]] = (1.0, ())
        for window in WINDOWS:
            close = tuple(
                other for other, when in dated if other != member and abs(when - at) <= window
            )
            usual = int((np.abs(ordinary - at.timestamp()) <= window.total_seconds()).sum())
            p = binomial_tail(len(close), len(dated) - 1, (usual + 1) / (len(ordinary) + 1))
            best = min(best, (min(p * len(WINDOWS), 1.0), close))
        if len(ordinary):
            found[member] = Signal(NAME, best[0], best[1], selecting=False)
    return found
