"""The signs that the search for a cohort gives: what ties the accounts, and what may explain it."""

from __future__ import annotations

from analyzers.model.text import Text
from analyzers.weigh.seen import Seen
from analyzers.weigh.sign import HANDS, Searched, between, contra, pro

PLENTY = 8
"""Accounts that a tie needs to say all it can: three who share a text may be friends who copied one
another, and twice as many seldom are."""


def _tie(seen: Seen) -> float:
    if not seen.searched or seen.named:
        return 0.0  # nothing to shuffle with, or a person chose: no evidence either way
    return min(1.0, (seen.members - 2) / (PLENTY - 2)) if seen.members else -1.0


def _enough(count: int, fewest: float, plenty: float) -> float:
    return between(float(count), fewest, plenty)


SEARCHED: tuple[Searched, ...] = (
    # Chance and a common stimulus seldom tie accounts by a text that nobody else has; agreement
    # often does. An open campaign may do either: its call is usually on show, and then ties nobody.
    Searched(
        "search.tie",
        _tie,
        pro("community_raid", *HANDS) | contra("coincidence", "open_campaign"),
        Text("{members} accounts share texts beyond what shuffled posts give."),
        Text("The search ties no accounts by their texts."),
    ),
    # A text that stood in a visible post before others wrote it can be copied by anybody.
    Searched(
        "search.shown",
        lambda seen: _enough(seen.shown, 2, 10) if seen.searched else 0.0,
        pro("coincidence", "open_campaign") | contra(*HANDS, "community_raid"),
        Text("{shown} accounts share a text that an older post on show has, so it can be copied."),
        Text("No older post on show has a text that many of the accounts share."),
    ),
    # Titles of pages, or texts under a hashtag that others use: something was handed out to share,
    # a share button included, though the source itself is not in the data.
    Searched(
        "search.doubtful",
        lambda seen: _enough(seen.doubtful, 2, 12) if seen.searched else 0.0,
        pro("open_campaign") | contra("coincidence", *HANDS),
        Text("{doubtful} accounts share texts that probably have a public source."),
        Text("Hardly any account shares a text that probably has a public source."),
    ),
)
