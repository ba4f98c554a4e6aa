"""Which words and hashtags set one side apart from the other, within one language at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from analyzers.lib.by_account import by_account, sides
from analyzers.lib.language_mix import UNDETERMINED, UNSPACED, categories
from analyzers.lib.measures import HANDFUL
from analyzers.lib.stats import log_odds, monte_carlo_p, shuffled_best

if TYPE_CHECKING:
    import pandas as pd

SUPPORT = 3
"""Fewest accounts that must use a word: with two it may be a household's."""

POSTS = 3
"""Fewest posts in a language for an account to count as writing in it: detectors err on short
texts, and a post or two may be such errors."""

_RESAMPLES = 1_000
"""For intervals of listed words: Efron and Tibshirani (1993, ch. 13) ask for as many."""

_LETTERS = re.compile(r"[^\W\d_]{2}")

Table: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Term:
    """A word or #hashtag of one language, and how much more the cohort uses it.

    `ours` and `theirs` count accounts that use it. `odds` is the ratio of its odds in the two
    sides' writing, with a 95 % interval from drawing accounts again; `z` ranks it; `p` is adjusted
    for having looked at every word of every language.
    """

    word: str
    language: str
    ours: int
    theirs: int
    odds: float
    low: float
    high: float
    z: float
    p: float


@dataclass(frozen=True)
class Vocabulary:
    """Who uses which word: one row of each table per account, one column per word.

    `uses` are numbers of posts with the word, scaled down so that no account weighs more than the
    median one of the side that writes less in that language; `users` is 1 where an account uses the
    word at all. `totals` are each account's uses of all words, one column per language; `language`
    says which column a word belongs to, `size` how many accounts, the first, are the cohort's;
    `prior` is the weight of the prior per language; `writers` counts accounts per language and
    side. `pairs` has a row per post and word.
    """

    accounts: list[str]
    size: int
    words: list[str]
    languages: tuple[str, ...]
    language: NDArray[np.int64]
    uses: Table
    users: Table
    totals: Table
    prior: Table
    writers: dict[str, tuple[int, int]]
    pairs: pd.DataFrame

    def ranked(self, draws: int, seed: int) -> list[Term]:
        """The words that at least three accounts of the cohort use, by z, the highest first.

        z is the log-odds ratio with an informative Dirichlet prior over its error (Monroe, Colaresi
        and Quinn 2008, "Fightin' Words", Political Analysis 16). The prior is made from both sides'
        words and as heavy as the cohort, so that a word which ordinary accounts never use is not
        rated by how little of it was read. Words that everybody uses cancel out: no list of stop
        words is needed. `p` compares z with the highest z in draws of whole accounts.
        """
        if not self.words:
            return []
        table = np.hstack([self.uses, self.users, self.totals])
        best = shuffled_best(table, self.size, lambda sums: self._z(sums).max(axis=1), draws, seed)
        scores = self._z(table[: self.size].sum(axis=0)[None, :])[0]
        ours, theirs = self.users[: self.size].sum(axis=0), self.users[self.size :].sum(axis=0)
        order = sorted(
            np.flatnonzero(np.isfinite(scores) & (scores > 0)),
            key=lambda n: (-scores[n], self.words[n], self.language[n]),
        )
        listed = np.array(order[:50], dtype=np.int64)
        odds, low, high = self._odds(listed, seed)
        return [
            Term(
                self.words[n],
                self.languages[self.language[n]],
                int(ours[n]),
                int(theirs[n]),
                float(odds[i]),
                float(low[i]),
                float(high[i]),
                float(scores[n]),
                monte_carlo_p(float(scores[n]), best),
            )
            for i, n in enumerate(listed)
        ]

    def _z(self, sums: Table) -> Table:
        """The z of every word per row of sums, minus infinity where too few accounts use it."""
        ours, users, totals = np.split(sums, [len(self.words), 2 * len(self.words)], axis=1)
        ratio, error = self._ratio(ours, totals, np.arange(len(self.words)))
        return np.where(users >= SUPPORT - 0.5, ratio / error, -np.inf)

    def _ratio(self, ours: Table, totals: Table, words: NDArray[np.int64]) -> tuple[Table, Table]:
        everything = self.totals.sum(axis=0)[self.language[words]]
        all_uses = self.uses.sum(axis=0)[words]
        total = totals[:, self.language[words]]
        weight = self.prior[self.language[words]]
        theirs = np.maximum(all_uses - ours, 0)
        prior = weight * all_uses / everything
        return log_odds(ours, total, theirs, everything - total, prior, weight)

    def _odds(self, words: NDArray[np.int64], seed: int) -> tuple[Table, Table, Table]:
        """The odds ratios of some words, and their ends when accounts are drawn again."""
        rng = np.random.default_rng(seed)
        uses, others = self.uses[: self.size, words], self.uses[self.size :, words]
        totals, other_totals = self.totals[: self.size], self.totals[self.size :]
        language = self.language[words]
        weight = self.prior[language]
        prior = weight * self.uses[:, words].sum(axis=0) / self.totals.sum(axis=0)[language]

        def ratio(mine: Table, other: Table) -> Table:
            return log_odds(
                mine @ uses,
                (mine @ totals)[:, language],
                other @ others,
                (other @ other_totals)[:, language],
                prior,
                weight,
            )[0]

        once = ratio(np.ones((1, self.size)), np.ones((1, len(others))))[0]
        drawn = ratio(
            *(
                rng.multinomial(count, np.full(count, 1 / count), size=_RESAMPLES).astype(float)
                for count in (self.size, len(others))
            )
        )
        low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
        return np.exp(once), np.exp(low), np.exp(high)


def vocabulary(posts: pd.DataFrame) -> Vocabulary | None:
    """The words of both sides in every language that at least three of the cohort and five ordinary
    accounts write in; `None` when there is no such language.

    `posts` are organic, with post_id, account_id, group, normal, spoken and, where known, hashtags.
    Each post counts a word once.
    """
    posts = posts.assign(language=categories(posts["spoken"]))
    posts = posts[posts["language"] != UNDETERMINED]
    count = posts.groupby(["account_id", "language"])["post_id"].transform("size")
    posts = posts[count >= POSTS]
    writers = _writers(posts)
    languages = tuple(
        sorted(code for code, (a, b) in writers.items() if a >= SUPPORT and b >= HANDFUL)
    )
    if not languages:
        return None
    posts = posts[posts["language"].isin(languages)]
    accounts, size = sides(posts)
    pairs = _pairs(posts)
    _, totals = by_account(pairs, "language", accounts)  # languages come out sorted too
    each = np.array([min(_median(column[:size]), _median(column[size:])) for column in totals.T])
    users_of = pairs.drop_duplicates(["account_id", "key"])["key"].value_counts()
    pairs = pairs[pairs["key"].isin(users_of[users_of >= SUPPORT].index)]
    keys, counts = by_account(pairs, "key", accounts)
    place = {code: number for number, code in enumerate(languages)}
    language = np.array([place[key.partition(" ")[0]] for key in keys], dtype=np.int64)
    scale = np.minimum(1.0, each / np.maximum(totals, 1.0))
    return Vocabulary(
        accounts=accounts,
        size=size,
        words=[key.partition(" ")[2] for key in keys],
        languages=languages,
        language=language,
        uses=counts * scale[:, language],
        users=(counts > 0).astype(float),
        totals=totals * scale,
        prior=each * np.array([writers[code][0] for code in languages]),
        writers={code: writers[code] for code in languages},
        pairs=pairs,
    )


def _median(uses: Table) -> float:
    """The median number of uses among accounts that write in a language at all."""
    return float(np.median(uses[uses > 0]))


def _writers(posts: pd.DataFrame) -> dict[str, tuple[int, int]]:
    """How many accounts of each side write in each language."""
    counts = posts.groupby(["language", "group"])["account_id"].nunique()
    found: dict[str, tuple[int, int]] = {}
    for code in sorted(posts["language"].unique()):
        found[str(code)] = (
            int(counts.get((code, "cohort"), 0)),
            int(counts.get((code, "comparison"), 0)),
        )
    return found


def _pairs(posts: pd.DataFrame) -> pd.DataFrame:
    """A row per post and word or hashtag; `key` is the language's code, a space, and the word."""
    import pandas as pd

    kept = ["post_id", "account_id", "language"]
    spaced = posts[~posts["language"].isin(list(UNSPACED))]  # there only hashtags can be told apart
    parts = [spaced[kept].assign(word=spaced["normal"].fillna("").str.split()).explode("word")]
    known = [word for word in parts[0]["word"].dropna().unique() if _LETTERS.search(word)]
    parts[0] = parts[0][parts[0]["word"].isin(known)]
    if "hashtags" in posts:
        tags = posts[kept].assign(word=posts["hashtags"]).explode("word").dropna(subset="word")
        parts.append(tags.assign(word="#" + tags["word"]))
    pairs = pd.concat(parts).drop_duplicates(["post_id", "word"])
    return pairs.assign(key=pairs["language"] + " " + pairs["word"])
