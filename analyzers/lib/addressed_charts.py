"""The chart and the table of whom accounts address: named only where a register names them."""

from __future__ import annotations

from analyzers.lib.addressed import Addressed, Addressee
from analyzers.model.case import NAMES
from analyzers.model.figure import Bipartite, Edge
from analyzers.model.finding import Table
from analyzers.model.text import (
    AccountRef,
    Interval,
    Probability,
    Public,
    Share,
    Text,
    Value,
    plural,
)

LEFT = 24
"""Accounts in the chart."""


def labels(found: Addressed, apart: list[Addressee]) -> list[Public | str]:
    """The names of those in the register; T1, T2 and so on for everybody else."""
    said: list[Public | str] = []
    hidden = 0
    for one in apart:
        figure = found.public.get(one.key)
        hidden += figure is None
        said.append(Public(figure.name) if figure else f"T{hidden}")
    return said


def chart(found: Addressed, apart: list[Addressee]) -> Bipartite:
    """Who of the cohort addresses whom, those near one another who address the same."""
    weights = {
        (str(account), place): len(posts)
        for place, one in enumerate(apart)
        for account, posts in found.who(one.key, "cohort").groupby("account_id")
    }
    names = sorted(
        {account for account, _ in weights}, key=lambda name: (_middle(name, weights), name)
    )[:LEFT]
    said = labels(found, apart)
    hidden = any(isinstance(label, str) for label in said)
    return Bipartite(
        slug="other_targets",
        title=plural(
            "One other account is addressed by {first} of {total} accounts",
            "{n} other accounts are singled out, the first by {first} of {total} accounts",
            len(apart),
            first=apart[0].ours,
            total=found.size,
        ),
        alt=Text(
            "Lines from each of these accounts to the other accounts that it addresses, {labels}. "
            "Accounts that address them: {counts}.",
            labels=tuple(said),
            counts=tuple(Share(one.ours, found.size) for one in apart),
        ),
        note=Text("T1, T2 and so on are third parties, who are not named.") if hidden else None,
        left=tuple(AccountRef(name) for name in names),
        right=tuple(_right(found, one, label) for one, label in zip(apart, said, strict=True)),
        edges=tuple(
            Edge(names.index(account), place, count)
            for (account, place), count in sorted(weights.items())
            if account in names
        ),
        left_label=Text("These accounts (A)"),
        right_label=Text("Whom they address"),
        weight_label=Text("number of posts"),
    )


def _middle(account: str, weights: dict[tuple[str, int], int]) -> float:
    """Where an account's ties lead on average, so that few lines cross."""
    places = [place for name, place in weights if name == account]
    return sum(places) / len(places)


def _right(found: Addressed, one: Addressee, label: Public | str) -> Text:
    figure = found.public.get(one.key)
    name: Value = label
    if figure and figure.category:
        name = Text("{name} ({category})", name=label, category=figure.category)
    if not found.others:
        return Text("{name}: {ours}", name=name, ours=Share(one.ours, found.size))
    return Text(
        "{name}: A {k} of {n}, B {other} of {m}",
        name=name,
        k=one.ours,
        n=found.size,
        other=one.theirs,
        m=found.others,
    )


def table(found: Addressed, apart: list[Addressee]) -> Table:
    """Both sides' counts of each, with the category when there is a register."""
    rows: list[tuple[Value | None, ...]] = []
    for one, label in zip(apart, labels(found, apart), strict=True):
        figure = found.public.get(one.key)
        rows.append(
            (
                label,
                Public(f"@{figure.handle}") if figure else AccountRef(one.key),
                *([(figure.category or None) if figure else None] if found.public else ()),
                Share(one.ours, found.size),
                Share(one.theirs, found.others) if found.others else None,
                len(found.who(one.key, "cohort")),
                round(one.odds, 1) if found.others else None,
                Interval(round(one.low, 1), round(one.high, 1)) if found.others else None,
                None if one.p is None else Probability(one.p),
            )
        )
    return Table(
        Text("Other accounts singled out"),
        (
            Text("Label"),
            Text("Account"),
            *([Text("Category")] if found.public else ()),
            NAMES["cohort"],
            NAMES["comparison"],
            Text("Posts by these accounts"),
            Text("Odds ratio"),
            Text("95% interval"),
            Text("Adjusted for having looked at everybody"),
        ),
        tuple(rows),
    )
