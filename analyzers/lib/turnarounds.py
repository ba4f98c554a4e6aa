"""Accounts that insult a name in one post and praise it in another."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from analyzers.lib.language_mix import categories
from analyzers.lib.post_cards import shared_words
from analyzers.lib.stance import Stance, fold, judgements, lexicons, names, tokens, unquoted
from analyzers.model.case import Group

if TYPE_CHECKING:
    import pandas as pd

POSTS = 3
"""Posts that must hold a name: fewer may be a slip of the pen."""

ACCOUNTS = 2
"""Accounts that must use a name, so that showing it tells nobody's private business."""


_STANCES: tuple[Stance, Stance] = ("insult", "praise")


@dataclass(frozen=True, slots=True)
class Said:
    """One post that takes a stance: when (UTC), by which word, and if others share its text."""

    post: str
    at: datetime
    word: str
    text: str
    shared: bool


@dataclass(frozen=True, slots=True)
class Turnaround:
    """One account about one name: the insult and the praise that stand closest in time."""

    account: str
    group: Group
    name: str
    insult: Said
    praise: Said


def turnarounds(posts: pd.DataFrame) -> tuple[Turnaround, ...]:
    """Every account and name with a post that insults and another that praises, closest first.

    `posts` has post_id, account_id, group, created_at, text, normal, family and spoken. Only names
    that at least `POSTS` posts by `ACCOUNTS` accounts hold count, in languages with word lists.
    """
    kept = posts[posts["text"].notna()]
    languages = categories(kept["spoken"])
    read = [code in lexicons() for code in languages]
    kept = kept.assign(category=languages)[read]
    texts = kept["text"].tolist()
    cut = [tokens(unquoted(text)) for text in texts]
    folded = fold(word for words in cut for word in words)
    usual = _usual_names(kept, cut, folded)
    stances: dict[tuple[str, str], dict[Stance, dict[int, str]]] = {}
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    for place, (account, language, words) in enumerate(
        zip(kept["account_id"].tolist(), kept["category"].tolist(), cut, strict=True)
    ):
        for one in judgements(words, language, folded, usual):
            spelt[one.key][one.name] += 1
            sides = stances.setdefault((account, one.key), {"insult": {}, "praise": {}})
            sides[one.stance].setdefault(place, one.word)
    both = {pair: found for pair, found in stances.items() if found["insult"] and found["praise"]}
    known = _in_common(kept, cut, {key for _, key in both})
    shared = [bool(one) for one in shared_words(kept)]
    posts_at = list(kept["created_at"])
    ids, groups = kept["post_id"].tolist(), kept["group"].tolist()
    found = []
    for (account, key), sides in both.items():
        pairs = [(a, b) for a in sides["insult"] for b in sides["praise"] if a != b]
        if key not in known or not pairs:
            continue
        apart = [abs(posts_at[a] - posts_at[b]) for a, b in pairs]
        closest = min(zip(apart, pairs, strict=True))[1]
        insult, praise = (
            Said(
                ids[place],
                posts_at[place].to_pydatetime(),
                sides[stance][place],
                texts[place],
                shared[place],
            )
            for stance, place in zip(_STANCES, closest, strict=True)
        )
        name = min(spelt[key], key=lambda form: (-spelt[key][form], form))
        found.append(Turnaround(account, groups[closest[0]], name, insult, praise))
    return tuple(sorted(found, key=lambda t: (abs(t.insult.at - t.praise.at), t.account, t.name)))


def _usual_names(
    posts: pd.DataFrame, cut: list[list[str]], folded: dict[str, str]
) -> frozenset[str]:
    """The names that enough posts by enough accounts hold within a sentence, but for judgements."""
    written: dict[str, list[str]] = defaultdict(list)
    for account, language, words in zip(
        posts["account_id"].tolist(), posts["category"].tolist(), cut, strict=True
    ):
        for key in names(words, language):
            written[key].append(account)
    judging = {word for lexicon in lexicons().values() for word in lexicon.insults | lexicon.praise}
    spoken = {word.casefold(): plain for word, plain in folded.items()}
    return frozenset(
        key
        for key, accounts in written.items()
        if _enough(accounts) and spoken.get(key) not in judging
    )


def _enough(accounts: list[str]) -> bool:
    return len(accounts) >= POSTS and len(set(accounts)) >= ACCOUNTS


def _in_common(posts: pd.DataFrame, cut: list[list[str]], keys: set[str]) -> set[str]:
    """The names that enough posts by enough accounts hold, whatever they say of them."""
    written: dict[str, list[str]] = defaultdict(list)
    if not keys:
        return set()
    for account, words in zip(posts["account_id"].tolist(), cut, strict=True):
        line = f" {' '.join(words).casefold()} "
        for key in keys:
            if f" {key} " in line:
                written[key].append(account)
    return {key for key, accounts in written.items() if _enough(accounts)}
