"""Do these accounts post the same texts as one another, beyond the attack?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from analyzers.lib.copies import Copies
from analyzers.lib.elsewhere import NO_TIMELINES
from analyzers.lib.language_mix import share_interval
from analyzers.lib.measures import ALPHA, cited, no_comparison, share_measure, small_sample, some
from analyzers.lib.post_cards import pair_of_model
from analyzers.model.case import NAMES, Case
from analyzers.model.figure import Figure, Heatmap, Posts
from analyzers.model.finding import Evidence, Finding, Measure, Table, Test
from analyzers.model.step import Found, Needs, NotComputable
from analyzers.model.text import AccountRef, Percent, Quote, Text, Value, plural

if TYPE_CHECKING:
    import pandas as pd

LISTED = 8
"""Texts, and pairs of accounts, in the tables."""

SQUARES = 24
"""Accounts in the chart: more squares than that cannot be told apart on a phone."""

_NULL = Text(
    "Posting the same texts has nothing to do with being one of these accounts: any accounts as "
    "numerous, drawn by lot, share as much of what they write with one another."
)


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Measures how much of the cohort's own posts another of its accounts posted almost alike.

    Reads collected timelines: organic posts with words that do not concern the target, on both
    sides the latest of each account up to one number. Families of like posts that go with a link,
    stand in quotation marks or have under seven words count apart, since a page, somebody quoted or
    usage supplies their text; posts without words too. Every account counts once. Ordinary accounts
    are drawn in groups as large as the cohort. The primary test, named beforehand, is the mean
    share of an account's posts that another member shares, by drawing whole accounts. Needs the
    timelines of two accounts of the cohort. `draws` is the number of shuffles.

    Null of the primary test: any accounts as numerous share as much with one another, by drawing
    them by lot from both sides (Pitman 1937, "Significance tests which may be applied to samples
    from any populations", Supplement to the Journal of the Royal Statistical Society 4).
    """

    id: ClassVar[str] = "duplicates"
    title: ClassVar[Text] = Text("Duplicate content")
    needs: ClassVar[Needs] = Needs(
        columns=("posts.text",), optional=("posts.family", "posts.normal", "posts.urls"), cohort=2
    )
    draws: int = 29_999

    def __call__(self, case: Case, /) -> Found | NotComputable:
        copies = Copies.of(case)
        if copies.size < 2:
            return NotComputable((NO_TIMELINES,))
        shared = _shared(copies, self.draws, case.seed)
        return Found(_finding(copies, shared, case.seed))


def _shared(copies: Copies, draws: int, seed: int) -> Measure:
    """The mean share of an account's posts that another member shares, beside ordinary accounts."""
    shares = copies.shares()
    low, high = share_interval(shares, seed)
    usual = copies.ordinary(seed)
    return Measure(
        "shared_posts",
        Text("Share of an account's own posts that another of the group posted too, on average"),
        sum(shares) / len(shares),
        "share",
        len(shares),
        low,
        high,
        baseline=usual[0] if usual else None,
        baseline_n=copies.others or None,
        baseline_low=usual[1] if usual else None,
        baseline_high=usual[2] if usual else None,
        p=copies.p(draws, seed),
    )


def _finding(copies: Copies, shared: Measure, seed: int) -> Finding:
    assert isinstance(shared.value, float)
    test = None if shared.p is None else Test("shared_posts", _NULL, shared.value, shared.p)
    if not copies.families:
        return Finding(
            claim=Text(
                "Beyond the target, no two of these {n} accounts post the same text of their own.",
                n=copies.size,
            ),
            noteworthy=False,
            measures=(shared, *_apart(copies)),
            caveats=_caveats(copies),
            primary=test,
        )
    noteworthy = shared.p is None or shared.p <= ALPHA
    return Finding(
        claim=_claim(shared, noteworthy, len(copies.families)),
        noteworthy=noteworthy,
        measures=(shared, _accounts(copies, seed), _largest(copies), *_apart(copies)),
        evidence=_evidence(copies),
        figures=_figures(copies, shared),
        tables=(_texts(copies), _pairs(copies)),
        caveats=_caveats(copies),
        alternatives=(
            Text("Song lyrics, proverbs and jokes are copied without quotation marks."),
            Text("Franchises, clubs and resellers post texts that one office hands out."),
            Text("A person with two accounts posts the same on both."),
        ),
        falsifier=Text(
            "Ordinary accounts that write in the same languages on the same topics, as many and "
            "read as deep, and that share as much with one another would overturn this."
        ),
        primary=test,
    )


def _claim(shared: Measure, noteworthy: bool, texts: int) -> Text:
    assert isinstance(shared.value, float)
    ours = Percent(shared.value)
    if not isinstance(shared.baseline, float):
        return plural(
            "Beyond the target, one text was posted by several of these accounts: {ours} of what "
            "an account writes, on average. There are no ordinary accounts to compare with.",
            "Beyond the target, {n} texts were posted by several of these accounts each: {ours} of "
            "what an account writes, on average. There are no ordinary accounts to compare with.",
            texts,
            ours=ours,
        )
    theirs = Percent(shared.baseline)
    if not noteworthy:
        return Text(
            "Duplicate content does not set these accounts apart: on average {ours} of what one "
            "writes beyond the target is shared with another, against {theirs} in ordinary groups "
            "of that size.",
            ours=ours,
            theirs=theirs,
        )
    return plural(
        "Beyond the target, {ours} of an account's own posts, on average, were also posted by "
        "another of the group, almost word for word: one text in all. In ordinary groups of that "
        "size, {theirs} were.",
        "Beyond the target, {ours} of an account's own posts, on average, were also posted by "
        "another of the group, almost word for word: {n} texts in all. In ordinary groups of that "
        "size, {theirs} were.",
        texts,
        ours=ours,
        theirs=theirs,
    )


def _accounts(copies: Copies, seed: int) -> Measure:
    usual = copies.ordinary_sharing(seed)
    measure = share_measure(
        "sharing_accounts",
        Text("Accounts with a text that another of the group posted too"),
        (copies.sharing(), copies.size),
    )
    return replace(measure, baseline=usual, baseline_n=copies.others or None)


def _largest(copies: Copies) -> Measure:
    family = copies.families[0]
    return share_measure(
        "largest_text",
        Text("Accounts that posted the most widely shared text"),
        (family.cohort, copies.size),
        (family.comparison, copies.others),
    )


def _apart(copies: Copies) -> tuple[Measure, ...]:
    return (
        share_measure(
            "public_source",
            Text("Posts whose shared text has a public source, counted apart"),
            copies.in_public("cohort"),
            copies.in_public("comparison"),
        ),
        share_measure(
            "wordless",
            Text("Posts of links, mentions or pictures alone, counted apart"),
            copies.wordless.get("cohort", (0, 0)),
            copies.wordless.get("comparison", (0, 0)),
        ),
    )


def _of(copies: Copies, label: int) -> pd.DataFrame:
    posts = copies.posts
    return posts[(posts["family"] == label) & (posts["group"] == "cohort")]


def _evidence(copies: Copies) -> tuple[Evidence, ...]:
    posts = [
        post
        for family in copies.families[:LISTED]
        for post in _of(copies, family.label).drop_duplicates("account_id")["post_id"]
    ]
    return cited(Text("Posts of the most widely shared texts, one per account and text."), posts)


def _figures(copies: Copies, shared: Measure) -> tuple[Figure, ...]:
    from analyzers.lib.alignment import aligned  # loads polars

    assert isinstance(shared.value, float)
    accounts, both = copies.pairs()
    shown = accounts[:SQUARES]
    line, chart = aligned(_of(copies, copies.families[0].label))
    most = int(both.max())
    return (
        Heatmap(
            slug="duplicates",
            title=plural(
                "One text is shared between these accounts beyond the target",
                "{n} texts are shared between these accounts beyond the target",
                len(copies.families),
            ),
            alt=Text(
                "Squares for each pair of {n} accounts, darker the more texts both posted; the "
                "closest pair shares {most}.",
                n=len(shown),
                most=most,
            ),
            accounts=tuple(AccountRef(account) for account in shown),
            values=tuple(
                tuple(int(both[row, column]) for column in range(row)) for row in range(len(shown))
            ),
            value_label=Text("Texts that both accounts posted"),
        ),
        replace(
            chart,
            slug="duplicates_text",
            title=Text(
                "{n} of {total} accounts posted this: {words}",
                n=copies.families[0].cohort,
                total=copies.size,
                words=Quote(line),
            ),
        ),
        _cards(copies),
    )


def _cards(copies: Copies) -> Posts:
    """Two accounts side by side: of the most widely shared text, and of a middling one."""
    from analyzers.lib.alignment import aligned  # loads polars

    places = dict.fromkeys((0, len(copies.families) // 2))
    shown = [_of(copies, copies.families[place].label) for place in places]
    charts = [aligned(posts)[1] for posts in shown]
    rows = tuple(pair_of_model(*both) for both in zip(charts, shown, strict=True))
    return Posts(
        slug="duplicates_posts",
        title=plural("One text, two accounts", "{n} texts, two accounts for each", len(rows)),
        alt=plural(
            "A pair of posts of the most widely shared text: the first of all, and the one in the "
            "middle of their order in time.",
            "{n} pairs of posts: of the most widely shared text and of the one in the middle of "
            "the list; of each, the first post and the one in the middle of their order in time.",
            len(rows),
        ),
        note=charts[0].note,
        rows=rows,
    )


def _texts(copies: Copies) -> Table:
    from analyzers.lib.alignment import aligned  # loads polars

    rows: list[tuple[Value | None, ...]] = []
    for family in copies.families[:LISTED]:
        posts = _of(copies, family.label)
        rows.append(
            (
                Quote(aligned(posts)[0]),
                family.cohort_posts,
                family.cohort,
                family.comparison if copies.others else None,
                posts["created_at"].min().to_pydatetime(),
            )
        )
    return Table(
        Text("The most widely shared texts"),
        (
            Text("Text"),
            Text("Posts by these accounts"),
            NAMES["cohort"],
            NAMES["comparison"],
            Text("First post"),
        ),
        tuple(rows),
    )


def _pairs(copies: Copies) -> Table:
    accounts, both = copies.pairs()
    found = [
        (int(both[row, column]), accounts[column], accounts[row])
        for row in range(len(accounts))
        for column in range(row)
        if both[row, column]
    ]
    closest = sorted(found, key=lambda pair: (-pair[0], pair[1], pair[2]))[:LISTED]
    return Table(
        Text("Pairs of accounts that share most texts"),
        (Text("Account"), Text("Other account"), Text("Texts that both posted")),
        tuple((AccountRef(one), AccountRef(other), count) for count, one, other in closest),
    )


def _caveats(copies: Copies) -> tuple[Text, ...]:
    return some(
        small_sample(copies.size),
        no_comparison(copies.others),
        Text(
            "Texts that go with a link, stand in quotation marks or have under seven words are "
            "left out, because a page, somebody quoted or usage may supply them."
        ),
        Text("Ordinary accounts that write in other languages or on other topics share less."),
    )
