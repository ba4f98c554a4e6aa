"""At what rhythm do these accounts post: at fixed gaps, without nights, by the clock?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import ClassVar

from analyzers.lib.cadence_charts import histogram, raster
from analyzers.lib.day_rhythm import whole_minutes
from analyzers.lib.elsewhere import NO_TIMELINES, elsewhere
from analyzers.lib.language_mix import share_interval
from analyzers.lib.measures import (
    ALPHA,
    EVIDENCE,
    Count,
    across_accounts,
    cited,
    no_comparison,
    share_measure,
    small_sample,
    some,
)
from analyzers.lib.posting_habits import (
    FEWEST,
    NIGHTLY,
    Habits,
    at_one_minute,
    at_one_second,
    habits,
    in_stretches,
    mixed,
    sleepless,
    with_run,
)
from analyzers.lib.stats import excess
from analyzers.lib.stats.medians import median_interval
from analyzers.model.case import NAMES, Case
from analyzers.model.finding import Evidence, Finding, Measure, Table, Test
from analyzers.model.step import Found, Needs, NotComputable
from analyzers.model.text import AccountRef, Share, Text, Value, plural

SEVERAL = 2
"""Without a comparison, one account with a scheduler is no pattern of the cohort."""

LISTED = 20
"""Accounts in the table of rhythms."""

_NULL = Text(
    "Keeping a fixed gap has nothing to do with being one of these accounts: any accounts as "
    "numerous, drawn by lot, would as often have such a run."
)


@dataclass(frozen=True, slots=True)
class Cadence:
    """Looks in each account's own posts for stretches that keep time as a machine does.

    Reads timelines without the posts about the target or those that selected the cohort, and runs
    the same search on ordinary accounts; each account with at least twenty own posts counts once.
    A run is `run_posts` successive posts whose gaps all lie within 5 % or two seconds of one value
    (`analyzers.lib.runs`); threads (replies to oneself) do not count. Measures: `regular_runs` (the
    primary test, named beforehand: Fisher's exact, too many of the cohort), `mixed_rhythm` (a run,
    and elsewhere gaps as irregular as people's), `no_night` (no pause of `night_hours` in the day,
    accounts of a hundred posts up), `run_gap_minutes`, `posts_in_runs`, `one_second` and
    `one_minute` (Rayleigh's test per account at 1 %; the posts of a run count once), `in_stretches`
    (the runs test per account at 1 %: people who post in bursts have such stretches too) and
    `gap_spread` (standard deviation of the logarithm of the gaps, median over accounts).

    Null of the primary test: accounts with a run are spread over both sides as if by lot (Fisher
    1935, "The logic of inductive inference", Journal of the Royal Statistical Society 98).

    Not computable without timelines or twenty own posts by any account. Where times were written
    without seconds, runs need gaps of ten minutes and `one_second` is left out, which is said. A
    handful of accounts gets counts.
    """

    run_posts: int = 8
    night_hours: int = 4

    id: ClassVar[str] = "cadence"
    title: ClassVar[Text] = Text("At what rhythm they post")
    needs: ClassVar[Needs] = Needs(
        columns=("posts.created_at",), optional=("posts.reply_to_account",)
    )

    def __call__(self, case: Case, /) -> Found | NotComputable:
        posts = elsewhere(case)
        coarse = whole_minutes(posts["at"].to_numpy())
        ours, theirs = (
            habits(posts[posts["group"] == group], self.run_posts, coarse) for group in NAMES
        )
        if not ours:
            return NotComputable(
                (
                    NO_TIMELINES,
                    Text("At least {n} own posts by one account, with their times.", n=FEWEST),
                )
            )
        return Found(self._finding(ours, theirs, coarse))

    def _finding(self, ours: list[Habits], theirs: list[Habits], coarse: bool) -> Finding:
        share, other = with_run(ours), with_run(theirs)
        p = excess(*share, *other) if theirs else None
        gap = _usual_gap(ours)
        return Finding(
            claim=self._claim(ours, theirs, gap),
            noteworthy=p <= ALPHA if p is not None else share[0] >= SEVERAL,
            measures=self._measures(ours, theirs, p, coarse),
            evidence=_evidence(ours, self.run_posts),
            figures=(raster(ours, self.run_posts), histogram(ours, theirs, gap)),
            tables=(_table(ours),),
            caveats=_caveats(ours, theirs, coarse),
            alternatives=(
                Text(
                    "Schedulers and sharing tools post at fixed gaps for newspapers, shops and "
                    "campaigns, openly."
                ),
                Text("People post threads and clear a backlog in quick succession."),
                Text("Shift workers, travellers and shared accounts have no common night."),
            ),
            falsifier=Text(
                "Ordinary accounts, read over the same dates and depth, that as often post {posts} "
                "times in a row at one fixed gap would overturn this.",
                posts=self.run_posts,
            ),
            primary=None if p is None else Test("regular_runs", _NULL, share[0], p),
        )

    def _claim(self, ours: list[Habits], theirs: list[Habits], gap: timedelta | None) -> Text:
        irregular = mixed(ours)[0]
        rest = (
            plural(
                "{n} of them posts irregularly, as people do, the rest of the time.",
                "{n} of them post irregularly, as people do, the rest of the time.",
                irregular,
            )
            if irregular
            else Text("None of them is seen to post irregularly, as people do, beside that.")
        )
        if not theirs:
            found = self._alone(with_run(ours), gap)
        else:
            found = self._compared(with_run(ours), with_run(theirs), gap)
        return found if gap is None else Text("{found} {rest}", found=found, rest=rest)

    def _alone(self, share: Count, gap: timedelta | None) -> Text:
        if gap is None:
            return Text(
                "None of {n} accounts posted {posts} times in a row at one fixed gap.",
                n=share[1],
                posts=self.run_posts,
            )
        return Text(
            "Of these accounts, {share} posted at least {posts} times in a row at one fixed gap, "
            "most often {gap}. There are no ordinary accounts to compare with.",
            share=Share(*share),
            posts=self.run_posts,
            gap=gap,
        )

    def _compared(self, share: Count, other: Count, gap: timedelta | None) -> Text:
        if gap is None:
            return Text(
                "None of {n} accounts posted {posts} times in a row at one fixed gap, against "
                "{theirs} among ordinary accounts.",
                n=share[1],
                posts=self.run_posts,
                theirs=Share(*other),
            )
        return Text(
            "Of these accounts, {share} posted at least {posts} times in a row at one fixed gap, "
            "most often {gap}, against {theirs} among ordinary accounts.",
            share=Share(*share),
            posts=self.run_posts,
            gap=gap,
            theirs=Share(*other),
        )

    def _measures(
        self, ours: list[Habits], theirs: list[Habits], p: float | None, coarse: bool
    ) -> tuple[Measure, ...]:
        hours = self.night_hours
        night, other_night = sleepless(ours, hours), sleepless(theirs, hours)
        shares = [
            share_measure(
                "regular_runs",
                Text("Posted {posts} times in a row at one fixed gap", posts=self.run_posts),
                with_run(ours),
                with_run(theirs),
                p,
            ),
            share_measure(
                "mixed_rhythm",
                Text("Such a run, and irregular posts beside it"),
                mixed(ours),
                mixed(theirs),
            ),
        ]
        if night[1]:
            label = Text("No quiet stretch of {hours} hours in the day", hours=hours)
            shares.append(share_measure("no_night", label, night, other_night))
        shares += [_gaps(ours, theirs), _in_runs(ours, theirs)]
        if not coarse:
            label = Text("Posts gather at one second of the minute")
            pair = at_one_second(ours), at_one_second(theirs)
            shares.append(share_measure("one_second", label, *pair))
        label = Text("Posts gather at one minute of the hour")
        shares.append(
            share_measure("one_minute", label, at_one_minute(ours), at_one_minute(theirs))
        )
        label = Text("Short gaps come together, in stretches")
        pair = in_stretches(ours), in_stretches(theirs)
        shares += [share_measure("in_stretches", label, *pair), _spread(ours, theirs)]
        return tuple(shares)


def _usual_gap(side: Sequence[Habits]) -> timedelta | None:
    """The gap of most long runs, in whole seconds below ten minutes and whole minutes above."""
    gaps = Counter(_rounded(run.gap) for one in side for run in one.long)
    if not gaps:
        return None
    return timedelta(seconds=min(gaps, key=lambda gap: (-gaps[gap], gap)))


def _rounded(gap: float) -> int:
    return round(gap) if gap < 600 else 60 * round(gap / 60)


def _gaps(ours: list[Habits], theirs: list[Habits]) -> Measure:
    """The median gap of long runs, in minutes, each account by its own median."""
    mine, other = (
        [median(run.gap for run in one.long) / 60 for one in side if one.long]
        for side in (ours, theirs)
    )
    text = Text("Gap within the runs (median)")
    return across_accounts(
        "run_gap_minutes", text, (mine, other), median_interval, "minutes", median
    )


def _in_runs(ours: list[Habits], theirs: list[Habits]) -> Measure:
    """The share of own posts that stand in long runs, averaged over accounts."""
    mine, other = ([one.in_runs for one in side] for side in (ours, theirs))
    text = Text("Own posts that stand in such runs")
    return across_accounts("posts_in_runs", text, (mine, other), share_interval)


def _spread(ours: list[Habits], theirs: list[Habits]) -> Measure:
    """How unequal each account's gaps are, the median over accounts."""
    mine, other = ([one.spread for one in side] for side in (ours, theirs))
    text = Text("Spread of the gaps (0 for a clock, 1.3 for posts at random, more in bursts)")
    return across_accounts("gap_spread", text, (mine, other), median_interval, "ratio", median)


def _evidence(side: list[Habits], run_posts: int) -> tuple[Evidence, ...]:
    """The start of the longest run of as many accounts as may be cited."""
    runs = [(one, one.longest) for one in side if one.long]
    runs.sort(key=lambda pair: (-pair[1].posts if pair[1] else 0, pair[0].account_id))
    cited_posts = [
        post
        for one, run in runs[: EVIDENCE // run_posts]
        if run is not None
        for post in one.posts[run.first : run.first + run_posts]
    ]
    return cited(Text("The first posts of each account's longest run."), cited_posts)


def _table(side: list[Habits]) -> Table:
    shown = sorted(side, key=lambda one: (-one.in_runs, one.account_id))[:LISTED]
    rows: list[tuple[Value | None, ...]] = []
    for one in shown:
        run = one.longest
        rows.append(
            (
                AccountRef(one.account_id),
                len(one.times),
                len(one.long),
                run.posts if run else None,
                timedelta(seconds=_rounded(run.gap)) if run else None,
                one.quiet,
            )
        )
    return Table(
        Text("The rhythm of each account"),
        (
            Text("Account"),
            Text("Own posts"),
            Text("Long runs"),
            Text("Posts in the longest run"),
            Text("Its gap"),
            Text("Quiet hours of the day"),
        ),
        tuple(rows),
    )


def _caveats(ours: list[Habits], theirs: list[Habits], coarse: bool) -> tuple[Text, ...]:
    return some(
        Text("A schedule is legitimate in itself: it shows software, not who runs it or why."),
        small_sample(len(ours)),
        no_comparison(len(theirs)),
        Text(
            "Times were written without seconds, so runs are sought at gaps of ten minutes up, and "
            "nothing can be said of the second of posting."
        )
        if coarse
        else None,
        Text(
            "Accounts that post more have more chances of a run: a median of {ours} own posts "
            "here, {theirs} among ordinary accounts.",
            ours=round(median(len(one.times) for one in ours)),
            theirs=round(median(len(one.times) for one in theirs)),
        )
        if theirs
        else None,
        Text("Nights are judged from {n} posts up, accounts from {own}.", n=NIGHTLY, own=FEWEST),
    )
