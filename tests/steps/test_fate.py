"""What became of accounts: most suspended, as ordinary ones, never checked, a handful."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from analyzers.model.figure import Stacked
from analyzers.model.step import Found, NotComputable
from analyzers.steps.fate import Fate

COHORT = [f"a{number}" for number in range(20)]
ORDINARY = [f"b{number}" for number in range(60)]
FIRST, SECOND = "2019-02-10 09:00", "2019-02-11 16:25"


@pytest.fixture
def checked(
    case: Callable[..., Any], post: Callable[..., Any], account: Callable[..., Any]
) -> Callable[..., Any]:
    """A case whose accounts were all active at first and, a day later, had these statuses."""

    def build(ours: Sequence[str], theirs: Sequence[str]) -> Any:
        pairs = [*zip(COHORT, ours, strict=False), *zip(ORDINARY, theirs, strict=False)]
        rows = [
            {"account_id": name, "checked_at": account(name, created_at=at)["created_at"]}
            | {"status": status}
            for name, last in pairs
            for at, status in ((FIRST, "active"), (SECOND, last))
        ]
        return case(
            cohort=COHORT[: max(len(ours), 1)],
            comparison=ORDINARY[: len(theirs)],
            posts=[post(COHORT[0], "2019-02-09 01:25")],
            statuses=rows,
        )

    return build


def test_eighteen_of_twenty_suspended_two_days_after(
    checked: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = Fate()(checked(["suspended"] * 18 + ["active"] * 2, ["suspended"] + ["active"] * 59))
    assert isinstance(outcome, Found)
    assert said(outcome) == (
        "Of these accounts, 18 of 20 (90%) were suspended and 2 still active at the check of 11 "
        "February 2019, 16:25 UTC. Among ordinary accounts, 1 of 60 (2%) were suspended."
    )
    measures = {measure.name: measure for measure in outcome.finding.measures}
    low, high = measures["suspended"].low, measures["suspended"].high
    assert isinstance(low, float)
    assert isinstance(high, float)
    assert (round(low, 2), round(high, 2)) == (0.70, 0.97)
    assert measures["hours_after_attack"].value == 63
    assert measures["suspended_check_1"].value == 0
    assert outcome.finding.primary is not None
    assert outcome.finding.primary.p < 1e-9
    chart = outcome.finding.figures[0]
    assert isinstance(chart, Stacked)
    assert [(row.group, row.n) for row in chart.rows] == [
        ("cohort", 20),
        ("cohort", 20),
        ("comparison", 60),
        ("comparison", 60),
    ]
    assert chart.rows[1].shares == (0.1, 0.9)


def test_suspended_as_often_as_ordinary_accounts(
    checked: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = Fate()(
        checked(["suspended"] * 2 + ["active"] * 18, ["suspended"] * 6 + ["active"] * 54)
    )
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy
    assert "2 of 20 (10%)" in said(outcome)


@pytest.mark.parametrize("theirs", [[], ["suspended"]])
def test_accounts_never_checked_have_no_known_fate(
    checked: Callable[..., Any], said: Callable[..., str], theirs: list[str]
) -> None:
    outcome = Fate()(checked([], theirs))
    assert isinstance(outcome, NotComputable)
    assert "a table of status checks" in said(outcome)


def test_a_handful_without_ordinary_accounts_is_counted(
    checked: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = Fate()(checked(["suspended", "deleted", "active"], []))
    assert isinstance(outcome, Found)
    assert outcome.finding.primary is None
    assert "1 of 3 were suspended and 1 still active" in said(outcome)
    assert any(text.msgid.startswith("This rests on") for text in outcome.finding.caveats)


def test_the_last_check_that_both_sides_had_is_compared(
    case: Callable[..., Any], account: Callable[..., Any], said: Callable[..., str]
) -> None:
    def row(name: str, at: str, status: str) -> dict[str, Any]:
        moment = account(name, created_at=at)["created_at"]
        return {"account_id": name, "checked_at": moment, "status": status}

    rows = [row(name, FIRST, "suspended") for name in COHORT]
    rows += [row(name, "2019-02-10 11:30", "active") for name in ORDINARY]  # the same round
    rows += [row(name, SECOND, "active") for name in COHORT]
    outcome = Fate()(case(cohort=COHORT, comparison=ORDINARY, statuses=rows))
    assert isinstance(outcome, Found)
    assert "Of these accounts, 20 of 20 (100%) were suspended" in said(outcome)
