"""The chart of each account's languages by week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np

from analyzers.lib.language_mix import label
from analyzers.lib.language_weeks import Weeks
from analyzers.model.figure import Label, Mark, Raster, RasterCell, RasterRow
from analyzers.model.text import AccountRef, Text

ROWS = 20
"""Accounts drawn: what a phone shows on two screens."""

NAMED = 7
"""Languages with a colour of their own: with the rest, eight colours can be told apart."""

MOST_WEEKS = 104
"""Weeks drawn, the last ones: two years leave four pixels a week on a phone."""


def leading(side: Sequence[Weeks]) -> list[str]:
    """The languages of these accounts, most used first, each account weighing the same."""
    totals: dict[str, float] = {}
    for one in side:
        shares = one.counts.sum(axis=0) / one.counts.sum()
        for name, share in zip(one.categories, shares, strict=True):
            totals[name] = totals.get(name, 0.0) + float(share)
    return sorted(totals, key=lambda name: (-totals[name], name))


def raster(
    side: Sequence[Weeks],
    audience: str,
    title: Text,
    attack: tuple[datetime, datetime],
    switched: Sequence[str],
) -> Raster:
    """A line per account, each week in the colours of its languages; those that switched first."""
    first = {account: place for place, account in enumerate(switched)}
    shown = sorted(side, key=lambda one: (first.get(one.account_id, len(first)), one.account_id))
    shown = shown[:ROWS]
    names = [audience, *(name for name in leading(shown) if name != audience)][:NAMED]
    until = max(one.at(len(one.counts)) for one in shown)
    since = max(min(one.at(0) for one in shown), until - timedelta(weeks=MOST_WEEKS))
    categories: tuple[Label, ...] = (*(label(name) for name in names), label("other"))
    return Raster(
        slug="language_switch",
        title=title,
        alt=Text(
            "A line per account for {n} accounts, a cell per week in the colours of the languages "
            "of its own posts, {audience} at the bottom; the attack is marked.",
            n=len(shown),
            audience=label(audience),
        ),
        note=Text("Own posts apart from the attack; weeks without words are blank."),
        categories=categories,
        rows=tuple(_row(one, names, since) for one in shown),
        since=since,
        until=max(until, attack[1]),
        marks=(Mark(attack[0], Text("attack")),),
        x_label=Text("Week"),
        stressed=0,
    )


def _row(one: Weeks, names: Sequence[str], since: datetime) -> RasterRow:
    places = [names.index(name) if name in names else len(names) for name in one.categories]
    cells = []
    for week in range(len(one.counts)):
        if one.at(week) < since:
            continue
        parts = np.bincount(places, weights=one.shares(week), minlength=len(names) + 1)
        cells += [
            RasterCell(one.at(week), one.at(week + 1), place, float(part))
            for place, part in enumerate(parts)
            if part > 0
        ]
    return RasterRow(account=AccountRef(one.account_id), group="cohort", cells=tuple(cells))
