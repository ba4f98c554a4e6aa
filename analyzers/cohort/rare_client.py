"""Rare client: accounts of a group that post from a client which ordinary ones hardly use.

It selects nobody: the step `client` weighs it for the whole group. Here it says, account by
account, whom the client ties it to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from analyzers.lib.stats import binomial_tail
from analyzers.model.case import Signal

NAME = "rare_client"

RARE = 0.05
"""A client of at most this share of the ordinary accounts is rare: what one in twenty uses sets
nobody apart."""


def signals(
    members: Sequence[str], others: Sequence[str], client: Mapping[str, str]
) -> dict[str, Signal]:
    """For each member of a rare client, the other members that use it, and how unusual that is.

    `client` maps accounts to the one that they use most. The share of the ordinary accounts
    `others` that use it is the chance for each member (binomial; one is added to both counts).
    """
    used = Counter(client[each] for each in others if each in client)
    total = used.total()
    known = [member for member in members if member in client]
    found = {}
    for member in known:
        own = client[member]
        same = tuple(other for other in known if other != member and client[other] == own)
        share = (used[own] + 1) / (total + 1)
        p = binomial_tail(len(same), len(known) - 1, share)
        if total and used[own] <= RARE * total:
            found[member] = Signal(NAME, p, same, selecting=False)
    return found
