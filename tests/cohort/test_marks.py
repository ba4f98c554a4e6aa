"""What is told of each member beside what selected it: its date of creation, its client."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from analyzers.cohort import creation_window, propose_cohort, rare_client
from analyzers.model.dataset import Dataset
from analyzers.model.target import Account

Rows = list[dict[str, Any]]
DAY = datetime(2019, 1, 9, 12, tzinfo=UTC)
YEARS = {f"c{n:03d}": datetime(2012, 1, 1, tzinfo=UTC) + timedelta(days=37 * n) for n in range(60)}


@pytest.mark.parametrize(
    ("gap", "likely"),
    [
        (timedelta(minutes=5), 1e-6),
        (timedelta(hours=5), 1e-6),
        (timedelta(days=80), 0.5),  # as spread as anybody's
    ],
)
def test_accounts_made_in_one_batch_are_tied_by_their_date(gap: timedelta, likely: float) -> None:
    created = YEARS | {f"f{n}": DAY + n * gap for n in range(8)}
    members, others = [f"f{n}" for n in range(8)], sorted(YEARS)
    found = creation_window.signals(members, others, created)
    p = found["f4"].p
    assert p is not None
    assert (p <= likely) == (likely < 0.1)
    assert not found["f4"].selecting


def test_an_account_without_a_date_is_not_spoken_of() -> None:
    found = creation_window.signals(["f0", "f1"], sorted(YEARS), YEARS | {"f0": DAY, "f1": None})
    assert "f1" not in found


@pytest.mark.parametrize(("users", "told"), [(0, True), (3, True), (30, False)])
def test_only_a_client_that_few_use_ties(users: int, told: bool) -> None:
    client = dict.fromkeys(YEARS, "Web App")
    client |= dict.fromkeys(sorted(YEARS)[:users], "PostMaster")
    client |= {f"f{n}": "PostMaster" for n in range(6)}
    found = rare_client.signals([f"f{n}" for n in range(6)], sorted(YEARS), client)
    assert bool(found) == told
    if told:
        assert found["f0"].accounts == ("f1", "f2", "f3", "f4", "f5")


def test_a_member_tells_what_selected_it_and_what_else_ties_it(
    dataset: Callable[..., Dataset], farm: Callable[..., Rows], crowd: Callable[..., Rows]
) -> None:
    rows = [row | {"client": "Twitter Web Client"} for row in crowd(60)]
    rows += [row | {"client": "PostMaster"} for row in farm(12)]
    accounts = [{"account_id": f"f{n:02d}", "created_at": DAY} for n in range(12)]
    accounts += [{"account_id": name, "created_at": at} for name, at in YEARS.items()]
    proposal = propose_cohort(dataset(rows, accounts=accounts), (Account("ex_ministre"),))
    member = proposal.cohorts[0].members[0]
    names = {signal.name: signal.selecting for signal in member.signals}
    assert names["template"]
    assert names["creation_window"] is False
    assert names["rare_client"] is False
    assert "creation_window" not in member.selected_by
