"""Whom else accounts address: shared victims, famous people, members of the group, a handful."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from analyzers.model.figure import Bipartite
from analyzers.model.step import Found, NotComputable
from analyzers.model.text import AccountRef
from analyzers.steps.other_targets import OtherTargets

COHORT = [f"a{number:02}" for number in range(12)]
ORDINARY = [f"b{number:02}" for number in range(40)]
STEP = OtherTargets(draws=999)


@pytest.fixture
def written(case: Callable[..., Any], post: Callable[..., Any]) -> Callable[..., Any]:
    """A case in which each named account addressed somebody, and all others posted a plain text."""

    def build(
        addressed: dict[str, list[str]],
        cohort: list[str] = COHORT,
        ordinary: list[str] = ORDINARY,
        **options: Any,
    ) -> Any:
        posts = [
            post(name, f"2019-01-01 {10 + n:02}:00", mentions=[key], on_target=False, text="Hm.")
            for name, keys in addressed.items()
            for n, key in enumerate(keys)
        ]
        posts += [
            post(name, f"2018-12-0{day}", mentions=[], on_target=False)
            for name in [*cohort, *ordinary]
            for day in (1, 2, 3)
        ]
        everybody = [*cohort, *ordinary]
        built = {"timelines": everybody, "posts": posts} | options
        return case(cohort=cohort, comparison=ordinary, **built)

    return build


def test_a_journalist_whom_half_of_the_cohort_addresses_is_singled_out(
    written: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = STEP(written({name: ["journalist"] for name in [*COHORT[:6], "b01"]}))
    assert isinstance(outcome, Found)
    assert said(outcome) == (
        "Of these accounts, 6 of 12 (50%) address one same other account beyond the target, "
        "against 1 of 40 (2%) among ordinary accounts."
    )
    finding = outcome.finding
    top = finding.measures[0]
    assert (top.name, top.value, top.n, top.baseline_n) == ("top_target", 0.5, 12, 40)
    assert finding.noteworthy
    assert finding.primary is not None
    assert finding.primary.p == top.p
    assert finding.primary.p < 0.01
    chart = finding.figures[0]
    assert isinstance(chart, Bipartite)
    assert {(edge.left, edge.right) for edge in chart.edges} == {(n, 0) for n in range(6)}
    assert finding.tables[0].rows[0][1] == AccountRef("journalist")
    assert len(finding.evidence[0].posts) == 6


def test_a_famous_account_that_everyone_addresses_is_no_target(
    written: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = STEP(written({name: ["president"] for name in [*COHORT, *ORDINARY[:36]]}))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy
    assert said(outcome).startswith("Beyond the target, nobody is addressed by clearly more")
    assert outcome.finding.primary is not None
    assert outcome.finding.primary.p > 0.05


def test_two_accounts_who_talk_to_a_friend_support_nothing(written: Callable[..., Any]) -> None:
    outcome = STEP(written({"a00": ["friend"] * 3, "a01": ["friend"]}))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy


def test_talk_within_the_group_and_with_the_target_is_no_other_target(
    written: Callable[..., Any], account: Callable[..., Any]
) -> None:
    addressed = {name: ["@Leader".lower(), "@ex_ministre"] for name in COHORT[1:]}
    outcome = STEP(written(addressed, accounts=[account("a00", handle="Leader")]))
    assert isinstance(outcome, Found)
    inside = outcome.finding.measures[-1]
    assert (inside.name, inside.value) == ("addressed_inside", 11)
    assert not outcome.finding.noteworthy


def test_a_post_about_the_target_that_names_somebody_too_is_left_out(
    written: Callable[..., Any], post: Callable[..., Any]
) -> None:
    posts = [post(name, mentions=["aide", "id-of-target"]) for name in COHORT]
    posts += [post(name, "2019-01-02", on_target=False) for name in [*COHORT, *ORDINARY]]
    outcome = STEP(written({}, posts=posts))
    assert isinstance(outcome, Found)
    assert outcome.finding.measures[0].value == 0


def test_texts_that_members_share_are_counted_as_one_template(
    written: Callable[..., Any], post: Callable[..., Any]
) -> None:
    posts = [
        post(name, "2019-01-01", reply_to_account="singer", on_target=False, family=n % 2)
        for n, name in enumerate(COHORT)
    ]
    posts += [post(name, "2019-01-02", on_target=False) for name in ORDINARY]
    outcome = STEP(written({}, posts=posts))
    assert isinstance(outcome, Found)
    same = outcome.finding.measures[2]
    assert (same.name, same.value, same.n) == ("same_template", 1.0, 12)


def test_without_timelines_it_says_what_to_collect(
    written: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = STEP(written({"a00": ["journalist"]}, timelines=[]))
    assert isinstance(outcome, NotComputable)
    assert "timelines" in said(outcome)


def test_without_ordinary_timelines_there_are_counts_and_no_test(
    written: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = STEP(written({name: ["one", "two"] for name in COHORT[:4]}, timelines=COHORT))
    assert isinstance(outcome, Found)
    assert outcome.finding.primary is None
    assert outcome.finding.measures[0].p is None
    assert "no ordinary accounts to compare" in said(outcome)
    assert "2 other accounts" in said(outcome)


def test_a_handful_is_called_small(written: Callable[..., Any], said: Callable[..., str]) -> None:
    three = COHORT[:3]
    outcome = STEP(written({name: ["journalist"] for name in three}, cohort=three))
    assert isinstance(outcome, Found)
    assert "3 of 3" in said(outcome)
    assert any(caveat.plural for caveat in outcome.finding.caveats)
