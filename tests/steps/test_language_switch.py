"""A change of language: overnight, gradual, none, bilingual, confusable, and a handful."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from analyzers.lib.change_points import change_points
from analyzers.model.case import Case
from analyzers.model.figure import Posts, Raster
from analyzers.model.finding import Measure
from analyzers.model.step import Found, NotComputable
from analyzers.model.text import Language
from analyzers.steps.language_switch import LanguageSwitch

START = datetime(2018, 2, 5, 12, tzinfo=UTC)
ATTACK = datetime(2019, 2, 8, 10, tzinfo=UTC)
WEEKS = (ATTACK - START) // timedelta(weeks=1)


def writing(usual: str, later: str = "", since: int = WEEKS - 5) -> list[str]:
    """Languages of three posts a week; `later` replaces one in two from week `since` on."""
    return [
        later if later and n // 3 >= since and n % 2 else usual[2 * (n % 2) :][:2] or usual[:2]
        for n in range(WEEKS * 3)
    ]


@pytest.fixture
def speaking(case: Callable[..., Case], post: Callable[..., Any]) -> Callable[..., Case]:
    """A case of accounts that wrote in these languages, in French about the target."""

    def build(ours: Iterable[list[str]], theirs: Iterable[list[str]] = (), **others: Any) -> Case:
        cohort = {f"a{n:02}": codes for n, codes in enumerate(ours)}
        comparison = {f"b{n:02}": codes for n, codes in enumerate(theirs)}
        rows = []
        for name, codes in (cohort | comparison).items():
            rows += [
                post(
                    name,
                    START + timedelta(days=7 * (n // 3) + 2 * (n % 3)),
                    post_id=f"{name}-{n:03}",
                    on_target=False,
                    spoken=code,
                )
                for n, code in enumerate(codes)
            ]
            rows.append(post(name, ATTACK, spoken="fr", selecting=name in cohort))
        return case(
            **{"timelines": [*cohort, *comparison]} | others,
            cohort=list(cohort),
            comparison=list(comparison),
            posts=rows,
        )

    return build


def measure(outcome: Found, name: str) -> Measure:
    return next(one for one in outcome.finding.measures if one.name == name)


GREEK, SWITCHED = writing("elen"), writing("elen", "fr")
FRENCH, ENGLISH = writing("fr"), writing("enes")


def test_accounts_that_turn_to_french_five_weeks_before_are_found(
    speaking: Callable[..., Case], said: Callable[..., str]
) -> None:
    outcome = LanguageSwitch()(
        speaking([SWITCHED] * 8 + [GREEK] * 2, [FRENCH] * 10 + [ENGLISH] * 20)
    )
    assert isinstance(outcome, Found)
    assert said(outcome).startswith(
        "Of these accounts, 8 of 10 (80%) took up French in posts apart from the attack, during "
        "the 12 weeks before it: on average, from 0% to "
    )
    test = outcome.finding.primary
    assert test is not None
    assert (test.name, test.statistic) == ("switched_of_others", 8)
    assert test.p < 0.001
    assert measure(outcome, "switched_of_others").baseline_n == 20
    assert 28 <= float(str(measure(outcome, "days_before_attack").value)) <= 42
    assert len(outcome.finding.evidence[0].posts) == 8


def test_its_chart_puts_the_audiences_language_first(speaking: Callable[..., Case]) -> None:
    outcome = LanguageSwitch()(speaking([GREEK] * 15 + [SWITCHED] * 10, [ENGLISH] * 5))
    assert isinstance(outcome, Found)
    chart, cards = outcome.finding.figures
    assert isinstance(chart, Raster)
    assert len(chart.rows) == 20
    assert chart.rows[0].account.id == "a15"
    assert any(cell.category == 0 for cell in chart.rows[0].cells)
    weeks: dict[datetime, float] = {}
    for cell in chart.rows[0].cells:
        weeks[cell.since] = weeks.get(cell.since, 0) + cell.part
    assert all(abs(total - 1) < 1e-9 for total in weeks.values())
    assert isinstance(cards, Posts)
    assert [{card.account.id for card in row} for row in cards.rows] == [{"a19"}, {"a20"}]
    for before, since in cards.rows:
        assert (before.about, since.about) == (Language("el"), Language("fr"))
        assert before.at is not None
        assert since.at is not None
        assert before.at < since.at


def test_a_switch_whose_words_nobody_shares_is_shown_without_them(
    speaking: Callable[..., Case],
) -> None:
    setting = speaking([SWITCHED] * 3, [ENGLISH] * 5)
    posts = setting.tables.posts
    posts["text"] = posts["normal"] = [f"words of {post}" for post in posts["post_id"]]
    outcome = LanguageSwitch()(setting)
    assert isinstance(outcome, Found)
    cards = outcome.finding.figures[1]
    assert isinstance(cards, Posts)
    shown = [card for row in cards.rows for card in row]
    assert {card.text for card in shown} == {""}
    assert all(card.own.startswith("words of") for card in shown)


@pytest.mark.parametrize(
    "ours",
    [GREEK, FRENCH, writing("elfr"), writing("elen", "fr", since=12)],
    ids=["greek", "french", "bilingual", "earlier"],
)
def test_no_switch_shortly_before_the_attack_is_no_finding(
    speaking: Callable[..., Case], said: Callable[..., str], ours: list[str]
) -> None:
    outcome = LanguageSwitch()(speaking([ours] * 10, [ENGLISH] * 10))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy
    assert said(outcome).startswith("Apart from the attack, none of 10 accounts took up French")


def test_an_event_that_moves_everybody_to_french_sets_nobody_apart(
    speaking: Callable[..., Case],
) -> None:
    outcome = LanguageSwitch()(speaking([SWITCHED] * 8, [writing("enes", "fr")] * 20))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy
    assert measure(outcome, "switched").baseline == 1


@pytest.mark.parametrize("pair", [("sr", "hr"), ("id", "ms"), ("sr", "bs")])
def test_look_alike_languages_are_never_a_switch(
    speaking: Callable[..., Case], pair: tuple[str, str]
) -> None:
    outcome = LanguageSwitch(audience=pair[1])(
        speaking([writing(pair[0], pair[1])] * 6, [ENGLISH] * 6)
    )
    assert isinstance(outcome, Found)
    assert measure(outcome, "switched").value == 0
    assert measure(outcome, "mix_changed").value == 0


def test_french_about_the_target_alone_is_no_switch(
    case: Callable[..., Case], post: Callable[..., Any]
) -> None:
    rows = [
        post("a", START + timedelta(days=7 * (n // 3) + 2 * (n % 3)), on_target=False, spoken="el")
        for n in range(WEEKS * 3)
    ]
    rows += [post("a", ATTACK - timedelta(days=n), post_id=f"x{n}", spoken="fr") for n in range(20)]
    outcome = LanguageSwitch()(case(cohort=["a"], posts=rows, timelines=["a"]))
    assert isinstance(outcome, Found)
    assert measure(outcome, "switched").value == 0


def test_one_evening_of_french_posts_is_no_switch(
    case: Callable[..., Case], post: Callable[..., Any]
) -> None:
    rows = [
        post("a", START + timedelta(days=7 * (n // 3) + 2 * (n % 3)), on_target=False, spoken="el")
        for n in range(WEEKS * 3)
    ]
    evening = datetime(2019, 1, 15, 20, tzinfo=UTC)
    rows += [
        post("a", evening + timedelta(minutes=n), on_target=False, spoken="fr") for n in range(40)
    ]
    rows.append(post("a", ATTACK, spoken="fr"))
    outcome = LanguageSwitch()(case(cohort=["a"], posts=rows, timelines=["a"]))
    assert isinstance(outcome, Found)
    assert measure(outcome, "switched").value == 0


def test_ordinary_accounts_of_the_audience_alone_test_nothing(
    speaking: Callable[..., Case], said: Callable[..., str]
) -> None:
    outcome = LanguageSwitch()(speaking([SWITCHED] * 8, [FRENCH] * 20))
    assert isinstance(outcome, Found)
    said(outcome)
    assert outcome.finding.primary is None
    assert outcome.finding.noteworthy
    assert "too few to test" in outcome.finding.caveats[0].msgid


@pytest.mark.parametrize("timelines", [[], ["b00"]])
def test_without_timelines_it_says_what_to_collect(
    speaking: Callable[..., Case], said: Callable[..., str], timelines: list[str]
) -> None:
    outcome = LanguageSwitch()(speaking([SWITCHED], [ENGLISH], timelines=timelines))
    assert isinstance(outcome, NotComputable)
    assert said(outcome).startswith("The timelines of these accounts")


def test_without_an_attack_in_a_known_language_nothing_is_computed(
    case: Callable[..., Case], post: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = LanguageSwitch()(case(cohort=["a"], posts=[post("a")], timelines=["a"]))
    assert isinstance(outcome, NotComputable)
    assert said(outcome).startswith("Posts about the target in a language")


def test_a_handful_is_counted(speaking: Callable[..., Case], said: Callable[..., str]) -> None:
    outcome = LanguageSwitch()(speaking([SWITCHED, GREEK]))
    assert isinstance(outcome, Found)
    assert "Of these accounts, 1 of 2 took up French" in said(outcome)
    assert not outcome.finding.noteworthy
    assert any("so small a sample" in str(text.plural) for text in outcome.finding.caveats)


class TestChangePoints:
    @pytest.mark.parametrize(
        ("rows", "expected"),
        [
            ([[3, 0]] * 10 + [[0, 3]] * 10, [10]),
            ([[3, 0]] * 10 + [[0, 3]] * 10 + [[3, 0]] * 10, [10, 20]),
            ([[2, 1]] * 20, []),
            ([[3, 0]] * 20, []),
            ([[3, 0]] * 10 + [[0, 0]] * 5 + [[0, 3]] * 10, [15]),
            ([[5, 5, 5]] * 10 + [[5, 5, 0]] * 20, [10]),
            ([[1, 1]], []),
            ([[0, 0]] * 4, []),
        ],
    )
    def test_the_mix_changes_where_the_shares_do(
        self, rows: list[list[int]], expected: list[int]
    ) -> None:
        found = change_points(np.array(rows, dtype=np.float64))
        # an empty stretch may belong to either side of a change
        assert len(found) == len(expected)
        assert all(abs(a - b) <= 5 for a, b in zip(found, expected, strict=True))

    def test_steady_habits_seldom_show_a_change(self) -> None:
        rng = np.random.default_rng(1)
        false = 0
        for _ in range(300):
            total = rng.poisson(2.5, 58)
            chosen = rng.binomial(total, 0.2)
            false += bool(change_points(np.column_stack([chosen, total - chosen]).astype(float)))
        assert false / 300 < 0.07
