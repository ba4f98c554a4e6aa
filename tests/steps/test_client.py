"""What the posts were sent from: one client for all, everyone's client, no client, a handful."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from analyzers.lib.clients import is_automation
from analyzers.model.figure import Bars
from analyzers.model.step import Found, NotComputable
from analyzers.steps.client import Client

WEB, PHONE = "Twitter Web Client", "Twitter for iPhone"
COHORT = [f"a{number}" for number in range(20)]
ORDINARY = [f"b{number}" for number in range(60)]


@pytest.fixture
def sent(case: Callable[..., Any], post: Callable[..., Any]) -> Callable[..., Any]:
    """A case in which each account of the two sides posted once, from the client at its place."""

    def build(ours: list[str | None], theirs: list[str | None]) -> Any:
        pairs = [*zip(COHORT, ours, strict=False), *zip(ORDINARY, theirs, strict=False)]
        return case(
            cohort=COHORT[: len(ours)],
            comparison=ORDINARY[: len(theirs)],
            posts=[post(name, client=client) for name, client in pairs],
        )

    return build


def test_twenty_accounts_on_the_web_client_stand_out_of_mixed_ones(
    sent: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = Client()(sent([WEB] * 20, [WEB] * 24 + [PHONE] * 36))
    assert isinstance(outcome, Found)
    assert said(outcome) == (
        "Of these accounts, 20 of 20 (100%) sent their posts about the target mainly from Twitter "
        "Web Client, against 24 of 60 (40%) among ordinary accounts."
    )
    finding = outcome.finding
    share = finding.measures[0]
    assert (share.name, share.value, share.baseline, share.n) == ("client_share", 1.0, 0.4, 20)
    assert finding.noteworthy
    assert finding.primary is not None
    assert finding.primary.p == share.p
    assert finding.primary.p < 0.001
    assert len(finding.evidence[0].posts) == 20
    chart = finding.figures[0]
    assert isinstance(chart, Bars)
    assert [(bar.k, bar.n) for bar in chart.cohort] == [(20, 20), (0, 20)]


def test_the_client_that_everyone_uses_says_nothing(
    sent: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = Client()(sent([WEB] * 19 + [PHONE], [WEB] * 56 + [PHONE] * 4))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy
    assert said(outcome).startswith("No client sets these accounts apart")


def test_a_prolific_account_counts_once(case: Callable[..., Any], post: Callable[..., Any]) -> None:
    posts = [post("a0", f"2019-02-08 10:{minute:02}", client=PHONE) for minute in range(40)]
    posts += [post(name, client=WEB) for name in COHORT[1:10]]
    outcome = Client()(case(cohort=COHORT[:10], posts=posts))
    assert isinstance(outcome, Found)
    assert (outcome.finding.measures[0].value, outcome.finding.measures[0].n) == (0.9, 10)


@pytest.mark.parametrize("clients", [[], [None] * 5])
def test_without_clients_it_says_when_x_stopped_giving_them(
    sent: Callable[..., Any], said: Callable[..., str], clients: list[str | None]
) -> None:
    outcome = Client()(sent(clients, [WEB]))
    assert isinstance(outcome, NotComputable)
    assert "December 2022" in said(outcome)


def test_without_ordinary_accounts_there_is_no_test(
    sent: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = Client()(sent([WEB] * 20, []))
    assert isinstance(outcome, Found)
    assert outcome.finding.primary is None
    assert outcome.finding.measures[0].p is None
    assert "no ordinary accounts to compare with" in said(outcome)


def test_a_handful_is_counted_and_called_small(
    sent: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = Client()(sent([WEB] * 3, [WEB] * 10 + [PHONE] * 10))
    assert isinstance(outcome, Found)
    assert said(outcome).startswith("No client sets these accounts apart")
    assert "3 of 3 here" in said(outcome)
    assert any("so small a sample" in (caveat.plural or "") for caveat in outcome.finding.caveats)


@pytest.mark.parametrize(
    ("client", "automatic"),
    [
        ("dlvr.it", True),
        ("IFTTT", True),
        ("Hootsuite Inc.", True),
        (WEB, False),
        ("TweetDeck", False),
    ],
)
def test_clients_that_post_by_themselves_are_listed(client: str, automatic: bool) -> None:
    assert is_automation(client) is automatic


def test_feeds_are_counted_apart(sent: Callable[..., Any]) -> None:
    outcome = Client()(sent(["dlvr.it"] * 6 + [WEB] * 4, [WEB] * 20))
    assert isinstance(outcome, Found)
    measure = outcome.finding.measures[1]
    assert (measure.name, measure.value, measure.baseline) == ("automation_clients", 0.6, 0.0)


def test_different_clients_are_counted_at_one_number_of_accounts(sent: Callable[..., Any]) -> None:
    outcome = Client()(sent([WEB] * 2, [WEB, PHONE] * 2))
    assert isinstance(outcome, Found)
    clients = next(one for one in outcome.finding.measures if one.name == "clients")
    assert (clients.value, clients.n, clients.baseline_n) == (1, 2, 4)
    # of the six pairs of ordinary accounts four have two clients, two have one
    assert clients.baseline == pytest.approx(10 / 6)
    alone = Client()(sent([WEB] * 5, [WEB] * 4))
    assert isinstance(alone, Found)
    clients = next(one for one in alone.finding.measures if one.name == "clients")
    assert clients.baseline is None
