"""Before the attack: woken accounts, late starters, ordinary lives, capped data, a handful."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from analyzers.lib.stats.medians import median_interval
from analyzers.model.case import Case
from analyzers.model.figure import Swimlane
from analyzers.model.finding import Measure
from analyzers.model.step import Found, NotComputable
from analyzers.steps.activation import Activation

ATTACK = datetime(2019, 2, 8, 10, tzinfo=UTC)
FIRST = datetime(2018, 2, 1, 10, tzinfo=UTC)


def every(days: int, since: datetime = FIRST, until: datetime = ATTACK) -> list[datetime]:
    """A moment each so many days, the last one before `until`."""
    count = (until - since) // timedelta(days=days)
    return [since + timedelta(days=n * days) for n in range(count)]


@pytest.fixture
def living(case: Callable[..., Case], post: Callable[..., Any]) -> Callable[..., Case]:
    """A case of accounts that posted at some moments, addressed others at some, then attacked."""

    def build(
        ours: Iterable[tuple[list[datetime], list[datetime]]],
        theirs: Iterable[tuple[list[datetime], list[datetime]]] = (),
        **others: Any,
    ) -> Case:
        cohort = {f"a{n}": life for n, life in enumerate(ours)}
        comparison = {f"b{n}": life for n, life in enumerate(theirs)}
        rows = []
        for name, (talks, addresses) in (cohort | comparison).items():
            rows += [
                post(name, at, post_id=f"{name}-t{n}", on_target=False, spoken="el")
                for n, at in enumerate(talks)
            ]
            rows += [
                post(name, at, post_id=f"{name}-a{n}", on_target=False, mentions=["x"], spoken="fr")
                for n, at in enumerate(addresses)
            ]
            rows.append(post(name, ATTACK, spoken="fr", selecting=name in cohort))
        return case(
            **{"timelines": [*cohort, *comparison]} | others,
            cohort=list(cohort),
            comparison=list(comparison),
            posts=rows,
        )

    return build


ORDINARY = [(every(3), every(20)) for _ in range(30)]
LATE = (every(3), every(5, since=datetime(2019, 1, 8, tzinfo=UTC)))
SLEEPER = (every(3, until=datetime(2018, 11, 1, tzinfo=UTC)), every(20)[:10])


def measure(outcome: Found, name: str) -> Measure:
    return next(one for one in outcome.finding.measures if one.name == name)


def test_accounts_that_address_others_only_since_january_are_found(
    living: Callable[..., Case], said: Callable[..., str]
) -> None:
    outcome = Activation()(living([LATE] * 10, ORDINARY))
    assert isinstance(outcome, Found)
    assert said(outcome) == (
        "Of 10 accounts whose past is known, 10 began to address others in French no earlier than "
        "12 weeks before their first attack. None was silent for the 30 days before. One or the "
        "other: 10 of 10 (100%), against 0 of 30 (0%) among ordinary accounts."
    )
    assert outcome.finding.primary is not None
    assert outcome.finding.primary.p == measure(outcome, "activated").p
    assert outcome.finding.primary.p < 0.001
    assert measure(outcome, "first_address").value == datetime(2019, 1, 8, tzinfo=UTC)
    (reach,) = (text for text in outcome.finding.caveats if text.msgid.startswith("The data reach"))
    assert dict(reach.values)["posts"] == len(LATE[0]) + len(LATE[1])
    assert [one.id for one in outcome.finding.evidence[0].posts][:2] == ["a0-a0", "a1-a0"]


def test_accounts_that_slept_until_the_attack_are_found(
    living: Callable[..., Case], said: Callable[..., str]
) -> None:
    outcome = Activation()(living([SLEEPER] * 6 + [ORDINARY[0]] * 4, ORDINARY))
    assert isinstance(outcome, Found)
    assert "6 were silent for the 30 days before" in said(outcome)
    assert measure(outcome, "dormant_before").value == 0.6
    assert outcome.finding.noteworthy


def test_ordinary_lives_set_nobody_apart(
    living: Callable[..., Case], said: Callable[..., str]
) -> None:
    outcome = Activation()(living(ORDINARY[:12], ORDINARY))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy
    assert said(outcome).startswith("None of 12 accounts was silent")


def test_an_event_that_wakes_both_sides_is_no_finding(living: Callable[..., Case]) -> None:
    outcome = Activation()(living([LATE] * 8, [LATE] * 20))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy
    assert measure(outcome, "activated").baseline == 1


def test_ordinary_accounts_that_never_address_anybody_test_nothing(
    living: Callable[..., Case], said: Callable[..., str]
) -> None:
    outcome = Activation()(living([LATE] * 8, [(every(3), [])] * 20))
    assert isinstance(outcome, Found)
    said(outcome)
    assert outcome.finding.primary is None
    assert any("nothing is tested" in text.msgid for text in outcome.finding.caveats)


def test_words_to_others_in_another_language_are_no_attack(
    living: Callable[..., Case], post: Callable[..., Any], case: Callable[..., Case]
) -> None:
    rows = [
        post("a0", at, post_id=f"t{n}", on_target=False, mentions=["x"], spoken="el")
        for n, at in enumerate(every(3))
    ]
    rows += [
        post("a0", "2019-01-20", on_target=False, mentions=["x"], spoken="fr"),
        post("a0", ATTACK, spoken="fr"),
    ]
    outcome = Activation()(case(cohort=["a0"], posts=rows, timelines=["a0"]))
    assert isinstance(outcome, Found)
    assert measure(outcome, "late_start").value == 1


def test_the_chart_shows_lives_and_the_first_address(living: Callable[..., Case]) -> None:
    outcome = Activation()(living([LATE] * 15 + [SLEEPER] * 15, ORDINARY))
    assert isinstance(outcome, Found)
    (chart,) = outcome.finding.figures
    assert isinstance(chart, Swimlane)
    assert len(chart.lanes) == 20
    late = next(lane for lane in chart.lanes if lane.account.id == "a0")
    assert late.began == datetime(2019, 1, 8, tzinfo=UTC)
    assert late.attacks == (ATTACK,)
    asleep = next(lane for lane in chart.lanes if lane.account.id == "a15")
    assert asleep.active[-1][1] < datetime(2018, 11, 2, tzinfo=UTC)


@pytest.mark.parametrize("reason", ["incomplete", "cap"])
def test_a_timeline_that_may_be_cut_off_is_said(
    living: Callable[..., Case], said: Callable[..., str], reason: str
) -> None:
    life = (every(3) if reason == "incomplete" else every(3) * 30, [ATTACK - timedelta(days=200)])
    collected = [
        {"account_id": "a0", "scope": "timeline", "complete": reason == "cap", "since": FIRST}
    ]
    outcome = Activation()(living([life], ORDINARY[:6], collected=collected))
    assert isinstance(outcome, Found)
    said(outcome)
    assert "may be cut off" in str(outcome.finding.caveats[0].plural)


def test_silence_since_creation_counts_where_the_whole_timeline_was_collected(
    case: Callable[..., Case], post: Callable[..., Any], account: Callable[..., Any]
) -> None:
    outcome = Activation()(
        case(
            cohort=["a0"],
            posts=[post("a0", ATTACK, spoken="fr", selecting=True)],
            accounts=[account("a0", created_at="2012-01-01")],
            timelines=["a0"],
            collected=[{"account_id": "a0", "scope": "timeline", "complete": True, "since": FIRST}],
        )
    )
    assert isinstance(outcome, Found)
    assert measure(outcome, "dormant_before").value == 1
    assert measure(outcome, "reach_days").value == (ATTACK - FIRST) / timedelta(days=1)


def test_accounts_too_young_to_judge_leave_nothing_to_compute(
    living: Callable[..., Case], said: Callable[..., str]
) -> None:
    young = (every(1, since=ATTACK - timedelta(days=20)), [])
    outcome = Activation()(living([young] * 5, ORDINARY))
    assert isinstance(outcome, NotComputable)
    assert said(outcome).startswith("Posts of at least one of these accounts over the 12 weeks")


def test_without_timelines_it_says_what_to_collect(
    living: Callable[..., Case], said: Callable[..., str]
) -> None:
    outcome = Activation()(living([LATE] * 5, ORDINARY, timelines=[]))
    assert isinstance(outcome, NotComputable)
    assert said(outcome).startswith("The timelines of these accounts")


def test_a_handful_is_counted(living: Callable[..., Case], said: Callable[..., str]) -> None:
    outcome = Activation()(living([LATE, SLEEPER]))
    assert isinstance(outcome, Found)
    assert "no ordinary accounts to compare" in said(outcome)
    assert not outcome.finding.noteworthy
    assert any("so small a sample" in str(text.plural) for text in outcome.finding.caveats)


@pytest.mark.parametrize(
    ("count", "expected"), [(5, (None, None)), (6, (1, 6)), (9, (2, 8)), (20, (6, 15))]
)
def test_the_interval_of_a_median_is_the_textbooks(
    count: int, expected: tuple[float | None, float | None]
) -> None:
    assert median_interval(list(range(1, count + 1))) == expected
