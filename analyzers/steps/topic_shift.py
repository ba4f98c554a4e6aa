"""Did these accounts change their subjects in the weeks before the attack?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from analyzers.lib.attack import attack_span
from analyzers.lib.drift import TOKENS, Term, Vocabulary, terms, vocabularies
from analyzers.lib.drift_charts import beyond, moved, turnings
from analyzers.lib.elsewhere import elsewhere
from analyzers.lib.language_mix import categories, mean_interval
from analyzers.lib.measures import (
    ALPHA,
    HANDFUL,
    across_accounts,
    cited,
    mean,
    no_comparison,
    share_measure,
    small_sample,
    some,
)
from analyzers.lib.spelling import spellings
from analyzers.lib.stats import mean_excess
from analyzers.model.case import Case
from analyzers.model.figure import Strip
from analyzers.model.finding import Evidence, Finding, Measure, Table, Test
from analyzers.model.step import Found, Needs, NotComputable
from analyzers.model.text import Quote, Text, Value, plural

if TYPE_CHECKING:
    import pandas as pd

SUPPORT = 3
"""Accounts that must use a term, so that no list tells one person's words."""

LISTED = 8
"""Terms listed each way."""

NAMED = 3
"""Terms that the claim names each way, so that it stays short."""

FEWEST = 2
"""Accounts with enough words: of one alone there is no mean."""

_NULL = Text(
    "How far an account's words moved over these dates has nothing to do with its being one of "
    "these accounts: any accounts as numerous, drawn by lot, would have moved as far on average."
)


@dataclass(frozen=True)
class TopicShift:
    """Compares each account's words before and since a date fixed beforehand, within one language.

    The date lies `weeks` before the attack (eight: long enough for a handful of posts by most
    accounts, and before the weeks that an attack takes to prepare). Only timelines count, without
    posts about the target and those that selected the cohort. Each account is read in the language
    it writes most in with enough words on both sides, at equal numbers of words; its divergence is
    what exceeds random cuts of its own posts (`analyzers.lib.drift`). Measures: `divergence` (mean
    over accounts, the primary test, named beforehand: larger for the cohort than for ordinary
    accounts over the same dates), `moved` (accounts whose divergence exceeds 95 % of ordinary
    ones'), `turned_since` (accounts whose words changed most since that date, whatever date one
    tries, because a date fixed beforehand may miss each account's own). Intervals bootstrap
    accounts. Without timelines of two accounts that reach back far enough, or without an attack,
    the step is not computable; a handful of accounts is said to be one.

    Null of the primary test: divergences are spread over both sides as if by lot, by permuting
    whole accounts (Pitman 1937, "Significance tests which may be applied to samples from any
    populations", Supplement to the Journal of the Royal Statistical Society 4).
    """

    weeks: int = 8
    tokens: int = TOKENS

    id: ClassVar[str] = "topic_shift"
    title: ClassVar[Text] = Text("A change of subjects")
    needs: ClassVar[Needs] = Needs(
        columns=("posts.text",), optional=("posts.normal", "posts.spoken")
    )

    def __call__(self, case: Case, /) -> Found | NotComputable:
        span = attack_span(case)
        if span is None:
            return NotComputable((_NO_TIMELINES,))
        since = span[0] - timedelta(weeks=self.weeks)
        posts = _read(case)
        ours, theirs = (
            vocabularies(posts[posts["group"] == group], since, self.tokens)
            for group in ("cohort", "comparison")
        )
        if len(ours) < FEWEST:
            return NotComputable((_NO_TIMELINES,))
        return Found(_View(ours, theirs, since, span, self.tokens, case.seed).finding(posts))


def _read(case: Case) -> pd.DataFrame:
    """Organic posts of collected timelines, away from the target, with their language."""
    posts = elsewhere(case)
    read = posts[posts["organic"].astype(bool)]
    return read.assign(category=categories(read["spoken"]))


@dataclass(frozen=True)
class _View:
    """Both groups' words before and since a date."""

    ours: tuple[Vocabulary, ...]
    theirs: tuple[Vocabulary, ...]
    since: datetime
    attack: tuple[datetime, datetime]
    tokens: int
    seed: int

    def finding(self, posts: pd.DataFrame) -> Finding:
        mine, base = (
            [one.excess(self.seed, self.tokens) for one in side]
            for side in (self.ours, self.theirs)
        )
        p = mean_excess(mine, base, seed=self.seed) if base else None
        low, _ = mean_interval(mine, self.seed)
        noteworthy = p <= ALPHA if p is not None else low is not None and low > 0
        first = self._claim(noteworthy, len(mine), len(base))
        changed = terms(self.ours, SUPPORT)
        gone = [term for term in reversed(changed) if term.z < 0][:LISTED]
        new = [term for term in changed if term.z > 0][:LISTED]
        texts = posts.loc[posts["group"] == "cohort", "text"]
        written = spellings({term.word for term in (*gone, *new)}, texts)
        return Finding(
            claim=_with_terms(first, _named(gone, written), _named(new, written))
            if noteworthy
            else first,
            noteworthy=noteworthy,
            measures=self._measures(mine, base, p),
            evidence=self._evidence(posts, gone, new) if noteworthy else (),
            figures=(moved(mine, base, self.since), *self._turnings()),
            tables=(_table((*gone, *new), written),) if gone or new else (),
            caveats=self._caveats(posts),
            alternatives=(
                Text("News, seasons and new interests change what everyone writes about."),
                Text("An account that changes hands or job changes its subjects too."),
            ),
            falsifier=Text(
                "Ordinary accounts whose words moved as far over the same dates, or the same "
                "change at another date of these accounts' past, would overturn this."
            ),
            primary=None if p is None else Test("divergence", _NULL, mean(mine), p),
        )

    def _claim(self, noteworthy: bool, read: int, others: int) -> Text:
        day = self.since.date()
        if noteworthy and others:
            return Text(
                "Since {day} the words of {read} accounts moved further, on average, than those of "
                "{others} ordinary accounts.",
                read=read,
                day=day,
                others=others,
            )
        if noteworthy:
            return Text(
                "Since {day} the words of {read} accounts moved further, on average, than in the "
                "same posts in random order. There are no ordinary accounts to compare with.",
                read=read,
                day=day,
            )
        if others:
            return Text(
                "Since {day} the words of {read} accounts moved no further, on average, than those "
                "of {others} ordinary accounts.",
                read=read,
                day=day,
                others=others,
            )
        return Text(
            "The words of {read} accounts show no clear change since {day}.", read=read, day=day
        )

    def _measures(
        self, mine: list[float], base: list[float], p: float | None
    ) -> tuple[Measure, ...]:
        main = across_accounts(
            "divergence",
            Text("Change of words beyond chance (0 none, 1 all), mean over accounts"),
            (mine, base),
            lambda values: mean_interval(values, self.seed),
            "ratio",
            p=p,
        )
        found = [main]
        if len(base) >= HANDFUL:
            label = Text("Accounts that moved further than 95% of ordinary ones")
            found.append(share_measure("moved", label, beyond(mine, base), beyond(base, base)))
        label = Text(
            "Accounts whose largest change of words came after {day}", day=self.since.date()
        )
        ours, theirs = (
            (sum(at >= self.since for at in dates), len(dates)) for dates in self._dates
        )
        if ours[1]:
            found.append(share_measure("turned_since", label, ours, theirs))
        return tuple(found)

    @cached_property
    def _dates(self) -> tuple[list[datetime], list[datetime]]:
        """When each account's words changed most, on either side."""
        mine, theirs = (
            [at for one in side if (at := one.turning(self.seed, self.tokens)) is not None]
            for side in (self.ours, self.theirs)
        )
        return mine, theirs

    def _turnings(self) -> tuple[Strip, ...]:
        mine, theirs = self._dates
        return (turnings(mine, theirs, self.since, self.attack),) if mine else ()

    def _evidence(
        self, posts: pd.DataFrame, gone: list[Term], new: list[Term]
    ) -> tuple[Evidence, ...]:
        ours = posts[posts["group"] == "cohort"]
        earlier = ours["created_at"] < self.since
        return (
            *cited(Text("Earlier posts with terms that left."), _with(ours[earlier], gone)),
            *cited(Text("Later posts with terms that arrived."), _with(ours[~earlier], new)),
        )

    def _caveats(self, posts: pd.DataFrame) -> tuple[Text, ...]:
        unread = posts.loc[posts["group"] == "cohort", "account_id"].nunique() - len(self.ours)
        return some(
            Text(
                "Words stand for subjects: only {tokens} words of one language on either side of "
                "the date were compared for each account.",
                tokens=self.tokens,
            ),
            small_sample(len(self.ours)),
            no_comparison(len(self.theirs)),
            plural(
                "One of these accounts wrote too little on one side to be compared.",
                "{n} of these accounts wrote too little on one side to be compared.",
                unread,
            )
            if unread > 0
            else None,
        )


def _named(some: Sequence[Term], written: dict[str, str]) -> tuple[Quote, ...]:
    return tuple(Quote(written[term.word]) for term in some[:NAMED])


def _with_terms(first: Text, left: tuple[Quote, ...], come: tuple[Quote, ...]) -> Text:
    """The claim with the terms that left and arrived, as far as there are any."""
    if left and come:
        return Text(
            "{first} Terms that left: {left}; that arrived: {come}.",
            first=first,
            left=left,
            come=come,
        )
    if left:
        return Text("{first} Terms that left: {left}.", first=first, left=left)
    if come:
        return Text("{first} Terms that arrived: {come}.", first=first, come=come)
    return first


def _with(posts: pd.DataFrame, wanted: Sequence[Term]) -> list[str]:
    """Posts that hold one of the terms, one per account and term."""
    found: dict[tuple[str, str], str] = {}
    for account, text, post in zip(
        posts["account_id"], posts["normal"], posts["post_id"], strict=True
    ):
        said = set(text.split(" ")) if isinstance(text, str) else set()
        for term in wanted[:NAMED]:
            if term.word in said:
                found.setdefault((account, term.word), post)
    return list(dict.fromkeys(found.values()))


def _table(changed: Sequence[Term], written: dict[str, str]) -> Table:
    rows: list[tuple[Value | None, ...]] = [
        (
            Quote(written[term.word]),
            Text("arrived") if term.z > 0 else Text("left"),
            term.accounts_before,
            term.accounts_after,
            round(term.before, 1),
            round(term.after, 1),
        )
        for term in changed
    ]
    return Table(
        Text("Terms that left and arrived"),
        (
            Text("Term"),
            Text("Change"),
            Text("Accounts before"),
            Text("Accounts since"),
            Text("Per 1,000 words before"),
            Text("Per 1,000 words since"),
        ),
        tuple(rows),
    )


_NO_TIMELINES = Text(
    "Timelines of these accounts that reach back to well before the eight weeks that precede the "
    "attack, with some posts in one language on either side."
)
