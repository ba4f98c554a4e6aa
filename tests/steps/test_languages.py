"""Languages: accounts that insult in French and live in Greek, and accounts that do not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from analyzers.lib.language_mix import category
from analyzers.model.case import Case
from analyzers.model.figure import Stacked
from analyzers.model.finding import Finding, Measure
from analyzers.model.step import Found, NotComputable
from analyzers.steps.languages import Languages

Make = Callable[..., Any]
COHORT = [f"a{number}" for number in range(8)]
ORDINARY = [f"b{number}" for number in range(24)]
FOREIGN = ("el", "el", "el", "en", "id", "und")
LOCAL = ("fr", "fr", "fr", "en", "fr", "und")


def _timeline(post: Make, account: str, languages: Iterable[str]) -> list[dict[str, Any]]:
    return [
        post(
            account,
            f"2018-12-{day:02d} 12:00",
            route="timeline",
            on_target=False,
            spoken=code,
            spoken_by="detectors",
            language=code,
        )
        for day, code in enumerate(languages, start=1)
    ]


def _attack(post: Make, account: str) -> dict[str, Any]:
    return post(account, spoken="fr", selecting=account.startswith("a"))


def _measure(finding: Finding, name: str) -> Measure:
    return next(measure for measure in finding.measures if measure.name == name)


def _finding(outcome: Found | NotComputable) -> Finding:
    assert isinstance(outcome, Found)
    return outcome.finding


@pytest.fixture
def build(case: Make, post: Make) -> Callable[..., Case]:
    def make(mine: Iterable[str], theirs: Iterable[str], **overrides: Any) -> Case:
        mine, theirs = tuple(mine), tuple(theirs)
        cohort = overrides.pop("cohort", COHORT)
        ordinary = overrides.pop("comparison", ORDINARY)
        posts = [row for a in cohort for row in [*_timeline(post, a, mine), _attack(post, a)]]
        posts += [row for b in ordinary for row in [*_timeline(post, b, theirs), _attack(post, b)]]
        timelines = overrides.pop("timelines", [*cohort, *ordinary])
        posts += overrides.pop("more", [])
        return case(
            cohort=cohort, comparison=ordinary, posts=posts, timelines=timelines, **overrides
        )

    return make


def test_accounts_that_live_in_greek_and_attack_in_french(
    build: Callable[..., Case], said: Make
) -> None:
    outcome = Languages()(build(FOREIGN, LOCAL))
    finding = _finding(outcome)
    assert said(outcome) == (
        "In posts not about the target, these 8 accounts write most in Greek, English and "
        "Indonesian or Malay; French makes up 0% of their own posts, against 67% among 24 ordinary "
        "accounts."
    )
    assert finding.noteworthy
    assert finding.primary is not None
    assert finding.primary.p < 0.001
    share = _measure(finding, "audience_share")
    assert (share.value, share.n, share.baseline_n) == (0.0, 8, 24)
    assert share.p == finding.primary.p
    assert _measure(finding, "leading_organic").value == "el"
    assert _measure(finding, "undetermined_share").value == pytest.approx(1 / 6)
    assert _measure(finding, "platform_agreement").value == 1.0


def test_the_chart_has_two_rows_for_each_side_and_every_row_is_whole(
    build: Callable[..., Case],
) -> None:
    (figure,) = _finding(Languages()(build(FOREIGN, LOCAL))).figures
    assert isinstance(figure, Stacked)
    assert [row.group for row in figure.rows] == ["cohort"] * 2 + ["comparison"] * 2
    for row in figure.rows:
        assert len(row.shares) == len(figure.categories)
        assert sum(row.shares) == pytest.approx(1.0)


def test_ordinary_accounts_do_not_stand_out(build: Callable[..., Case], said: Make) -> None:
    outcome = Languages()(build(LOCAL, LOCAL))
    assert not _finding(outcome).noteworthy
    assert "against 67%" in said(outcome)


def test_reposts_count_only_where_reposts_are_included(
    build: Callable[..., Case], post: Make
) -> None:
    reposts = [
        post(a, f"2018-11-{day:02d}", kind="repost", route="timeline", spoken="fr")
        for a in COHORT
        for day in range(1, 7)
    ]
    finding = _finding(Languages()(build(FOREIGN, LOCAL, more=reposts)))
    assert _measure(finding, "audience_share").value == 0.0
    assert _measure(finding, "audience_share_with_reposts").value == pytest.approx(0.5)


def test_one_prolific_account_does_not_speak_for_all(
    build: Callable[..., Case], post: Make
) -> None:
    chatter = [
        post("a0", f"2018-10-{1 + n % 28:02d} {n // 28:02d}:00", on_target=False, spoken="ru")
        for n in range(300)
    ]
    finding = _finding(Languages()(build(FOREIGN, LOCAL, more=chatter)))
    assert _measure(finding, "leading_organic").value == "el"


def test_without_timelines_it_describes_and_says_so(build: Callable[..., Case], said: Make) -> None:
    outcome = Languages()(build((), (), timelines=()))
    finding = _finding(outcome)
    assert said(outcome).startswith("No timelines were collected.")
    assert (finding.noteworthy, finding.describes, finding.primary) == (False, True, None)


def test_without_a_comparison_there_is_no_test(build: Callable[..., Case], said: Make) -> None:
    outcome = Languages()(build(FOREIGN, (), comparison=[]))
    finding = _finding(outcome)
    assert "There are no ordinary accounts to compare with." in said(outcome)
    assert finding.primary is None
    assert _measure(finding, "audience_share").baseline is None


def test_a_handful_of_accounts_is_counted(build: Callable[..., Case], said: Make) -> None:
    outcome = Languages()(build(FOREIGN, LOCAL, cohort=["a0", "a1"]))
    assert said(outcome) == (
        "In posts not about the target, Greek comes first. Accounts read: 2; posts of their own in "
        "that language: 6 of 12 (50%)."
    )
    share = _measure(_finding(outcome), "audience_share")
    assert (share.low, round(share.high, 2)) == (0.0, 0.66)  # Wilson's: two accounts show little


def test_links_and_mentions_alone_tell_no_language(build: Callable[..., Case]) -> None:
    assert isinstance(Languages()(build(("und", "und"), LOCAL)), NotComputable)


def test_an_empty_cohort_has_no_languages(build: Callable[..., Case]) -> None:
    assert isinstance(Languages()(build(FOREIGN, LOCAL, cohort=[])), NotComputable)


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("el", "el"),
        ("hr", "sr"),
        ("bs", "sr"),
        ("ms", "id"),
        ("in", "id"),
        ("pt-BR", "pt"),
        ("qme", "und"),
        ("zxx", "und"),
        (None, "und"),
        (float("nan"), "und"),
    ],
)
def test_look_alike_languages_are_one(code: object, wanted: str) -> None:
    assert category(code) == wanted
