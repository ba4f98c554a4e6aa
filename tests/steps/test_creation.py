"""Creation dates: seven of twenty new, as spread as anyone's, unknown, old ids, a handful."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from analyzers.model.figure import Strip
from analyzers.model.finding import Measure
from analyzers.model.step import Found, NotComputable
from analyzers.steps.creation import Creation

OLD = [f"{year}-0{month}-15" for year in range(2009, 2019) for month in (3, 7)][:13]
"""Thirteen dates without a pattern; the oldest is of 2009."""

NEW = ["2019-01-04", "2019-01-17", "2019-01-30", *(f"2019-02-0{day}" for day in range(1, 5))]
"""Three in January, four in February 2019."""

ORDINARY = [f"{2008 + number % 11}-{1 + number % 12:02}-10" for number in range(60)]


@pytest.fixture
def created(
    case: Callable[..., Any], post: Callable[..., Any], account: Callable[..., Any]
) -> Callable[..., Any]:
    """A case of accounts created on these days (`None` when unknown), attacking on 8 February."""

    def build(ours: list[str | None], theirs: list[str | None] | None = None) -> Any:
        cohort = {f"a{number}": date for number, date in enumerate(ours)}
        comparison = {f"b{number}": date for number, date in enumerate(theirs or [])}
        return case(
            cohort=list(cohort),
            comparison=list(comparison),
            posts=[post(name, "2019-02-08 10:00") for name in cohort | comparison],
            accounts=[
                account(name, created_at=date) for name, date in (cohort | comparison).items()
            ],
        )

    return build


def measure(outcome: Found, name: str) -> Measure:
    return next(one for one in outcome.finding.measures if one.name == name)


def test_seven_of_twenty_are_new_and_the_oldest_is_of_2009(
    created: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = Creation()(created([*OLD, *NEW], ORDINARY))
    assert isinstance(outcome, Found)
    assert said(outcome) == (
        "Of these accounts, 7 of 20 (35%) were created in the 6 weeks before the attack, against 0 "
        "of 60 (0%) among ordinary accounts. The oldest known date is 15 March 2009."
    )
    share = outcome.finding.measures[0]
    assert share.name == "created_before_attack"
    assert isinstance(share.low, float)
    assert isinstance(share.high, float)
    assert (round(share.low, 2), round(share.high, 2)) == (0.18, 0.57)
    assert outcome.finding.primary is not None
    assert outcome.finding.primary.p == share.p
    assert outcome.finding.primary.p < 0.001
    assert measure(outcome, "oldest").value == datetime(2009, 3, 15, tzinfo=UTC)
    assert measure(outcome, "created_2019_01").value == 3
    assert measure(outcome, "created_2019_02").value == 4
    most = measure(outcome, "most_in_4_weeks")
    assert most.value == 6
    assert isinstance(most.baseline, float)
    assert 1 < most.baseline < 4


def test_its_charts_show_all_dates_and_the_last_weeks(created: Callable[..., Any]) -> None:
    outcome = Creation()(created([*OLD, *NEW], ORDINARY))
    assert isinstance(outcome, Found)
    whole, last = outcome.finding.figures
    assert isinstance(whole, Strip)
    assert isinstance(last, Strip)
    assert [len(row.dates) for row in whole.rows] == [20, 60]
    assert (len(last.rows[0].dates), last.rows[0].total) == (7, 20)
    assert whole.marks[0].at == datetime(2019, 2, 8, 10, tzinfo=UTC)


def test_a_wave_of_new_accounts_on_both_sides_says_nothing(
    created: Callable[..., Any], said: Callable[..., str]
) -> None:
    theirs = [*ORDINARY[:40], *(f"2019-01-{day:02}" for day in range(5, 25))]
    outcome = Creation()(created([*OLD, *NEW], theirs))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy
    assert said(outcome).startswith("Creation dates do not set these accounts apart")


def test_without_ordinary_accounts_there_is_no_test_only_a_yardstick(
    created: Callable[..., Any], said: Callable[..., str]
) -> None:
    new = Creation()(created([*OLD, *NEW]))
    old = Creation()(created([*OLD]))
    assert isinstance(new, Found)
    assert isinstance(old, Found)
    assert new.finding.noteworthy
    assert not old.finding.noteworthy
    assert new.finding.primary is None
    assert new.finding.tables[0].rows[0][2] is None
    assert "no ordinary accounts to compare with" in said(new)


def test_accounts_without_any_date_are_not_computable(
    created: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = Creation()(created([None] * 6, ORDINARY))
    assert isinstance(outcome, NotComputable)
    assert said(outcome).startswith("The date each account was created")


def test_an_empty_cohort_has_no_dates(created: Callable[..., Any]) -> None:
    assert isinstance(Creation()(created([], ORDINARY)), NotComputable)


def test_ids_give_dates_and_ids_too_old_count_as_older(
    case: Callable[..., Any], post: Callable[..., Any]
) -> None:
    january = str(((1547000000_000 - 1288834974657) << 22) + 5)  # 9 January 2019
    cohort = [january, "20000001", "20000002", "@unknown"]
    outcome = Creation()(case(cohort=cohort, posts=[post(name) for name in cohort]))
    assert isinstance(outcome, Found)
    share = outcome.finding.measures[0]
    assert (share.value, share.n) == (1 / 3, 3)
    counted = [caveat.msgid for caveat in outcome.finding.caveats]
    assert any("too old to hold a date" in text for text in counted)
    assert any("no creation date is known" in text for text in counted)
    assert any("the date was read from its id" in text for text in counted)


def test_an_id_that_would_give_an_impossible_date_gives_none(
    case: Callable[..., Any], post: Callable[..., Any]
) -> None:
    elsewhere = "109386294357623194"  # an id of another platform; as a snowflake it is of 2011
    names = ["a1", elsewhere]
    dated = {"account_id": "a1", "created_at": datetime(2018, 1, 1, tzinfo=UTC)}
    outcome = Creation()(case(cohort=names, posts=[post(n) for n in names], accounts=[dated]))
    assert isinstance(outcome, Found)
    assert outcome.finding.measures[0].n == 1


def test_a_handful_is_counted(created: Callable[..., Any], said: Callable[..., str]) -> None:
    outcome = Creation()(created(["2019-01-20", "2012-05-05"], ORDINARY[:10]))
    assert isinstance(outcome, Found)
    assert "1 of 2" in said(outcome)
    assert any("so small a sample" in str(caveat.plural) for caveat in outcome.finding.caveats)
