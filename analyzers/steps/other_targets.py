"""Whom else do these accounts address, and do they share these people more than others do?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from analyzers.lib.addressed import SUPPORT, Addressed, Addressee
from analyzers.lib.addressed_charts import chart, labels, table
from analyzers.lib.elsewhere import NO_TIMELINES
from analyzers.lib.language_mix import mean_interval
from analyzers.lib.measures import (
    ALPHA,
    across_accounts,
    cited,
    no_comparison,
    share_measure,
    small_sample,
    some,
)
from analyzers.lib.public_figures import Category, categories, category_chart, register_measures
from analyzers.lib.shared_text import shared_families
from analyzers.model.case import Case, Group, Register
from analyzers.model.finding import Evidence, Finding, Measure, Test
from analyzers.model.step import Found, Needs, NotComputable
from analyzers.model.text import (
    Public,
    Share,
    Text,
    plural,
)

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 8
"""People addressed in chart and table: as many as a phone shows with a line each."""

_SIDES: tuple[Group, Group] = ("cohort", "comparison")

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
    every draw of whole accounts. People addressed are third parties: charts say T1, T2 …; only
    those whom the user's register of public figures names are named, with their category, and no
    category is ever guessed. Without timelines the answer is not computable; without ordinary
    timelines there are counts and no test. `draws` is the number of shuffles.
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
        doubts = _caveats(found, case.register)
        if not apart:
            return Found(_nothing(found, ranked, doubts))
        return Found(_finding(case, found, ranked, apart, doubts))


def _nothing(found: Addressed, ranked: list[Addressee], doubts: tuple[Text, ...]) -> Finding:
    kinds = categories(found)
    return Finding(
        claim=plural(
            "Beyond the target, the one account whose timeline was collected shows nobody whom "
            "several would single out.",
            "Beyond the target, nobody is addressed by clearly more of these {n} accounts than of "
            "ordinary ones.",
            found.size,
        ),
        noteworthy=False,
        measures=(
            *register_measures(found, kinds),
            _count(ranked, found.size),
            *_pairs(found),
            _inside(found),
        ),
        figures=category_chart(found, kinds),
        caveats=doubts,
        primary=_test(ranked, found),
    )


def _finding(
    case: Case,
    found: Addressed,
    ranked: list[Addressee],
    apart: list[Addressee],
    doubts: tuple[Text, ...],
) -> Finding:
    kinds = categories(found)
    return Finding(
        claim=_claim(found, apart),
        noteworthy=True,
        measures=_measures(case, found, ranked, apart, kinds),
        evidence=_evidence(found, apart),
        figures=(chart(found, apart), *category_chart(found, kinds)),
        tables=(table(found, apart),),
        caveats=doubts,
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
    if apart[0].key in found.public:
        return _claim_of_named(found, apart, first)
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


def _claim_of_named(found: Addressed, apart: list[Addressee], first: Share) -> Text:
    name = Public(found.public[apart[0].key].name)
    if not found.others:
        return plural(
            "Of these accounts, {first} address {name} beyond the target. There are no ordinary "
            "accounts to compare with.",
            "Beyond the target, {n} other accounts are each addressed by at least {support} of "
            "these. Of these accounts, {first} address {name}. There are no ordinary accounts to "
            "compare with.",
            len(apart),
            support=SUPPORT,
            first=first,
            name=name,
        )
    theirs = Share(apart[0].theirs, found.others)
    kinds = {found.public[one.key].category for one in apart if one.key in found.public} - {""}
    if len(kinds) > 1 and all(one.key in found.public for one in apart):
        return Text(
            "Beyond the target, these accounts single out {n} public figures of {kinds} categories "
            "in the register. Of these accounts, {first} address {name}, against {theirs} among "
            "ordinary accounts.",
            n=len(apart),
            kinds=len(kinds),
            first=first,
            name=name,
            theirs=theirs,
        )
    return plural(
        "Of these accounts, {first} address {name} beyond the target, against {theirs} among "
        "ordinary accounts.",
        "Beyond the target, these accounts single out {n} other accounts. Of these accounts, "
        "{first} address {name}, against {theirs} among ordinary accounts.",
        len(apart),
        first=first,
        name=name,
        theirs=theirs,
    )


def _measures(
    case: Case,
    found: Addressed,
    ranked: list[Addressee],
    apart: list[Addressee],
    kinds: list[Category],
) -> tuple[Measure, ...]:
    rows = found.rows[found.rows["key"].isin([one.key for one in apart])]
    users = rows.groupby("group")["account_id"].nunique()
    first = rows.loc[rows["group"] == "cohort", "created_at"].min().to_pydatetime()
    return (
        share_measure(
            "top_target",
            Text("Accounts that address {name}", name=labels(found, apart)[0]),
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
        *_templates(case, found, rows),
        *register_measures(found, kinds),
        Measure(
            "singled_out",
            Text("Other accounts singled out"),
            len(apart),
            "count",
            found.size,
        ),
        _count(ranked, found.size),
        *_pairs(found),
        Measure("first", Text("First post that addresses one of them"), first, "date", len(rows)),
        _inside(found),
    )


def _templates(case: Case, found: Addressed, rows: pd.DataFrame) -> tuple[Measure, ...]:
    """Whether the posts at those people share their text, among themselves or with the attack."""
    if "family" not in case.tables.posts:
        return ()
    shared = shared_families(found.posts)
    same = (
        [one.label for one in shared if one.cohort >= 2],
        [one.label for one in shared if one.comparison >= 2],
    )
    attack = case.tables.posts[case.tables.posts["on_target"].astype(bool)]
    struck = tuple(attack.loc[attack["group"] == side, "family"].tolist() for side in _SIDES)
    posts = rows.drop_duplicates("post_id")

    def shares(families: Sequence[Collection[int]]) -> tuple[list[float], list[float]]:
        """Of each account that addresses those people, the share of these posts in a family."""
        mine, theirs = (
            posts.loc[posts["group"] == side, "family"]
            .isin({*labels} - {-1})
            .astype(float)
            .groupby(posts["account_id"])
            .mean()
            .tolist()
            for labels, side in zip(families, _SIDES, strict=True)
        )
        return mine, theirs

    def ends(values: Sequence[float]) -> tuple[float | None, float | None]:
        return mean_interval(values, case.seed)

    return (
        across_accounts(
            "same_template",
            Text("Posts at those people whose text another account of the same side shares"),
            shares(same),
            ends,
        ),
        across_accounts(
            "attack_template",
            Text("Posts at those people in the words used against the target"),
            shares(struck),
            ends,
        ),
    )


def _pairs(found: Addressed) -> tuple[Measure, ...]:
    """How many pairs of accounts address somebody in common."""
    ours, theirs = found.pairs("cohort"), found.pairs("comparison")
    if ours is None:
        return ()
    share, low, high, count = ours
    measure = Measure(
        "shared_by_pairs",
        Text("Pairs of accounts that address somebody in common"),
        share,
        "share",
        count,
        low,
        high,
    )
    if theirs is None:
        return (measure,)
    base, base_low, base_high, base_count = theirs
    return (
        replace(
            measure,
            baseline=base,
            baseline_n=base_count,
            baseline_low=base_low,
            baseline_high=base_high,
        ),
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


def _caveats(found: Addressed, register: Register | None) -> tuple[Text, ...]:
    return some(
        small_sample(found.size),
        no_comparison(found.others),
        Text("To address somebody is not to attack them: the posts have to be read."),
        Text("Famous accounts are addressed by everyone, so the ranking is by how much more."),
        Text("No register of public figures was supplied, so nobody is put into a category.")
        if register is None
        else Text(
            "The register of public figures is the choice of whoever gave it: its categories say "
            "who was looked for, and nobody outside it is named."
        ),
        plural(
            "One row of the register was left aside, because its handle could not be read.",
            "{n} rows of the register were left aside, because their handles could not be read.",
            register.skipped,
        )
        if register and register.skipped
        else None,
    )
