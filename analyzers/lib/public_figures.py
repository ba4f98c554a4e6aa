"""Which categories of public figures, by the user's own register, accounts address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzers.lib.addressed import Addressed
from analyzers.lib.measures import bar, share_measure
from analyzers.model.figure import Bars
from analyzers.model.finding import Measure
from analyzers.model.text import Share, Text

if TYPE_CHECKING:
    import pandas as pd

DRAWN = 10
"""Categories in the chart: more do not fit a phone, and a register of so many says little."""

MEASURED = 3
"""Categories with a measure of their own."""


@dataclass(frozen=True, slots=True)
class Category:
    """How many accounts of each side address at least one of the register's figures of a kind."""

    name: str
    ours: int
    theirs: int


def categories(found: Addressed) -> list[Category]:
    """The categories that the cohort addresses, those first that it does more than the others do.

    A figure without a category counts in none; nothing without a register.
    """
    kinds = {key: figure.category for key, figure in found.public.items() if figure.category}
    rows = found.rows.assign(category=found.rows["key"].map(kinds)).dropna(subset="category")
    counts = rows.groupby(["category", "group"])["account_id"].nunique()
    both = counts.unstack(fill_value=0) if len(counts) else counts.to_frame()
    said = [
        Category(str(name), int(row.get("cohort", 0)), int(row.get("comparison", 0)))
        for name, row in both.iterrows()
    ]
    return sorted((one for one in said if one.ours), key=lambda one: _more(one, found))


def _more(one: Category, found: Addressed) -> tuple[float, int, str]:
    theirs = one.theirs / found.others if found.others else 0.0
    return theirs - one.ours / found.size, -one.ours, one.name


def register_measures(found: Addressed, kinds: list[Category]) -> tuple[Measure, ...]:
    """Who addresses anybody in the register, then who addresses each of the top categories."""
    if not found.public:
        return ()
    users = _in_register(found).groupby("group")["account_id"].nunique()
    return (
        share_measure(
            "register",
            Text("Accounts that address figures of the register"),
            (int(users.get("cohort", 0)), found.size),
            (int(users.get("comparison", 0)), found.others),
        ),
        *(
            share_measure(
                f"category_{number}",
                Text("Accounts that address figures of the category {name}", name=kind.name),
                (kind.ours, found.size),
                (kind.theirs, found.others),
            )
            for number, kind in enumerate(kinds[:MEASURED], start=1)
        ),
    )


def _in_register(found: Addressed) -> pd.DataFrame:
    return found.rows[found.rows["key"].isin(list(found.public))]


def category_chart(found: Addressed, kinds: list[Category]) -> tuple[Bars, ...]:
    """Bars by category, A over B; none when the cohort addresses nobody with a category."""
    if not kinds:
        return ()
    drawn = kinds[:DRAWN]
    shares = tuple(
        Text("{share} for {name}", name=one.name, share=Share(one.ours, found.size))
        for one in drawn
    )
    return (
        Bars(
            slug="other_targets_categories",
            title=Text(
                "Figures of the category {name} are addressed by {ours} of {total} accounts",
                name=kinds[0].name,
                ours=kinds[0].ours,
                total=found.size,
            ),
            alt=Text(
                "Share of accounts that address at least one figure of each category of the "
                "register. These accounts: {ours}.",
                ours=shares,
            ),
            note=Text("The register and its categories are the choice of whoever gave it."),
            categories=tuple(one.name for one in drawn),
            cohort=tuple(bar(one.ours, found.size) for one in drawn),
            comparison=(
                tuple(bar(one.theirs, found.others) for one in drawn) if found.others else None
            ),
            x_label=Text("Share of accounts that address at least one of them"),
        ),
    )
