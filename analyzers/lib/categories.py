"""One category per account, such as its main client: who has which, in counts and in bars."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from analyzers.lib.measures import Count, bar
from analyzers.model.figure import Bars, Label
from analyzers.model.finding import Measure
from analyzers.model.text import Text

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 8
"""Categories in a chart: the length of a list one takes in on a phone."""


def having(kinds: pd.Series[str], kind: str) -> Count:
    """How many accounts have a category, of how many; `kinds` has one per account."""
    return int((kinds == kind).sum()), len(kinds)


def commonest(kinds: pd.Series[str]) -> list[str]:
    """The categories, that of most accounts first, ties by name."""
    counts = kinds.value_counts()
    return sorted(counts.index, key=lambda name: (-counts[name], name))


def different(name: str, label: Text, ours: pd.Series[str], theirs: pd.Series[str]) -> Measure:
    """How many different categories the cohort has, beside as many ordinary accounts."""
    usual = usually_different(theirs, len(ours))
    return Measure(
        name,
        label,
        int(ours.nunique()),
        "count",
        len(ours),
        baseline=usual,
        baseline_n=None if usual is None else len(theirs),
    )


def usually_different(kinds: pd.Series[str], size: int) -> float | None:
    """How many different categories `size` of the accounts have, on average over all draws.

    More accounts have more categories, so a larger group is read at the smaller one's size.
    Hurlbert's rarefaction (1971, "The nonconcept of species diversity", Ecology 52): exact, no
    shuffles. `None` with fewer accounts than that.
    """
    if not size or len(kinds) < size:
        return None
    from scipy.stats import hypergeom

    counts = kinds.value_counts().to_numpy()
    return sum(float(hypergeom.sf(0, len(kinds), count, size)) for count in counts)


def chart(
    slug: str,
    words: tuple[Text, Text, Text],
    names: list[str],
    label: Callable[[str], Label],
    ours: pd.Series[str],
    theirs: pd.Series[str],
) -> Bars:
    """The bars of the first `SHOWN` of `names`, the cohort's above the comparison's.

    `words` are the title, the description and the name of the axis; `label` names a category.
    """
    title, alt, x_label = words
    shown = names[:SHOWN]
    return Bars(
        slug=slug,
        title=title,
        alt=alt,
        categories=tuple(label(name) for name in shown),
        cohort=tuple(bar(*having(ours, name)) for name in shown),
        comparison=tuple(bar(*having(theirs, name)) for name in shown) if len(theirs) else None,
        x_label=x_label,
    )
