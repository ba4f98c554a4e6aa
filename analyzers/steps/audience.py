"""Who follows these accounts, and do they follow back?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from analyzers.lib.follower_charts import (
    Both,
    Column,
    counts_chart,
    follower_cards,
    languages_table,
    shares_chart,
)
from analyzers.lib.followers import Circle
from analyzers.lib.inner_circle import selected_for_it
from analyzers.lib.language_mix import (
    audience,
    categories,
    category,
    label,
    mean_interval,
    share_interval,
)
from analyzers.lib.measures import (
    ALPHA,
    across_accounts,
    mean,
    no_comparison,
    share_measure,
    small_sample,
    some,
)
from analyzers.lib.stats import mean_excess
from analyzers.model.case import Case, Group
from analyzers.model.figure import Bars
from analyzers.model.finding import Finding, Measure, Test, Unit
from analyzers.model.step import Found, Needs, NotComputable
from analyzers.model.text import Percent, Share, Text

if TYPE_CHECKING:
    import pandas as pd

_GROUPS: tuple[Group, Group] = ("cohort", "comparison")

_LANGUAGE_NULL = Text(
    "The languages of an account's followers have nothing to do with its being one of these "
    "accounts: any accounts as numerous, drawn by lot, would have as few followers set to the "
    "audience's language on average."
)
_BACK_NULL = Text(
    "Following back has nothing to do with being one of these accounts: any accounts as numerous, "
    "drawn by lot, would follow back as large a share of their followers on average."
)


@dataclass(frozen=True)
class Audience:
    """Compares samples of followers of the two groups, each followed account weighing the same.

    `language` is the audience's (ISO 639-1); `None` takes the one most used about the target. At
    most 200 newest followers per account are read, and an account with fewer than five followers
    of known value has no share. Measures: `audience_language` (followers set to it), `follow_back`
    (followers followed in return, where it is known whom the account follows), `follow_ratio`
    (followers' own followers over whom they follow, median per account), `followed_in_common`
    (mean Jaccard of whom two accounts of a group follow), `follow_inside` (of its group's other
    accounts, the share that each account follows; only describes when acquaintance selected
    some), `created_together` (largest share of
    followers created within four weeks). The primary test, named beforehand, is the first where
    interface languages are known (too few), else the second (too many), by permuting whole
    accounts. Intervals bootstrap accounts. Without followers of the cohort, or with neither
    value known, the step is not computable; a handful of accounts is said to be one.

    Null of the primary test: accounts' shares are spread over both sides as if by lot (Pitman 1937,
    "Significance tests which may be applied to samples from any populations", Supplement to the
    Journal of the Royal Statistical Society 4).
    """

    language: str | None = None

    id: ClassVar[str] = "audience"
    title: ClassVar[Text] = Text("Who follows these accounts")
    needs: ClassVar[Needs] = Needs(tables=("follows", "profiles"), optional=("posts.spoken",))

    def __call__(self, case: Case, /) -> Found | NotComputable:
        a, b = (Circle.of(case.tables, group) for group in _GROUPS)
        view = _View(a, b, self._public(case.tables.posts), case.seed)
        if not view.language[0] and not view.back[0]:
            return NotComputable((_NO_FOLLOWERS,))
        finding = view.finding()
        return Found(replace(finding, caveats=some(*finding.caveats, selected_for_it(case))))

    def _public(self, posts: pd.DataFrame) -> str | None:
        if self.language is not None:
            return category(self.language)
        if "spoken" not in posts:
            return None
        return audience(posts.assign(category=categories(posts["spoken"])))


@dataclass(frozen=True)
class _View:
    """Both groups' followers, read against the audience's language."""

    a: Circle
    b: Circle
    public: str | None
    seed: int

    @property
    def language(self) -> Both:
        """Per account of either group, the share of followers set to the audience's language."""
        if self.public is None:
            return [], []
        return self.a.set_to(self.public), self.b.set_to(self.public)

    @property
    def back(self) -> Both:
        """Per account of either group, the share of followers followed in return."""
        return self.a.followed_back(), self.b.followed_back()

    def finding(self) -> Finding:
        primary = self._primary()
        p = primary.p if primary else None
        noteworthy = p <= ALPHA if p is not None else self._striking()
        return Finding(
            claim=self._claim(noteworthy),
            noteworthy=noteworthy,
            measures=self._measures(primary),
            figures=(self._bars(), *counts_chart(self.a, self.b), *follower_cards(self.a)),
            tables=languages_table(self.a, self.b),
            caveats=self._caveats(),
            alternatives=_ALTERNATIVES,
            falsifier=Text(
                "A random sample of followers, or ordinary accounts of the same age and activity, "
                "with the same languages and as much following back would overturn this."
            ),
            primary=primary,
        )

    def _primary(self) -> Test | None:
        mine, theirs = self.language
        if mine:
            if not theirs:
                return None
            p = mean_excess([-x for x in mine], [-x for x in theirs], seed=self.seed)
            return Test("audience_language", _LANGUAGE_NULL, mean(mine), p)
        mine, theirs = self.back
        if not theirs:
            return None
        return Test(
            "follow_back", _BACK_NULL, mean(mine), mean_excess(mine, theirs, seed=self.seed)
        )

    def _striking(self) -> bool:
        """Without a comparison: surely fewer than half in the language, or more than half back."""
        mine, back = self.language[0], self.back[0]
        return bool(mine and share_interval(mine, self.seed)[1] < 0.5) or bool(
            back and share_interval(back, self.seed)[0] > 0.5
        )

    def _claim(self, noteworthy: bool) -> Text:
        said = [*self._of_language(), *self._of_back()]
        if not noteworthy:
            said = [Text("Followers do not set these accounts apart."), *said[:1]]
        if len(said) == 1:
            return said[0]
        return Text("{first} {second}", first=said[0], second=said[1])

    def _of_language(self) -> tuple[Text, ...]:
        mine, theirs = self.language
        if not mine or self.public is None:
            return ()
        ours, language = Percent(mean(mine)), label(self.public)
        if not theirs:
            return (
                Text(
                    "{ours} of these accounts' sampled followers have their interface set to "
                    "{language}, the language of the target's audience.",
                    ours=ours,
                    language=language,
                ),
            )
        return (
            Text(
                "{ours} of these accounts' sampled followers have their interface set to "
                "{language}, the language of the target's audience, against {theirs} for ordinary "
                "accounts.",
                ours=ours,
                language=language,
                theirs=Percent(mean(theirs)),
            ),
        )

    def _of_back(self) -> tuple[Text, ...]:
        mine, theirs = self.back
        if not mine:
            return ()
        ours = Percent(mean(mine))
        if not theirs:
            return (Text("They follow {ours} of their followers in return.", ours=ours),)
        return (
            Text(
                "They follow {ours} of their followers in return, ordinary accounts {theirs}.",
                ours=ours,
                theirs=Percent(mean(theirs)),
            ),
        )

    def _measures(self, primary: Test | None) -> tuple[Measure, ...]:
        named = () if self.public is None else (label(self.public),)
        ratios = self.a.ratios(), self.b.ratios()
        common = self.a.in_common(), self.b.in_common()
        found = [
            *(
                self._averaged(
                    "audience_language",
                    Text("Followers set to {language}", language=language),
                    self.language,
                    "share",
                    primary,
                )
                for language in named
            ),
            self._averaged(
                "follow_back", Text("Followers followed in return"), self.back, "share", primary
            ),
            self._averaged(
                "follow_ratio", Text("Followers' followers per account followed"), ratios, "ratio"
            ),
            self._averaged(
                "followed_in_common",
                Text("Overlap of whom two of the accounts follow"),
                common,
                "share",
            ),
        ]
        found.append(
            self._averaged(
                "follow_inside",
                Text("Of the group's other accounts, those that each one follows"),
                (self.a.inside, self.b.inside),
                "share",
            )
        )
        together, other = self.a.created_together()[0], self.b.created_together()[0]
        if together[1]:
            name = Text("Followers created within the same four weeks, at most")
            found.append(share_measure("created_together", name, together, other))
        return tuple(measure for measure in found if measure is not None)

    def _averaged(
        self,
        name: str,
        text: Text,
        values: Both,
        unit: Unit,
        primary: Test | None = None,
    ) -> Measure | None:
        """The mean over accounts, the other group's beside it; n counts accounts."""
        if not values[0]:
            return None
        p = primary.p if primary and primary.name == name else None
        return across_accounts(name, text, values, lambda x: self._ends(x, unit), unit, p=p)

    def _ends(self, values: Sequence[float], unit: Unit) -> tuple[float | None, float | None]:
        if unit == "share":
            return share_interval(values, self.seed)
        return mean_interval(values, self.seed)

    def _bars(self) -> Bars:
        named: list[tuple[Text, Column, Both]] = []
        if self.public is not None:
            text = Text("set to {language}", language=label(self.public))
            named.append((text, "language", self.language))
        named.append((Text("followed in return"), "back", self.back))
        return shares_chart(self.a, self.b, [kind for kind in named if kind[2][0]], self.seed)

    def _caveats(self) -> tuple[Text, ...]:
        measured = len(self.language[0]) or len(self.back[0])
        unknown = int(self.a.people["created_at"].isna().sum())
        return some(
            Text(
                "Platforms list the newest followers first, so this is a sample of recent ones, "
                "not a random one."
            ),
            Text("Interface language is not nationality."),
            small_sample(measured),
            no_comparison(self.b.accounts),
            None
            if self.back[0]
            else Text(
                "Whom these accounts follow was not collected, so following back is unknown."
            ),
            Text(
                "Profiles of {unknown} of the sampled followers are not in the data.",
                unknown=Share(unknown, len(self.a.people)),
            )
            if unknown
            else None,
        )


_NO_FOLLOWERS = Text(
    "Followers of these accounts (a table of follower and followed, at least five of each account) "
    "with their profiles, or whom these accounts follow."
)
_ALTERNATIVES = (
    Text("Marketers and artists follow back to grow, and people abroad have followers abroad."),
    Text("Followers can be bought or sent by others without the account's doing."),
)
