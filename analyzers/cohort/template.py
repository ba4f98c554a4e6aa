"""The template signal: accounts that post one model of text at the target, with no public source.

Families of near-duplicate texts come from `analyzers.enrich`. What is left after
`public_source` ties accounts; families that share accounts join into one group.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil, log2

from analyzers.cohort.material import Family, Piece, Surroundings
from analyzers.cohort.public_source import (
    Doubtful,
    Explained,
    Fate,
    Verdict,
    model_of,
    public_source,
)
from analyzers.cohort.rotation import rotates
from analyzers.model.text import Text

FEWEST = 3
FEW_POSTS = 1000
"""Fewest accounts that a text can tie in up to a thousand posts at the target: two are often one
person, or one who copied the other. With more posts chance makes larger families, so one account
more is asked for at each doubling (see `fewest`)."""

SHARED = 2
"""Families join into one group when they have this many accounts in common; one account in both
may just be someone who copies a lot."""

QUOTING = 0.5
"""A post at least half of which stands in quotation marks repeats the model to show it."""


def fewest(posts: int) -> int:
    """The fewest accounts that a text can tie among this many posts at the target.

    Three up to 1,000 posts, one more at each doubling: 10 among 75,000. The largest families by
    chance in crowds of `analyzers.simulate`, once public sources are set aside, had 2 accounts in
    1,600 posts, 4 in 6,000 and 5 in 75,000.
    """
    return FEWEST + max(0, ceil(log2(max(posts, 1) / FEW_POSTS)))


@dataclass(frozen=True)
class Group:
    """Families that the same accounts post."""

    families: tuple[Family, ...]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The posts that tie the accounts: those that do not merely quote the model."""
        return tuple(p for family in self.families for p in family.pieces if p.quoted < QUOTING)

    @property
    def accounts(self) -> tuple[str, ...]:
        """Accounts by the time of their first tying post, then id."""
        first: dict[str, tuple[bool, float, str]] = {}
        for piece in self.pieces:
            key = (piece.at is None, piece.at.timestamp() if piece.at else 0.0, piece.account)
            first[piece.account] = min(first.get(piece.account, key), key)
        return tuple(sorted(first, key=first.__getitem__))


@dataclass(frozen=True)
class Found:
    """What the search came to, before chance is weighed.

    `groups` tie their accounts, largest first; `pairs` are like them with too few accounts;
    `doubtful` accounts post a text whose source is likely but unseen, or quote a group's model.
    """

    groups: tuple[Group, ...] = ()
    pairs: tuple[Family, ...] = ()
    doubtful: frozenset[str] = frozenset()
    explained: tuple[tuple[Family, Text], ...] = ()

    @property
    def largest(self) -> int:
        """The number of accounts of the largest group or pair, 0 when there is none."""
        sizes = [len(group.accounts) for group in self.groups]
        return max(sizes, default=max(map(_tying_accounts, self.pairs), default=0))


def search(families: Sequence[Family], around: Surroundings, seed: int) -> Found:
    """Sort families into those that tie accounts, those that do not, and those in doubt."""
    tying: list[Family] = []
    pairs: list[Family] = []
    doubtful: set[str] = set()
    explained: list[tuple[Family, Text]] = []
    wanted = fewest(around.aimed.height)
    for family in families:
        large = _tying_accounts(family) >= wanted
        verdict = public_source(family, around, large)
        fate = _fate(family, verdict, around, seed)
        if fate == "tied":
            (tying if large else pairs).append(family)
        elif fate == "borderline":
            doubtful.update(family.accounts)
        elif isinstance(verdict, Explained) and len(family.accounts) >= FEWEST:
            explained.append((family, verdict.source))
    groups = sorted(
        (Group(tuple(joined)) for joined in _joined(tying)),
        key=lambda group: (-len(group.accounts), min(map(_when, group.pieces))),
    )
    members = {account for group in groups for account in group.accounts}
    quoting = {account for family in tying for account in family.accounts}
    return Found(
        groups=tuple(groups),
        pairs=tuple(pairs),
        doubtful=frozenset((doubtful | quoting) - members),
        explained=tuple(explained),
    )


def _fate(family: Family, verdict: Verdict, around: Surroundings, seed: int) -> Fate:
    """What becomes of a family: a rotation overrides the sources that cannot account for it."""
    if verdict is None:
        return "tied"
    otherwise: Fate = "tied" if isinstance(verdict, Doubtful) else verdict.if_rotating
    as_it_stands: Fate = "borderline" if isinstance(verdict, Doubtful) else "explained"
    if otherwise == as_it_stands:
        return as_it_stands
    return otherwise if rotates(family.pieces, around.aimed, seed) else as_it_stands


def closeness(group: Group) -> dict[str, float]:
    """How close each account's text comes to the model of its family, 0 to 1.

    The rapidfuzz ratio of the two, or of their words in alphabetical order if that is more.
    """
    from rapidfuzz import fuzz

    close: dict[str, float] = {}
    for family in group.families:
        model = model_of(family)
        for piece in family.pieces:
            ratios = (fuzz.ratio, fuzz.token_sort_ratio)
            likeness = max(ratio(piece.words, model) for ratio in ratios) / 100
            close[piece.account] = max(close.get(piece.account, 0.0), likeness)
    return close


def _tying_accounts(family: Family) -> int:
    return len({piece.account for piece in family.pieces if piece.quoted < QUOTING})


def _joined(families: Sequence[Family]) -> list[list[Family]]:
    """Join families that have at least two accounts in common, through others too."""
    parent = list(range(len(families)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    homes: dict[str, list[int]] = {}
    for number, family in enumerate(families):
        for account in family.accounts:
            homes.setdefault(account, []).append(number)
    common: dict[tuple[int, int], int] = {}
    for numbers in homes.values():
        for pair in combinations(numbers, 2):
            common[pair] = common.get(pair, 0) + 1
    for (one, other), shared in common.items():
        if shared >= SHARED:
            parent[root(other)] = root(one)
    joined: dict[int, list[Family]] = {}
    for number, family in enumerate(families):
        joined.setdefault(root(number), []).append(family)
    return list(joined.values())


def _when(piece: Piece) -> tuple[bool, float, str]:
    return (piece.at is None, piece.at.timestamp() if piece.at else 0.0, piece.post_id)
