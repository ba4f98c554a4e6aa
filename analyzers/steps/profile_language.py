"""In which language are these accounts' interfaces set, against the language of the audience?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from analyzers.lib.categories import chart, commonest, different, having
from analyzers.lib.language_codes import folded
from analyzers.lib.measures import (
    ALPHA,
    HANDFUL,
    Count,
    no_comparison,
    share_measure,
    small_sample,
    some,
)
from analyzers.lib.stats import shortfall, wilson
from analyzers.model.case import Case
from analyzers.model.figure import Bars
from analyzers.model.finding import Finding, Test
from analyzers.model.step import Found, Needs, NotComputable
from analyzers.model.text import Language, Percent, Share, Text, plural

if TYPE_CHECKING:
    import pandas as pd

NAMED = 4
"""Languages that the claim names, so that it stays one sentence."""

_NULL = Text(
    "An account's interface language has nothing to do with its being one of these accounts: as "
    "many, drawn by lot, would have as few set to the audience's language."
)


@dataclass(frozen=True, slots=True)
class ProfileLanguage:
    """Compares interface languages, each account once, with the language of the target's audience.

    `audience` is an ISO 639-1 code; when `None` it is the language that most ordinary accounts
    write to the target in (the cohort's own when there are none). Region subtags are folded.
    Measures: `audience_language` (accounts set to it, with the primary test: Fisher's exact, too
    few of the cohort), `interface_languages` (how many different ones). Without an interface
    language for any account of the cohort, without a cohort, or without a recognised audience
    language, the step is not computable; a handful of accounts gets counts.

    Null of the primary test: accounts set to that language are spread over both sides as if by lot
    (Fisher 1935, "The logic of inductive inference", Journal of the Royal Statistical Society 98).
    """

    id: ClassVar[str] = "profile_language"
    title: ClassVar[Text] = Text("The language of their interface")
    needs: ClassVar[Needs] = Needs(
        columns=("accounts.profile_language",), optional=("posts.spoken",)
    )
    audience: str | None = None

    def __call__(self, case: Case, /) -> Found | NotComputable:
        accounts = case.tables.accounts
        languages = accounts["profile_language"].map(folded, na_action="ignore")
        ours, theirs = (
            languages[accounts["group"] == group].dropna() for group in ("cohort", "comparison")
        )
        if ours.empty:
            return NotComputable((_NO_LANGUAGE,))
        audience = self.audience or _audience(case.tables.posts)
        if audience is None:
            return NotComputable((_NO_AUDIENCE,))
        share, other = having(ours, audience), having(theirs, audience)
        p = shortfall(*share, *other) if other[1] else None
        low_share = share_measure(
            "audience_language",
            Text("Accounts set to {language}", language=Language(audience)),
            share,
            other,
            p,
        )
        assert isinstance(low_share.high, float)
        # without a comparison: surely fewer than half of the accounts
        noteworthy = p <= ALPHA if p is not None else low_share.high < 0.5
        return Found(
            Finding(
                claim=_claim(noteworthy, audience, share, other, ours),
                noteworthy=noteworthy,
                measures=(
                    low_share,
                    different(
                        "interface_languages", Text("Different interface languages"), ours, theirs
                    ),
                ),
                figures=(_chart(ours, theirs, audience),),
                caveats=_caveats(case, share, len(theirs)),
                alternatives=_ALTERNATIVES,
                falsifier=Text(
                    "Ordinary accounts that wrote about the target over the same days and were set "
                    "to {language} as rarely would overturn this.",
                    language=Language(audience),
                ),
                primary=None if p is None else Test("audience_language", _NULL, share[0], p),
            )
        )


def _audience(posts: pd.DataFrame) -> str | None:
    """The language that most accounts write to the target in, each account once per language."""
    if "spoken" not in posts:
        return None
    known = posts[posts["on_target"] & posts["spoken"].notna() & (posts["spoken"] != "und")]
    for group in ("comparison", "cohort"):
        writers = known[known["group"] == group].groupby("spoken")["account_id"].nunique()
        if len(writers):
            return str(min(writers.index, key=lambda language: (-writers[language], language)))
    return None


def _claim(
    noteworthy: bool, audience: str, share: Count, other: Count, ours: pd.Series[str]
) -> Text:
    language, named = Language(audience), tuple(Language(c) for c in commonest(ours)[:NAMED])
    if not other[1]:
        return Text(
            "Of these accounts, {ours} have their interface set to {language}, the language of the "
            "posts about the target. Their commonest interface languages: {named}.",
            ours=Share(*share),
            language=language,
            named=named,
        )
    if noteworthy:
        return Text(
            "Of these accounts, {ours} have their interface set to {language}, the language of the "
            "target's audience, against {theirs} among ordinary accounts. Commonest here: {named}.",
            ours=Share(*share),
            theirs=Share(*other),
            language=language,
            named=named,
        )
    return Text(
        "Interface languages do not set these accounts apart: {ours} are set to {language}, "
        "against {theirs} among ordinary accounts.",
        ours=Share(*share),
        theirs=Share(*other),
        language=language,
    )


def _chart(ours: pd.Series[str], theirs: pd.Series[str], audience: str) -> Bars:
    names = list(dict.fromkeys([audience, *commonest(ours), *commonest(theirs)]))
    count, total = having(ours, audience)
    title = Text(
        "{n} of {total} accounts have their interface set to {language}",
        n=count,
        total=total,
        language=Language(audience),
    )
    words = title, _alt(ours, theirs, audience), Text("Share of accounts, by interface language")
    return chart("profile_language", words, names, Language, ours, theirs)


def _alt(ours: pd.Series[str], theirs: pd.Series[str], audience: str) -> Text:
    share = Share(*having(ours, audience))
    if theirs.empty:
        return Text(
            "Bars of the interface languages of these accounts. {language}: {ours}.",
            language=Language(audience),
            ours=share,
        )
    return Text(
        "Bars of interface languages, these accounts above ordinary ones. {language}: {ours} "
        "against {theirs}.",
        language=Language(audience),
        ours=share,
        theirs=Share(*having(theirs, audience)),
    )


def _caveats(case: Case, share: Count, theirs: int) -> tuple[Text, ...]:
    known = share[1]
    silent = len(case.cohort) - known
    return some(
        Text("An interface language is not a nationality, and anyone can change it in a second."),
        small_sample(known),
        Text(
            "None of {n} accounts still leaves room for up to {high} among accounts of this kind "
            "(95% interval).",
            n=known,
            high=Percent(wilson(*share)[1]),
        )
        if not share[0] and known >= HANDFUL
        else None,
        no_comparison(theirs),
        plural(
            "For one account no interface language is known.",
            "For {n} accounts no interface language is known.",
            silent,
        )
        if silent
        else None,
    )


_NO_LANGUAGE = Text(
    "The interface language of each account. X stopped giving it in May 2019; exports made before "
    "that may carry it."
)
_NO_AUDIENCE = Text(
    "The language of the target's audience: no post about the target has a recognised language."
)
_ALTERNATIVES = (
    Text("People abroad, and people who speak several languages, write about the target too."),
    Text("Many people leave the interface in the language that their device came with."),
)
