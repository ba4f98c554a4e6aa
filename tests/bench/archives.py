"""Whom the search finds in real archives of operations: `make bench DATA=DIR`, or

    python -m tests.bench.archives DIR [--cases 20]

DIR holds `ira_canada.csv` (posts of the Internet Research Agency in the columns that
FiveThirtyEight published) and `coord_shares.csv` (CooRTweet's example set as CSV: object_id,
account_id, content_id, timestamp_share). Neither is part of this project. Prints two tables in
markdown: accounts of the agency hidden among simulated ordinary ones of the same days, and the
shares set against copies of itself in which the objects change rows.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tests.bench.cohorts import DOUBTFUL, area

HIDDEN = 25
"""Accounts of the operation in one case, as in the simulated ones."""

LEAST = 5
"""Own posts that a hidden account has in the case: of fewer nothing can be told."""

DAYS = 60
COPIES = 20
_RESAMPLES = 2_000


def main() -> None:
    """Measure what is there, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--cases", type=int, default=20)
    asked = parser.parse_args()
    if (asked.data / "ira_canada.csv").exists():
        agency(asked.data / "ira_canada.csv", asked.cases)
    if (asked.data / "coord_shares.csv").exists():
        shares(asked.data / "coord_shares.csv")


def agency(path: Path, cases: int) -> None:
    """Hide accounts of the agency among ordinary ones, and rank everybody."""
    from analyzers.read import read
    from analyzers.tables import load, schema

    with tempfile.TemporaryDirectory() as directory:
        archive = read(path, directory=Path(directory) / "archive")
        posts = load(archive, "posts", list(schema("posts")))
        areas, rows = [], []
        for case in range(cases):
            scores, hidden = _hidden(posts, case, Path(directory) / str(case))
            found = {account for account, score in scores.items() if score > DOUBTFUL}
            areas.append(area(list(scores.values()), [account in hidden for account in scores]))
            rows.append((len(found & hidden), len(found), len(hidden)))
    low, high = _interval(np.array(areas))
    hits, found_all, true = np.sum(rows, axis=0).tolist()
    print("| accounts of the agency among ordinary ones | cases | AUC | interval (95 %) |", end="")
    print(" precision | recall |")
    print("|---|---|---|---|---|---|")
    print(
        f"| {HIDDEN} in each case | {cases} | {np.mean(areas):.3f} | {low:.3f}–{high:.3f} | "
        f"{hits / max(found_all, 1):.3f} | {hits / true:.3f} |"
    )


def _hidden(posts: pl.DataFrame, seed: int, directory: Path) -> tuple[dict[str, float], set[str]]:
    """One case: everybody's score, and who is of the operation."""
    from analyzers.cohort import propose_cohort
    from analyzers.enrich import enrich
    from analyzers.simulate import simulate
    from analyzers.simulate.frames import tables
    from analyzers.tables import Writer

    rng = np.random.default_rng(seed)
    starts = posts["created_at"].drop_nulls().sort()
    start = starts[int(rng.integers(0, len(starts) * 9 // 10))]
    span = posts.filter(pl.col("created_at").is_between(start, start + pl.duration(days=DAYS)))
    able = span.filter(pl.col("kind") != "repost").group_by("account_id").len()
    able = able.filter(pl.col("len") >= LEAST).sort("account_id")
    chosen = rng.choice(
        able["account_id"].to_numpy(), min(HIDDEN, able.height), replace=False
    ).tolist()
    crowd = tables(simulate("outrage", seed=6_000_000 + seed))["posts"]
    crowd = crowd.filter(pl.col("route") == "query")
    first, last = crowd["created_at"].min(), crowd["created_at"].max()
    moved = start + (pl.col("created_at") - first) * (
        DAYS * 86_400 / max((last - first).total_seconds(), 1)  # type: ignore[operator,union-attr]
    )
    writer = Writer(directory)
    writer.add("posts", crowd.with_columns(created_at=moved.cast(pl.Datetime("us", "UTC"))))
    writer.add(
        "posts", span.filter(pl.col("account_id").is_in(chosen)).with_columns(route=pl.lit("query"))
    )
    data = enrich(writer.finish())
    proposal = propose_cohort(data, draws=19)
    everyone = [*chosen, *sorted(crowd["account_id"].unique().to_list())]
    scores = dict.fromkeys(everyone, 0.0)
    scores |= dict.fromkeys(proposal.borderline, DOUBTFUL)
    scores |= {m.account_id: m.score for cohort in proposal.cohorts for m in cohort.members}
    return scores, set(chosen)


class Scored(NamedTuple):
    """How strongly each account is tied, by what it passes on and by both what and when.

    Each is -log10 of the least p of its pairs; `pairs` counts those that the search ties.
    """

    what: list[float]
    both: list[float]
    pairs: int


def shares(path: Path) -> None:
    """Rank the accounts of a set of shares against those of copies whose objects changed rows."""
    table = pl.read_csv(path, schema_overrides={"content_id": pl.String}).sort(
        "timestamp_share", "content_id"
    )
    real = _scored(table["account_id"], table["object_id"], table["timestamp_share"])
    rng = np.random.default_rng(1)
    copies = []
    for _ in range(COPIES):
        mixed = table["object_id"].gather(rng.permutation(table.height))
        copies.append(_scored(table["account_id"], mixed, table["timestamp_share"]))
    print("\n| shares against copies | copies | AUC | range (95 %) | tied pairs | in copies |")
    print("|---|---|---|---|---|---|")
    tied = f"{real.pairs} | {np.mean([copy.pairs for copy in copies]):.2f}"
    for name, ours, theirs in (
        ("what", real.what, [copy.what for copy in copies]),
        ("what and when", real.both, [copy.both for copy in copies]),
    ):
        truth = [True] * len(ours)
        areas = [area([*ours, *one], [*truth, *[False] * len(one)]) for one in theirs]
        low, high = np.quantile(areas, [0.025, 0.975]).tolist()
        print(f"| {name} | {COPIES} | {np.mean(areas):.3f} | {low:.3f}–{high:.3f} | {tied} |")


def _scored(accounts: pl.Series, objects: pl.Series, seconds: pl.Series) -> Scored:
    from analyzers.cohort.coaction import Acts
    from analyzers.lib.bipartite import shared_pairs
    from analyzers.lib.fused_ties import fused, least, ranked

    empty = pl.Series([[]] * len(accounts), dtype=pl.List(pl.String))
    posts = pl.DataFrame(
        {
            "post_id": [str(row) for row in range(len(accounts))],
            "account_id": accounts,
            "created_at": (seconds * 1_000_000).cast(pl.Datetime("us", "UTC")),
            "reposted_post": objects,
            "reply_to_post": pl.Series([None] * len(accounts), dtype=pl.String),
            "family": pl.Series([-1] * len(accounts)),
            "urls": empty,
            "hashtags": empty,
            "mentions": empty,
        }
    ).with_columns(about=pl.lit(True), organic=pl.lit(False), route=pl.lit("query"))
    acts = Acts.of(posts, (), ())
    total = len(acts.accounts)
    rows = next(items for way, items in acts.items if way.name == "same_reposts")
    rows = rows.assign(who=acts.who[rows["row"].to_numpy()]).drop_duplicates(["who", "item"])
    keys, p = least([shared_pairs(rows, total)], total)
    layers = acts.layers(acts.who)
    what, when = list(layers.what.values()), list(layers.when.values())
    return Scored(
        _best(np.stack([keys // total, keys % total], axis=1), p, total),
        _best(*ranked(what, when, total), total),
        len(fused(what, when, total)),
    )


def _best(pairs: NDArray[np.int64], p: NDArray[np.float64], total: int) -> list[float]:
    best = np.zeros(total)
    np.maximum.at(best, pairs.ravel(), np.repeat(-np.log10(np.maximum(p, 1e-300)), 2))
    return best.tolist()


def _interval(areas: NDArray[np.float64]) -> tuple[float, float]:
    rng = np.random.default_rng(1)
    means = areas[rng.integers(0, len(areas), (_RESAMPLES, len(areas)))].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975]).tolist()
    return low, high


if __name__ == "__main__":
    main()
