"""What explains a family of like posts without any tie between its accounts: a public source.

People copy what they can see. A farm's model is not on show anywhere before its accounts post it; a
slogan, a headline, a quotation or a set phrase is. Each rule below looks for one kind of source.
`Explained` families tie nobody. `Doubtful` ones may have a source that the data does not hold, so
their accounts are borderline: neither cohort nor comparison. A farm that copies a text on show, or
that pushes a link under its headline, escapes this search by design: text alone cannot tell it from
the public.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Literal, TypeAlias

import polars as pl

from analyzers.cohort.material import Family, Piece, Surroundings
from analyzers.lib.public_text import POST_LINK, SHORT
from analyzers.model.text import PostRef, Quote, Share, Text

MOST = 0.8
"""A source must precede this share of the other accounts, and a trait be shared by it. Not all of
them: clocks differ, and an early copy may be missing from a search. Twenty accounts in rotation
leave only the first four posts as possible sources, so one that drew attention later is none."""

ONLOOKERS = 3
"""Fewest outsiders for something to count as public: reposters, or users of a hashtag or phrase."""

BY_HABIT = 1000
"""How many times more accounts must share a text than would write it by habit. The estimate is too
low for sentences with a long memory: in simulated crowds of up to 100,000 posts, families of eight
or more accounts exceed it up to 230 times, a farm's model more than 10 ** 16 times."""

SEEN = 15
PER_COPY = 5
"""Fewest likes and reposts of a source on show, and fewest for each account that copied it: a text
that people see is liked or reposted far more often than it is typed again. Lower values let one
lucky post among a farm's first four pass for a public source: under the simulator's law of likes
for ordinary posts, 8 % of farms of twenty at one like a copy, 1 % at five."""


Fate: TypeAlias = Literal["tied", "borderline", "explained"]
"""What becomes of a family's accounts."""


LONGEST = 25_000
"""Characters of a text that may be sought within others: the longest post X allows. Longer ones are
no phrase that people work into posts of their own, and searching for them costs too much memory."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A public source was found: the family ties nobody.

    Some sources cannot account for accounts that post it in turn at regular gaps: then they are
    borderline (the source is only popular) or tied after all (the text is only short).
    """

    source: Text
    if_rotating: Fate = "explained"


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A public source is likely but not in the data: the accounts are borderline."""

    why: Text


Verdict: TypeAlias = Explained | Doubtful | None


def public_source(family: Family, around: Surroundings, large: bool = True) -> Verdict:
    """Look for the public source of a family: the first rule that applies, surest first.

    Rules that search all texts are left out for families too small to tie anyone (`large` false):
    there may be thousands.
    """
    own = (_link, _quotation, _short, _older)
    for rule in (*own, _contained, _set_phrase, _habit, _gathering) if large else own:
        verdict = rule(family, around)
        if verdict is not None:
            return verdict
    return None


def model_of(family: Family) -> str:
    """The text that stands for a family: its most frequent words, the longest of them first."""
    counts = Counter(piece.words for piece in family.pieces)
    return min(counts, key=lambda words: (-counts[words], -len(words), words))


def _short(family: Family, around: Surroundings) -> Verdict:
    if median(piece.length for piece in family.pieces) >= SHORT:
        return None
    tags = _common(family, [piece.tags for piece in family.pieces])
    if tags:
        return Explained(
            Text("These posts are mostly the hashtag {tag}.", tag=Quote(f"#{tags[0]}"))
        )
    return Explained(
        Text("This text has under {words} words: people write it by themselves.", words=SHORT),
        if_rotating="tied",
    )


def _link(family: Family, around: Surroundings) -> Verdict:
    """A headline, a petition or a share button: the page writes the text.

    Links to single posts do not count (quoting adds one), and different links leave a doubt,
    because shortened ones hide that they lead to one page.
    """
    links = [
        tuple(link for link in piece.links if not re.search(POST_LINK, link))
        for piece in family.pieces
    ]
    common = _common(family, links, share=0.5)
    if common:
        return Explained(
            Text(
                "{share} of these posts share one link, whose page can supply the text.",
                share=Share(sum(common[0] in each for each in links), len(links)),
            )
        )
    if sum(map(bool, links)) >= MOST * len(links):
        return Doubtful(
            Text("Most of these posts carry a link, so the text may be the title of a page.")
        )
    return None


def _quotation(family: Family, around: Surroundings) -> Verdict:
    quoting = sum(piece.quoted >= 0.5 for piece in family.pieces)
    if quoting * 2 < len(family.pieces):
        return None
    return Explained(
        Text(
            "{share} of these posts put the text in quotation marks.",
            share=Share(quoting, len(family.pieces)),
        )
    )


def _older(family: Family, around: Surroundings) -> Verdict:
    """An older post with the same words, on show before most accounts posted theirs."""
    accounts = len(family.accounts)
    for piece in sorted((*family.elsewhere, *family.pieces), key=_moment):
        if not _precedes_most(piece.account, piece.at, family):
            continue
        if piece.context:
            return Explained(
                Text(
                    "An older post that others refer to says the same ({post}).",
                    post=PostRef(piece.post_id),
                )
            )
        mirrored = _mirrored(piece, family, around)
        if mirrored is not None:
            return mirrored
        if piece.seen >= max(SEEN, PER_COPY * accounts):
            return Explained(
                Text(
                    "An older post says the same and was liked or reposted {seen} times ({post}).",
                    seen=piece.seen,
                    post=PostRef(piece.post_id),
                ),
                if_rotating="borderline",
            )
    return None


def _mirrored(piece: Piece, family: Family, around: Surroundings) -> Verdict:
    """Whether the older post was reposted by outsiders in time, or by most who then copied it."""
    reposters = around.reposters.get(piece.post_id, {})
    members = set(family.accounts) - {piece.account}
    if members and len(members & reposters.keys()) * 2 >= len(members):
        return Explained(
            Text(
                "{share} of these accounts also reposted an older post that says the same "
                "({post}).",
                share=Share(len(members & reposters.keys()), len(members)),
                post=PostRef(piece.post_id),
            )
        )
    middle = _middle(family)
    outsiders = {
        account
        for account, at in reposters.items()
        if account not in members
        and account != piece.account
        and at is not None
        and middle is not None
        and at <= middle
    }
    if len(outsiders) >= max(ONLOOKERS, len(members) / 4):
        return Explained(
            Text(
                "An older post says the same, and {n} other accounts had reposted it by then "
                "({post}).",
                n=len(outsiders),
                post=PostRef(piece.post_id),
            ),
            if_rotating="borderline",
        )
    return None


def _contained(family: Family, around: Surroundings) -> Verdict:
    """An older post on show that says or contains the text: quoted, reposted, or by the target."""
    found = _holding(around.visible, model_of(family), set(family.accounts))
    for post_id, account, at in found.iter_rows():
        if _precedes_most(account, at, family):
            return Explained(
                Text(
                    "An older post that others refer to contains this text ({post}).",
                    post=PostRef(post_id),
                )
            )
    return None


def _set_phrase(family: Family, around: Surroundings) -> Verdict:
    """Words that others also use within sentences of their own, before half of the family did."""
    model = model_of(family)
    found = _holding(around.aimed, model, set(family.accounts), beyond=True)
    middle = _middle(family)
    if middle is not None:
        found = found.filter(pl.col("created_at") <= middle)
    users = found["account_id"].n_unique()
    if users < max(ONLOOKERS, len(family.accounts) / 4):
        return None
    return Explained(
        Text(
            "{n} other accounts use these words within longer texts of their own: it is a set "
            "phrase.",
            n=users,
        )
    )


def _habit(family: Family, around: Surroundings) -> Verdict:
    """Phrases in general use here, which some of many people put together in the same way."""
    texts = [(piece.account, piece.words) for piece in family.pieces]
    if len(family.accounts) > BY_HABIT * around.habits.expected(texts):
        return None
    return Explained(
        Text(
            "The words that these posts have in common are in general use here, so several people "
            "come to the same text by themselves."
        )
    )


def _gathering(family: Family, around: Surroundings) -> Verdict:
    """A hashtag that outsiders use too: whoever follows it could see the text and copy it."""
    members = set(family.accounts)
    for tag in _common(family, [piece.tags for piece in family.pieces]):
        if tag in around.target_tags:
            continue  # everyone here carries it, so it says nothing about where the text was seen
        outsiders = around.tag_users.get(tag, frozenset()) - members
        if len(outsiders) >= max(ONLOOKERS, len(members) / 2):
            return Doubtful(
                Text(
                    "These posts carry the hashtag {tag}, which {n} other accounts use: the text "
                    "may have been copied from there.",
                    tag=Quote(f"#{tag}"),
                    n=len(outsiders),
                )
            )
    return None


def _common(family: Family, traits: list[tuple[str, ...]], share: float = MOST) -> tuple[str, ...]:
    """The traits that at least this share of the family's posts have, most frequent first."""
    counts = Counter(trait for each in traits for trait in set(each))
    enough = [trait for trait, count in counts.items() if count >= share * len(family.pieces)]
    return tuple(sorted(enough, key=lambda trait: (-counts[trait], trait)))


def _holding(
    posts: pl.DataFrame, model: str, members: set[str], beyond: bool = False
) -> pl.DataFrame:
    """Posts by others that hold the model, whole words only; `beyond`: with words of their own."""
    if not model or len(model) > LONGEST:
        return posts.clear().select("post_id", "account_id", "created_at")
    within = (" " + pl.col("words") + " ").str.contains(f" {model} ", literal=True)
    return posts.filter(
        within.fill_null(False)
        & ((pl.col("words") != model) | (not beyond))
        & ~pl.col("account_id").is_in(list(members))
    ).select("post_id", "account_id", "created_at")


def _precedes_most(account: str, at: datetime | None, family: Family) -> bool:
    if at is None:
        return False
    first: dict[str, datetime] = {}
    for piece in family.pieces:
        if piece.at is not None:
            first.setdefault(piece.account, piece.at)
    others = [moment for name, moment in first.items() if name != account]
    return bool(others) and sum(at < moment for moment in others) >= MOST * len(others)


def _middle(family: Family) -> datetime | None:
    times = sorted(piece.at for piece in family.pieces if piece.at is not None)
    return times[len(times) // 2] if times else None


def _moment(piece: Piece) -> tuple[bool, float, str]:
    return (piece.at is None, piece.at.timestamp() if piece.at else 0.0, piece.post_id)
