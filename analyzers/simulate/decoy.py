"""A rented pool that was meant to be found: the same acts, and clues that point at somebody else.

The data alone cannot tell it from a rented farm; only what stands outside them can.
"""

from __future__ import annotations

from dataclasses import replace

import msgspec

from analyzers.simulate import pool
from analyzers.simulate.clock import DAY
from analyzers.simulate.plot import Acts, Case, Plot
from analyzers.simulate.scene import COLLECTED
from analyzers.simulate.wording import said

NAME = "decoy"
_PLACE = "Port-Lointain"
_CLUE = 0.6  # of the members: enough to be noticed, few enough to look like slips


def _act(case: Case) -> Acts:
    """What a pool does, a place in some profiles, and talk of an office there."""
    acts = pool.act(case)
    planted = []
    for account in acts.members:
        if case.random.random() > _CLUE:
            continue
        profile = msgspec.structs.replace(account, location=_PLACE)
        case.scene.register.by_id[account.account_id] = profile
        if case.dials.timelines:
            second = COLLECTED - case.random.randrange(DAY, 6 * DAY)
            words = said("clue", case.random)
            planted.append(
                case.scene.desk.post(
                    account, second, words, "fr", "Twitter Web Client", route="timeline"
                )
            )
    acts.timelines.extend(planted)
    return replace(acts, planted=tuple(post.post_id for post in planted))


PLOT = Plot(NAME, "decoy", pool.WITHIN, _act)
