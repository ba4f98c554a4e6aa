"""The proposal: cohorts with their members and tie, and the comparison, all from one dataset."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from analyzers.cohort.acquaintance import Links, acquainted, links
from analyzers.cohort.coaction import acting_alike
from analyzers.cohort.comparison import Sides, collected_timelines, compare
from analyzers.cohort.fusion import fused
from analyzers.cohort.marks import marked
from analyzers.cohort.material import COLUMNS, Surroundings, families_of, prepared, surroundings
from analyzers.cohort.members import cohort_of_group
from analyzers.cohort.named import NamedCohort, cohort_of
from analyzers.cohort.null import weighed
from analyzers.cohort.reordered import regrouped
from analyzers.cohort.template import FEWEST, Found, search
from analyzers.cohort.unknown_target import refuse_unknown, target_keys
from analyzers.lib import scope
from analyzers.model.case import (
    TIE_DRAWS,
    Cohort,
    Comparison,
    Explained,
    Proposal,
    Window,
)
from analyzers.model.dataset import Dataset
from analyzers.model.target import Hashtag, Target
from analyzers.model.text import Text, plural
from analyzers.tables import load

_ALWAYS = Window()

MOST_EXPLAINED = 20
"""Explained families kept, largest first: the report shows a few, the rest are rarer still."""


def propose(
    dataset: Dataset,
    targets: tuple[Target, ...],
    window: Window,
    named: NamedCohort | None,
    seed: int,
    draws: int = TIE_DRAWS,
) -> Proposal:
    """Do what `analyzers.cohort.propose_cohort` promises.

    Posts at the target fall into families of like text; a public source explains some; the rest tie
    their accounts into groups. The tie of each group is tested against texts that were shuffled.
    Groups that know one another become one cohort, with those whom it knows as its own, and those
    who act like its members; others who act alike are a cohort of their own. Everybody else is the
    comparison.
    """
    sought = seek(dataset, targets, window, seed)
    posts = sought.posts
    aimed = posts.filter(pl.col("on_target"))
    judged, ties = weighed(sought.found, aimed, sought.around, seed, draws)
    cohorts = [
        cohort_of_group(group, aimed, tie, seed)
        for group, tie in zip(judged.groups, ties, strict=True)
    ]
    if cohorts:
        cohorts = acquainted(cohorts, _links(dataset, sought))
    cohorts = fused(cohorts, acting_alike(posts, sought.keys, _read(judged), seed))
    unknown = 0
    apart: frozenset[str] = frozenset()
    if named is not None:
        chosen, unknown = cohort_of(named, _known(dataset, posts))
        # whom the data ties to others is not ordinary because a person did not name them
        tied = {account for cohort in cohorts for account in cohort.accounts}
        apart = frozenset((*tied, *chosen.left_out))
        cohorts = [chosen, *_without(cohorts, chosen)]
    return _proposal(dataset, posts, cohorts, judged, sought.keys, apart, unknown, seed)


@dataclass(frozen=True)
class Sought:
    """Where the search stands before chance is weighed.

    `posts` have, beyond the columns read, `about` (in scope, in the window, by another) and
    `on_target` (organic besides). `keys` are the ids and names of the targets.
    """

    posts: pl.DataFrame
    around: Surroundings
    found: Found
    keys: frozenset[str]


def seek(
    dataset: Dataset, targets: tuple[Target, ...], window: Window = _ALWAYS, seed: int = 0
) -> Sought:
    """Gather the posts at the targets, and sort their families by what explains them."""
    posts = load(dataset, "posts", dict.fromkeys((*scope.COLUMNS, *COLUMNS)))
    refuse_unknown(dataset, posts, targets)
    keys = target_keys(dataset, targets)
    posts = prepared(posts.with_columns(scope.about(posts, targets, keys, window)))
    posts = posts.with_columns(on_target=pl.col("about") & pl.col("organic").fill_null(False))
    tags = frozenset(target.tag.lower() for target in targets if isinstance(target, Hashtag))
    posts = regrouped(posts)
    around = surroundings(posts, keys, tags)
    return Sought(posts, around, search(families_of(posts), around, seed), keys)


def _proposal(
    dataset: Dataset,
    posts: pl.DataFrame,
    cohorts: list[Cohort],
    found: Found,
    keys: frozenset[str],
    apart: frozenset[str],
    unknown: int,
    seed: int,
) -> Proposal:
    members = {account for cohort in cohorts for account in cohort.accounts}
    tied = {account for group in found.groups for account in group.accounts}
    paired = {account for family in found.pairs for account in family.accounts}
    borderline = (found.doubtful | paired | tied | apart) - members
    authors = posts["account_id"].unique().to_list()
    timelines = collected_timelines(posts, load(dataset, "collected"), authors)
    first = cohorts[0].accounts if cohorts else ()
    about = posts.filter(pl.col("about"))
    comparison = compare(
        about,
        Sides(first, frozenset((members | borderline | keys) - set(first))),
        timelines,
        seed,
    )
    if unknown:
        comparison = replace(comparison, how=_with_unknown(comparison, unknown))
    return Proposal(
        cohorts=tuple(marked(cohorts, comparison.accounts, about, dataset)),
        comparison=comparison,
        borderline=tuple(sorted(borderline)),
        explained=_explained(found),
        timelines=timelines & (members | set(comparison.accounts)),
    )


def _read(found: Found) -> frozenset[int]:
    """The families that tied their accounts, or that a public source explains."""
    tied = (family.label for group in found.groups for family in group.families)
    return frozenset((*tied, *(family.label for family, _ in found.explained)))


def _links(dataset: Dataset, sought: Sought) -> Links:
    follows = load(dataset, "follows", ["follower", "followed"])
    accounts = load(dataset, "accounts", ["account_id", "handle"])
    return links(sought.posts, follows, accounts, sought.keys)


def _without(cohorts: list[Cohort], chosen: Cohort) -> list[Cohort]:
    """The cohorts that the data proposes, less the accounts that a person already named."""
    taken = set(chosen.accounts)
    rest = [
        replace(
            cohort,
            members=tuple(member for member in cohort.members if member.account_id not in taken),
        )
        for cohort in cohorts
    ]
    return [cohort for cohort in rest if len(cohort) >= FEWEST]


def _known(dataset: Dataset, posts: pl.DataFrame) -> pl.DataFrame:
    accounts = load(dataset, "accounts", ["account_id", "handle"])
    return posts.select(pl.col("account_id").unique()).join(
        accounts, on="account_id", how="full", coalesce=True
    )


def _explained(found: Found) -> tuple[Explained, ...]:
    largest = sorted(
        found.explained, key=lambda each: (-len(each[0].accounts), each[0].pieces[0].post_id)
    )
    return tuple(
        Explained(family.label, len(family.pieces), len(family.accounts), source)
        for family, source in largest[:MOST_EXPLAINED]
    )


def _with_unknown(comparison: Comparison, unknown: int) -> Text:
    assert comparison.how is not None
    return plural(
        "{how} One account of the list is not in this data.",
        "{how} {n} accounts of the list are not in this data.",
        unknown,
        how=comparison.how,
    )
