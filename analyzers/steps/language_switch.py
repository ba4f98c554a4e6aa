"""Did these accounts take up the audience's language shortly before they attacked?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import ClassVar

from analyzers.lib.attack import attack_span
from analyzers.lib.attack_times import moment
from analyzers.lib.cards_of_switches import switch_cards
from analyzers.lib.elsewhere import NO_TIMELINES, elsewhere
from analyzers.lib.language_mix import audience, categories, category, label, share_interval
from analyzers.lib.language_raster import ROWS, leading, raster
from analyzers.lib.language_weeks import AFTER, BEFORE, WEEK, Weeks, weeks
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
from analyzers.model.figure import Posts
from analyzers.model.finding import Finding, Measure, Table, Test
from analyzers.model.step import Found, Needs, NotComputable
from analyzers.model.text import AccountRef, Percent, Share, Text, Value, plural

SEVERAL = 3
"""Without a comparison, fewer accounts than this are no pattern."""

_NULL = Text(
    "Among accounts that wrote mostly in other languages before, taking up the audience's language "
    "has nothing to do with being one of these accounts: any as numerous, drawn by lot, would do "
    "so as often."
)


@dataclass(frozen=True)
class LanguageSwitch:
    """Looks for the week in which each account's language mix turned to the audience's language.

    Reads own posts of timelines, without those about the target or those that selected the cohort,
    in determined languages (`analyzers.lib.language_mix` merges those that detectors confuse), a
    day once per language. `audience` is the language of the target's public; `None` takes the one
    most used about the target. A switch is a change-point (`analyzers.lib.change_points`) at which
    that language gains ten points of the mix, within the `weeks` before the attack or during it;
    the same search runs on ordinary accounts. Judged are accounts with ten days of writing before
    that window and three in it. Measures: `switched_of_others` (the primary test, named beforehand:
    Fisher's exact over accounts that wrote mostly in other languages before, for only they can
    switch; made where there are at least five ordinary ones), `switched` (over all judged),
    `days_before_attack` (median), `switched_earlier`, `mix_changed`, `share_before` and
    `share_since`.

    Null of the primary test: of those who could switch, those who did are spread over both sides as
    if by lot (Fisher 1935, "The logic of inductive inference", Journal of the Royal Statistical
    Society 98). Not computable without timelines, an attack, or an account that can be judged.
    """

    audience: str | None = None
    weeks: int = 12

    id: ClassVar[str] = "language_switch"
    title: ClassVar[Text] = Text("A change of language")
    needs: ClassVar[Needs] = Needs(
        columns=("posts.created_at",),
        alternatives=(("posts.text", "posts.language"),),
        optional=("posts.spoken", "posts.normal"),
    )

    def __call__(self, case: Case, /) -> Found | NotComputable:
        posts = case.tables.posts
        spoken = posts.assign(category=categories(posts["spoken"]))
        public = category(self.audience) if self.audience else audience(spoken)
        span = attack_span(case)
        if public is None or span is None:
            return NotComputable(
                (Text("Posts about the target in a language that can be told, with their times."),)
            )
        window = (span[0].timestamp() - self.weeks * WEEK, span[1].timestamp())
        read = elsewhere(case)
        every = weeks(read[read["group"] == "cohort"], public, window[0])
        ours = [one for one in every if one.judged]
        if not ours:
            return NotComputable((NO_TIMELINES, _too_little(self.weeks)))
        theirs = weeks(read[read["group"] == "comparison"], public, window[0])
        theirs = [one for one in theirs if one.judged]
        view = _View(self.weeks, public, window, every, ours, theirs)
        return Found(view.finding(switch_cards(read, public, view.rose())))


def _too_little(weeks: int) -> Text:
    return Text(
        "By at least one account, words on {before} days before the last {weeks} weeks and on "
        "{after} days since, apart from the posts about the target.",
        before=BEFORE,
        weeks=weeks,
        after=AFTER,
    )


@dataclass(frozen=True)
class _View:
    """What is compared: the judged accounts of both sides, and the window of a switch (seconds)."""

    weeks: int
    public: str
    window: tuple[float, float]
    every: list[Weeks]
    ours: list[Weeks]
    theirs: list[Weeks]

    def _switched(self, one: Weeks) -> bool:
        return one.rose(*self.window) is not None

    def _able(self, side: Sequence[Weeks]) -> list[Weeks]:
        return [one for one in side if one.able]

    def _count(self, side: Sequence[Weeks]) -> Count:
        return sum(map(self._switched, side)), len(side)

    def _p(self) -> float | None:
        others = self._able(self.theirs)
        if len(others) < HANDFUL:
            return None
        return excess(*self._count(self._able(self.ours)), *self._count(others))

    def rose(self) -> list[tuple[str, float]]:
        """The judged accounts that switched and the second of their change, in that order."""
        found = [(one.account_id, one.rose(*self.window)) for one in self.ours]
        known = [(account, at) for account, at in found if at is not None]
        return sorted(known, key=lambda pair: (pair[1], pair[0]))

    def finding(self, cards: tuple[Posts, ...]) -> Finding:
        p = self._p()
        share = self._count(self.ours)
        rose = sorted(
            (one for one in self.ours if self._switched(one)),
            key=lambda one: (one.rose(*self.window) or 0.0, one.account_id),
        )
        attack = moment(self.window[0] + self.weeks * WEEK), moment(self.window[1])
        return Finding(
            claim=self._claim(),
            noteworthy=p <= ALPHA if p is not None else share[0] >= SEVERAL,
            measures=self._measures(p),
            evidence=cited(
                Text(
                    "The first own post in {language} of each account that switched.",
                    language=label(self.public),
                ),
                [one.post for one in rose if one.post is not None],
            ),
            figures=(
                raster(
                    self.every,
                    self.public,
                    self._title(),
                    attack,
                    [one.account_id for one in rose],
                ),
                *cards,
            ),
            tables=(self._table(rose),),
            caveats=self._caveats(),
            alternatives=(
                Text("Bilingual people change languages with their company and the news."),
                Text("People move, and learn the language of where they live."),
                Text("An account that was sold or taken over speaks its new user's language."),
            ),
            falsifier=Text(
                "Older posts in {language} by these accounts, deleted or not collected, or "
                "ordinary accounts of other languages that took it up as often over these weeks, "
                "would overturn this.",
                language=label(self.public),
            ),
            primary=None
            if p is None
            else Test("switched_of_others", _NULL, self._count(self._able(self.ours))[0], p),
        )

    def _claim(self) -> Text:
        share = self._count(self.ours)
        if not self.theirs:
            return Text(
                "Of these accounts, {ours} took up {language} in posts apart from the attack, "
                "during the {weeks} weeks before it. There are no ordinary accounts to compare "
                "with.",
                ours=Share(*share),
                language=label(self.public),
                weeks=self.weeks,
            )
        if not share[0]:
            return Text(
                "Apart from the attack, none of {n} accounts took up {language} in the {weeks} "
                "weeks before it; among ordinary accounts, {theirs} did.",
                n=share[1],
                language=label(self.public),
                weeks=self.weeks,
                theirs=Share(*self._count(self.theirs)),
            )
        return Text(
            "Of these accounts, {ours} took up {language} in posts apart from the attack, during "
            "the {weeks} weeks before it: on average, from {before} to {since} of their own "
            "writing. Among ordinary accounts, {theirs} did.",
            ours=Share(*share),
            language=label(self.public),
            weeks=self.weeks,
            before=Percent(_mean(self.ours, lambda one: one.before_share)),
            since=Percent(_mean(self.ours, lambda one: one.since_share)),
            theirs=Share(*self._count(self.theirs)),
        )

    def _title(self) -> Text:
        share = self._count(self.ours)
        if not share[0]:
            return Text("No account took up {language}", language=label(self.public))
        return Text(
            "{n} of {total} accounts took up {language} shortly before the attack",
            n=share[0],
            total=share[1],
            language=label(self.public),
        )

    def _measures(self, p: float | None) -> tuple[Measure, ...]:
        language = label(self.public)

        def share(
            name: str, text: Text, holds: Callable[[Weeks], bool], able: bool = False
        ) -> Measure:
            sides = [self._able(side) if able else side for side in (self.ours, self.theirs)]
            mine, other = ((sum(map(holds, side)), len(side)) for side in sides)
            return share_measure(name, text, mine, other, p if able else None)

        since = self.window[0] - WEEK
        return (
            share("switched", Text("Took up {language}", language=language), self._switched),
            share(
                "switched_of_others",
                Text("The same, of those who wrote mostly in other languages before"),
                self._switched,
                able=True,
            ),
            self._days(),
            share(
                "switched_earlier",
                Text("Took it up at an earlier date"),
                lambda one: any(at <= since for at in one.rises),
            ),
            share(
                "mix_changed",
                Text("Any change of the language mix in these weeks"),
                lambda one: any(since < at <= self.window[1] for at in one.changes),
            ),
            self._mean(
                "share_before",
                Text("Own writing in {language} before", language=language),
                lambda one: one.before_share,
            ),
            self._mean(
                "share_since",
                Text("Own writing in {language} since", language=language),
                lambda one: one.since_share,
            ),
        )

    def _days(self) -> Measure:
        """How long before the attack the switches came: the median over accounts that switched."""
        attack = self.window[0] + self.weeks * WEEK
        mine, other = (
            [(attack - at) / 86_400 for one in side if (at := one.rose(*self.window)) is not None]
            for side in (self.ours, self.theirs)
        )
        text = Text("The change before the attack (median)")
        sides = mine, other
        return across_accounts("days_before_attack", text, sides, median_interval, "days", median)

    def _mean(self, name: str, text: Text, of: Callable[[Weeks], float]) -> Measure:
        """A share averaged over accounts."""
        mine, theirs = ([of(one) for one in side] for side in (self.ours, self.theirs))
        return across_accounts(name, text, (mine, theirs), share_interval)

    def _table(self, rose: Sequence[Weeks]) -> Table:
        rows: list[tuple[Value | None, ...]] = []
        for one in rose[:ROWS]:
            at = one.rose(*self.window)
            rows.append(
                (
                    AccountRef(one.account_id),
                    None if at is None else moment(at).date(),
                    label(leading([one])[0]),
                    Percent(one.before_share),
                    Percent(one.since_share),
                )
            )
        return Table(
            Text("Accounts that took up {language}", language=label(self.public)),
            (
                Text("Account"),
                Text("Week of the change"),
                Text("Main language"),
                Text("{language} before", language=label(self.public)),
                Text("{language} since", language=label(self.public)),
            ),
            tuple(rows),
        )

    def _caveats(self) -> tuple[Text, ...]:
        able = len(self._able(self.theirs))
        unjudged = len(self.every) - len(self.ours)
        few = Text(
            "Of the ordinary accounts, {share} wrote mostly in another language before, and only "
            "those can take up {language}: too few to test.",
            share=Share(able, len(self.theirs)),
            language=label(self.public),
        )
        return some(
            few if self.theirs and able < HANDFUL else None,
            no_comparison(len(self.theirs)),
            small_sample(len(self.ours)),
            plural(
                "One of these accounts wrote too little before or since to be judged.",
                "{n} of these accounts wrote too little before or since to be judged.",
                unjudged,
            )
            if unjudged
            else None,
            Text(
                "The week of a change is the likeliest one; in sparse weeks it may be off by a few."
            ),
            Text("Detectors err on short texts; undetermined posts are left out."),
        )


def _mean(side: Sequence[Weeks], of: Callable[[Weeks], float]) -> float:
    return sum(map(of, side)) / len(side)
