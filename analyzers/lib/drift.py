"""How far an account's words moved between two stretches of time, beyond its ordinary variation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from analyzers.lib.by_account import places
from analyzers.lib.language_mix import UNDETERMINED, UNSPACED
from analyzers.lib.stats import SEED
from analyzers.lib.stats.log_odds import log_odds

if TYPE_CHECKING:
    import pandas as pd

TOKENS = 60
"""Words taken from either side of every account, five posts or so.

Measured on the reconstructed case, where 13 accounts are old enough: 12 have 60 words in one
language on either side, 7 have 100 and 3 have 150, and the mean divergence is clear with each.
"""

SPLITS = 40
"""Random cuts per account: their mean divergence is then known to about a hundredth."""

FOLD = 3
"""A word is taken up or dropped when one side uses it three times as often as the other."""

_BLIND = 20  # random orders: places are found, not tested, so their spread need not be exact
_LAST = 2**16 - 1
_SHORTEST = 2  # letters of a word; single letters are articles, elisions and initials

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One account's posts in one language as words, before and since a moment, in order of time.

    `times` are the posts' own, in the same order.
    """

    account: str
    language: str
    before: tuple[Words, ...]
    after: tuple[Words, ...]
    times: tuple[datetime, ...] = ()

    def turning(self, seed: int = SEED, tokens: int = TOKENS) -> datetime | None:
        """When its words changed most, whatever date one tries: the first post after that cut.

        The likeliest single change of a series of symbols: the cut at which the Jensen-Shannon
        divergence of what stands before and after, weighed by their lengths, is largest (Grosse et
        al. 2002, "Analysis of symbolic sequences using the Jensen-Shannon divergence", Physical
        Review E 65). Of rare words any cut near the middle parts more, so what the same posts in
        random order part there is taken off. At least `tokens` words stand on either side. It is a
        place and no proof: every account has one, so compare where those of ordinary accounts lie.
        `None` without times, or without such a cut.
        """
        posts = self._numbered()
        if len(self.times) != len(posts):
            return None
        ends = np.cumsum([len(post) for post in posts])[:-1]
        enough = (ends >= tokens) & (sum(map(len, posts)) - ends >= tokens)
        if not enough.any():
            return None
        rng = np.random.default_rng(seed)
        cuts = _Cuts(posts)
        blind = np.stack([cuts.saved(rng.permutation(len(posts))) for _ in range(_BLIND)])
        apart = cuts.saved(np.arange(len(posts))) - blind.mean(axis=0)
        return self.times[1 + int(np.argmax(np.where(enough, apart, -np.inf)))]

    def _numbered(self) -> list[NDArray[np.uint16]]:
        """The posts of both sides, in order, each word as a number.

        Of two bytes, which sort ten times as fast; the rarest words of a vocabulary beyond that
        share the last number.
        """
        posts = (*self.before, *self.after)
        uses = Counter(word for post in posts for word in post)
        numbers = {word: min(n, _LAST) for n, (word, _) in enumerate(uses.most_common())}
        return [np.array([numbers[word] for word in post], dtype=np.uint16) for post in posts]

    def excess(self, seed: int = SEED, tokens: int = TOKENS) -> float:
        """The divergence of the two sides beyond that of random cuts of the same posts.

        Jensen-Shannon divergence in bits, 0 for the same words as often and 1 for none in common
        (Lin 1991, IEEE Transactions on Information Theory 37), of `tokens` words drawn from either
        side by whole posts. It grows with a vocabulary's richness and shrinks with sample size, so
        the mean divergence of cuts that ignore time is taken off: 0 is an account whose words do
        not depend on the date, whatever its language.
        """
        rng = np.random.default_rng(seed)
        posts = self._numbered()
        lengths = np.array([len(post) for post in posts])
        cut, size = len(self.before), 1 + max(int(post.max()) for post in posts)

        def apart(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
            sides = (_first_words(posts, lengths, side, tokens) for side in (one, other))
            return _divergence(*(np.bincount(side, minlength=size) for side in sides))

        found = 0.0
        for _ in range(SPLITS):
            found += apart(rng.permutation(cut), cut + rng.permutation(len(self.after)))
            blind = rng.permutation(len(posts))
            half = int(lengths[blind].cumsum().searchsorted(tokens)) + 1
            found -= apart(blind[:half], blind[half:])
        return found / SPLITS


def _first_words(
    posts: Sequence[NDArray[np.uint16]],
    lengths: NDArray[np.int64],
    order: NDArray[np.int64],
    tokens: int,
) -> NDArray[np.uint16]:
    """So many words of posts in an order, from the first post on; only the posts it takes."""
    some = order[:tokens]  # no post is without words
    enough = int(lengths[some].cumsum().searchsorted(tokens)) + 1
    return np.concatenate([posts[number] for number in some[:enough].tolist()])[:tokens]


def _divergence(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    """The Jensen-Shannon divergence, in bits, of the counts of words on two sides."""
    used = (one + other).nonzero()[0]
    p, q = (side[used] / side.sum() for side in (one, other))
    middle = (p + q) / 2
    return float(_entropy(middle) - (_entropy(p) + _entropy(q)) / 2)


class _Cuts:
    """The cuts between posts in any order; what does not depend on the order is computed once."""

    def __init__(self, posts: Sequence[NDArray[np.uint16]]) -> None:
        self._words = np.concatenate(posts)
        self._lengths = np.array([len(post) for post in posts])
        self._starts = np.cumsum(self._lengths) - self._lengths
        self._total = np.bincount(self._words)
        self._counts = np.arange(len(self._words) + 1)
        self._bits = self._counts * np.log2(np.maximum(self._counts, 1))
        self._more = np.diff(self._bits)  # what one more of a kind adds
        ranked = np.repeat(np.arange(len(self._total)), self._total)
        self._nth = self._counts[:-1] - (np.cumsum(self._total) - self._total)[ranked]
        self._all = self._bits[self._total].sum()

    def saved(self, order: NDArray[np.int64]) -> NDArray[np.float64]:
        """For each cut between posts, the bits that two vocabularies save over one.

        Less a constant, that is the weighed divergence times the number of words.
        """
        lengths = self._lengths[order]
        stops = np.cumsum(lengths)
        size, ends = len(self._words), stops[:-1]
        words = self._words[
            np.repeat(self._starts[order] - (stops - lengths), lengths) + self._counts[:-1]
        ]
        nth = np.empty(size, dtype=np.int64)  # of its kind, from the start on, counted from 0
        nth[np.argsort(words, kind="stable")] = self._nth
        rest = self._total[words] - 1 - nth  # of its kind after it
        before = np.cumsum(self._more[nth])[ends - 1]
        after = self._all - np.cumsum(self._more[rest])[ends - 1]
        saved: NDArray[np.float64] = before - self._bits[ends] + after - self._bits[size - ends]
        return saved


def _entropy(shares: NDArray[np.float64]) -> float:
    some = shares[shares > 0]
    return float(-(some * np.log2(some)).sum())


def vocabularies(
    posts: pd.DataFrame, since: datetime, tokens: int = TOKENS
) -> tuple[Vocabulary, ...]:
    """Each account's words before and since a moment, in one language; in the order of ids.

    `posts` has account_id, created_at, category (language) and normal, in the order of time. The
    language is the one an account uses most among those with at least `tokens` words on either
    side; accounts that have none are left out.
    """
    found = []
    known = posts[(posts["category"] != UNDETERMINED) & ~posts["category"].isin(list(UNSPACED))]
    spoken, texts = known["category"].tolist(), known["normal"].tolist()
    moments = known["created_at"].dt.to_pydatetime().tolist()
    late = (known["created_at"] >= since).tolist()
    for account, rows in places(known["account_id"]):
        sides: dict[str, tuple[list[Words], list[Words]]] = {}
        times: dict[str, list[datetime]] = {}
        for row in rows.tolist():
            if some := _words(texts[row]):
                sides.setdefault(spoken[row], ([], []))[late[row]].append(some)
                times.setdefault(spoken[row], []).append(moments[row])
        enough = {
            language: sum(map(len, (*before, *after)))
            for language, (before, after) in sides.items()
            if min(sum(map(len, before)), sum(map(len, after))) >= tokens
        }
        if enough:
            language = min(enough, key=lambda name: (-enough[name], name))
            before, after = sides[language]
            when = tuple(times[language])
            found.append(Vocabulary(account, language, tuple(before), tuple(after), when))
    return tuple(found)


def _words(text: object) -> Words:
    if not isinstance(text, str):
        return ()
    return tuple(word for word in text.split(" ") if len(word) >= _SHORTEST and not word.isdigit())


@dataclass(frozen=True, slots=True)
class Term:
    """A word that accounts took up or dropped: how many used it on either side, and how often.

    Rates are per 1,000 words of all the accounts together; `z` is above 0 for a word taken up.
    """

    word: str
    accounts_before: int
    accounts_after: int
    before: float
    after: float
    z: float


def terms(some: Iterable[Vocabulary], support: int) -> tuple[Term, ...]:
    """Words three times as frequent on one side, used there by `support` accounts or more.

    Most clearly taken up first, most clearly dropped last, by the log-odds ratio over its standard
    error; ties by word. Words that every topic needs stay frequent on both sides, and so are left
    out.
    """
    uses = [Counter[str](), Counter[str]()]
    users = [Counter[str](), Counter[str]()]
    for one in some:
        for side, posts in enumerate((one.before, one.after)):
            counts = Counter(word for post in posts for word in post)
            uses[side].update(counts)
            users[side].update(counts.keys())
    totals = [sum(counts.values()) for counts in uses]
    words = sorted(
        word
        for side in (0, 1)
        for word, count in users[side].items()
        if count >= support
        and uses[side][word] * totals[1 - side] >= FOLD * uses[1 - side][word] * totals[side]
    )
    if not words:
        return ()
    before, after = ([counts[word] for word in words] for counts in uses)
    ratio, error = log_odds(after, totals[1], before, totals[0], 0.5, 1)
    found = [
        Term(
            word,
            users[0][word],
            users[1][word],
            1000 * before[number] / totals[0],
            1000 * after[number] / totals[1],
            float(ratio[number] / error[number]),
        )
        for number, word in enumerate(words)
    ]
    return tuple(sorted(found, key=lambda term: (-term.z, term.word)))
