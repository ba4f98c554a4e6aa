"""The page that says how the weighing was judged: docs/calibration.md and its diagram."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from analyzers.calibration import judge
from analyzers.calibration.cases import MECHANISM, ORGANIC, Observation
from analyzers.calibration.diagram import reliability
from analyzers.calibration.judge import Calibration, Count, Judged
from analyzers.lib.stats import wilson
from analyzers.weigh.mechanisms import EXPLANATIONS
from analyzers.weigh.weights import FITTED, Weights

SECTION = "hypotheses.md"
"""The page that explains the method, which this one links to."""


def write_page(
    path: Path, weights: Weights, fitting: Sequence[Observation], judging: Sequence[Observation]
) -> None:
    """Write the page at `path` and `images/reliability.svg` beside it."""
    cases = judge.judged(judging, weights)
    measured = judge.calibration(cases)
    left = judge.left_out(fitting, judging) if fitting else {}
    images = path.parent / "images"
    images.mkdir(parents=True, exist_ok=True)
    (images / "reliability.svg").write_text(reliability(measured.bins), encoding="utf-8")
    lines = [
        *_head(weights, judging),
        *_targets(cases, measured),
        *_reliability(measured, cases),
        *_confusion(cases),
        *_search(cases),
        *_left_out(left),
        *_limits(),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _head(weights: Weights, judging: Sequence[Observation]) -> Iterator[str]:
    split = "locked" if any(each.split == "locked" for each in judging) else "held-out"
    yield "# How well the rival explanations are weighed"
    yield ""
    yield (
        "Written by `make calibrate`. The sizes of the signs were fitted on "
        f"{weights.fitted['cases']} simulated cases; everything below is measured on "
        f"{len(judging)} others, made by {split} *variants* of the generator: combinations of text "
        "grammar, rhythm and age model of which no case was fitted. How it works: "
        f"[{SECTION}]({SECTION})."
    )
    yield ""
    yield (
        "All cases are simulated. They say how the weighing does where the simulator is right "
        "about the world, and nothing about where it is not."
    )
    yield ""


def _targets(cases: list[Judged], measured: Calibration) -> Iterator[str]:
    true = judge.coordinated(cases)
    full = judge.first_right(each for each in true if judge.complete(each))
    bare = judge.first_right(each for each in true if judge.bare(each))
    sure = judge.share_of((e for e in cases if e.sure >= judge.SURE), lambda each: each.right)
    yield "## Against what was asked"
    yield ""
    yield "| asked | measured | interval (95 %) | cases |"
    yield "|---|---|---|---|"
    yield _row("right mechanism first, all fields: lower bound ≥ 85 %", full)
    yield _row("the same with no client, interface language or creation date: ≥ 70 %", bare)
    for name, count in judge.false_accusations(cases).items():
        yield _row(f"false accusations, `{name}`: at most 4 in 1,000", count, places=2)
    yield (
        f"| calibration error of the winner, weighted to the prior: ≤ .04 | {measured.error:.3f} | "
        f"{measured.low:.3f}–{measured.high:.3f} | {measured.cases} |"
    )
    yield f"| of which claims too much | {measured.over:.3f} | | {measured.cases} |"
    yield _row("right among verdicts said to be ≥ 80 %", sure)
    yield (
        f"| log score (saying the prior each time: {judge.log_of_prior():.2f}) | "
        f"{measured.log_score:.2f} | | {measured.cases} |"
    )
    yield f"| Brier score | {measured.brier:.3f} | | {measured.cases} |"
    found = judge.search_quality(cases)
    precision, recall = _averaged(found)
    large = sum(each[3] for each in found.values())
    yield f"| precision of members, of ten or more: ≥ .95 | {precision:.3f} | | {large} |"
    yield f"| recall of members, of ten or more: ≥ .9 | {recall:.3f} | | {large} |"
    yield _row(
        "cases outside every explanation's usual region (1 % asked of each)",
        judge.share_of(cases, lambda each: not each.typical),
        places=1,
    )
    yield ""
    yield (
        "A false accusation is a case of ordinary people or of an open campaign in which the "
        "probabilities of everything else sum to 55 % or more."
    )
    yield ""


def _averaged(found: Mapping[str, tuple[float, float, int, int]]) -> tuple[float, float]:
    """Precision over the cases with a cohort and recall over all, every case counting alike."""
    with_cohort = sum(each[2] for each in found.values()) or 1
    total = sum(each[3] for each in found.values()) or 1
    precision = sum(each[0] * each[2] for each in found.values()) / with_cohort
    recall = sum(each[1] * each[3] for each in found.values()) / total
    return precision, recall


def _row(asked: str, count: Count, places: int = 1) -> str:
    k, n = count
    if not n:
        return f"| {asked} | no case | | 0 |"
    low, high = wilson(k, n)
    return (
        f"| {asked} | {100 * k / n:.{places}f} % ({k}) | "
        f"{100 * low:.{places}f}–{100 * high:.{places}f} % | {n} |"
    )


def _reliability(measured: Calibration, cases: list[Judged]) -> Iterator[str]:
    yield "## Said and happened"
    yield ""
    yield "![How often the winner is true, by its probability](images/reliability.svg)"
    yield ""
    yield "| said (mean) | true | interval (95 %) | share of the prior | cases |"
    yield "|---|---|---|---|---|"
    total = sum(each.weight for each in measured.bins)
    for each in measured.bins:
        yield (
            f"| {100 * each.said:.0f} % | {100 * each.happened:.0f} % | {100 * each.low:.0f}–"
            f"{100 * each.high:.0f} % | {100 * each.weight / total:.0f} % | {each.cases} |"
        )
    yield ""
    yield (
        "Nothing is ever said to be likelier than 95 %, so the highest bin errs on the careful "
        "side by design."
    )
    yield ""


def _confusion(cases: list[Judged]) -> Iterator[str]:
    names = (*FITTED, "other")
    yield "## Which explanation comes first"
    yield ""
    yield "Rows are what is true, columns what came first; farm and decoy are scored as one."
    yield ""
    yield "| true \\ first | " + " | ".join(_short(name) for name in names) + " | right |"
    yield "|---" * (len(names) + 2) + "|"
    for scenario, counts in judge.confusion(cases).items():
        total = sum(counts.values())
        right = counts[MECHANISM[scenario]]
        cells = " | ".join(str(counts[name] or "") for name in names)
        yield f"| `{scenario}` | {cells} | {100 * right / total:.0f} % |"
    yield ""


def _short(mechanism: str) -> str:
    known = {each.id for each in EXPLANATIONS}
    assert mechanism in known
    return mechanism.split("_")[0] if mechanism != "open_campaign" else "open"


def _search(cases: list[Judged]) -> Iterator[str]:
    yield "## Whom the search finds"
    yield ""
    yield "Cases of at least ten members; one without a cohort has recall 0."
    yield ""
    yield "| scenario | precision | recall | cases with a cohort | cases |"
    yield "|---|---|---|---|---|"
    for name, (precision, recall, cohorts, total) in judge.search_quality(cases).items():
        yield f"| `{name}` | {precision:.3f} | {recall:.3f} | {cohorts} | {total} |"
    for name in ORGANIC:
        own = [each for each in cases if each.case.scenario == name]
        with_cohort = sum(each.case.found > 0 for each in own)
        yield f"| `{name}` (any cohort) | | | {with_cohort} | {len(own)} |"
    yield ""


def _left_out(found: Mapping[str, tuple[Count, Count]]) -> Iterator[str]:
    if not found:
        return
    yield "## On a grammar, rhythm or age model never seen"
    yield ""
    yield (
        "A harder question than new combinations: sizes are fitted anew without any case that has "
        "one value of a dial, and judged on the cases that have it."
    )
    yield ""
    yield "| left out | right mechanism first | false accusations |"
    yield "|---|---|---|"
    for name, (right, accused) in found.items():
        yield f"| `{name}` | {_share(right)} | {_share(accused)} |"
    yield ""


def _share(count: Count) -> str:
    k, n = count
    if not n:
        return "no case"
    low, high = wilson(k, n)
    return f"{100 * k / n:.1f} % of {n} ({100 * low:.1f}–{100 * high:.1f})"


def _limits() -> Iterable[str]:
    return (
        "## What this does not show",
        "",
        "- Real campaigns need not resemble simulated ones. Until labelled real cases are at hand, "
        "nothing is said to be likelier than 95 %, and a case that resembles no simulated one is "
        "flagged and said with low confidence.",
        "- Nothing in the posts tells a decoy from a rented farm: they are scored as one.",
        "- The prior is a judgement. The report says when three times as much or as little of it "
        "would change the verdict.",
    )
