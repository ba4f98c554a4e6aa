"""A case from X: what it shows, what it costs, and what it never gives."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from analyzers import investigate
from analyzers.cohort.frozen import read_frozen
from analyzers.model.refusal import BadInput
from analyzers.read import read
from analyzers.tables import load
from bot.collect.collection import FROZEN, collect
from bot.collect.handles import parse
from bot.collect.http import Http
from bot.collect.kept import PAGES
from bot.collect.plan import Plan, parts
from bot.collect.platforms import chosen
from bot.collect.result import Result
from bot.collect.tables import beside
from bot.collect.x import X
from bot.config import CollectSettings, XSettings
from tests.bot.collect.conftest import LOOPBACK, QuickClock
from tests.bot.collect.x_network import NOW, SINCE, TARGET, TOKEN, XNetwork

PLAN = Plan(
    f"@{TARGET}",
    "x",
    SINCE,
    NOW,
    started_at=NOW,
    seed=7,
    search_pages=5,
    timeline_pages=2,
    circle_pages=0,
    dollars=100,
)


@pytest.fixture
def network() -> XNetwork:
    return XNetwork()


async def _served(network: XNetwork) -> AsyncIterator[XSettings]:
    server = TestServer(network.app())
    await server.start_server()
    yield XSettings(
        enabled=True,
        acknowledge_terms=True,
        bearer_token=SecretStr(TOKEN),
        service=str(server.make_url("")).rstrip("/"),
    )
    await server.close()


@pytest.fixture
async def settings(network: XNetwork) -> AsyncIterator[XSettings]:
    async for one in _served(network):
        yield one


async def gather(folder: Path, settings: XSettings, plan: Plan = PLAN) -> Result:
    async with Http(LOOPBACK, QuickClock(time=NOW.timestamp())) as http:
        return await collect(folder, plan, X(settings), http)


def files(folder: Path) -> tuple[Path, ...]:
    return (folder / PAGES, *beside(folder))


@pytest.mark.parametrize("names", ["post", "tweet"])
async def test_an_attack_is_collected_and_found_in_new_names_and_old(
    tmp_path: Path, names: str
) -> None:
    network = XNetwork(names)
    async for served in _served(network):
        settings = served.model_copy(update={"names": names})
        result = await gather(tmp_path, settings)
        assert not result.missing
        assert result.dollars == pytest.approx(network.shown)
        frozen = read_frozen(tmp_path / FROZEN)
        assert set(frozen.cohort) == network.attackers
        dataset = read(*files(tmp_path), directory=tmp_path / "data")
        timelines = load(dataset, "posts", ["account_id", "route"]).filter(route="timeline")
        assert set(timelines["account_id"]) == {*frozen.cohort, *frozen.sample}
        report = investigate(dataset, targets=result.targets, frozen=tmp_path / FROZEN)
        assert set(report.cohort.accounts) == network.attackers
        again = await gather(tmp_path, settings)
        assert (again.fetched, again.dollars) == (0, result.dollars)
        for file in (tmp_path / PAGES, tmp_path / "result.json"):
            assert TOKEN.encode() not in file.read_bytes()


@pytest.mark.parametrize("cap", [3.0, 4.5])
async def test_the_cap_is_never_passed_and_what_came_in_is_a_case(
    tmp_path: Path, network: XNetwork, settings: XSettings, cap: float
) -> None:
    result = await gather(tmp_path, settings, msgspec.structs.replace(PLAN, dollars=cap))
    assert "might cost more" in result.missing[0].msgid
    assert network.shown <= cap
    assert result.dollars <= cap


async def test_a_cap_below_the_first_search_is_said_before_it_is_made(
    tmp_path: Path, network: XNetwork, settings: XSettings
) -> None:
    with pytest.raises(BadInput, match="might cost more"):
        await gather(tmp_path, settings, msgspec.structs.replace(PLAN, dollars=1.5))
    assert network.shown == pytest.approx(0.010)


async def test_suspended_deleted_and_protected_accounts_are_told_apart(
    tmp_path: Path, network: XNetwork, settings: XSettings
) -> None:
    network.gone = {"1003": "Forbidden", "1004": "Not Found Error"}
    await gather(tmp_path, settings)
    statuses = load(read(*files(tmp_path), directory=tmp_path / "data"), "statuses")
    found = dict(statuses.select("account_id", "status").iter_rows())
    assert [found[one] for one in ("1002", "1003", "1004", "1005")] == [
        "protected",
        "suspended",
        "deleted",
        "active",
    ]


async def test_beyond_seven_days_mentions_are_asked_for_and_the_search_takes_what_it_reaches(
    tmp_path: Path, network: XNetwork, settings: XSettings
) -> None:
    plan = msgspec.structs.replace(PLAN, since=NOW - timedelta(days=20))
    await gather(tmp_path, settings, plan)
    (search, *_) = [path for path in network.asked if "/search/recent" in path]
    assert "start_time" not in search
    assert any("/users/1000/mentions" in path and "start_time" in path for path in network.asked)
    network.asked.clear()
    archive = settings.model_copy(update={"archive": True})
    await gather(tmp_path / "archive", archive, plan)
    assert any("/search/all" in path and "start_time" in path for path in network.asked)
    assert not any("/mentions" in path for path in network.asked)


@pytest.mark.parametrize(
    ("change", "typed", "why"),
    [
        ({"bearer_token": SecretStr("wr0ng")}, TARGET, "does not accept the token"),
        ({"bearer_token": SecretStr("")}, TARGET, "put the bearer token"),
        ({}, "Person3", "X has suspended"),
        ({}, "nobody", "is not on X"),
        ({"names": "tweet"}, TARGET, "does not accept the request"),
        ({}, "https://x.com/mayor/status/99", "shows no such post"),
    ],
)
async def test_what_x_refuses_is_said_in_one_sentence(
    tmp_path: Path,
    network: XNetwork,
    settings: XSettings,
    change: dict[str, object],
    typed: str,
    why: str,
) -> None:
    network.gone = {"1003": "Forbidden"}
    plan = msgspec.structs.replace(PLAN, typed=typed)
    with pytest.raises(BadInput) as refusal:
        await gather(tmp_path, settings.model_copy(update=change), plan)
    assert why in refusal.value.text.msgid
    assert "wr0ng" not in repr(refusal.value.text)


def test_x_is_off_until_it_is_turned_on_and_its_terms_are_acknowledged() -> None:
    with pytest.raises(BadInput, match="not turned on"):
        chosen("x", CollectSettings())
    with pytest.raises(BadInput, match="forbid investigating"):
        chosen("x", CollectSettings(x=XSettings(enabled=True)))
    ready = XSettings(enabled=True, acknowledge_terms=True)
    assert chosen("x", CollectSettings(x=ready)).name == "x"


def test_the_plan_says_what_it_costs_and_what_x_never_gives() -> None:
    there = X(XSettings())
    search, _, cohort, comparison = parts(PLAN, there.sizes)
    assert search.dollars == pytest.approx(5 * 100 * 0.02)
    assert (cohort.dollars, comparison.dollars) == (
        pytest.approx(20 * 4.01),
        pytest.approx(30 * 4.01),
    )
    said = [text.msgid for text in there.lacks(parse("@mayor", "x"))]
    assert any("reposts out of searches" in one for one in said)
    assert any("last seven days" in one for one in said)
