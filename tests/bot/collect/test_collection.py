"""From a handle to a case: an attack is collected, preserved and found, whatever goes wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import msgspec
import polars as pl
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from analyzers import investigate
from analyzers.cohort.frozen import read_frozen
from analyzers.model.refusal import BadInput
from analyzers.read import read
from analyzers.tables import load
from bot.collect.bluesky import Bluesky
from bot.collect.collection import FROZEN, collect
from bot.collect.http import Http
from bot.collect.kept import PAGES
from bot.collect.plan import Plan
from bot.collect.result import Result
from bot.collect.tables import beside
from bot.config import BlueskySettings
from tests.bot.collect.conftest import LOOPBACK, QuickClock
from tests.bot.collect.network import SINCE, TARGET, UNTIL, Network

PLAN = Plan(f"@{TARGET}", "bluesky", SINCE, UNTIL, started_at=UNTIL, seed=7)


@pytest.fixture
def network() -> Network:
    return Network()


@pytest.fixture
async def settings(network: Network) -> AsyncIterator[BlueskySettings]:
    server = TestServer(network.app())
    await server.start_server()
    url = str(server.make_url("")).rstrip("/")
    yield BlueskySettings(appview=url, service=url, directory=url)
    await server.close()


async def gather(
    folder: Path, settings: BlueskySettings, plan: Plan = PLAN, clock: QuickClock | None = None
) -> Result:
    async with Http(LOOPBACK, clock or QuickClock()) as http:
        return await collect(folder, plan, Bluesky(settings), http)


def files(folder: Path) -> tuple[Path, ...]:
    return (folder / PAGES, *beside(folder))


async def test_an_attack_is_collected_and_the_report_finds_it(
    tmp_path: Path, network: Network, settings: BlueskySettings
) -> None:
    result = await gather(tmp_path, settings)
    assert result.targets == (f"@{TARGET}",)
    frozen = read_frozen(tmp_path / FROZEN)
    assert set(frozen.cohort) == network.attackers
    assert len(frozen.sample) == 30
    assert not set(frozen.sample) & network.attackers

    dataset = read(*files(tmp_path), directory=tmp_path / "data")
    accounts = load(dataset, "accounts").filter(pl.col("account_id").is_in([*network.attackers]))
    for row in accounts.iter_rows(named=True):
        person = network.by_name[row["account_id"]]
        assert row["created_at"] == person.created, "from the directory, not the owner's claim"
        assert row["followers"] == 12
    routes = load(dataset, "posts", ["account_id", "route"])
    walked = routes.filter(route="timeline")["account_id"].unique().to_list()
    assert set(walked) == {*frozen.cohort, *frozen.sample}
    collected = load(dataset, "collected").filter(scope="timeline")
    assert set(collected["account_id"]) == {*frozen.cohort, *frozen.sample}
    assert collected["complete"].all()

    report = investigate(
        dataset, targets=result.targets, frozen=tmp_path / FROZEN, since=SINCE, until=UNTIL
    )
    assert set(report.cohort.accounts) == network.attackers


async def test_a_collection_begun_again_asks_for_nothing_twice(
    tmp_path: Path, network: Network, settings: BlueskySettings
) -> None:
    first = await gather(tmp_path, settings)
    again = await gather(tmp_path, settings)
    assert (first.fetched, again.fetched) == (first.pages, 0)
    assert set(network.asked.values()) == {1}


async def test_a_budget_ends_it_cleanly_and_more_budget_goes_on(
    tmp_path: Path, network: Network, settings: BlueskySettings
) -> None:
    small = msgspec.structs.replace(PLAN, requests=60)
    result = await gather(tmp_path, settings, small)
    assert result.pages == 60
    assert "budget" in result.missing[0].msgid
    report = investigate(
        read(*files(tmp_path), directory=tmp_path / "data"),
        targets=result.targets,
        frozen=tmp_path / FROZEN,
    )
    assert set(report.cohort.accounts) == network.attackers
    result = await gather(tmp_path, settings)
    assert not result.missing
    assert set(network.asked.values()) == {1}


async def test_the_cohort_is_never_chosen_again(
    tmp_path: Path, network: Network, settings: BlueskySettings
) -> None:
    await gather(tmp_path, settings)
    before = (tmp_path / FROZEN).read_bytes()
    for person in network.people[30:50]:  # others begin to act alike, in posts that timelines show
        network._post(person, SINCE, "@mayor.example the same words from all of us today")
    await gather(tmp_path, settings)
    assert (tmp_path / FROZEN).read_bytes() == before


async def test_accounts_that_are_gone_are_told_apart(
    tmp_path: Path, network: Network, settings: BlueskySettings
) -> None:
    gone = dict(zip(sorted(network.attackers)[:3], _WHY, strict=True))

    def vanish(request: web.Request) -> None:
        if "getProfiles" in request.path:
            for account, why in gone.items():
                network.by_name[account].gone = why

    network.before = vanish
    result = await gather(tmp_path, settings)
    assert [text.count for text in result.missing] == [3], "whose timelines are not shown"
    statuses = load(read(*files(tmp_path), directory=tmp_path / "data"), "statuses")
    found = dict(statuses.select("account_id", "status").iter_rows())
    assert [found[account] for account in gone] == ["suspended", "deactivated", "deleted"]
    assert sum(status == "active" for status in found.values()) == len(found) - 3


_WHY = ("AccountTakedown", "AccountDeactivated", "Deleted")


async def test_a_storm_of_429_costs_only_time(
    tmp_path: Path, network: Network, settings: BlueskySettings
) -> None:
    refused: set[str] = set()

    def storm(request: web.Request) -> web.Response | None:
        if request.path_qs in refused:
            return None
        refused.add(request.path_qs)
        return web.Response(status=429, headers={"Retry-After": "5"})

    network.before = storm
    result = await gather(tmp_path, settings)
    assert not result.missing
    assert set(network.asked.values()) == {2}


async def test_a_search_that_leads_round_in_a_circle_ends(
    tmp_path: Path, network: Network, settings: BlueskySettings
) -> None:
    page = network._page

    def circle(key: str, items: list[dict[str, object]], request: web.Request) -> web.Response:
        if key != "posts":
            return page(key, items, request)
        return web.json_response({"posts": items[:50], "cursor": f"{len(network.asked)}"})

    network._page = circle  # type: ignore[method-assign]
    result = await gather(tmp_path, settings)
    assert any("circle" in text.msgid for text in result.missing)
    assert sum("searchPosts" in path for path in network.asked) == 2


async def test_a_search_refused_to_strangers_says_what_to_do_and_answers_still_count(
    tmp_path: Path, network: Network, settings: BlueskySettings
) -> None:
    network.search_needs_token = True
    result = await gather(tmp_path / "stranger", settings)
    assert any("signed in" in text.msgid for text in result.missing)
    known = settings.model_copy(
        update={"identifier": "reader.example", "app_password": SecretStr("app-pass-word")}
    )
    result = await gather(tmp_path / "reader", known)
    assert not result.missing
    for file in (tmp_path / "reader").iterdir():
        assert b"jwt-of-reader" not in file.read_bytes()
        assert b"app-pass-word" not in file.read_bytes()


async def test_a_wrong_app_password_is_said_without_it(
    tmp_path: Path, settings: BlueskySettings
) -> None:
    wrong = settings.model_copy(
        update={"identifier": "reader.example", "app_password": SecretStr("wr0ng")}
    )
    with pytest.raises(BadInput, match="does not accept") as refusal:
        await gather(tmp_path, wrong)
    assert "wr0ng" not in repr(refusal.value.text)


@pytest.mark.parametrize(
    ("typed", "why"), [("@nobody.example", "is not on Bluesky"), ("@quiet.example", "Nobody")]
)
async def test_nobody_and_nothing_are_said_in_one_sentence(
    tmp_path: Path, network: Network, settings: BlueskySettings, typed: str, why: str
) -> None:
    quiet = replace(network.people[-1], handle="quiet.example", did="did:plc:" + "q" * 24, posts=[])
    network.by_name |= {quiet.handle: quiet, quiet.did: quiet}
    with pytest.raises(BadInput, match=why):
        await gather(tmp_path, settings, msgspec.structs.replace(PLAN, typed=typed))
