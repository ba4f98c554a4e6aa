"""Does an account insult a name one day and praise it another?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from analyzers.lib.by_account import equally_deep
from analyzers.lib.elsewhere import NO_TIMELINES, elsewhere
from analyzers.lib.measures import (
    Count,
    cited,
    no_comparison,
    share_measure,
    small_sample,
    some,
)
from analyzers.lib.post_cards import only
from analyzers.lib.turnarounds import Said, Turnaround, turnarounds
from analyzers.model.case import Case
from analyzers.model.figure import PostCard, Posts
from analyzers.model.finding import Finding, Measure, Table
from analyzers.model.step import Found, Needs, NotComputable
from analyzers.model.text import AccountRef, Quote, Share, Text, Value, plural

DRAWN = 4
"""Pairs in the chart: a sheet holds six rows, and four are enough to judge the kind."""

LISTED = 20
"""Pairs in the table."""


@dataclass(frozen=True, slots=True)
class Contradictions:
    """Counts accounts that insult and praise one name in different posts, for a human to judge.

    Reads timelines away from the target, the latest posts of each account up to one number, in
    twelve languages that have word lists: insults (from `cuss`, MIT) and scorn against praise,
    within eight words of a mention, a hashtag or a name that at least three posts by two accounts
    hold. Denied words, words in quotation marks, questions and sentences about two names are passed
    over. Measures: `contradicting_accounts` (share of accounts with at least one pair), `pairs`,
    `closest` (hours between the two posts that stand closest). The step only describes: no test,
    and it moves no hypothesis. Without timelines of the cohort it is not computable; a handful of
    accounts gets counts.
    """

    id: ClassVar[str] = "contradictions"
    title: ClassVar[Text] = Text("Insult and praise from one account")
    needs: ClassVar[Needs] = Needs(
        columns=("posts.text",), optional=("posts.normal", "posts.spoken")
    )

    def __call__(self, case: Case, /) -> Found | NotComputable:
        posts = elsewhere(case)
        posts = equally_deep(posts[posts["organic"].astype(bool)])
        read = posts.groupby("group")["account_id"].nunique()
        if not read.get("cohort", 0):
            return NotComputable((NO_TIMELINES,))
        pairs = turnarounds(posts)
        ours = tuple(pair for pair in pairs if pair.group == "cohort")
        counts: list[Count] = [
            (
                len({pair.account for pair in pairs if pair.group == group}),
                int(read.get(group, 0)),
            )
            for group in ("cohort", "comparison")
        ]
        return Found(_finding(ours, len(pairs) - len(ours), counts[0], counts[1]))


def _finding(ours: tuple[Turnaround, ...], theirs: int, share: Count, other: Count) -> Finding:
    return Finding(
        claim=_claim(ours, share, other),
        noteworthy=bool(ours) and share[0] * other[1] >= other[0] * share[1],
        measures=_measures(ours, theirs, share, other),
        evidence=cited(
            Text("Pairs of posts: an insult, then praise of the same name by the same account."),
            (said.post for pair in ours for said in (pair.insult, pair.praise)),
        ),
        figures=(_chart(ours),) if ours else (),
        tables=(_table(ours),) if ours else (),
        caveats=some(
            Text(
                "Words are counted, not understood: sarcasm, quotation and song titles look like "
                "insult or praise. Each pair is shown for a person to judge."
            ),
            small_sample(share[1]),
            no_comparison(other[1]),
            Text(
                "Word lists are short, and cover twelve languages: turns in other words are missed."
            ),
        ),
        alternatives=(
            Text("People change their minds, and praise one work of an artist but not another."),
            Text("Several people may write from one account, such as that of a newsroom."),
        ),
        falsifier=Text(
            "A reader who finds that the pairs are sarcasm, quotations or different matters would "
            "overturn this."
        ),
        describes=True,
    )


def _claim(ours: tuple[Turnaround, ...], share: Count, other: Count) -> Text:
    if not ours:
        return plural(
            "In the timeline of one account, no name is both insulted and praised.",
            "In the timelines of {n} accounts, none both insults and praises one name.",
            share[1],
        )
    name = Quote(ours[0].name)
    if not other[1]:
        return Text(
            "Of these accounts, {ours} insulted a name in one post and praised it in another, "
            "such as {name}.",
            ours=Share(*share),
            name=name,
        )
    return Text(
        "Of these accounts, {ours} insulted a name in one post and praised it in another, "
        "such as {name}; among ordinary accounts, {theirs} did.",
        ours=Share(*share),
        name=name,
        theirs=Share(*other),
    )


def _measures(
    ours: tuple[Turnaround, ...], theirs: int, share: Count, other: Count
) -> tuple[Measure, ...]:
    pairs = Measure(
        "pairs",
        Text("Names that one account insults and praises"),
        len(ours),
        "count",
        share[1],
        baseline=theirs if other[1] else None,
        baseline_n=other[1] or None,
    )
    label = Text("Accounts that insult and praise one name")
    found = (share_measure("contradicting_accounts", label, share, other), pairs)
    if not ours:
        return found
    hours = _apart(ours[0]).total_seconds() / 3600
    closest = Measure("closest", Text("Closest insult and praise"), hours, "hours", len(ours))
    return (*found, closest)


def _apart(pair: Turnaround) -> timedelta:
    return abs(pair.insult.at - pair.praise.at)


def _chart(ours: tuple[Turnaround, ...]) -> Posts:
    rows = tuple((_card(pair, pair.insult), _card(pair, pair.praise)) for pair in ours[:DRAWN])
    return Posts(
        slug="contradictions",
        title=Text(
            "One account insults and praises {name}, {apart} apart",
            name=Quote(ours[0].name),
            apart=_apart(ours[0]),
        ),
        alt=plural(
            "One pair of posts by one account about one name: an insult and praise.",
            "{n} pairs of posts, each by one account about one name: an insult and praise. Those "
            "closest in time are shown.",
            len(rows),
        ),
        note=Text(
            "Left the insult, right the praise. Texts are shown whole only where several accounts "
            "posted them, else the name and the word alone."
        ),
        rows=rows,
    )


def _card(pair: Turnaround, said: Said) -> PostCard:
    shown = said.text if said.shared else only(said.text, {said.word, *pair.name.split()})
    return PostCard(AccountRef(pair.account), said.at, shown, own=said.text)


def _table(ours: tuple[Turnaround, ...]) -> Table:
    rows: list[tuple[Value | None, ...]] = [
        (
            AccountRef(pair.account),
            Quote(pair.name),
            Quote(pair.insult.word),
            pair.insult.at,
            Quote(pair.praise.word),
            pair.praise.at,
        )
        for pair in ours[:LISTED]
    ]
    return Table(
        Text("Names that one account insults and praises"),
        (
            Text("Account"),
            Text("Name"),
            Text("Word of insult"),
            Text("Posted"),
            Text("Word of praise"),
            Text("Posted"),
        ),
        tuple(rows),
    )
