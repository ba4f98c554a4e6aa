"""What was collected, what is missing, and what that lets anyone say?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from analyzers.lib.bins import bins_over
from analyzers.lib.measures import Count, share_measure, some
from analyzers.model.case import NAMES, Case
from analyzers.model.dataset import TABLES, Dataset
from analyzers.model.figure import Series, Timeline
from analyzers.model.finding import Finding, Measure, Table
from analyzers.model.step import Found, Needs, NotComputable
from analyzers.model.text import Code, Percent, Share, Text, Value, plural

if TYPE_CHECKING:
    import pandas as pd

TRUNCATED = r"…\s*https?://t\.co/\w+\s*$"
"""How Twitter's compatibility mode ends a text that it cut at 140 characters: an ellipsis, a space
and a link to the post itself (tweepy's documentation, "Extended tweets")."""

_IMPLIED = {"post_id", "account_id", "kind", "route"}  # every post has them, by construction

_NAMES: dict[str, Text] = {
    "posts.text": Text("the texts of posts"),
    "posts.language": Text("the platform's language labels"),
    "posts.client": Text("what posts were sent from"),
    "posts.mentions": Text("whom posts mention"),
    "accounts.created_at": Text("when accounts were created"),
    "accounts.profile_language": Text("interface languages"),
    "accounts.followers": Text("numbers of followers"),
    "follows": Text("who follows whom"),
    "statuses": Text("status checks"),
}
"""What steps read and an export may lack, as a reader calls it."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Says what the data holds before anything is concluded from it; it tests nothing.

    Works with an empty cohort, with any number of accounts, and for every kind of target.
    Measures: `posts`, `accounts`, `on_target` (organic posts that concern the target), then
    `skipped` (share of rows that could not be used), `truncated` (share of organic posts cut at 140
    characters), `cohort_timelines` (cohort accounts whose timelines were collected). Tables:
    sources, skipped rows, fields of posts and of accounts, routes. Without any post the step is not
    computable.
    """

    id: ClassVar[str] = "coverage"
    title: ClassVar[Text] = Text("What was collected")
    needs: ClassVar[Needs] = Needs(optional=("posts.text",), cohort=0)

    def __call__(self, case: Case, /) -> Found | NotComputable:
        dataset, posts = case.dataset, case.tables.posts
        if not dataset.count("posts") or dataset.first is None or dataset.last is None:
            return NotComputable((Text("Posts: the data holds none."),))
        on_target = posts[posts["on_target"]]
        return Found(
            Finding(
                claim=_claim(case, dataset.first, dataset.last, on_target),
                noteworthy=True,
                measures=_measures(case, posts, on_target),
                figures=_density(case, on_target),
                tables=_tables(dataset, posts),
                caveats=(*_limits(case, posts), *_ORDINARY),
                falsifier=Text(
                    "Another collection of the same days that holds posts or accounts which are "
                    "missing here could change every finding below."
                ),
                describes=True,
            )
        )


def _claim(case: Case, first: datetime, last: datetime, on_target: pd.DataFrame) -> Text:
    dataset = case.dataset
    if dataset.authors == 1:
        return Text(
            "All {posts} posts are by one account, from {first} to {last}: coordination cannot be "
            "studied in this data.",
            posts=dataset.count("posts"),
            first=first.date(),
            last=last.date(),
        )
    if not case.targets:
        return Text(
            "The data holds {posts} posts by {accounts} accounts from {first} to {last}; no target "
            "was named.",
            posts=dataset.count("posts"),
            accounts=dataset.authors,
            first=first.date(),
            last=last.date(),
        )
    return Text(
        "The data holds {posts} posts by {accounts} accounts from {first} to {last}. Original "
        "posts about the target: {on_target}, by {authors} accounts.",
        posts=dataset.count("posts"),
        accounts=dataset.authors,
        first=first.date(),
        last=last.date(),
        on_target=len(on_target),
        authors=int(on_target["account_id"].nunique()),
    )


def _measures(case: Case, posts: pd.DataFrame, on_target: pd.DataFrame) -> tuple[Measure, ...]:
    dataset = case.dataset
    count = dataset.count("posts")
    found = [
        Measure("posts", Text("Posts"), count, "count", count),
        Measure("accounts", Text("Accounts that posted"), dataset.authors, "count", count),
        Measure("on_target", _read(case), len(on_target), "count", count),
    ]
    rows = sum(source.rows for source in dataset.sources)
    if rows:
        skipped = rows - sum(source.used for source in dataset.sources)
        found.append(share_measure("skipped", Text("Rows that could not be used"), (skipped, rows)))
    truncated = _truncated(posts)
    if truncated[1]:
        label = Text("Texts cut off at 140 characters")
        found.append(share_measure("truncated", label, truncated))
    if len(case.cohort):
        found.append(
            share_measure(
                "cohort_timelines",
                Text("Accounts whose timelines were collected"),
                (len(case.timelines & set(case.cohort.accounts)), len(case.cohort)),
                (len(case.comparison.timelines), len(case.comparison)),
            )
        )
    return tuple(found)


def _read(case: Case) -> Text:
    return Text("Original posts about the target") if case.targets else Text("Original posts")


def _truncated(posts: pd.DataFrame) -> Count:
    if "text" not in posts:
        return (0, 0)
    texts = posts.loc[posts["organic"].astype(bool) & posts["text"].notna(), "text"]
    return int(texts.str.contains(TRUNCATED, regex=True).sum()), len(texts)


def _tables(dataset: Dataset, posts: pd.DataFrame) -> tuple[Table, ...]:
    sources: list[tuple[Value | None, ...]] = []
    skipped: list[tuple[Value | None, ...]] = []
    for source in dataset.sources:
        zone = source.time_zone
        sources.append(
            (
                Code(source.name),
                Code(source.format),
                source.rows,
                source.used,
                Code(zone.assumed) if zone else None,
                zone.evidence if zone else None,
            )
        )
        skipped += [
            (Code(source.name), part.reason, part.count, part.first_line) for part in source.skipped
        ]
    return (
        Table(
            Text("Sources"),
            (
                Text("File"),
                Text("Format"),
                Text("Rows"),
                Text("Used"),
                Text("Time zone"),
                Text("What speaks for it"),
            ),
            tuple(sources),
        ),
        Table(
            Text("Rows that could not be used"),
            (Text("File"), Text("Reason"), Text("Rows"), Text("First line")),
            tuple(skipped),
        ),
        Table(
            Text("Fields of the posts"),
            (Text("Field"), Text("Posts that have it")),
            tuple(
                (Code(name), Percent(dataset.share(f"posts.{name}")))
                for name in TABLES["posts"]
                if name not in _IMPLIED
            ),
        ),
        Table(
            Text("Fields of the accounts"),
            (Text("Field"), Text("Accounts that have it")),
            tuple(
                (Code(name), Percent(dataset.share(f"accounts.{name}")))
                for name in TABLES["accounts"]
                if name != "account_id"
            )
            if dataset.count("accounts")
            else (),
        ),
        Table(
            Text("How the posts that are read here came in"),
            (Text("Route"), Text("Posts")),
            tuple(
                (_ROUTES[route], int(count))
                for route, count in posts["route"].value_counts().sort_index().items()
                if route in _ROUTES
            ),
        ),
    )


def _density(case: Case, on_target: pd.DataFrame) -> tuple[Timeline, ...]:
    """Original posts about the target over time, by the cohort and by all others."""
    bins = bins_over(on_target["created_at"])
    if bins is None:
        return ()
    first, last = (on_target["created_at"].agg(end).date() for end in ("min", "max"))
    ours = on_target["group"] == "cohort"
    cohort = Series(
        NAMES["cohort"],
        "cohort",
        bins.counts(on_target.loc[ours, "created_at"]),
    )
    others = Series(
        Text("All others"),
        "comparison",
        bins.counts(on_target.loc[~ours, "created_at"]),
    )
    return (
        Timeline(
            slug="coverage",
            title=(
                Text("Posts about the target from {first} to {last}", first=first, last=last)
                if case.targets
                else Text("Posts from {first} to {last}", first=first, last=last)
            ),
            alt=_described(case, int(ours.sum()), int((~ours).sum())),
            start=bins.start,
            bin_seconds=bins.width.total_seconds(),
            series=tuple(one for one in (cohort, others) if sum(one.counts)),
            y_label=Text("Posts"),
            x_label=Text("Time (UTC)"),
        ),
    )


def _described(case: Case, ours: int, others: int) -> Text:
    what = _read(case)
    if not case.cohort.members:
        return Text("{what} over time: {posts} in all.", what=what, posts=others)
    return Text(
        "{what} over time: {ours} by these accounts, {others} by all others.",
        what=what,
        ours=ours,
        others=others,
    )


def _limits(case: Case, posts: pd.DataFrame) -> tuple[Text, ...]:
    """What this very collection lacks, most limiting first."""
    dataset = case.dataset
    cut = _truncated(posts)
    return some(
        _missing(dataset),
        Text("With one account only, there is nobody to compare or to act together with.")
        if dataset.authors == 1
        else None,
        _borderline(case),
        _comparison(case),
        _timelines(case),
        Text(
            "{share} of the texts read here were cut off at 140 characters by the export.",
            share=Share(*cut),
        )
        if cut[0]
        else None,
        *(note for source in dataset.sources for note in source.notes),
    )


def _borderline(case: Case) -> Text | None:
    if not case.borderline:
        return None
    if not len(case.cohort):
        return plural(
            "One account shares a text with others that may or may not have a public source.",
            "{n} accounts share texts that may or may not have a public source.",
            len(case.borderline),
        )
    return plural(
        "One account shares a text with others that may or may not have a public source: it "
        "stands in neither group.",
        "{n} accounts share texts that may or may not have a public source: they stand in neither "
        "group.",
        len(case.borderline),
    )


def _comparison(case: Case) -> Text | None:
    if not len(case.cohort):
        return None
    if not len(case.comparison):
        return Text("No ordinary accounts were collected to compare with.")
    return case.comparison.how or plural(
        "The comparison is one ordinary account that wrote about the target.",
        "The comparison is {n} ordinary accounts that wrote about the target.",
        len(case.comparison),
    )


def _timelines(case: Case) -> Text | None:
    if not case.timelines:
        return Text(
            "No timelines were collected: what the accounts did besides these posts is unknown."
        )
    if case.dataset.count("collected"):
        return plural(
            "The collection says that the timeline of one account was collected.",
            "The collection says that the timelines of {n} accounts were collected.",
            len(case.timelines),
        )
    return plural(
        "One account seems to have its timeline in the data; the collection does not say so, the "
        "number of its other posts does.",
        "{n} accounts seem to have their timelines in the data; the collection does not say so, "
        "the number of their other posts does.",
        len(case.timelines),
    )


def _missing(dataset: Dataset) -> Text:
    """Which fields nothing has, and in which time zone times are shown: one line for a phone."""
    absent = tuple(
        name
        for field, name in _NAMES.items()
        if not (dataset.has(field) if "." in field else dataset.count(field))
    )
    zone = _time_zone(dataset)
    if not absent:
        return Text("Every field that the steps read is there, at least in part. {zone}", zone=zone)
    return Text("Missing from this data: {fields}. {zone}", fields=absent, zone=zone)


def _time_zone(dataset: Dataset) -> Text:
    zones = {source.time_zone for source in dataset.sources if source.time_zone}
    if len(zones) == 1:
        return Text("Times are in UTC. {evidence}", evidence=zones.pop().evidence)
    return Text("Times are in UTC; the table of sources says how they were read.")


_ROUTES = {
    "query": Text("found by the search"),
    "timeline": Text("from an account's own timeline"),
}
_ORDINARY = (
    Text("A collection by keyword sees only the posts that matched."),
    Text("Limits of a platform's interface make an account's first post seen look like its first."),
    Text("Posts that were deleted before the collection are missing."),
)
