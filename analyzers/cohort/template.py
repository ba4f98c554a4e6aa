"""The template signal: accounts that post one model of text at the target, with no public source.

Families of near-duplicate texts come from `analyzers.enrich`. What is left after
`public_source` ties accounts; families that share accounts join into one group.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations

from analyzers.cohort.material import Family, Piece, Surroundings
from analyzers.cohort.public_source import Doubtful, Explained, model_of, public_source
from analyzers.cohort.rotation import rotates
from analyzers.model.text import Text

FEWEST = 3
"""Fewest accounts that a text can tie. Two are often one person or one copying the other: on posts
of `analyzers.simulate` by accounts that know nothing of each other, pairs arise by chance in most
draws and threes almost never. Pairs are borderline."""

SHARED = 2
"""Families join into one group when they have this many accounts in common; one account in both
may just be someone who copies a lot."""

QUOTING = 0.5
"""A post at least half of which stands in quotation marks repeats the model to show it."""


@dataclass(frozen=True)
class Group:
    """Families that the same accounts post, and whether their posts also rotate."""

    families: tuple[Family, ...]
    rotating: bool

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
    """What the search came to: groups, largest first; borderline accounts; explained families."""

    groups: tuple[Group, ...] = ()
    borderline: frozenset[str] = frozenset()
    explained: tuple[tuple[Family, Text], ...] = field(default=())

    @property
    def largest(self) -> int:
        """The number of accounts of the largest group, 0 when there is none."""
        return max((len(group.accounts) for group in self.groups), default=0)


def search(families: Sequence[Family], around: Surroundings, seed: int) -> Found:
    """Find the groups of accounts that families tie, and those about which there is doubt.

    Borderline: accounts of a family of two accounts; of a family whose source is likely but unseen
    and that does not rotate; of one that only attention explains and yet rotates; and accounts that
    post the model only in quotation marks.
    """
    tying: list[Family] = []
    doubted: set[str] = set()
    explained: list[tuple[Family, Text]] = []
    for family in families:
        verdict = public_source(family, around)
        rotating = verdict is not None and rotates(family.pieces, _pool(around, family), seed)
        if isinstance(verdict, Explained):
            if rotating and verdict.measured_by_attention:
                doubted.update(family.accounts)
            if len(family.accounts) >= FEWEST:
                explained.append((family, verdict.source))
        elif _tying_accounts(family) < FEWEST or (isinstance(verdict, Doubtful) and not rotating):
            doubted.update(family.accounts)
        else:
            tying.append(family)
    groups = sorted(
        (_group(joined, around, seed) for joined in _joined(tying)),
        key=lambda group: (-len(group.accounts), min(map(_when, group.pieces))),
    )
    members = {account for group in groups for account in group.accounts}
    quoting = {account for family in tying for account in family.accounts}
    return Found(tuple(groups), frozenset((doubted | quoting) - members), tuple(explained))


def closeness(group: Group) -> dict[str, float]:
    """How close each account's text comes to the model of its family, 0 to 1 (rapidfuzz ratio)."""
    from rapidfuzz import fuzz

    close: dict[str, float] = {}
    for family in group.families:
        model = model_of(family)
        for piece in family.pieces:
            likeness = fuzz.ratio(piece.words, model) / 100
            close[piece.account] = max(close.get(piece.account, 0.0), likeness)
    return close


def _tying_accounts(family: Family) -> int:
    return len({piece.account for piece in family.pieces if piece.quoted < QUOTING})


def _group(families: Sequence[Family], around: Surroundings, seed: int) -> Group:
    group = Group(tuple(families), rotating=False)
    posts = {piece.post_id for piece in group.pieces}
    pool = _times_but(around, posts)
    return Group(group.families, rotating=rotates(group.pieces, pool, seed))


def _pool(around: Surroundings, family: Family) -> list[datetime]:
    return _times_but(around, {piece.post_id for piece in family.pieces})


def _times_but(around: Surroundings, posts: set[str]) -> list[datetime]:
    aimed = around.aimed
    others = aimed.filter(~aimed["post_id"].is_in(list(posts)))
    return others["created_at"].drop_nulls().to_list()


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
