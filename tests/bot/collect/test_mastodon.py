"""A case from Mastodon: what instances show, refuse and no longer have."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import polars as pl
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
from bot.collect.http import Answer, Ask, Http, Manners
from bot.collect.kept import PAGES, KeptPages
from bot.collect.mastodon import Mastodon
from bot.collect.pages import Budget, Pages
from bot.collect.plan import Plan
from bot.collect.platform import Listing
from bot.collect.result import Result
from bot.collect.tables import beside
from bot.config import MastodonSettings
from tests.bot.collect.conftest import LOOPBACK, QuickClock
from tests.bot.collect.fediverse import (
    HILL,
    QUIET,
    SINCE,
    TARGET,
    TOKEN,
    TOWN,
    UNTIL,
    Fediverse,
)

PLAN = Plan(f"@{TARGET}", "mastodon", SINCE, UNTIL, started_at=UNTIL, seed=7)


@pytest.fixture
def fediverse() -> Fediverse:
    return Fediverse()


@pytest.fixture
async def settings(fediverse: Fediverse) -> AsyncIterator[MastodonSettings]:
    server = TestServer(fediverse.app())
    await server.start_server()
    url = str(server.make_url("")).rstrip("/")
    yield MastodonSettings(servers={host: f"{url}/{host}" for host in (TOWN, HILL, QUIET)})
    await server.close()


async def gather(folder: Path, settings: MastodonSettings, plan: Plan = PLAN) -> Result:
    async with Http(LOOPBACK, QuickClock()) as http:
        return await collect(folder, plan, Mastodon(settings), http)


def files(folder: Path) -> tuple[Path, ...]:
    return (folder / PAGES, *beside(folder))


async def test_an_attack_across_instances_is_collected_and_the_report_finds_it(
    tmp_path: Path, fediverse: Fediverse, settings: MastodonSettings
) -> None:
    result = await gather(tmp_path, settings)
    assert result.targets == (f"@{TARGET}",)
    assert not result.missing
    frozen = read_frozen(tmp_path / FROZEN)
    assert set(frozen.cohort) == fediverse.attackers

    dataset = read(*files(tmp_path), directory=tmp_path / "data")
    clients = load(dataset, "posts", ["account_id", "client", "route"])
    timelines = clients.filter(route="timeline", client="Tusky")
    assert set(timelines["account_id"]) == {*frozen.cohort, *frozen.sample}, (
        "each instance alone says with which application its own people write"
    )
    timelines = timelines.group_by("account_id").len()
    assert set(timelines["len"]) == {50}, "the header Link was followed, but not where it led"
    report = investigate(
        dataset, targets=result.targets, frozen=tmp_path / FROZEN, since=SINCE, until=UNTIL
    )
    assert set(report.cohort.accounts) == fediverse.attackers
    again = await gather(tmp_path, settings)
    assert again.fetched == 0
    assert set(fediverse.asked.values()) == {1}


async def test_suspended_and_deleted_accounts_are_told_apart_by_their_own_instance(
    tmp_path: Path, fediverse: Fediverse, settings: MastodonSettings
) -> None:
    suspended, deleted = fediverse.people[1:3]
    suspended.suspended = deleted.gone = True
    await gather(tmp_path, settings)
    statuses = load(read(*files(tmp_path), directory=tmp_path / "data"), "statuses")
    found = dict(statuses.select("account_id", "status").iter_rows())
    assert (found[suspended.name], found[deleted.name]) == ("suspended", "deleted")
    assert sum(status == "active" for status in found.values()) == len(found) - 2


async def test_where_an_instance_wants_a_token_the_copy_of_the_targets_is_taken_and_it_is_said(
    tmp_path: Path, fediverse: Fediverse, settings: MastodonSettings
) -> None:
    fediverse.closed.add(HILL)
    result = await gather(tmp_path, settings)
    assert [text.msgid.partition(":")[0] for text in result.missing] == [
        "{host} answers only to those who have a token"
    ]
    dataset = read(*files(tmp_path), directory=tmp_path / "data")
    strangers = pl.col("account_id").str.ends_with(HILL)
    timelines = load(dataset, "posts").filter(strangers, route="timeline")
    assert timelines.height
    assert not load(dataset, "statuses").filter(strangers).height, "a copy proves nothing"
    circles = load(dataset, "collected").filter(scope="followers")
    assert circles.height
    assert not circles.filter(strangers).height, "a copy knows only its own people's follows"


async def test_with_a_token_words_are_searched_and_it_goes_to_its_own_instance_alone(
    tmp_path: Path, fediverse: Fediverse, settings: MastodonSettings
) -> None:
    tokens = settings.model_copy(update={"tokens": {QUIET: SecretStr(TOKEN)}})
    result = await gather(tmp_path, tokens)
    assert not result.missing
    assert sum("/v2/search" in path for path in fediverse.asked) == 2
    assert {key.partition(" ")[0] for key in fediverse.tokens if TOKEN in key} == {QUIET}
    for file in tmp_path.iterdir():  # noqa: ASYNC240  # a test may block
        assert TOKEN.encode() not in file.read_bytes()


async def test_answers_under_a_post_are_what_is_collected_about_its_address(
    tmp_path: Path, fediverse: Fediverse, settings: MastodonSettings
) -> None:
    number = fediverse.status(fediverse.people[0].posts[0], TOWN)["id"]
    plan = msgspec.structs.replace(PLAN, typed=f"https://{TOWN}/@mayor/{number}")
    result = await gather(tmp_path, settings, plan)
    assert set(read_frozen(tmp_path / FROZEN).cohort) == fediverse.attackers
    report = investigate(
        read(*files(tmp_path), directory=tmp_path / "data"),
        targets=result.targets,
        frozen=tmp_path / FROZEN,
    )
    assert set(report.cohort.accounts) == fediverse.attackers


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (f"@nobody@{TOWN}", "is not on {host}"),
        (f"@mayor@{QUIET}", "have a token"),
        (f"https://{TOWN}/@mayor/77", "shows no such post"),
    ],
)
async def test_what_an_instance_does_not_show_is_said_in_one_sentence(
    tmp_path: Path, settings: MastodonSettings, typed: str, why: str
) -> None:
    with pytest.raises(BadInput) as refusal:
        await gather(tmp_path, settings, msgspec.structs.replace(PLAN, typed=typed))
    assert why in refusal.value.text.msgid


async def test_no_name_of_an_instance_leads_to_a_private_address(tmp_path: Path) -> None:
    inside = MastodonSettings(servers={TOWN: "https://127.0.0.1:1"})
    async with Http(Manners(), QuickClock()) as http:
        with pytest.raises(BadInput) as refusal:
            await collect(tmp_path, PLAN, Mastodon(inside), http)
    assert "no public server" in refusal.value.text.msgid


@pytest.mark.parametrize(
    "body",
    [
        "null",
        "{}",
        '[1, null, {"account": 3, "mentions": 7, "tags": null, "created_at": 5}]',
        '{"statuses": {"a": 1}, "descendants": [[]], "accounts": [{"acct": {}, "id": []}]}',
        '[{"acct": "a@b/c?d", "url": "http://[", "id": 4}]',
        "no JSON",
    ],
)
def test_nothing_that_a_hostile_instance_answers_breaks_a_page(body: str) -> None:
    there = Mastodon(MastodonSettings())
    listing = Listing(Ask("https://hostile.example/api/v1/x"), "query")
    link = '<http://[>; rel="next", <https://10.0.0.1/?max_id=../../7&x=1>; rel=next'
    at = UNTIL
    turn = there.turn(listing, Answer(listing.first.address, 200, body.encode(), at, link))
    assert turn.onward is None or turn.onward.host == "hostile.example"


async def test_a_name_that_is_no_host_is_not_asked(
    tmp_path: Path, fediverse: Fediverse, settings: MastodonSettings
) -> None:
    there, kept = Mastodon(settings), KeptPages.at(tmp_path)
    async with Http(LOOPBACK, QuickClock()) as http:
        pages = Pages(http, kept, Budget(), there)
        assert not await there.check(pages, [f"@a@{TOWN}/api/v1", "@a@10.0.0.1", "@b@"], None)
        assert http.calls == 0
    kept.close()


def test_the_plan_says_what_an_instance_does_not_give_to_strangers() -> None:
    wanted = parse(f"@{TARGET}")
    said = [text.msgid for text in Mastodon(MastodonSettings()).lacks(wanted)]
    assert any("posts that name the target on their own are not found" in one for one in said)
    known = MastodonSettings(tokens={TOWN: SecretStr(TOKEN)})
    assert len(Mastodon(known).lacks(wanted)) == 1
