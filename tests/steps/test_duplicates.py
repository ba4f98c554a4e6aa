"""Copied timelines: texts handed round, headlines and short phrases, everybody's habit, a few."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from analyzers.model.figure import Alignment, Heatmap, Posts
from analyzers.model.step import Found, NotComputable
from analyzers.steps.duplicates import Duplicates

COHORT = [f"a{number:02}" for number in range(10)]
ORDINARY = [f"b{number:02}" for number in range(30)]
STEP = Duplicates(draws=999)
COPIED = "seven tips to make your little shop known all over the neighbourhood"


@pytest.fixture
def timelines(case: Callable[..., Any], post: Callable[..., Any]) -> Callable[..., Any]:
    """A case in which every account posts a text of its own, then the common one or another."""

    def build(
        copying: list[str],
        text: str = COPIED,
        cohort: list[str] = COHORT,
        ordinary: list[str] = ORDINARY,
        family: int = 7,
        **overrides: Any,
    ) -> Any:
        everybody = [*cohort, *ordinary]
        posts = [
            post(name, "2018-11-05 09:00", text=f"a walk by the river with {name}", on_target=False)
            for name in everybody
        ]
        posts += [
            post(name, "2018-12-01 09:00", text=text, family=family, on_target=False, **overrides)
            if name in copying
            else post(name, "2018-12-01 09:00", text=f"tea with {name}'s aunt", on_target=False)
            for name in everybody
        ]
        return case(cohort=cohort, comparison=ordinary, posts=posts, timelines=everybody)

    return build


def test_a_text_that_goes_round_the_cohort_is_found_with_its_pairs(
    timelines: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = STEP(timelines(COHORT[:8]))
    assert isinstance(outcome, Found)
    assert said(outcome) == (
        "Beyond the target, 40% of an account's own posts, on average, were also posted by another "
        "of the group, almost word for word: one text in all. In ordinary groups of that size, 0% "
        "were."
    )
    finding = outcome.finding
    shared = finding.measures[0]
    assert (shared.name, shared.value, shared.n, shared.baseline) == ("shared_posts", 0.4, 10, 0.0)
    assert finding.primary is not None
    assert finding.primary.p == shared.p
    assert finding.primary.p < 0.01
    squares, model, cards = finding.figures
    assert isinstance(squares, Heatmap)
    assert isinstance(model, Alignment)
    assert sum(sum(row) for row in squares.values) == 8 * 7 / 2
    assert len(finding.evidence[0].posts) == 8
    assert isinstance(cards, Posts)
    ((one, other),) = cards.rows
    assert one.account != other.account
    assert one.text == other.text == COPIED


@pytest.mark.parametrize(
    ("text", "overrides"),
    [
        (f"{COPIED} https://news.example/shops", {}),
        (COPIED, {"urls": ["https://news.example/shops?utm_source=x"]}),
        (f"“{COPIED}”", {}),
        ("good morning to you all", {}),
    ],
)
def test_headlines_quotations_and_short_phrases_count_apart(
    timelines: Callable[..., Any], text: str, overrides: dict[str, Any]
) -> None:
    outcome = STEP(timelines(COHORT[:8], text, **overrides))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy
    apart = {measure.name: measure for measure in outcome.finding.measures}
    assert apart["shared_posts"].value == 0
    assert (apart["public_source"].value, apart["public_source"].n) == (8 / 20, 20)


def test_where_everybody_copies_alike_nothing_stands_out(
    timelines: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = STEP(timelines([*COHORT[:5], *ORDINARY[:20]]))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy
    assert said(outcome).startswith("Duplicate content does not set these accounts apart")
    sharing = {measure.name: measure for measure in outcome.finding.measures}["sharing_accounts"]
    assert sharing.value == 0.5
    assert isinstance(sharing.baseline, float)
    assert 0.3 < sharing.baseline < 0.7


def test_posts_that_selected_the_cohort_are_left_out(
    timelines: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = STEP(timelines(COHORT, selecting=True))
    assert isinstance(outcome, Found)
    assert said(outcome) == (
        "Beyond the target, no two of these 10 accounts post the same text of their own."
    )


def test_posts_of_links_alone_are_counted_apart(timelines: Callable[..., Any]) -> None:
    outcome = STEP(timelines(COHORT[:5], "https://x.example", normal="", family=-1))
    assert isinstance(outcome, Found)
    wordless = outcome.finding.measures[-1]
    assert (wordless.name, wordless.value, wordless.n) == ("wordless", 5 / 20, 20)


def test_without_timelines_it_says_what_to_collect(
    case: Callable[..., Any], post: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = STEP(case(cohort=COHORT, posts=[post(name) for name in COHORT]))
    assert isinstance(outcome, NotComputable)
    assert "timelines" in said(outcome)


def test_a_handful_without_ordinary_accounts_is_described(
    timelines: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = STEP(timelines(COHORT[:3], cohort=COHORT[:3], ordinary=[]))
    assert isinstance(outcome, Found)
    assert outcome.finding.primary is None
    assert "no ordinary accounts to compare" in said(outcome)
    assert any("so small a sample" in str(one.plural) for one in outcome.finding.caveats)


def test_accounts_that_post_more_do_not_share_more_for_it(
    case: Callable[..., Any], post: Callable[..., Any]
) -> None:
    def diary(name: str, start: int, days: int) -> list[Any]:
        return [
            post(
                name,
                f"2018-{1 + day // 28:02}-{1 + day % 28:02}",
                text=COPIED,
                family=(start * day) % 211,
                on_target=False,
            )
            for day in range(1, days)
        ]

    posts = [row for n, name in enumerate(COHORT) for row in diary(name, n + 1, 120)]
    posts += [row for n, name in enumerate(ORDINARY) for row in diary(name, n + 1, 12)]
    everybody = [*COHORT, *ORDINARY]
    outcome = STEP(case(cohort=COHORT, comparison=ORDINARY, posts=posts, timelines=everybody))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy
