"""Were these accounts asleep, or at other things, until shortly before they attacked?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import ClassVar

from analyzers.lib.attack_times import moment
from analyzers.lib.elsewhere import NO_TIMELINES
from analyzers.lib.language_mix import audience, categories, label
from analyzers.lib.life_charts import swimlane, table
from analyzers.lib.lives import NEAR_CAP, Life, lives, middle
from analyzers.lib.measures import (
    ALPHA,
    HANDFUL,
    Count,
    across_accounts,
    cited,
    no_comparison,
    share_measure,
    small_sample,
    some,
)
from analyzers.lib.stats import excess
from analyzers.lib.stats.medians import median_interval
from analyzers.model.case import Case
from analyzers.model.finding import Finding, Measure, Test
from analyzers.model.step import Found, Needs, NotComputable
from analyzers.model.text import Share, Text, plural

SEVERAL = 3
"""Without a comparison, fewer accounts than this are no pattern."""

_NULL = Text(
    "Having been silent, or having addressed nobody, until shortly before has nothing to do with "
    "being one of these accounts: any accounts as numerous, drawn by lot, would show it as often."
)


@dataclass(frozen=True, slots=True)
class Activation:
    """Compares what accounts did before their first attack: nothing, other things, or the same.

    An attack is a post about the target, on both sides; an account's life before its first one is
    read from its timeline (posts about the target and those that selected the cohort left out).
    Judged are accounts whose posts are known for `weeks` + `days` before it. The primary test,
    named beforehand, is the share `activated` (Fisher's exact, too many of the cohort): silent for
    `days` right before the first attack, or addressing others (mention or reply, in the language in
    which the target is spoken about) for the first time within the `weeks` before it. Measures:
    `activated`, `late_start`, `dormant_before`, `first_address` (the earliest date), `age_days`,
    `silence_days`, `reach_days` (medians, order-statistic intervals).

    Null of the primary test: accounts that were silent or began late are spread over both sides as
    if by lot (Fisher 1935, "The logic of inductive inference", Journal of the Royal Statistical
    Society 98). Nothing is tested where fewer than five ordinary accounts address anybody but the
    target: the others could not begin late. Not computable without timelines that reach back so
    far; a handful of accounts gets counts.
    """

    days: int = 30
    weeks: int = 12

    id: ClassVar[str] = "activation"
    title: ClassVar[Text] = Text("What they did before")
    needs: ClassVar[Needs] = Needs(
        columns=("posts.created_at",),
        optional=(
            "posts.mentions",
            "posts.reply_to_account",
            "posts.spoken",
            "accounts.created_at",
            "collected.complete",
        ),
    )

    def __call__(self, case: Case, /) -> Found | NotComputable:
        posts = case.tables.posts
        public = audience(posts.assign(category=categories(posts["spoken"])))
        every = lives(case, "cohort", public)
        if not every:
            return NotComputable((NO_TIMELINES,))
        ours, theirs = self._judged(every), self._judged(lives(case, "comparison", public))
        if not ours:
            return NotComputable(
                (
                    Text(
                        "Posts of at least one of these accounts over the {weeks} weeks and {days} "
                        "days before its first attack.",
                        weeks=self.weeks,
                        days=self.days,
                    ),
                )
            )
        return Found(self._finding(every, ours, theirs, public))

    def _judged(self, side: list[Life]) -> list[Life]:
        enough = timedelta(weeks=self.weeks, days=self.days)
        return [one for one in side if one.reach >= enough]

    def _activated(self, one: Life) -> bool:
        return one.dormant(self.days) or one.late(self.weeks)

    def _count(self, side: list[Life], holds: Callable[[Life], bool]) -> Count:
        return sum(map(holds, side)), len(side)

    def _finding(
        self, every: list[Life], ours: list[Life], theirs: list[Life], public: str | None
    ) -> Finding:
        share, other = (self._count(side, self._activated) for side in (ours, theirs))
        p = excess(*share, *other) if _speaking(theirs) >= HANDFUL else None
        begun = [one for one in ours if one.late(self.weeks)]
        return Finding(
            claim=self._claim(ours, theirs, public),
            noteworthy=p <= ALPHA if p is not None else share[0] >= SEVERAL,
            measures=self._measures(ours, theirs, p, public),
            evidence=cited(
                Text("The first post of each account that addresses somebody but the target."),
                [one.began_post for one in sorted(begun, key=lambda one: one.began or 0.0)],
            ),
            figures=(swimlane(every, self._activated, self._title(ours), public),),
            tables=(table(ours),),
            caveats=self._caveats(every, ours, theirs),
            alternatives=(
                Text("People come back, or speak up for the first time, when an event moves them."),
                Text("Accounts are sold, handed over or taken over, and their new users attack."),
                Text("Deleted posts leave silences that never were."),
            ),
            falsifier=Text(
                "Older posts of these accounts, deleted or not collected, that address others as "
                "they did in the attack, or ordinary accounts that as often began so late, would "
                "overturn this."
            ),
            primary=None if p is None else Test("activated", _NULL, share[0], p),
        )

    def _claim(self, ours: list[Life], theirs: list[Life], public: str | None) -> Text:
        share = self._count(ours, self._activated)
        if not share[0]:
            return Text(
                "None of {n} accounts was silent for {days} days before its first attack, and none "
                "began to address others only in the {weeks} weeks before it.",
                n=share[1],
                days=self.days,
                weeks=self.weeks,
            )
        found = self._found(ours, public)
        if not theirs:
            return Text("{found} There are no ordinary accounts to compare with.", found=found)
        return Text(
            "{found} One or the other: {ours}, against {theirs} among ordinary accounts.",
            found=found,
            ours=Share(*share),
            theirs=Share(*self._count(theirs, self._activated)),
        )

    def _title(self, ours: list[Life]) -> Text:
        late, dormant = (self._count(ours, holds) for holds in (self._late, self._dormant))
        if not late[0] and not dormant[0]:
            return Text("These accounts lived as before until they attacked")
        if not dormant[0]:
            return Text(
                "{n} of {total} accounts began to address others shortly before the attack",
                n=late[0],
                total=late[1],
            )
        if not late[0]:
            return Text(
                "{n} of {total} accounts had been silent right before they attacked",
                n=dormant[0],
                total=dormant[1],
            )
        activated, total = self._count(ours, self._activated)
        return Text(
            "{n} of {total} accounts had been silent, or addressed nobody, until shortly before "
            "the attack",
            n=activated,
            total=total,
        )

    def _found(self, ours: list[Life], public: str | None) -> Text:
        return Text(
            "{late} {dormant}",
            late=self._late_said(*self._count(ours, self._late), public),
            dormant=self._dormant_said(self._count(ours, self._dormant)[0]),
        )

    def _late_said(self, late: int, n: int, public: str | None) -> Text:
        if public is None:
            if not late:
                return Text(
                    "None of {n} accounts whose past is known began to address others as late as "
                    "the {weeks} weeks before its first attack.",
                    n=n,
                    weeks=self.weeks,
                )
            return Text(
                "Of {n} accounts whose past is known, {late} began to address others no earlier "
                "than {weeks} weeks before their first attack.",
                n=n,
                late=late,
                weeks=self.weeks,
            )
        if not late:
            return Text(
                "None of {n} accounts whose past is known began to address others in {language} as "
                "late as the {weeks} weeks before its first attack.",
                n=n,
                language=label(public),
                weeks=self.weeks,
            )
        return Text(
            "Of {n} accounts whose past is known, {late} began to address others in {language} no "
            "earlier than {weeks} weeks before their first attack.",
            n=n,
            late=late,
            language=label(public),
            weeks=self.weeks,
        )

    def _dormant_said(self, dormant: int) -> Text:
        if not dormant:
            return Text("None was silent for the {days} days before.", days=self.days)
        return plural(
            "One was silent for the {days} days before.",
            "{n} were silent for the {days} days before.",
            dormant,
            days=self.days,
        )

    def _late(self, one: Life) -> bool:
        return one.late(self.weeks)

    def _dormant(self, one: Life) -> bool:
        return one.dormant(self.days)

    def _measures(
        self, ours: list[Life], theirs: list[Life], p: float | None, public: str | None
    ) -> tuple[Measure, ...]:
        def share(name: str, text: Text, holds: Callable[[Life], bool]) -> Measure:
            pair = self._count(ours, holds), self._count(theirs, holds)
            return share_measure(name, text, *pair, p if name == "activated" else None)

        return (
            share(
                "activated",
                Text("Silent, or addressing nobody else, until shortly before"),
                self._activated,
            ),
            share(
                "late_start",
                Text(
                    "First addressed others in the {weeks} weeks before, or since", weeks=self.weeks
                ),
                self._late,
            ),
            share(
                "dormant_before",
                Text("Silent for {days} days right before", days=self.days),
                self._dormant,
            ),
            _earliest(ours, theirs),
            _days("age_days", Text("Age at the first attack (median)"), ours, theirs, _age),
            _days("silence_days", Text("Silence right before it (median)"), ours, theirs, _silence),
            _days("reach_days", Text("Posts known before it (median)"), ours, theirs, _reach),
        )

    def _caveats(self, every: list[Life], ours: list[Life], theirs: list[Life]) -> tuple[Text, ...]:
        capped = sum(one.capped for one in (*every, *theirs))
        young = len(every) - len(ours)
        reach = middle(one.reach for one in ours)
        return some(
            plural(
                "One timeline may be cut off (platforms give about {cap} posts at most), so its "
                "first post seen is not its first.",
                "{n} timelines may be cut off (platforms give about {cap} posts at most), so their "
                "first posts seen are not their first.",
                capped,
                cap=NEAR_CAP,
            )
            if capped
            else None,
            small_sample(len(ours)),
            no_comparison(len(theirs)),
            self._quiet(theirs),
            Text(
                "The data reach back {reach}, and {posts} posts, before the first attack "
                "(medians).",
                reach=reach,
                posts=round(median(one.posts_before for one in ours)),
            )
            if reach is not None
            else None,
            plural(
                "One account is too young, or known for too short a time, to be judged here.",
                "{n} accounts are too young, or known for too short a time, to be judged here.",
                young,
            )
            if young
            else None,
            Text("Deleted posts are missing, so a silence may have been filled once."),
        )

    def _quiet(self, theirs: list[Life]) -> Text | None:
        """The doubt that comes when ordinary accounts hardly address anybody else."""
        if not theirs or _speaking(theirs) >= HANDFUL:
            return None
        return Text(
            "Of the ordinary accounts, {share} address anybody but the target in the posts at "
            "hand: too few to show late starts, so nothing is tested.",
            share=Share(_speaking(theirs), len(theirs)),
        )


def _speaking(side: list[Life]) -> int:
    """How many address anybody but the target at all: only they can begin late."""
    return sum(one.began is not None for one in side)


def _earliest(ours: list[Life], theirs: list[Life]) -> Measure:
    """The first moment at which any judged account addressed somebody but the target."""
    mine, other = (
        [moment(one.began) for one in side if one.began is not None] for side in (ours, theirs)
    )
    base: datetime | None = min(other, default=None)
    return Measure(
        "first_address",
        Text("Earliest address to others by any of them"),
        min(mine, default=None),
        "date",
        len(mine),
        baseline=base,
        baseline_n=len(other) or None,
    )


def _age(one: Life) -> timedelta | None:
    return one.age


def _silence(one: Life) -> timedelta:
    return timedelta(seconds=one.silence)


def _reach(one: Life) -> timedelta:
    return one.reach


def _days(
    name: str,
    text: Text,
    ours: list[Life],
    theirs: list[Life],
    of: Callable[[Life], timedelta | None],
) -> Measure:
    """The median over accounts of a span, in days, where it is known."""
    mine, other = (
        [span / timedelta(days=1) for one in side if (span := of(one)) is not None]
        for side in (ours, theirs)
    )
    return across_accounts(name, text, (mine, other), median_interval, "days", median)
