"""The charts and the table of samples of followers."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from analyzers.lib.followers import Circle
from analyzers.lib.language_mix import label, share_interval
from analyzers.lib.measures import Count, mean
from analyzers.lib.post_cards import at_quarters
from analyzers.model.case import Group
from analyzers.model.figure import Bar, Bars, Cloud, PostCard, Posts, Scatter
from analyzers.model.finding import Table
from analyzers.model.text import AccountRef, Language, Percent, Share, Text, Value, plural

DOTS = 400
"""Followers drawn per group: more overlap on a phone's width."""

LISTED = 8
"""Languages in the table: the length of a list one takes in on a phone."""

Both: TypeAlias = tuple[list[float], list[float]]
"""A share per account of the cohort, and per account of the comparison."""

Column: TypeAlias = Literal["language", "back"]

_GROUPS: tuple[tuple[Group, Text], ...] = (
    ("cohort", Text("Followers of these accounts")),
    ("comparison", Text("Followers of ordinary accounts")),
)


def shares_chart(
    a: Circle, b: Circle, kinds: Sequence[tuple[Text, Column, Both]], seed: int
) -> Bars:
    """Bars of mean shares of followers, titled by the first kind; each has values for `a`."""
    named, _, first = kinds[0]
    compared = all(values[1] for _, _, values in kinds)
    return Bars(
        slug="audience",
        title=Text(
            "{share} of sampled followers are {what}", share=Percent(mean(first[0])), what=named
        ),
        alt=Text(
            "Bars of shares of sampled followers, those of {ours} of these accounts above those of "
            "{theirs} ordinary accounts.",
            ours=a.accounts,
            theirs=b.accounts,
        ),
        note=Text("Each account weighs the same, so counts are rounded."),
        categories=tuple(text for text, _, _ in kinds),
        cohort=tuple(_bar(a, column, values[0], seed) for _, column, values in kinds),
        comparison=tuple(_bar(b, column, values[1], seed) for _, column, values in kinds)
        if compared
        else None,
        x_label=Text("Share of sampled followers, averaged over accounts"),
    )


def _bar(circle: Circle, column: Column, values: list[float], seed: int) -> Bar:
    n = int(circle.rows[column].notna().sum())
    return Bar(round(mean(values) * n), n, *share_interval(values, seed))


def counts_chart(a: Circle, b: Circle) -> tuple[Scatter, ...]:
    """Followers by how many follow them and how many they follow; none without these counts."""
    ours, theirs = (_points(circle) for circle in (a, b))
    if not ours:
        return ()
    clouds = [
        Cloud(text, group, _thinned(points), len(points))
        for (group, text), points in zip(_GROUPS, (ours, theirs), strict=True)
        if points
    ]
    return (
        Scatter(
            slug="audience_follows",
            title=_title(_below(ours), _below(theirs)),
            alt=Text(
                "A dot per sampled follower: across, how many it follows; up, how many follow it. "
                "Of these accounts' followers, {ours} lie on or below the diagonal.",
                ours=Share(*_below(ours)),
            ),
            clouds=tuple(clouds),
            x_label=Text("Accounts that the follower follows"),
            y_label=Text("Accounts that follow the follower"),
            equal=Text("equally many"),
        ),
    )


def follower_cards(a: Circle) -> tuple[Posts, ...]:
    """Followers at the quarter marks of how many follow them; counts rounded, so that no one shows.

    None without these counts.
    """
    known = a.people.dropna(subset=["followers", "following"])
    chosen = at_quarters(known.sort_values(["followers", "follower"]).to_dict("records"))
    if not chosen:
        return ()
    return (
        Posts(
            slug="audience_followers",
            title=Text(
                "The middle follower of these accounts follows about {following} accounts and is "
                "followed by about {followers}",
                following=_rounded(float(known["following"].median())),
                followers=_rounded(float(known["followers"].median())),
            ),
            alt=plural(
                "Card of one sampled follower.",
                "Cards of {n} of {total} sampled followers of these accounts, taken at the quarter "
                "marks of how many follow them.",
                len(chosen),
                total=len(known),
            ),
            note=Text("Followers are third parties: no name, no words, rounded counts."),
            rows=tuple((_follower(one),) for one in chosen),
        ),
    )


def _follower(one: Mapping[Hashable, Any]) -> PostCard:
    about: Text | Language | None = None
    if isinstance(one["language"], str):
        about = Text("interface set to {language}", language=label(one["language"]))
    counts = Text(
        "Follows about {following} accounts, followed by about {followers}",
        following=_rounded(one["following"]),
        followers=_rounded(one["followers"]),
    )
    said: Text = counts
    if one["back"] == 1:
        said = Text("{counts}; followed in return", counts=counts)
    elif one["back"] == 0:
        said = Text("{counts}; not followed in return", counts=counts)
    return PostCard(AccountRef(str(one["follower"])), None, said, about=about)


def _rounded(count: float) -> int:
    """A count to its two leading digits: enough to judge by, too little to find an account by."""
    places = max(0, len(str(int(count))) - 2)
    return int(round(count, -places))


def _title(ours: Count, theirs: Count) -> Text:
    if not theirs[1]:
        return Text(
            "{ours} of these accounts' followers follow at least as many as follow them",
            ours=Percent(ours[0] / ours[1]),
        )
    return Text(
        "{ours} of these accounts' followers follow at least as many as follow them, against "
        "{theirs} of ordinary accounts' followers",
        ours=Percent(ours[0] / ours[1]),
        theirs=Percent(theirs[0] / theirs[1]),
    )


def _points(circle: Circle) -> list[tuple[float, float]]:
    """How many each follower follows, and how many follow it; in the order of ids."""
    known = circle.people.dropna(subset=["followers", "following"]).sort_values("follower")
    pairs = zip(known["following"], known["followers"], strict=True)
    return [(float(x), float(y)) for x, y in pairs]


def _below(points: Sequence[tuple[float, float]]) -> Count:
    return sum(y <= x for x, y in points), len(points)


def _thinned(points: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    if len(points) <= DOTS:
        return tuple(points)
    return tuple(points[number * len(points) // DOTS] for number in range(DOTS))


def languages_table(a: Circle, b: Circle) -> tuple[Table, ...]:
    """Interface languages of followers, each follower once; none when no language is known."""
    sides = [circle.people["language"].dropna() for circle in (a, b)]
    if sides[0].empty:
        return ()
    counts = [side.value_counts() for side in sides]
    order = sorted(counts[0].index, key=lambda code: (-counts[0][code], code))
    rows: list[tuple[Value | None, ...]] = [
        (
            label(code),
            *(
                Share(int(count.get(code, 0)), len(side)) if len(side) else None
                for count, side in zip(counts, sides, strict=True)
            ),
        )
        for code in order[:LISTED]
    ]
    columns = (Text("Language"), *(text for _, text in _GROUPS))
    return (Table(Text("Interface languages of sampled followers"), columns, tuple(rows)),)
