"""Whom the search finds in simulated cases that nothing was tuned on.

    python -m tests.bench.cohorts [--cases 20] [--organic 100] [--first 5000000] [--workers 2]

Accounts that wrote about the target are ranked by their score in a cohort: members by likeness to
the model, doubtful ones below all members, everybody else at 0. Prints tables in markdown: the area
under the ROC curve with its interval (bootstrap over cases), precision and recall of members, and
how often ordinary crowds have a cohort at all.
"""

from __future__ import annotations

import argparse
import multiprocessing
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np

from analyzers.calibration.cases import MECHANISM, ORGANIC
from analyzers.lib.stats import wilson

DOUBTFUL = 1e-6
"""Score of an account in doubt: above everybody outside, below every member."""

_RESAMPLES = 2_000


class Ranked(NamedTuple):
    """One case: area under the curve, members found of those true, and accounts found in all."""

    scenario: str
    area: float
    hits: int
    true: int
    found: int


def main() -> None:
    """Simulate, search, and print."""
    asked = _arguments()
    tasks = [
        (name, asked.first + number)
        for name in sorted(MECHANISM)
        for number in range(asked.organic if name in ORGANIC else asked.cases)
    ]
    with multiprocessing.get_context("spawn").Pool(asked.workers, maxtasksperchild=40) as pool:
        ranked = list(pool.imap_unordered(search, tasks))
    print("| scenario | cases | AUC | interval (95 %) | precision | recall |")
    print("|---|---|---|---|---|---|")
    for name in sorted(set(MECHANISM) - set(ORGANIC)):
        _row(name, [each for each in ranked if each.scenario == name])
    _row("all of them", [each for each in ranked if each.scenario not in ORGANIC])
    print("\n| ordinary crowd | with a cohort | interval (95 %) | cases |")
    print("|---|---|---|---|")
    for name in ORGANIC:
        own = [each for each in ranked if each.scenario == name]
        k = sum(each.found > 0 for each in own)
        low, high = wilson(k, len(own))
        print(f"| `{name}` | {k} | {100 * low:.1f}–{100 * high:.1f} % | {len(own)} |")


def search(task: tuple[str, int]) -> Ranked:
    """Simulate one case with any of the generator's variants, and rank its accounts."""
    from analyzers.cohort import propose_cohort
    from analyzers.enrich import enrich
    from analyzers.model.target import Account
    from analyzers.simulate import dials_for, simulate
    from analyzers.simulate.frames import dataset
    from analyzers.tables import load

    scenario, seed = task
    campaign = simulate(scenario, seed=seed, dials=dials_for(scenario, seed))
    with tempfile.TemporaryDirectory() as directory:
        data = enrich(dataset(campaign, Path(directory)))
        proposal = propose_cohort(data, (Account(campaign.truth.target),), draws=19)
        posts = load(data, "posts", ["account_id", "route"])
    authors = sorted(set(posts.filter(posts["route"] == "query")["account_id"].to_list()))
    scores = dict.fromkeys(proposal.borderline, DOUBTFUL)
    scores |= {m.account_id: m.score for cohort in proposal.cohorts for m in cohort.members}
    true = set(campaign.truth.cohort)
    found = {m.account_id for cohort in proposal.cohorts for m in cohort.members}
    return Ranked(
        scenario,
        area([scores.get(a, 0.0) for a in authors], [a in true for a in authors]),
        len(found & true),
        len(true),
        len(found),
    )


def area(scores: list[float], positive: list[bool]) -> float:
    """Area under the ROC curve, ties counting half (Mann and Whitney 1947); nan with one side."""
    from scipy.stats import rankdata

    marked = np.array(positive)
    n, m = int(marked.sum()), int((~marked).sum())
    if not n or not m:
        return float("nan")
    ranks = float(rankdata(scores)[marked].sum())
    return (ranks - n * (n + 1) / 2) / (n * m)


def _row(name: str, cases: list[Ranked]) -> None:
    areas = np.array([each.area for each in cases])
    rng = np.random.default_rng(1)
    means = areas[rng.integers(0, len(areas), (_RESAMPLES, len(areas)))].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    precision = np.mean([each.hits / each.found for each in cases if each.found] or [0.0])
    recall = np.mean([each.hits / each.true for each in cases])
    shown = f"`{name}`" if name in MECHANISM else name
    print(
        f"| {shown} | {len(cases)} | {areas.mean():.3f} | {low:.3f}–{high:.3f} | {precision:.3f} | "
        f"{recall:.3f} |"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=20, help="of each coordinated scenario")
    parser.add_argument("--organic", type=int, default=100, help="of each ordinary one")
    parser.add_argument("--first", type=int, default=5_000_000, help="the first seed")
    parser.add_argument("--workers", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
