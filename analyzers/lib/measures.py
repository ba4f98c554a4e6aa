"""What every step says in the same way: shares with their interval, evidence, small samples."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from analyzers.lib.stats import wilson
from analyzers.model.figure import Bar
from analyzers.model.finding import Evidence, Measure, Unit
from analyzers.model.text import PostRef, Text, plural

Count: TypeAlias = tuple[int, int]
"""`k` items of `n`."""

Ends: TypeAlias = Callable[[Sequence[float]], tuple[float | None, float | None]]
"""Gives the ends of a 95 % interval, such as `mean_interval` or `median_interval`."""

HANDFUL = 5
"""Below this many accounts a share is said as a count and called a small sample."""

EVIDENCE = 50
"""Posts cited per finding: more than a reader checks by hand, few enough to open."""

ALPHA = 0.05
"""The customary level under which a step calls its own difference worth showing. Strength is set
later, from all the tests together."""


def share_measure(
    name: str, label: Text, share: Count, other: Count | None = None, p: float | None = None
) -> Measure:
    """The measure of `k` of `n` accounts, with the comparison's share beside it when there is one.

    Ends of both 95 % intervals are Wilson's. An empty comparison counts as none.
    """
    k, n = share
    low, high = wilson(k, n)
    if other is None or not other[1]:
        return Measure(name, label, k / n if n else None, "share", n, low, high)
    other_low, other_high = wilson(*other)
    return Measure(
        name,
        label,
        k / n if n else None,
        "share",
        n,
        low,
        high,
        baseline=other[0] / other[1],
        baseline_n=other[1],
        baseline_low=other_low,
        baseline_high=other_high,
        p=p,
    )


def mean(values: Sequence[float]) -> float:
    """The mean over accounts; there must be at least one."""
    return sum(values) / len(values)


def across_accounts(
    name: str,
    label: Text,
    sides: tuple[Sequence[float], Sequence[float]],
    ends: Ends,
    unit: Unit = "share",
    middle: Callable[[Sequence[float]], float] = mean,
    p: float | None = None,
) -> Measure:
    """The measure of one number per account: its mean (or other `middle`), the comparison's beside.

    `sides` are the cohort's and the comparison's numbers; n counts accounts, so that a prolific
    account weighs no more than another. `ends` gives both intervals. Without numbers there is no
    value; without the comparison's, no baseline.
    """
    mine, theirs = sides
    low, high = ends(mine) if mine else (None, None)
    base_low, base_high = ends(theirs) if theirs else (None, None)
    return Measure(
        name,
        label,
        middle(mine) if mine else None,
        unit,
        len(mine),
        low,
        high,
        baseline=middle(theirs) if theirs else None,
        baseline_n=len(theirs) or None,
        baseline_low=base_low,
        baseline_high=base_high,
        p=p,
    )


def bar(k: int, n: int) -> Bar:
    """A bar of a chart: `k` of `n` with its Wilson interval."""
    return Bar(k, n, *wilson(k, n))


def cited(note: Text, post_ids: Iterable[object]) -> tuple[Evidence, ...]:
    """The first posts of a list as evidence; nothing when the list is empty."""
    posts = tuple(PostRef(str(post_id)) for post_id in post_ids)[:EVIDENCE]
    return (Evidence(note, posts),) if posts else ()


def small_sample(accounts: int) -> Text | None:
    """The doubt that comes with a handful of accounts; `None` from five up."""
    if accounts >= HANDFUL:
        return None
    return plural(
        "This rests on one account: one case shows no pattern.",
        "This rests on {n} accounts: so small a sample shows little.",
        accounts,
    )


def no_comparison(accounts: int) -> Text | None:
    """The doubt that comes without ordinary accounts to compare with; `None` when there are any."""
    if accounts:
        return None
    return Text("No ordinary accounts were collected, so how usual this is cannot be said.")


def some(*texts: Text | None) -> tuple[Text, ...]:
    """The sentences that apply, in order."""
    return tuple(text for text in texts if text is not None)
