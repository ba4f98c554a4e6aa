"""What accounts write about: a shared pastime, everyday words, languages apart, a handful."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from analyzers.model.figure import Intervals, Posts
from analyzers.model.step import Found, NotComputable
from analyzers.model.text import Language
from analyzers.steps.interests import Interests

COHORT = [f"a{number:02}" for number in range(10)]
ORDINARY = [f"b{number:02}" for number in range(30)]
STEP = Interests(draws=999)
DAILY = (
    "the market was busy this morning",
    "the train was late again today",
    "my neighbour was baking bread this morning",
    "it was raining on the market today",
)
RAP = ("the new rap album was out today", "this rap verse was the best this morning")


@pytest.fixture
def writing(case: Callable[..., Any], post: Callable[..., Any]) -> Callable[..., Any]:
    """A case in which every account posts the texts of its side, in one language."""

    def build(
        ours: tuple[str, ...],
        theirs: tuple[str, ...] = DAILY,
        languages: tuple[str, str] = ("en", "en"),
        cohort: list[str] = COHORT,
        **options: Any,
    ) -> Any:
        sides = ((cohort, ours, languages[0]), (ORDINARY, theirs, languages[1]))
        posts = [
            post(name, f"2019-01-{1 + n:02}", text=text, spoken=code, on_target=False)
            for names, texts, code in sides
            for name in names
            for n, text in enumerate(texts)
        ]
        built = {"posts": posts, "timelines": [*cohort, *ORDINARY]} | options
        return case(cohort=cohort, comparison=ORDINARY, **built)

    return build


def test_a_pastime_that_only_the_cohort_has_stands_out_and_common_words_do_not(
    writing: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = STEP(writing((*DAILY, *RAP)))
    assert isinstance(outcome, Found)
    assert said(outcome).startswith(
        "In English, these accounts' words differ from ordinary accounts', most of all “rap”"
    )
    assert "Of those that write in it, 10 of 10 (100%) use “rap”, against 0 of 30" in said(outcome)
    finding = outcome.finding
    assert finding.primary is not None
    assert finding.primary.p < 0.01
    odds = finding.measures[1]
    assert (odds.name, odds.baseline) == ("top_word_odds", 1.0)
    assert isinstance(odds.value, float)
    assert isinstance(odds.low, float)
    assert 1 < odds.low <= odds.value
    chart = finding.figures[0]
    assert isinstance(chart, Intervals)
    words = [row.label for row in chart.rows]
    assert words[0] == "rap"
    assert not {"the", "was", "market"} & set(words)
    assert len(finding.evidence[0].posts) == 10
    cards = finding.figures[-1]
    assert isinstance(cards, Posts)
    assert [card.text for (card,) in cards.rows] == [*RAP]


def test_posts_that_nobody_copied_show_only_the_words_that_several_use(
    writing: Callable[..., Any], post: Callable[..., Any]
) -> None:
    own = [
        post(
            name,
            f"2019-01-{20 + n % 3:02}",
            text=f"rap again tonight at {name} with my cousin",
            spoken="en",
            on_target=False,
        )
        for n, name in enumerate(COHORT)
    ]
    daily = [
        post(name, f"2019-01-{1 + n:02}", text=text, spoken="en", on_target=False)
        for name in [*COHORT, *ORDINARY]
        for n, text in enumerate(DAILY)
    ]
    outcome = STEP(writing((), posts=[*daily, *own]))
    assert isinstance(outcome, Found)
    cards = outcome.finding.figures[-1]
    assert isinstance(cards, Posts)
    assert len(cards.rows) == 3
    for (card,) in cards.rows:
        assert isinstance(card.text, str)
        assert "a0" not in card.text
        assert "rap" in card.text
        assert card.account.id in card.own


def test_people_who_write_about_the_same_things_do_not_stand_out(
    writing: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = STEP(writing(DAILY))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy
    assert said(outcome).startswith("In English, no word or hashtag sets these accounts apart")


def test_one_prolific_fan_does_not_speak_for_all(
    writing: Callable[..., Any], post: Callable[..., Any]
) -> None:
    fan = [
        post("a00", f"2018-{month:02}-{day:02}", text=RAP[0], spoken="en", on_target=False)
        for month in range(1, 13)
        for day in range(1, 28)
    ]
    others = [
        post(name, f"2019-01-{1 + n:02}", text=text, spoken="en", on_target=False)
        for name in [*COHORT[1:], *ORDINARY]
        for n, text in enumerate(DAILY)
    ]
    outcome = STEP(writing((), posts=fan + others))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy


def test_what_is_said_to_people_is_not_what_an_account_is_about(
    writing: Callable[..., Any], post: Callable[..., Any]
) -> None:
    replies = [
        post(name, f"2019-02-{day:02}", text="rap", spoken="en", mentions=["x"], on_target=False)
        for name in COHORT
        for day in range(1, 5)
    ]
    plain = [
        post(name, f"2019-01-{1 + n:02}", text=text, spoken="en", mentions=[], on_target=False)
        for name in [*COHORT, *ORDINARY]
        for n, text in enumerate(DAILY)
    ]
    outcome = STEP(writing((), posts=replies + plain))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy


def test_a_hashtag_is_listed_once_with_its_word(
    writing: Callable[..., Any], post: Callable[..., Any]
) -> None:
    rows = [
        post(
            name,
            f"2019-01-{1 + n:02}",
            text=text,
            spoken="en",
            hashtags=["rap"] if "rap" in text else [],
            on_target=False,
        )
        for names, texts in ((COHORT, (*DAILY, *RAP)), (ORDINARY, DAILY))
        for name in names
        for n, text in enumerate(texts)
    ]
    outcome = STEP(writing((), posts=rows))
    assert isinstance(outcome, Found)
    chart = outcome.finding.figures[0]
    assert isinstance(chart, Intervals)
    assert [row.label for row in chart.rows].count("rap") == 1
    assert "#rap" not in [row.label for row in chart.rows]


def test_accounts_that_share_no_language_with_ordinary_ones_cannot_be_compared(
    writing: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = STEP(writing(RAP * 2, languages=("el", "fr")))
    assert isinstance(outcome, NotComputable)
    assert "Greek" in said(outcome)


def test_without_timelines_it_says_what_to_collect(
    writing: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = STEP(writing(DAILY, timelines=[]))
    assert isinstance(outcome, NotComputable)
    assert "timelines" in said(outcome)


def test_a_handful_is_called_small(writing: Callable[..., Any]) -> None:
    outcome = STEP(writing((*DAILY, *RAP), cohort=COHORT[:3]))
    assert isinstance(outcome, Found)
    assert any("so small a sample" in str(one.plural) for one in outcome.finding.caveats)


@pytest.mark.parametrize(("extra", "drawn"), [(RAP * 4, 2), (("rap",) * 4, 1)])
def test_a_second_language_is_drawn_where_several_words_stand_out(
    writing: Callable[..., Any], post: Callable[..., Any], extra: tuple[str, ...], drawn: int
) -> None:
    french = ("les loups du rap", "le rap des loups", "rap et loups ce soir", "encore du rap")
    plain = ("les gens du marché", "le pain des gens", "gens et pain ce soir", "encore du pain")
    sides = (("en", COHORT, (*DAILY, *extra)), ("en", ORDINARY, DAILY))
    sides = (*sides, ("fr", COHORT, french), ("fr", ORDINARY, plain))
    posts = [
        post(
            name,
            f"2019-01-{1 + n:02}",
            post_id=f"{name}-{code}-{n}",
            text=text,
            spoken=code,
            on_target=False,
        )
        for code, names, texts in sides
        for name in names
        for n, text in enumerate(texts)
    ]
    outcome = STEP(writing((), posts=posts))
    assert isinstance(outcome, Found)
    charts = [one for one in outcome.finding.figures if isinstance(one, Intervals)]
    assert charts[0].slug == "interests_fr"
    assert len(charts) == drawn
    assert Language("en") in [row[1] for row in outcome.finding.tables[0].rows]
