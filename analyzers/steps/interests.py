"""Which words and hashtags set these accounts apart from ordinary ones in the same language?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from analyzers.lib.cards_of_words import word_cards
from analyzers.lib.elsewhere import NO_TIMELINES, elsewhere
from analyzers.lib.language_mix import UNDETERMINED, category, label
from analyzers.lib.measures import ALPHA, HANDFUL, cited, share_measure, small_sample, some
from analyzers.lib.spelling import spellings
from analyzers.lib.vocabulary import SUPPORT, Term, Vocabulary, vocabulary
from analyzers.model.case import NAMES, Case
from analyzers.model.figure import Intervals, Span
from analyzers.model.finding import Evidence, Finding, Measure, Table, Test
from analyzers.model.step import Found, Needs, NotComputable
from analyzers.model.text import Interval, Probability, Quote, Share, Text, Value

if TYPE_CHECKING:
    import pandas as pd

NAMED = 4
"""Words in the claim, so that it stays within a phone's message."""

SHOWN = 12
"""Words in the chart of a language; the table has twice as many."""

ENOUGH = 3
"""Words for which a second language gets a chart: fewer say nothing of what accounts care for."""

_NULL = Text(
    "Which words an account uses has nothing to do with its being one of these accounts: among any "
    "accounts as numerous, drawn by lot, some word is used by them so much more."
)


@dataclass(frozen=True, slots=True)
class Interests:
    """Ranks the words and hashtags that set the cohort's own posts apart, language by language.

    Reads collected timelines: organic posts that neither concern the target nor address anybody,
    since what is said to people is not what an account is about. A language is compared when three
    of the cohort and five ordinary accounts write in it; a word needs three accounts of the cohort,
    and no account weighs more than a median one. The primary test, named beforehand, is the highest
    z of any word (log-odds with an informative Dirichlet prior), one-sided, searched again in every
    draw of whole accounts; words are shown by the lower end of their interval. Not computable
    without timelines, or where ordinary accounts share no language with the cohort. `draws` is the
    most shuffles; many words get fewer.

    Null of the primary test: which words an account uses does not depend on its side. The score is
    that of Monroe, Colaresi and Quinn (2008, "Fightin' Words", Political Analysis 16), the search
    is paid for by Westfall and Young's single-step max-T (1993, "Resampling-based multiple
    testing").
    """

    id: ClassVar[str] = "interests"
    title: ClassVar[Text] = Text("Interests")
    needs: ClassVar[Needs] = Needs(
        columns=("posts.text",),
        optional=(
            "posts.normal",
            "posts.spoken",
            "posts.hashtags",
            "posts.mentions",
            "posts.reply_to_account",
        ),
    )
    draws: int = 29_999

    def __call__(self, case: Case, /) -> Found | NotComputable:
        posts = _own(elsewhere(case))
        if not (posts["group"] == "cohort").any():
            return NotComputable((NO_TIMELINES,))
        found = vocabulary(posts)
        if found is None:
            return NotComputable((_no_language(posts),))
        ranked = found.ranked(self.draws, case.seed)
        apart = _without_echoes(
            sorted((t for t in ranked if t.p <= ALPHA), key=lambda t: (-t.low, -t.z, t.word))
        )
        return Found(_finding(posts, found, ranked, apart))


def _own(posts: pd.DataFrame) -> pd.DataFrame:
    """The posts in an account's own words that address nobody."""
    kept = posts["organic"].astype(bool)
    if "mentions" in posts:
        kept &= posts["mentions"].map(len, na_action="ignore").fillna(0) == 0
    if "reply_to_account" in posts:
        kept &= posts["reply_to_account"].isna()
    return posts[kept]


def _without_echoes(terms: list[Term]) -> list[Term]:
    """Leave out a hashtag whose word is listed too."""
    words = {(term.language, term.word) for term in terms}
    return [
        term
        for term in terms
        if not term.word.startswith("#") or (term.language, term.word[1:]) not in words
    ]


def _as_written(posts: pd.DataFrame, terms: list[Term]) -> list[Term]:
    """The terms with their words spelled as these accounts spell them, accents and all."""
    texts = posts.loc[posts["group"] == "cohort", "text"]
    written = spellings({term.word for term in terms}, texts)
    return [replace(term, word=written[term.word]) for term in terms]


def _no_language(posts: pd.DataFrame) -> Text:
    ours = posts.loc[posts["group"] == "cohort", "spoken"].map(category)
    names = tuple(label(code) for code in _most_used(ours[ours != UNDETERMINED])[:NAMED])
    if not names:
        return Text("Posts by these accounts with a text long enough to tell its language.")
    return Text(
        "Timelines of at least {n} ordinary accounts that write in the languages of these accounts "
        "({languages}), and of at least {support} of these accounts in one of them.",
        n=HANDFUL,
        support=SUPPORT,
        languages=names,
    )


def _most_used(codes: pd.Series[str]) -> list[str]:
    counts = codes.value_counts()
    return sorted((str(code) for code in counts.index), key=lambda code: (-counts[code], code))


def _finding(
    posts: pd.DataFrame, found: Vocabulary, ranked: list[Term], apart: list[Term]
) -> Finding:
    primary = max(ranked, key=lambda term: term.z, default=None)
    test = Test("highest_z", _NULL, primary.z if primary else 0.0, primary.p if primary else 1.0)
    size = max(ours for ours, _ in found.writers.values())
    if not apart:
        return Finding(
            claim=Text(
                "In {languages}, no word or hashtag sets these accounts apart from ordinary ones.",
                languages=tuple(label(code) for code in found.languages),
            ),
            noteworthy=False,
            measures=(_count(apart, size),),
            caveats=_caveats(posts, found),
            primary=test,
        )
    shown = _as_written(posts, apart)
    return Finding(
        claim=_claim(found, shown),
        noteworthy=True,
        measures=_measures(found, shown, size),
        evidence=_evidence(found, apart),
        figures=(
            *_charts(found, shown),
            *word_cards(posts, found, apart),
        ),
        tables=(_table(found, shown),),
        caveats=_caveats(posts, found),
        alternatives=(
            Text("People who meet over one pastime use its words, and act together at times."),
            Text("Several accounts of one person, shop or club have one taste."),
        ),
        falsifier=Text(
            "Ordinary accounts of the same language and pastime, read over the same dates, that "
            "use these words as much would overturn this."
        ),
        primary=test,
    )


def _claim(found: Vocabulary, apart: list[Term]) -> Text:
    first = apart[0]
    ours, theirs = found.writers[first.language]
    words = tuple(Quote(t.word) for t in apart if t.language == first.language)[:NAMED]
    return Text(
        "In {language}, these accounts' words differ from ordinary accounts', most of all {words}. "
        "Of those that write in it, {ours} use {word}, against {theirs} among ordinary accounts.",
        language=label(first.language),
        words=words,
        word=Quote(first.word),
        ours=Share(first.ours, ours),
        theirs=Share(first.theirs, theirs),
    )


def _measures(found: Vocabulary, apart: list[Term], size: int) -> tuple[Measure, ...]:
    first = apart[0]
    ours, theirs = found.writers[first.language]
    return (
        share_measure(
            "top_word",
            Text("Accounts that use {word}", word=Quote(first.word)),
            (first.ours, ours),
            (first.theirs, theirs),
        ),
        Measure(
            "top_word_odds",
            Text("Odds of {word}, against ordinary accounts'", word=Quote(first.word)),
            first.odds,
            "ratio",
            ours,
            first.low,
            first.high,
            baseline=1.0,
            baseline_n=theirs,
            p=first.p,
        ),
        _count(apart, size),
        Measure(
            "languages",
            Text("Languages compared"),
            len(found.languages),
            "count",
            size,
        ),
    )


def _count(apart: list[Term], size: int) -> Measure:
    return Measure(
        "words_apart", Text("Words and hashtags that stand out"), len(apart), "count", size
    )


def _evidence(found: Vocabulary, apart: list[Term]) -> tuple[Evidence, ...]:
    first = apart[0]
    pairs = found.pairs
    rows = pairs[
        (pairs["word"] == first.word)
        & (pairs["language"] == first.language)
        & pairs["account_id"].isin(found.accounts[: found.size])
    ]
    note = Text("Posts with {word}, one per account.", word=Quote(first.word))
    return cited(note, rows.drop_duplicates("account_id")["post_id"])


def _charts(found: Vocabulary, terms: list[Term]) -> tuple[Intervals, ...]:
    """A chart for the leading language, and for another one where enough words stand out."""
    by_language: dict[str, list[Term]] = {}
    for term in terms:
        by_language.setdefault(term.language, []).append(term)
    leading, *rest = by_language
    drawn = [leading, *(code for code in rest if len(by_language[code]) >= ENOUGH)]
    return tuple(_chart(code, found, by_language[code]) for code in drawn[:2])


def _chart(code: str, found: Vocabulary, terms: list[Term]) -> Intervals:
    shown = terms[:SHOWN]
    language = label(code)
    ours, _ = found.writers[code]
    return Intervals(
        slug=f"interests_{code}",
        title=Text(
            "In {language}, {words} set these accounts apart",
            language=language,
            words=tuple(Quote(term.word) for term in shown[:3]),
        ),
        alt=Text(
            "Odds ratios of words in {language} with their intervals, highest first: {words}.",
            language=language,
            words=tuple(Quote(term.word) for term in shown),
        ),
        note=Text(
            "Each word is used by at least {k} of {n} accounts. Lines: 95% intervals. Spellings "
            "with and without accents or capitals count as one.",
            k=min(term.ours for term in shown),
            n=ours,
        ),
        rows=tuple(Span(term.word, term.odds, term.low, term.high) for term in shown),
        reference=1.0,
        log_x=True,
        x_label=Text("Odds ratio, these accounts (A) over ordinary ones (B)"),
    )


def _table(found: Vocabulary, apart: list[Term]) -> Table:
    rows: list[tuple[Value | None, ...]] = []
    for term in apart[: 2 * SHOWN]:
        ours, theirs = found.writers[term.language]
        rows.append(
            (
                Quote(term.word),
                label(term.language),
                Share(term.ours, ours),
                Share(term.theirs, theirs),
                round(term.odds, 1),
                Interval(round(term.low, 1), round(term.high, 1)),
                Probability(term.p),
            )
        )
    return Table(
        Text("Words that set these accounts apart"),
        (
            Text("Word"),
            Text("Language"),
            NAMES["cohort"],
            NAMES["comparison"],
            Text("Odds ratio"),
            Text("95% interval"),
            Text("Adjusted for having looked at every word"),
        ),
        tuple(rows),
    )


def _caveats(posts: pd.DataFrame, found: Vocabulary) -> tuple[Text, ...]:
    ours = posts[posts["group"] == "cohort"]
    codes = ours["spoken"].map(category)
    codes = codes[~codes.isin([UNDETERMINED, *found.languages])]
    missing = tuple(label(code) for code in _most_used(codes)[:NAMED])
    apart = Text(
        "Too few ordinary accounts write in other languages of these accounts, first {languages}: "
        "what they write about there is not compared.",
        languages=missing,
    )
    return some(
        apart if missing else None,
        small_sample(ours["account_id"].nunique()),
        Text("Texts copied from account to account make their words stand out."),
        Text("Words are counted one by one: irony, names and double meanings are not seen."),
    )
