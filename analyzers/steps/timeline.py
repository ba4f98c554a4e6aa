"""When did these accounts attack: in bursts, after events, and taking turns?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from analyzers.lib.attack_charts import days, histogram, timeline, width
from analyzers.lib.attack_times import AttackTimes, moment
from analyzers.lib.bursts import HOUR
from analyzers.lib.clockwork import night_posts
from analyzers.lib.measures import cited, no_comparison, share_measure, small_sample, some
from analyzers.lib.placebo import WINDOW
from analyzers.lib.rotation import FEWEST
from analyzers.model import figure, finding
from analyzers.model.case import WHEN, Case
from analyzers.model.step import Found, Needs, NotComputable
from analyzers.model.text import Percent, Probability, Share, Text, Value

if TYPE_CHECKING:
    import pandas as pd

DAYS_LISTED = 7
"""Days of a burst listed one by one; a longer one is given by its first and last day."""

_NULL = Text(
    "The posts have nothing to do with one another: as many, sent at random moments of the same "
    "span, by the hours at which ordinary accounts post, would come as regularly."
)

_ONE_SECOND = Text("Posts at their commonest second of the minute")
_AT_ONCE = Text("Posts within ten seconds of another account's")


@dataclass(frozen=True, slots=True)
class Timeline:
    """Reads when the cohort's posts about the target came, against ordinary accounts' hours.

    Bins follow from the span (`analyzers.lib.bursts.grid`); an account counts once per bin, so that
    no single one makes a burst. Bursts come from a scan whose one p covers the whole search. Gaps
    are those between successive posts of the attack, whoever sends them; the primary test, named
    beforehand, is their regularity against an inhomogeneous Poisson process with ordinary accounts'
    hours (`analyzers.lib.rotation`). When rotation selected the cohort, and without a comparison,
    there is no test. Fewer than eight posts are only described; without a post about the target by
    the cohort the answer is not computable. All times are UTC. `draws` are those of the test.

    Null of the primary test: the posts know nothing of each other and come by ordinary accounts'
    hours, an inhomogeneous Poisson process given its count (Cox and Lewis 1966, "The Statistical
    Analysis of Series of Events"), with the p counted over draws (Phipson and Smyth 2010).
    """

    draws: int = 19_999

    id: ClassVar[str] = "timeline"
    title: ClassVar[Text] = Text("When the attack came")
    needs: ClassVar[Needs] = Needs(columns=("posts.created_at",), signals=("rotation", *WHEN))

    def __call__(self, case: Case, /) -> Found | NotComputable:
        view = AttackTimes.of(case, self.draws)
        if view is None:
            return NotComputable((Text("Dated posts about the target by these accounts."),))
        return Found(_finding(view, case))


def _finding(view: AttackTimes, case: Case) -> finding.Finding:
    gap = timedelta(seconds=view.rhythm.median_gap)
    figures: tuple[figure.Figure, ...] = (timeline(view, case),)
    if view.rhythm.posts > 2:
        figures = (*figures, histogram(view, gap))
    return finding.Finding(
        claim=_claim(view, gap),
        noteworthy=view.burst is not None or view.regular,
        measures=_measures(view),
        evidence=cited(
            Text("Posts about the target by these accounts, in the order of time."),
            (view.a if view.burst is None else view.in_burst(view.a))["post_id"],
        ),
        figures=figures,
        tables=tuple(table for table in (_burst_table(view), _event_table(view)) if table),
        caveats=_caveats(view),
        alternatives=(
            Text("An event in public life makes many people post within hours."),
            Text("A few very busy people, or a scheduler, keep a regular pace openly."),
            Text("Collecting by search, with limits on results, can cut posts into bursts."),
        ),
        falsifier=Text(
            "As many posts by ordinary accounts, over the same hours, that crowd as much and "
            "follow one another as regularly would overturn this."
        ),
        primary=_test(view),
        describes=view.describes,
    )


def _test(view: AttackTimes) -> finding.Test | None:
    if not view.tested or view.regular_p is None:
        return None
    return finding.Test("regular_gaps", _NULL, view.rhythm.near_share, view.regular_p)


def _claim(view: AttackTimes, gap: timedelta) -> Text:
    when = _when(view)
    if view.rhythm.posts < FEWEST:
        return when
    return Text("{when} {turns}", when=when, turns=_turns(view, gap))


def _when(view: AttackTimes) -> Text:
    inside = view.in_burst(view.a)
    if view.burst is not None:
        return Text(
            "Of these accounts' posts about the target, {share} came in one burst ({days}).",
            days=days(inside),
            share=Share(len(inside), len(view.a)),
        )
    if not len(view.pool):
        return Text(
            "These accounts posted about the target {posts} times on {days}; there are no ordinary "
            "posts to compare with.",
            posts=len(view.a),
            days=days(view.a),
        )
    return Text(
        "No burst: these accounts' {posts} posts about the target ({days}) come as ordinary ones "
        "do.",
        posts=len(view.a),
        days=days(view.a),
    )


def _turns(view: AttackTimes, gap: timedelta) -> Text:
    if not view.regular:
        return Text("The gaps between them (median: {gap}) keep no rhythm.", gap=gap)
    near = Percent(view.rhythm.near_share)
    if view.ordinary is None:
        return Text(
            "One follows another after a median of {gap}, whichever account sends it; {near} of "
            "the gaps are close to that.",
            gap=gap,
            near=near,
        )
    return Text(
        "One follows another after a median of {gap}, whichever account sends it; {near} of the "
        "gaps are close to that, against {base} among as many ordinary posts.",
        gap=gap,
        near=near,
        base=Percent(view.ordinary.near_share),
    )


def _measures(view: AttackTimes) -> tuple[finding.Measure, ...]:
    burst = _burst_measures(view) if view.burst is not None else ()
    return (
        *burst[:1],
        *(_rhythm_measures(view) if view.rhythm.posts > 2 else ()),
        *burst[1:],
        *_hands(view),
        *_dates(view),
        *_event_measures(view),
    )


def _burst_measures(view: AttackTimes) -> tuple[finding.Measure, ...]:
    mine, theirs = view.in_burst(view.a), view.in_burst(view.b)
    return (
        share_measure(
            "burst_share",
            Text("Posts within the burst"),
            (len(mine), len(view.a)),
            (len(theirs), len(view.b)),
        ),
        finding.Measure(
            "burst_days",
            Text("Days of the burst"),
            _listed(mine),
            "name",
            len(mine),
            baseline=_listed(theirs),
            baseline_n=len(theirs) or None,
        ),
    )


def _listed(posts: pd.DataFrame) -> str | None:
    """Days as ISO dates: each of up to seven, else the first and last as an ISO 8601 interval."""
    days = sorted({moment(float(at)).date().isoformat() for at in posts["at"]})
    if not days:
        return None
    return ", ".join(days) if len(days) <= DAYS_LISTED else f"{days[0]}/{days[-1]}"


def _rhythm_measures(view: AttackTimes) -> tuple[finding.Measure, ...]:
    rhythm, ordinary, ends = view.rhythm, view.ordinary, view.ends
    gaps = rhythm.posts - 1
    near = replace(
        share_measure(
            "regular_gaps",
            Text("Gaps close to the median one"),
            (round(rhythm.near_share * gaps), gaps),
            (round(ordinary.near_share * gaps), gaps) if ordinary else None,
        ),
        p=view.regular_p if view.tested else None,
    )
    turns = share_measure(
        "no_repeat_share",
        Text("Posts by another account than the one before"),
        (round(rhythm.distinct_share * gaps), gaps),
        (round(ordinary.distinct_share * gaps), gaps) if ordinary else None,
    )
    return (
        finding.Measure(
            "median_gap_minutes",
            Text("Median gap between posts, whoever sends them"),
            rhythm.median_gap / 60,
            "minutes",
            gaps,
            low=ends.median[0] / 60 if ends else None,
            high=ends.median[1] / 60 if ends else None,
            baseline=ordinary.median_gap / 60 if ordinary else None,
            baseline_n=gaps if ordinary else None,
        ),
        near,
        finding.Measure(
            "gap_cv",
            Text("Variation of the gaps (0 for a clock, 1 for unrelated posts)"),
            rhythm.cv,
            "ratio",
            gaps,
            low=ends.cv[0] if ends else None,
            high=ends.cv[1] if ends else None,
            baseline=ordinary.cv if ordinary else None,
            baseline_n=gaps if ordinary else None,
        ),
        turns,
    )


def _hands(view: AttackTimes) -> tuple[finding.Measure, ...]:
    """What tells hands from clockwork: nights, the second of the minute, several at once."""
    night, usual = night_posts(view.turns["at"].to_numpy(), view.pool)
    found = []
    if night[1]:
        label = Text("Posts in the six hours in which ordinary people post least")
        found.append(share_measure("night_posts", label, night, usual))
    if view.clockwork is not None:
        seen = view.clockwork
        second = share_measure("one_second", _ONE_SECOND, seen.one_second)
        at_once = share_measure("at_once", _AT_ONCE, seen.at_once)
        found += [
            replace(second, baseline=seen.usual_second, baseline_n=len(view.b) or None),
            replace(at_once, baseline=seen.usual_at_once, baseline_n=len(view.b) or None),
        ]
    return tuple(found)


def _dates(view: AttackTimes) -> tuple[finding.Measure, ...]:
    n, base_n = len(view.a), len(view.b) or None
    counts = view.bins.counts(view.a["at"].to_numpy())
    peak = int(np.argmax(counts))

    def dated(name: str, label: Text, which: str) -> finding.Measure:
        base = moment(float(view.b["at"].agg(which))) if base_n else None
        value = moment(float(view.a["at"].agg(which)))
        return finding.Measure(name, label, value, "date", n, baseline=base, baseline_n=base_n)

    return (
        dated("first_attack", Text("First post about the target"), "min"),
        dated("last_attack", Text("Last post about the target"), "max"),
        finding.Measure(
            "peak",
            Text("Start of the fullest {width}", width=width(view)),
            moment(view.bins.start + peak * view.bins.width),
            "date",
            n,
        ),
        finding.Measure(
            "peak_posts",
            Text("Posts in the fullest {width}", width=width(view)),
            int(counts[peak]),
            "count",
            n,
            baseline=int(view.bins.counts(view.b["at"].to_numpy()).max()) if base_n else None,
            baseline_n=base_n,
        ),
    )


def _event_measures(view: AttackTimes) -> tuple[finding.Measure, ...]:
    near = [each for each in view.reactions if each.distance is not None]
    if not near:
        return ()
    closest = min(near, key=lambda each: (abs(each.distance or 0.0), each.event.at))
    return (
        finding.Measure(
            "event_distance_hours",
            Text("From the nearest event to the start of the burst"),
            (closest.distance or 0.0) / HOUR,
            "hours",
            1,
        ),
        share_measure(
            "event_share",
            Text("Posts within {window} after that event", window=timedelta(seconds=WINDOW)),
            (closest.count, len(view.a)),
            (closest.others, len(view.b)),
        ),
    )


def _burst_table(view: AttackTimes) -> finding.Table | None:
    if not view.bursts.found:
        return None
    p = Probability(view.bursts.p) if len(view.b) and not view.describes else None
    rows: tuple[tuple[Value | None, ...], ...] = tuple(
        (moment(burst.since), moment(burst.until), burst.count, round(burst.expected, 1), p)
        for burst in view.bursts.found
    )
    columns = (
        Text("From"),
        Text("Until"),
        Text("Accounts, once per {width}", width=width(view)),
        Text("Expected at ordinary hours"),
        Text("Chance of any such burst"),
    )
    return finding.Table(Text("Bursts, the fullest first (UTC)"), columns, rows)


def _event_table(view: AttackTimes) -> finding.Table | None:
    if not view.reactions:
        return None
    window = timedelta(seconds=WINDOW)
    columns = (
        Text("Event"),
        Text("Time"),
        Text("Hours to the burst"),
        Text("Posts by these accounts within {window}", window=window),
        Text("Posts by ordinary accounts within {window}", window=window),
        Text("Other moments followed by as many"),
    )
    rows: tuple[tuple[Value | None, ...], ...] = tuple(
        (
            each.event.label,
            each.event.at,
            None if each.distance is None else round(each.distance / HOUR, 1),
            Share(each.count, len(view.a)),
            Share(each.others, len(view.b)) if len(view.b) else None,
            None if each.placebo is None else Percent(each.placebo),
        )
        for each in view.reactions
    )
    return finding.Table(Text("Events and what followed them (UTC)"), columns, rows)


def _caveats(view: AttackTimes) -> tuple[Text, ...]:
    return some(
        Text("An event explains outrage as well as an order does."),
        Text("The rhythm of these posts helped to select the accounts: described, not tested.")
        if view.describes
        else None,
        no_comparison(len(view.b)),
        small_sample(int(view.a["account_id"].nunique())),
        Text(
            "Bins, the attack's span and the {window} after an event were fixed before looking.",
            window=timedelta(seconds=WINDOW),
        ),
        Text("A search with a limit on results, and deleted posts, change what seems crowded."),
    )
