"""Ways to find families of near-duplicate texts, Limier's and its peers', run one at a time.

    python -m tests.bench.contenders NAME TEXTS.json LABELS.json

Reads a JSON list of texts, writes a JSON object: `labels` (-1 for none), `seconds` (texts in memory
to labels, imports left out), `processor_seconds` (the same, of all cores, little disturbed by what
else the machine does) and `megabytes` (peak of the whole process). Peers get texts in lower case
without mentions and links, as their users would give them.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

Labels = list[int]

ALIKE = 80
"""Least `fuzz.ratio` of two texts, the same for every contender that compares letters."""

LIKE_SETS = 0.5
"""Least Jaccard similarity of two texts' word pairs, where a peer asks for one."""

_NOISE = re.compile(r"@\w+|https?://\S+")


def plain(text: str) -> str:
    return " ".join(_NOISE.sub(" ", text.lower()).split())


def limier(texts: list[str]) -> Labels:
    import polars as pl

    from analyzers.lib.similarity import families

    return families(pl.Series(texts)).tolist()


def polars_group_by(texts: list[str]) -> Labels:
    """Equal texts only."""
    import polars as pl

    frame = pl.DataFrame({"text": texts}).with_columns(
        text=pl.col("text")
        .str.to_lowercase()
        .str.replace_all(_NOISE.pattern, " ")
        .str.replace_all(r"\s+", " ")
        .str.strip_chars()
    )
    ranked = frame.select(
        label=pl.col("text").rank("dense").cast(pl.Int64), size=pl.len().over("text")
    )
    return ranked.select(pl.when(pl.col("size") > 1).then("label").otherwise(-1))["label"].to_list()


def duckdb_group_by(texts: list[str]) -> Labels:
    """Equal texts only."""
    import duckdb
    import polars as pl

    frame = pl.DataFrame({"row": range(len(texts)), "text": texts})  # noqa: F841 - read by the query
    found = duckdb.sql(
        r"""
        with plain as (
            select row, trim(regexp_replace(lower(text), '@\w+|https?://\S+|\s+', ' ', 'g')) as text
            from frame
        )
        select case when count(*) over (partition by text) > 1
               then dense_rank() over (order by text) else -1 end as label
        from plain order by row
        """
    ).fetchall()
    return [label for (label,) in found]


def rapidfuzz_cdist(texts: list[str]) -> Labels:
    """Every pair of texts, in blocks of rows."""
    import numpy as np
    from rapidfuzz import fuzz, process

    cleaned = [plain(text) for text in texts]
    pairs: list[tuple[int, int]] = []
    for first in range(0, len(cleaned), 500):
        block = cleaned[first : first + 500]
        scores = process.cdist(block, cleaned, scorer=fuzz.ratio, score_cutoff=ALIKE, workers=-1)
        pairs += [(first + a, b) for a, b in np.argwhere(scores >= ALIKE).tolist() if first + a < b]
    return connected(len(texts), pairs)


def rensa(texts: list[str]) -> Labels:
    """MinHash with 128 permutations in 32 bands, and `fuzz.ratio` of the candidates."""
    from rensa import RMinHash, RMinHashLSH

    cleaned = [plain(text) for text in texts]
    digests = RMinHash.from_token_sets([word_pairs(text) for text in cleaned], 128, 1)
    index = RMinHashLSH(LIKE_SETS, 128, 32)
    index.insert_many(digests)
    found = (
        (row, other)
        for row, others in enumerate(index.query_all(digests))
        for other in others
        if row < other
    )
    return connected(len(texts), verified(cleaned, found))


def datasketch(texts: list[str]) -> Labels:
    """MinHash LSH as its documentation shows it, and `fuzz.ratio` of the candidates."""
    from datasketch import MinHash, MinHashLSH

    cleaned = [plain(text) for text in texts]
    index = MinHashLSH(threshold=LIKE_SETS, num_perm=128)
    digests = list(
        MinHash.generator(
            [[token.encode() for token in word_pairs(text)] for text in cleaned], num_perm=128
        )
    )
    pairs = []
    for row, digest in enumerate(digests):
        pairs += [(int(other), row) for other in index.query(digest)]
        index.insert(row, digest)
    return connected(len(texts), verified(cleaned, pairs))


def coordination_network_toolkit(texts: list[str]) -> Labels:
    """`co_similar_tweet` with every text by an account of its own and no limit of time."""
    import csv
    import sqlite3

    from coordination_network_toolkit.compute_networks import compute_co_similar_tweet
    from coordination_network_toolkit.preprocess import preprocess_csv_files

    with tempfile.TemporaryDirectory() as place:
        table, base = Path(place) / "posts.csv", str(Path(place) / "posts.db")
        with table.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(
                (
                    "message_id",
                    "user_id",
                    "username",
                    "repost_id",
                    "reply_id",
                    "message",
                    "timestamp",
                    "urls",
                )
            )
            writer.writerows((n, n, n, "", "", text, n, "") for n, text in enumerate(texts))
        preprocess_csv_files(base, [str(table)])
        compute_co_similar_tweet(
            base, time_window=len(texts), n_threads=2, similarity_threshold=LIKE_SETS
        )
        rows = sqlite3.connect(base).execute(
            "select user_1, user_2 from co_similar_tweet_network where user_1 <> user_2"
        )
        return connected(len(texts), [(int(one), int(other)) for one, other in rows])


def word_pairs(text: str) -> list[str]:
    """Pairs of words in a row, the word itself where there is one alone."""
    words = text.split()
    return [f"{a} {b}" for a, b in pairwise(words)] or words


def verified(texts: list[str], pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs whose letters are alike."""
    from rapidfuzz import fuzz, process

    chosen = list(pairs)
    scores = process.cpdist(
        [texts[one] for one, _ in chosen],
        [texts[other] for _, other in chosen],
        scorer=fuzz.ratio,
        score_cutoff=ALIKE,
        workers=-1,
    )
    return [pair for pair, score in zip(chosen, scores, strict=True) if score >= ALIKE]


def connected(count: int, pairs: Iterable[tuple[int, int]]) -> Labels:
    """Label texts that pairs connect alike, -1 for those in no pair."""
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    array = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    ones = np.ones(len(array), dtype=np.int8)
    graph = coo_array((ones, (array[:, 0], array[:, 1])), shape=(count, count))
    labels = connected_components(graph, directed=False)[1].astype(np.int64)
    paired = np.zeros(count, dtype=bool)
    paired[array.ravel()] = True
    return np.where(paired, labels, -1).tolist()


CONTENDERS: dict[str, Callable[[list[str]], Labels]] = {
    "limier": limier,
    "rensa + rapidfuzz": rensa,
    "datasketch + rapidfuzz": datasketch,
    "rapidfuzz cdist": rapidfuzz_cdist,
    "coordination-network-toolkit": coordination_network_toolkit,
    "polars group-by": polars_group_by,
    "duckdb group-by": duckdb_group_by,
}


def main() -> None:
    """Run one contender on one file of texts."""
    name, source, target = sys.argv[1:]
    texts = json.loads(Path(source).read_text(encoding="utf-8"))
    contender = CONTENDERS[name]
    contender(texts[:300])  # imports, compilation and thread pools
    began, busy = time.perf_counter(), time.process_time()
    labels = contender(texts)
    seconds, processor = time.perf_counter() - began, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    done = {"seconds": seconds, "processor_seconds": processor, "megabytes": peak}
    Path(target).write_text(json.dumps({"labels": labels} | done))


if __name__ == "__main__":
    main()
