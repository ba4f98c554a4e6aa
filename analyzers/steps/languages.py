"""In which languages do these accounts write, with reposts and in their own words?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from analyzers.lib.language_mix import (
    UNDETERMINED,
    Side,
    Which,
    audience,
    categories,
    category,
    label,
    ranked,
    share_interval,
)
from analyzers.lib.measures import (
    ALPHA,
    HANDFUL,
    across_accounts,
    cited,
    no_comparison,
    small_sample,
    some,
)
from analyzers.model.case import NAMES, Case
from analyzers.model.figure import Label, Stacked, StackedRow
from analyzers.model.finding import Evidence, Finding, Measure, Table, Test
from analyzers.model.step import Found, Needs, NotComputable
from analyzers.model.text import Interval, Percent, Share, Text, Value

NAMED = 7
"""Languages named in the chart: with `other` and `undetermined`, nine shades can be told apart."""


@dataclass(frozen=True)
class Languages:
    """Compares the languages of the cohort's own posts with ordinary accounts', account by account.

    Reads timelines where they were collected, leaving out posts about the target on both sides
    (the search chose those for what they say), else whatever posts there are. `audience` is the
    language of the target's public; `None` takes the one most used about the target. The primary
    test, named beforehand, is the share of own posts in that language, one-sided (less than among
    ordinary accounts), by permuting whole accounts. Intervals bootstrap accounts.

    Fewer than five accounts are described by counts; without any post in a determined language
    the answer is not computable.

    Null of the primary test: accounts' shares are spread over both sides as if by lot (Pitman 1937,
    "Significance tests which may be applied to samples from any populations", Supplement to the
    Journal of the Royal Statistical Society 4).
    """

    audience: str | None = None

    id: ClassVar[str] = "languages"
    title: ClassVar[Text] = Text("Languages")
    needs: ClassVar[Needs] = Needs(
        alternatives=(("posts.text", "posts.language"),),
        optional=("posts.spoken", "posts.spoken_by"),
    )

    def __call__(self, case: Case, /) -> Found | NotComputable:
        view = _View.of(case, self.audience)
        if view is None:
            return NotComputable(
                (
                    Text(
                        "Posts by these accounts with a text long enough to tell its language: "
                        "their timelines, or a language label by the platform."
                    ),
                )
            )
        return Found(view.finding(case))


@dataclass(frozen=True)
class _View:
    """What is compared: both sides over the same kind of posts, and the audience's language."""

    a: Side
    b: Side | None
    timelines: bool
    audience: str | None
    order: tuple[str, ...]

    @classmethod
    def of(cls, case: Case, audience_code: str | None) -> _View | None:
        posts = case.tables.posts
        posts = posts.assign(category=categories(posts["spoken"]))
        collected = case.tables.accounts
        collected = collected[collected["timeline"].astype(bool)]
        timelines = bool((collected["group"] == "cohort").any())
        read = posts
        if timelines:
            read = posts[
                posts["account_id"].isin(collected["account_id"]) & ~posts["on_target"].astype(bool)
            ]
        a = Side.of(read[read["group"] == "cohort"])
        if not ranked(a.own):
            return None
        b = Side.of(read[read["group"] == "comparison"])
        public = category(audience_code) if audience_code else audience(posts)
        return cls(a, b if len(b.own) else None, timelines, public, tuple(ranked(a.own)))

    @property
    def few(self) -> bool:
        return len(self.a.own) < HANDFUL

    def finding(self, case: Case) -> Finding:
        p = self._p(case.seed)
        return Finding(
            claim=self._claim(),
            noteworthy=self._noteworthy(p),
            measures=self._measures(p, case.seed),
            evidence=self._evidence(),
            figures=(self._figure(),),
            tables=(self._table(case.seed),),
            caveats=self._caveats(),
            alternatives=(
                Text("Bilingual people and migrants write in several languages every day."),
                Text("Fans of a foreign artist, team or cause repost in languages they half know."),
                Text("Accounts that post links for a living follow their customers' languages."),
            ),
            falsifier=Text(
                "Ordinary accounts that wrote about the target, read over the same dates and "
                "depth, and that use these languages as much would overturn this."
            ),
            primary=self._test(p),
            describes=not self.timelines,
        )

    def _p(self, seed: int) -> float | None:
        from analyzers.lib.stats import mean_excess

        if not self.timelines or self.b is None or self.audience is None:
            return None
        mine = self.a.per_account(self.audience)
        theirs = self.b.per_account(self.audience)
        return mean_excess([-x for x in mine], [-x for x in theirs], seed=seed)

    def _test(self, p: float | None) -> Test | None:
        if p is None or self.b is None or self.audience is None:
            return None
        return Test(
            name="audience_share",
            null=Text(
                "How much of its own writing is in the audience's language has nothing to do with "
                "an account's being one of these: as many, drawn by lot, would write in it as "
                "little on average."
            ),
            statistic=self.b.mean(self.audience) - self.a.mean(self.audience),
            p=p,
        )

    def _noteworthy(self, p: float | None) -> bool:
        if not self.timelines:
            return False
        if p is not None:
            return p <= ALPHA
        return self.audience is not None and self.order[0] != self.audience

    def _claim(self) -> Text:
        first = self.order[0]
        own = self.a.own_posts
        if not self.timelines:
            return Text(
                "No timelines were collected. In the posts at hand, {accounts} accounts write most "
                "in {language}; what they write elsewhere is not known.",
                accounts=len(self.a.own),
                language=label(first),
            )
        if self.few or self.audience is None:
            return Text(
                "In posts not about the target, {language} comes first. Accounts read: {accounts}; "
                "posts of their own in that language: {share}.",
                language=label(first),
                share=Share(int((own["category"] == first).sum()), len(own)),
                accounts=len(self.a.own),
            )
        return self._compared(self.audience)

    def _compared(self, public: str) -> Text:
        leaders: Value = tuple(label(name) for name in self.order[:3])
        mine = Percent(self.a.mean(public))
        if self.b is None:
            return Text(
                "In posts not about the target, these {accounts} accounts write most in {leaders}; "
                "{audience} makes up {share} of their own posts. There are no ordinary accounts to "
                "compare with.",
                accounts=len(self.a.own),
                leaders=leaders,
                audience=label(public),
                share=mine,
            )
        return Text(
            "In posts not about the target, these {accounts} accounts write most in {leaders}; "
            "{audience} makes up {share} of their own posts, against {base} among {others} "
            "ordinary accounts.",
            accounts=len(self.a.own),
            leaders=leaders,
            audience=label(public),
            share=mine,
            base=Percent(self.b.mean(public)),
            others=len(self.b.own),
        )

    def _measures(self, p: float | None, seed: int) -> tuple[Measure, ...]:
        first = self.order[0]
        found: list[Measure] = []
        if self.audience is not None:
            name = label(self.audience)
            own = Text("Own posts in {language}", language=name)
            both = Text("Posts in {language}, reposts included", language=name)
            found.append(self._share("audience_share", own, self.audience, seed, p=p))
            found.append(
                self._share("audience_share_with_reposts", both, self.audience, seed, "all")
            )
        leads = Text("Own posts in {language}, the most used", language=label(first))
        found.insert(1, self._share("leading_organic_share", leads, first, seed))
        vague = Text("Own posts whose language cannot be told")
        found.append(self._share("undetermined_share", vague, UNDETERMINED, seed))
        found.append(_agreement(self.a, self.b))
        leader = Text("Most used language (code)")
        base = next(iter(ranked(self.b.own)), None) if self.b else None
        found.append(
            Measure("leading_organic", leader, first, "name", len(self.a.own), baseline=base)
        )
        return tuple(found)

    def _share(
        self,
        name: str,
        text: Text,
        code: str,
        seed: int,
        which: Which = "own",
        p: float | None = None,
    ) -> Measure:
        """The mean over accounts of the share of one language; n counts accounts."""
        mine = self.a.per_account(code, which)
        theirs = self.b.per_account(code, which) if self.b else []
        return across_accounts(name, text, (mine, theirs), lambda x: share_interval(x, seed), p=p)

    def _evidence(self) -> tuple[Evidence, ...]:
        own = self.a.own_posts
        leading = own[own["category"] == self.order[0]].drop_duplicates("account_id")
        note = Text("Own posts in {language}, one per account.", language=label(self.order[0]))
        return cited(note, leading["post_id"])

    def _figure(self) -> Stacked:
        named = self.order[:NAMED]
        rows = [
            self._row(self.a, "own", Text("These accounts (A), own posts")),
            self._row(self.a, "all", Text("These accounts (A), with reposts")),
        ]
        if self.b is not None:
            rows.append(self._row(self.b, "own", Text("Ordinary accounts (B), own posts"), True))
            rows.append(self._row(self.b, "all", Text("Ordinary accounts (B), with reposts"), True))
        categories: tuple[Label, ...] = (
            *(label(name) for name in named),
            label("other"),
            label(UNDETERMINED),
        )
        return Stacked(
            slug="languages",
            title=Text(
                "{language} comes first in these accounts' own posts", language=label(named[0])
            ),
            alt=Text(
                "Bars of language shares, with reposts and without. Languages of the own posts of "
                "{accounts} accounts, most used first: {leaders}. Undetermined: {vague}.",
                accounts=len(self.a.own),
                leaders=tuple(label(name) for name in named),
                vague=Percent(self.a.mean(UNDETERMINED)),
            ),
            note=Text("Each account weighs the same."),
            categories=categories,
            rows=tuple(rows),
            x_label=Text("Share of posts, averaged over accounts"),
        )

    def _row(self, side: Side, which: Which, text: Text, ordinary: bool = False) -> StackedRow:
        means = side.table(which).mean(axis=0)
        named = [float(means.get(name, 0.0)) for name in self.order[:NAMED]]
        vague = float(means.get(UNDETERMINED, 0.0))
        rest = max(0.0, 1.0 - sum(named) - vague)
        count = len(side.own_posts if which == "own" else side.posts)
        return StackedRow(
            label=text,
            group="comparison" if ordinary else "cohort",
            n=count,
            shares=(*named, rest, vague),
        )

    def _table(self, seed: int) -> Table:
        rows: list[tuple[Value | None, ...]] = []
        for name in (*self.order[:NAMED], UNDETERMINED):
            ends = share_interval(self.a.per_account(name), seed)
            span = None if self.few else Interval(*ends, percent=True)
            base = Percent(self.b.mean(name)) if self.b else None
            rows.append((label(name), Percent(self.a.mean(name)), span, base))
        return Table(
            Text("Languages of own posts, averaged over accounts"),
            (
                Text("Language"),
                NAMES["cohort"],
                Text("95% interval"),
                NAMES["comparison"],
            ),
            tuple(rows),
        )

    def _caveats(self) -> tuple[Text, ...]:
        only_search = Text("Only posts that matched the search were collected, not timelines.")
        others = len(self.b.own) if self.b else 0
        return some(
            None if self.timelines else only_search,
            no_comparison(others) if self.timelines else None,
            small_sample(len(self.a.own)),
            Text(
                "Detectors err on short texts, and posts of links and mentions stay undetermined."
            ),
            Text("Bilingual accounts are common; a language says nothing of where anyone is from."),
            Text(
                "Serbian, Croatian and Bosnian count as one language, as do Indonesian and Malay: "
                "short texts do not tell them apart."
            ),
        )


def _agreement(a: Side, b: Side | None) -> Measure:
    """How often the detectors' language is the platform's, over own posts where both speak."""
    from analyzers.lib.stats import wilson

    k, n = a.agreeing()
    base_k, base_n = b.agreeing() if b else (0, 0)
    low, high = wilson(k, n) if n else (None, None)
    return Measure(
        name="platform_agreement",
        label=Text("Own posts where the platform's language label agrees"),
        value=k / n if n else None,
        unit="share",
        n=n,
        low=low,
        high=high,
        baseline=base_k / base_n if base_n else None,
        baseline_n=base_n or None,
    )
