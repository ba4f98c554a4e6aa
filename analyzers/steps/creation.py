"""When were these accounts created, and were many of them new when they attacked?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import numpy as np

from analyzers.lib.ages import Ages, ages, near_another, usually_near
from analyzers.lib.attack import attack_span
from analyzers.lib.measures import (
    ALPHA,
    HANDFUL,
    Count,
    no_comparison,
    share_measure,
    small_sample,
    some,
)
from analyzers.lib.stats import Scan, excess, scan, wilson
from analyzers.lib.stats.medians import median_interval
from analyzers.model.case import NAMES, Case, Group
from analyzers.model.figure import Mark, Strip, StripRow
from analyzers.model.finding import Finding, Measure, Table, Test
from analyzers.model.step import Found, Needs, NotComputable
from analyzers.model.text import Interval, Probability, Share, Text, plural

DOTS = 400
"""Dots per row of the chart: more overlap on a phone's width."""

ZOOM = timedelta(weeks=12)
"""The second chart shows twice the weeks that the test looks at."""

MANY = 50
"""Accounts from which a share's 95 % interval is at most 28 points wide (Wilson, worst case)."""

FEWEST = 3
"""Without a comparison, fewer new accounts than this are no pattern."""

_GROUPS: tuple[Group, Group] = ("cohort", "comparison")

_NULL = Text(
    "An account's creation date has nothing to do with its being one of these accounts: as many, "
    "drawn by lot, would hold as many new ones."
)


@dataclass(frozen=True, slots=True)
class Creation:
    """Compares creation dates, each account once: how many were new when the attack began.

    Dates come from the profile or, where it has none, from an id that holds one; numeric ids too
    old to hold a date count as older. `weeks` before the attack (six: about the stretch in which
    the thread that Limier is modelled on saw its new accounts) and the `cluster_days` of the scan
    were fixed beforehand. Measures: `created_before_attack` (with the primary test: Fisher's exact,
    too many of the cohort), `oldest`, `most_in_4_weeks` (largest number created within
    `cluster_days`, beside that among as many of all accounts: the scan statistic, Naus 1965, JASA
    60), `created_same_day`, `median_age_days`, then `created_2019_01` and so on, a count for each
    month of the attack's year up to the attack. Without any date, or without a cohort, the step is
    not computable; a handful of accounts gets counts.

    Null of the primary test: new accounts are spread over both sides as if by lot (Fisher 1935,
    "The logic of inductive inference", Journal of the Royal Statistical Society 98).
    """

    id: ClassVar[str] = "creation"
    title: ClassVar[Text] = Text("When the accounts were created")
    needs: ClassVar[Needs] = Needs(optional=("accounts.created_at",))
    weeks: int = 6
    cluster_days: int = 28

    def __call__(self, case: Case, /) -> Found | NotComputable:
        span = attack_span(case)
        if span is None:
            return NotComputable((_NO_DATES,))
        ours, theirs = (ages(case, group, span[0]) for group in _GROUPS)
        if not ours.dates:
            return NotComputable((_NO_DATES,))
        since, until = span[0] - timedelta(weeks=self.weeks), span[1]
        share, other = ours.between(since, until), theirs.between(since, until)
        p = excess(*share, *other) if other[1] else None
        noteworthy = p <= ALPHA if p is not None else self._crowded(share, ours, span[0])
        cluster = scan(ours.days(), theirs.days(), self.cluster_days, seed=case.seed)
        return Found(
            Finding(
                claim=_claim(noteworthy, share, other, self.weeks, ours),
                noteworthy=noteworthy,
                measures=(
                    share_measure(
                        "created_before_attack",
                        Text("Created in the {weeks} weeks before the attack", weeks=self.weeks),
                        share,
                        other,
                        p,
                    ),
                    _oldest(ours, theirs),
                    self._most(cluster, ours, theirs),
                    *_near_another(ours, theirs, case.seed),
                    _age(ours, theirs, span[0]),
                    *_by_month(ours, theirs, span[0]),
                ),
                figures=_strips(ours, theirs, span, share, self.weeks),
                tables=(self._cluster_table(cluster, theirs),),
                caveats=_caveats(share, ours, theirs),
                alternatives=_ALTERNATIVES,
                falsifier=Text(
                    "Ordinary accounts that wrote about the target over the same days and were as "
                    "often created in the {weeks} weeks before would overturn this.",
                    weeks=self.weeks,
                ),
                primary=None if p is None else Test("created_before_attack", _NULL, share[0], p),
            )
        )

    def _crowded(self, share: Count, ours: Ages, attack: datetime) -> bool:
        """Whether surely more are new than if dates were spread evenly since the oldest one."""
        span = max((attack - ours.dates[0]).total_seconds(), 1.0)
        even = min(1.0, timedelta(weeks=self.weeks).total_seconds() / span)
        return share[0] >= FEWEST and wilson(*share)[0] > even

    def _most(self, cluster: Scan, ours: Ages, theirs: Ages) -> Measure:
        return Measure(
            "most_in_4_weeks",
            Text("Most accounts created within {days} days", days=self.cluster_days),
            cluster.count,
            "count",
            ours.total,
            baseline=cluster.usual,
            baseline_n=theirs.total if cluster.usual is not None else None,
        )

    def _cluster_table(self, cluster: Scan, theirs: Ages) -> Table:
        start = datetime.fromtimestamp(cluster.start * 86_400, tz=UTC)
        return Table(
            title=Text("The {days} days in which most were created", days=self.cluster_days),
            columns=(
                Text("From"),
                Text("Accounts"),
                Text("Chance among all accounts (not the primary test)"),
            ),
            rows=((start.date(), cluster.count, Probability(cluster.p) if theirs.total else None),),
        )


def _claim(noteworthy: bool, share: Count, other: Count, weeks: int, ours: Ages) -> Text:
    oldest = ours.dates[0].date()
    if not other[1]:
        return Text(
            "Of these accounts, {ours} were created in the {weeks} weeks before the attack. The "
            "oldest known date is {oldest}. There are no ordinary accounts to compare with.",
            ours=Share(*share),
            weeks=weeks,
            oldest=oldest,
        )
    if noteworthy:
        return Text(
            "Of these accounts, {ours} were created in the {weeks} weeks before the attack, "
            "against {theirs} among ordinary accounts. The oldest known date is {oldest}.",
            ours=Share(*share),
            theirs=Share(*other),
            weeks=weeks,
            oldest=oldest,
        )
    return Text(
        "Creation dates do not set these accounts apart: {ours} date from the {weeks} weeks before "
        "the attack, against {theirs} among ordinary accounts. The oldest known date is {oldest}.",
        ours=Share(*share),
        theirs=Share(*other),
        weeks=weeks,
        oldest=oldest,
    )


def _oldest(ours: Ages, theirs: Ages) -> Measure:
    return Measure(
        "oldest",
        Text("Oldest known creation date"),
        ours.dates[0],
        "date",
        ours.total,
        baseline=theirs.dates[0] if theirs.dates else None,
        baseline_n=theirs.total if theirs.dates else None,
    )


def _near_another(ours: Ages, theirs: Ages, seed: int) -> tuple[Measure, ...]:
    """Accounts created within a day of another one of the group, against as many ordinary ones."""
    if len(ours.dates) < 2:
        return ()
    measure = share_measure(
        "created_same_day",
        Text("Created within a day of another account of the group"),
        (near_another(ours.days()), len(ours.dates)),
    )
    usual = usually_near(theirs.days(), len(ours.dates), seed)
    known = len(theirs.dates) if usual is not None else None
    return (replace(measure, baseline=usual, baseline_n=known),)


def _age(ours: Ages, theirs: Ages, attack: datetime) -> Measure:
    low, high = median_interval(ours.ages(attack))
    return Measure(
        "median_age_days",
        Text("Median age of accounts whose creation date is known"),
        float(np.median(ours.ages(attack))),
        "days",
        len(ours.dates),
        low,
        high,
        baseline=float(np.median(theirs.ages(attack))) if theirs.dates else None,
        baseline_n=len(theirs.dates) or None,
    )


def _by_month(ours: Ages, theirs: Ages, attack: datetime) -> tuple[Measure, ...]:
    """How many were created in each month of the attack's year, up to the attack's own month."""
    measures = []
    for month in range(1, attack.month + 1):
        start = datetime(attack.year, month, 1, tzinfo=attack.tzinfo)
        end = datetime(attack.year + month // 12, month % 12 + 1, 1, tzinfo=attack.tzinfo)
        count, total = ours.between(start, end)
        other, of = theirs.between(start, end)
        measures.append(
            Measure(
                f"created_{start:%Y_%m}",
                Text("Created in {month}/{year}", month=month, year=str(start.year)),
                count,
                "count",
                total,
                baseline=other if of else None,
                baseline_n=of or None,
            )
        )
    return tuple(measures)


def _strips(
    ours: Ages, theirs: Ages, span: tuple[datetime, datetime], share: Count, weeks: int
) -> tuple[Strip, ...]:
    first = min([ours.dates[0], *theirs.dates[:1]])
    title = Text(
        "{n} of {total} accounts were created in the {weeks} weeks before the attack",
        n=share[0],
        total=share[1],
        weeks=weeks,
    )
    alt = Text(
        "A dot for each account at its creation date, from {first} to {last}; the attack is "
        "marked. These accounts (A) stand above ordinary ones (B), if there are any.",
        first=first.date(),
        last=span[1].date(),
    )
    return (
        _strip("creation", title, alt, ours, theirs, first, span),
        _strip(
            "creation_last_weeks",
            Text(
                "{n} of {total} accounts were created in the twelve weeks before the attack",
                n=ours.between(span[0] - ZOOM, span[1])[0],
                total=ours.total,
            ),
            Text(
                "The same dots over the twelve weeks before the attack only, which hold {n} of "
                "these {total} accounts.",
                n=ours.between(span[0] - ZOOM, span[1])[0],
                total=ours.total,
            ),
            ours,
            theirs,
            span[0] - ZOOM,
            span,
        ),
    )


def _strip(
    slug: str,
    title: Text,
    alt: Text,
    ours: Ages,
    theirs: Ages,
    since: datetime,
    span: tuple[datetime, datetime],
) -> Strip:
    until = span[1] + timedelta(days=1)
    rows = [StripRow(NAMES["cohort"], "cohort", ours.dots(since, until, DOTS), ours.total)]
    if theirs.total:
        dots = theirs.dots(since, until, DOTS)
        rows.append(StripRow(NAMES["comparison"], "comparison", dots, theirs.total))
    return Strip(
        slug=slug,
        title=title,
        alt=alt,
        rows=tuple(rows),
        since=since,
        until=until,
        marks=(Mark(span[0], Text("attack"), span[1]),),
        x_label=Text("Creation date"),
    )


def _caveats(share: Count, ours: Ages, theirs: Ages) -> tuple[Text, ...]:
    return some(
        small_sample(ours.total),
        Text(
            "So few accounts leave the share uncertain: {share}, 95% interval {interval}.",
            share=Share(*share),
            interval=Interval(*wilson(*share), percent=True),
        )
        if HANDFUL <= ours.total < MANY
        else None,
        no_comparison(theirs.total),
        plural(
            "For one account the date was read from its id, for lack of a profile.",
            "For {n} accounts the date was read from their ids, for lack of a profile.",
            ours.from_ids,
        )
        if ours.from_ids
        else None,
        plural(
            "One account has an id too old to hold a date; it counts as older.",
            "{n} accounts have ids too old to hold a date; they count as older.",
            ours.older,
        )
        if ours.older
        else None,
        plural(
            "For one account no creation date is known.",
            "For {n} accounts no creation date is known.",
            ours.unknown,
        )
        if ours.unknown
        else None,
    )


_NO_DATES = Text("The date each account was created (user objects of the export).")
_ALTERNATIVES = (
    Text("A public event brings new people to a platform, who write about that event."),
    Text("New accounts write more about the news of the day than old ones do."),
)
