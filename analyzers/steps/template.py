"""Did these accounts post one model of text, with slots, at the target?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from analyzers.lib.bins import bins_over
from analyzers.lib.in_the_open import commonest_hashtag, linking
from analyzers.lib.measures import (
    ALPHA,
    Count,
    cited,
    no_comparison,
    share_measure,
    small_sample,
    some,
)
from analyzers.lib.post_cards import model_cards
from analyzers.lib.shared_text import Family, share_per_account, shared_families
from analyzers.lib.stats import mean_excess, wilson
from analyzers.model.case import NAMES, Case
from analyzers.model.figure import Figure, Series, Timeline
from analyzers.model.finding import Finding, Measure, Table, Test
from analyzers.model.step import Found, Needs, NotComputable
from analyzers.model.text import Percent, PostRef, Quote, Share, Text, Value, plural

if TYPE_CHECKING:
    import pandas as pd

LISTED = 10
"""Families in the table."""

_NULL = Text(
    "How much of an account's writing others share has nothing to do with its being one of these "
    "accounts: as many, drawn by lot, would share as much on average."
)


@dataclass(frozen=True, slots=True)
class Template:
    """Finds the family of like posts that most accounts of the cohort share, and its model.

    Families come from enrichment (near-duplicates of the normal text); those that a public source
    explains are left out. Only organic posts that concern the target count, and each account counts
    once. Measures: `model_accounts` (accounts with a post of the main family), `model_posts` (posts
    of that family), `shared_text` (mean share of an account's posts that fall in a family of at
    least two accounts), `oldest` (first post of the main family, by anyone and about
    anybody), `families`, and, with
    the comparison's posts beside, `model_links` (to a page) and `model_hashtag` (the commonest
    one). The primary test compares `shared_text` by permuting whole accounts; there is none, and
    the finding only describes, when likeness of text is what selected the cohort. Without posts
    about the target, or without a cohort, the step is not computable; a handful of accounts gets
    counts. `draws` is the number of shuffles.

    Null of the primary test: how much of an account's writing others share does not depend on its
    side, by permuting whole accounts (Pitman 1937, "Significance tests which may be applied to
    samples from any populations", Supplement to the Journal of the Royal Statistical Society 4).
    """

    id: ClassVar[str] = "template"
    title: ClassVar[Text] = Text("One model of text")
    needs: ClassVar[Needs] = Needs(
        columns=("posts.text",),
        optional=("posts.family", "posts.urls", "posts.hashtags", "posts.client"),
        signals=("template",),
    )
    draws: int = 99_999

    def __call__(self, case: Case, /) -> Found | NotComputable:
        posts = case.tables.posts
        posts = posts[posts["on_target"] & posts["text"].notna()]
        if not (posts["group"] == "cohort").any():
            return NotComputable((Text("Posts by these accounts about the target, with text."),))
        families = shared_families(posts, {source.family for source in case.explained})
        ours = share_per_account(posts, families, "cohort")
        theirs = share_per_account(posts, families, "comparison")
        p = None
        if theirs and not case.selected_by("template"):
            p = mean_excess(ours, theirs, self.draws, case.seed)
        shared = _shared_measure(ours, theirs, p)
        if not families or families[0].cohort < 2:
            return Found(_nothing(case, len(ours), len(theirs), shared))
        return Found(_found(case, posts, families, shared))


def _shared_measure(ours: list[float], theirs: list[float], p: float | None) -> Measure:
    low, high = wilson(sum(ours), len(ours))
    base_low, base_high = wilson(sum(theirs), len(theirs)) if theirs else (None, None)
    return Measure(
        "shared_text",
        Text("Posts whose text others posted too, average per account"),
        sum(ours) / len(ours),
        "share",
        len(ours),
        low,
        high,
        baseline=sum(theirs) / len(theirs) if theirs else None,
        baseline_n=len(theirs) or None,
        baseline_low=base_low,
        baseline_high=base_high,
        p=p,
    )


def _nothing(case: Case, ours: int, theirs: int, shared: Measure) -> Finding:
    return Finding(
        claim=plural(
            "Only one of these accounts posted about the target, and its texts are its own.",
            "No two of the {n} accounts that posted about the target share a text.",
            ours,
        ),
        noteworthy=False,
        measures=(shared,),
        caveats=some(_PARAPHRASE, small_sample(ours), no_comparison(theirs), _explained(case)),
        primary=_test(case, shared),
        describes=case.selected_by("template"),
    )


def _test(case: Case, shared: Measure) -> Test | None:
    if shared.p is None or not isinstance(shared.value, float):
        return None
    return Test("shared_text", _NULL, shared.value, shared.p)


def _found(
    case: Case, posts: pd.DataFrame, families: tuple[Family, ...], shared: Measure
) -> Finding:
    from analyzers.lib.alignment import aligned  # loads polars

    family = families[0]
    members = posts[posts["family"] == family.label]
    in_ours = members[members["group"] == "cohort"]
    first = _oldest(case, family)
    authors = posts.groupby("group")["account_id"].nunique()
    ours = (family.cohort, int(authors["cohort"]))
    theirs = (family.comparison, int(authors.get("comparison", 0)))
    line, chart = aligned(in_ours)
    words = Quote(line)
    noteworthy = shared.p is None or shared.p <= ALPHA
    return Finding(
        claim=_claim(ours, theirs, words) if noteworthy else _as_others(shared),
        noteworthy=noteworthy,
        measures=(
            *_measures(ours, theirs, members, families, shared, first),
            *_in_the_open(in_ours, posts[posts["group"] == "comparison"]),
        ),
        evidence=cited(Text("Posts of this model by these accounts."), in_ours["post_id"]),
        figures=(chart, *_over_time(members), *model_cards(chart, in_ours, family.cohort)),
        tables=(_table(posts, families),),
        caveats=some(
            _elsewhere(first),
            _PARAPHRASE,
            small_sample(ours[1]),
            no_comparison(theirs[1]),
            _explained(case),
        ),
        alternatives=_ALTERNATIVES,
        falsifier=Text(
            "An older public text of the same model, such as a petition, a share button or a song, "
            "that these accounts could all have copied would overturn this."
        ),
        primary=_test(case, shared),
        describes=case.selected_by("template"),
    )


def _claim(ours: Count, theirs: Count, words: Quote) -> Text:
    if not theirs[1]:
        return Text(
            "Of these accounts, {ours} posted the same model of text at the target: {words}",
            ours=Share(*ours),
            words=words,
        )
    return Text(
        "Of these accounts, {ours} posted the same model of text at the target, against {theirs} "
        "among ordinary accounts: {words}",
        ours=Share(*ours),
        theirs=Share(*theirs),
        words=words,
    )


def _as_others(shared: Measure) -> Text:
    assert isinstance(shared.value, float)
    assert isinstance(shared.baseline, float)
    return Text(
        "Like texts do not set these accounts apart: on average, others also posted {ours} of what "
        "one of them wrote about the target, against {theirs} for ordinary accounts.",
        ours=Percent(shared.value),
        theirs=Percent(shared.baseline),
    )


def _measures(
    ours: Count,
    theirs: Count,
    members: pd.DataFrame,
    families: tuple[Family, ...],
    shared: Measure,
    first: pd.Series[Any],
) -> tuple[Measure, ...]:
    family = families[0]
    with_cohort = sum(one.cohort >= 2 for one in families)
    return (
        share_measure("model_accounts", Text("Accounts that posted the model"), ours, theirs),
        Measure(
            "model_posts",
            Text("Posts of the model"),
            family.cohort_posts,
            "count",
            ours[1],
            baseline=int((members["group"] == "comparison").sum()) if theirs[1] else None,
            baseline_n=theirs[1] or None,
        ),
        shared,
        Measure(
            "oldest",
            Text("Oldest post of the model in the data"),
            first["created_at"].to_pydatetime(),
            "date",
            family.posts,
        ),
        Measure(
            "families",
            Text("Models that at least two of these accounts share"),
            with_cohort,
            "count",
            ours[1],
        ),
    )


def _in_the_open(model: pd.DataFrame, others: pd.DataFrame) -> tuple[Measure, ...]:
    """How many posts of the model lead to a page, or gather under one hashtag, as open calls do."""
    found = []
    if "urls" in model:
        name = Text("Posts of the model with a link to a page")
        linked = [linking(posts["urls"]) for posts in (model, others)]
        found.append(share_measure("model_links", name, linked[0], linked[1]))
    if "hashtags" in model:
        name = Text("Posts of the model under their commonest hashtag")
        tagged = [commonest_hashtag(posts["hashtags"]) for posts in (model, others)]
        found.append(share_measure("model_hashtag", name, tagged[0], tagged[1]))
    return tuple(found)


def _over_time(members: pd.DataFrame) -> tuple[Figure, ...]:
    bins = bins_over(members["created_at"])
    if bins is None:
        return ()
    ours = members["group"] == "cohort"
    first, last = (members["created_at"].agg(end).date() for end in ("min", "max"))
    others = Series(Text("All others"), "comparison", bins.counts(members.loc[~ours, "created_at"]))
    series = Series(NAMES["cohort"], "cohort", bins.counts(members.loc[ours, "created_at"]))
    return (
        Timeline(
            slug="template_timeline",
            title=Text(
                "The model was posted from {first} to {last}",
                first=first,
                last=last,
            ),
            alt=Text(
                "Number of posts of the model over time: {ours} by these accounts, {others} by all "
                "others.",
                ours=int(ours.sum()),
                others=int((~ours).sum()),
            ),
            start=bins.start,
            bin_seconds=bins.width.total_seconds(),
            series=(series, others) if sum(others.counts) else (series,),
            y_label=Text("Posts"),
            x_label=Text("Time (UTC)"),
        ),
    )


def _table(posts: pd.DataFrame, families: tuple[Family, ...]) -> Table:
    rows: list[tuple[Value | None, ...]] = []
    listed = [family for family in families if family.cohort >= 2][:LISTED]
    for number, family in enumerate(listed, start=1):
        members = posts[posts["family"] == family.label]
        rows.append(
            (
                number,
                family.cohort_posts,
                family.cohort,
                family.comparison,
                family.accounts - family.cohort - family.comparison,
                members["created_at"].min().to_pydatetime(),
            )
        )
    return Table(
        Text("Models that at least two of these accounts share"),
        (
            Text("Model"),
            Text("Posts by these accounts"),
            NAMES["cohort"],
            NAMES["comparison"],
            Text("Other accounts"),
            Text("Oldest post"),
        ),
        tuple(rows),
    )


def _oldest(case: Case, family: Family) -> pd.Series[Any]:
    """The first post of a family in all that was read, whether it concerns the target or not."""
    posts = case.tables.posts
    alike = posts[(posts["family"] == family.label) & posts["organic"].astype(bool)]
    return alike.sort_values(["created_at", "post_id"]).iloc[0]


def _elsewhere(first: pd.Series[Any]) -> Text | None:
    """The doubt when someone outside the cohort posted the model first, who may be its source."""
    if first["group"] == "cohort":
        return None
    return Text(
        "The oldest post of the model in the data ({post}, {at}) is by another account: it may be "
        "what these accounts copied.",
        post=PostRef(str(first["post_id"])),
        at=first["created_at"].to_pydatetime(),
    )


def _explained(case: Case) -> Text | None:
    if not case.explained:
        return None
    return plural(
        "One other family of like posts has a public source and was left out.",
        "{n} other families of like posts have a public source and were left out.",
        len(case.explained),
    )


_PARAPHRASE = Text(
    "Only close likeness of words is seen: a model put in other words would be missed, and a "
    "common phrase may look like one."
)
_ALTERNATIVES = (
    Text("People copy a text that they like, sign a petition or press a share button."),
    Text("Song lyrics, quotations and headlines make many people post the same words."),
)
