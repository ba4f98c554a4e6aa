"""Whom else do these accounts address, and do they share these people more than others do?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from analyzers.lib.addressed import SUPPORT, Addressed, Addressee
from analyzers.lib.elsewhere import NO_TIMELINES
from analyzers.lib.measures import ALPHA, cited, no_comparison, share_measure, small_sample, some
from analyzers.lib.shared_text import shared_families
from analyzers.model.case import NAMES, Case
from analyzers.model.figure import Bipartite, Edge
from analyzers.model.finding import Evidence, Finding, Measure, Table, Test
from analyzers.model.step import Found, Needs, NotComputable
from analyzers.model.text import AccountRef, Interval, Probability, Share, Text, Value, plural

SHOWN = 8
"""People addressed in chart and table: as many as a phone shows with a line each."""

LEFT = 24
"""Accounts in the chart."""

_NULL = Text(
    "Whom an account addresses has nothing to do with its being one of these accounts: among any "
    "accounts as numerous, drawn by lot, somebody is addressed by so many more of them."
)


@dataclass(frozen=True, slots=True)
class OtherTargets:
    """Ranks the accounts that the cohort mentions or answers beside the target, by lift over B.

    Reads collected timelines only: organic posts that do not concern the target, on both sides the
    latest of each account up to one number. Whom at least three accounts of the cohort address is
    ranked by the exact chance that so many of them do, given all accounts that do (each account
    counts once). The primary test, named beforehand, is the smallest such chance, searched again in
    every draw of whole accounts. People addressed are third parties: charts say T1, T2 …. Without
    timelines the answer is not computable; without ordinary timelines there are counts and no test.
    `draws` is the number of shuffles.
    """

    id: ClassVar[str] = "other_targets"
    title: ClassVar[Text] = Text("Other targets")
    needs: ClassVar[Needs] = Needs(
        alternatives=(("posts.mentions", "posts.reply_to_account"),),
        optional=("posts.family", "accounts.handle"),
    )
    draws: int = 29_999

    def __call__(self, case: Case, /) -> Found | NotComputable:
        found = Addressed.of(case)
        if not found.size:
            return NotComputable((NO_TIMELINES,))
        ranked = found.ranked(self.draws, case.seed)
        apart = [one for one in ranked if one.p is None or one.p <= ALPHA][:SHOWN]
        if not apart:
            return Found(_nothing(found, ranked))
        return Found(_finding(found, ranked, apart))


def _nothing(found: Addressed, ranked: list[Addressee]) -> Finding:
    return Finding(
        claim=plural(
            "Beyond the target, the one account whose timeline was collected shows nobody whom "
            "several would single out.",
            "Beyond the target, nobody is addressed by clearly more of these {n} accounts than of "
            "ordinary ones.",
            found.size,
        ),
        noteworthy=False,
        measures=(_count(ranked, found.size), _inside(found)),
        caveats=_caveats(found),
        primary=_test(ranked, found),
    )


def _finding(found: Addressed, ranked: list[Addressee], apart: list[Addressee]) -> Finding:
    return Finding(
        claim=_claim(found, apart),
        noteworthy=True,
        measures=_measures(found, ranked, apart),
        evidence=_evidence(found, apart),
        figures=(_chart(found, apart),),
        tables=(_table(found, apart),),
        caveats=_caveats(found),
        alternatives=(
            Text("Fans, activists and readers of one newspaper address the same few people."),
            Text("Whoever is in the news that week is addressed by many who never met."),
        ),
        falsifier=Text(
            "Ordinary accounts of the same languages and interests, read over the same dates, that "
            "address the same people as often would overturn this."
        ),
        primary=_test(ranked, found),
    )


def _claim(found: Addressed, apart: list[Addressee]) -> Text:
    first = Share(apart[0].ours, found.size)
    if not found.others:
        return plural(
            "Of these accounts, {first} address one other account beyond the target. There are no "
            "ordinary accounts to compare with.",
            "Beyond the target, {n} other accounts are each addressed by at least {support} of "
            "these. Of these accounts, {first} address the first one. There are no ordinary "
            "accounts to compare with.",
            len(apart),
            support=SUPPORT,
            first=first,
        )
    return plural(
        "Of these accounts, {first} address one same other account beyond the target, against "
        "{theirs} among ordinary accounts.",
        "Beyond the target, these accounts single out {n} other accounts. Of these accounts, "
        "{first} address the first one, against {theirs} among ordinary accounts.",
        len(apart),
        first=first,
        theirs=Share(apart[0].theirs, found.others),
    )


def _measures(
    found: Addressed, ranked: list[Addressee], apart: list[Addressee]
) -> tuple[Measure, ...]:
    rows = found.rows[found.rows["key"].isin([one.key for one in apart])]
    users = rows.groupby("group")["account_id"].nunique()
    first = rows.loc[rows["group"] == "cohort", "created_at"].min().to_pydatetime()
    return (
        share_measure(
            "top_target",
            Text("Accounts that address T1"),
            (apart[0].ours, found.size),
            (apart[0].theirs, found.others),
            apart[0].p,
        ),
        share_measure(
            "involved_accounts",
            Text("Accounts that address at least one of those singled out"),
            (int(users["cohort"]), found.size),
            (int(users.get("comparison", 0)), found.others),
        ),
        _templates(found, rows["post_id"].tolist()),
        Measure(
            "singled_out",
            Text("Other accounts singled out"),
            len(apart),
            "count",
            found.size,
        ),
        _count(ranked, found.size),
        Measure("first", Text("First post that addresses one of them"), first, "date", len(rows)),
        _inside(found),
    )


def _templates(found: Addressed, post_ids: list[str]) -> Measure:
    """How many of the cohort's posts at those people share their text with another member."""
    labels = [f.label for f in shared_families(found.posts) if f.cohort >= 2]
    posts = found.posts[found.posts["post_id"].isin(post_ids)]
    ours = posts[posts["group"] == "cohort"]
    inside = int(ours["family"].isin(labels).sum()) if "family" in ours else 0
    return share_measure(
        "same_template",
        Text("Posts at those people whose text another of these accounts shares"),
        (inside, len(ours)),
    )


def _count(ranked: list[Addressee], size: int) -> Measure:
    return Measure(
        "addressed_by_several",
        Text("Other accounts addressed by at least {n} of these", n=SUPPORT),
        len(ranked),
        "count",
        size,
    )


def _inside(found: Addressed) -> Measure:
    return Measure(
        "addressed_inside",
        Text("Posts in which these accounts address one another, counted apart"),
        found.inside,
        "count",
        found.size,
    )


def _test(ranked: list[Addressee], found: Addressed) -> Test | None:
    if not found.others:
        return None
    if not ranked or ranked[0].p is None:
        return Test("most_unusual_addressee", _NULL, 0.0, 1.0)
    return Test("most_unusual_addressee", _NULL, ranked[0].surprise, ranked[0].p)


def _evidence(found: Addressed, apart: list[Addressee]) -> tuple[Evidence, ...]:
    posts = [
        post
        for one in apart
        for post in found.who(one.key, "cohort").drop_duplicates("account_id")["post_id"]
    ]
    note = Text("Posts that address those singled out, one per account and person addressed.")
    return cited(note, dict.fromkeys(posts))


def _label(number: int) -> str:
    return f"T{number}"


def _chart(found: Addressed, apart: list[Addressee]) -> Bipartite:
    weights = {
        (str(account), place): len(posts)
        for place, one in enumerate(apart)
        for account, posts in found.who(one.key, "cohort").groupby("account_id")
    }
    names = sorted(
        {account for account, _ in weights}, key=lambda name: (_middle(name, weights), name)
    )[:LEFT]
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
            labels=tuple(_label(number + 1) for number in range(len(apart))),
            counts=tuple(Share(one.ours, found.size) for one in apart),
        ),
        note=Text("T1, T2 and so on are third parties, who are not named."),
        left=tuple(AccountRef(name) for name in names),
        right=tuple(_right(found, one, number) for number, one in enumerate(apart, start=1)),
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


def _right(found: Addressed, one: Addressee, number: int) -> Text:
    if not found.others:
        return Text("{name}: {ours}", name=_label(number), ours=Share(one.ours, found.size))
    return Text(
        "{name}: A {k} of {n}, B {other} of {m}",
        name=_label(number),
        k=one.ours,
        n=found.size,
        other=one.theirs,
        m=found.others,
    )


def _table(found: Addressed, apart: list[Addressee]) -> Table:
    rows: list[tuple[Value | None, ...]] = []
    for number, one in enumerate(apart, start=1):
        rows.append(
            (
                _label(number),
                AccountRef(one.key),
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
            NAMES["cohort"],
            NAMES["comparison"],
            Text("Posts by these accounts"),
            Text("Odds ratio"),
            Text("95% interval"),
            Text("Adjusted for having looked at everybody"),
        ),
        tuple(rows),
    )


def _caveats(found: Addressed) -> tuple[Text, ...]:
    return some(
        small_sample(found.size),
        no_comparison(found.others),
        Text("To address somebody is not to attack them: the posts have to be read."),
        Text("Famous accounts are addressed by everyone, so the ranking is by how much more."),
        Text("No register of public figures was supplied, so nobody is put into a category."),
    )
