"""How many accounts would write the same words by habit, judged by how everybody else writes here.

Where thousands of people write about one thing, some combine the same set phrases. A chain of word
triples learnt from the others' posts (a trigram model: Shannon 1948, "A Mathematical Theory of
Communication", section 3) says how often a text comes about that way. A model that only its own
accounts use is nearly impossible under it; phrases in general use are not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import polars as pl

from analyzers.lib.normal import unspaced

UNSEEN = 0.1
"""Added to each count: a word never seen after two others keeps a small chance."""

COMMON = 0.8
"""Share of the texts that must hold three words in a row for these to belong to their model."""


class Habits:
    """Counts of word pairs and triples in posts, by how many accounts use them."""

    def __init__(self, posts: pl.DataFrame) -> None:
        self.accounts = posts["account_id"].n_unique()
        self._counts = _counts(posts)

    def expected(self, texts: Sequence[tuple[str, str]]) -> float:
        """How many accounts would by habit write what these texts have in common.

        `texts` are (account, words) of a family, whose own use of the words is left out. All
        accounts when the texts have no three words in a row in common.
        """
        own = Counter(
            gram
            for account in {account for account, _ in texts}
            for gram in {
                gram for who, words in texts if who == account for gram in _grams(_tokens(words))
            }
        )
        expected = float(self.accounts)
        for run in _common_runs([words for _, words in texts]):
            start = self._others(" ".join(run[:2]), own) + UNSEEN
            expected *= min(1.0, start / max(self.accounts, 1))
            for first, second, third in zip(run, run[1:], run[2:], strict=False):
                pair, triple = f"{first} {second}", f"{first} {second} {third}"
                expected *= min(
                    1.0, (self._others(triple, own) + UNSEEN) / (self._others(pair, own) + 1)
                )
        return expected

    def _others(self, gram: str, own: Counter[str]) -> int:
        return max(self._counts.get(gram, 0) - own[gram], 0)


def _counts(posts: pl.DataFrame) -> dict[str, int]:
    words = posts["words"].fill_null("")
    tokens = (
        posts.select(pl.col("account_id").rank("dense"), words=words)
        .with_row_index("row")
        .with_columns(
            token=pl.when(unspaced(words))
            .then(pl.col("words").str.replace_all(" ", "").str.split(""))
            .otherwise(pl.col("words").str.split(" "))
        )
        .select("row", "account_id", "token")
        .explode("token", empty_as_null=True)
    )
    said = tokens["token"].unique(maintain_order=True).drop_nulls()
    numbered = tokens.select(
        "row", "account_id", first=pl.col("token").cast(pl.Enum(said)).to_physical()
    )
    second, third = (
        pl.when(pl.col("row").shift(-n) == pl.col("row")).then(pl.col("first").shift(-n))
        for n in (1, 2)
    )  # the words of one text stand together
    grams = numbered.with_columns(second=second, third=third)
    counts: dict[str, int] = {}
    for places in (["first", "second"], ["first", "second", "third"]):
        used = grams.select("account_id", *places).drop_nulls().unique().group_by(places).len()
        written = used.select(
            pl.concat_str([pl.lit(said.gather(used[place])) for place in places], separator=" "),
            "len",
        )
        counts.update(written.iter_rows())
    return counts


def _tokens(words: str) -> list[str]:
    if not words.isascii() and unspaced(pl.Series([words]))[0]:
        return list(words.replace(" ", ""))
    return words.split(" ")


def _grams(tokens: Sequence[str]) -> Iterator[str]:
    for size in (2, 3):
        for start in range(len(tokens) - size + 1):
            yield " ".join(tokens[start : start + size])


def _common_runs(texts: Sequence[str]) -> list[list[str]]:
    """The runs of words, three or more, that most texts share, in the order of the usual text."""
    counts = Counter(texts)
    model = _tokens(min(counts, key=lambda words: (-counts[words], -len(words), words)))
    held: Counter[str] = Counter()
    for words, copies in counts.items():
        held.update(dict.fromkeys(_grams(_tokens(words)), copies))
    runs: list[list[str]] = []
    end = -1
    for start in range(len(model) - 2):
        if held[" ".join(model[start : start + 3])] < COMMON * len(texts):
            continue
        if runs and start < end:
            runs[-1].append(model[start + 2])
        else:
            runs.append(model[start : start + 3])
        end = start + 2
    return runs
