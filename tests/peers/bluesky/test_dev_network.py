"""An attack on Bluesky's own dev network, collected and found, whatever goes wrong: `make peers`.

The tests stand in this order for a reason: what the last one does to accounts cannot be undone.
"""

from __future__ import annotations

import asyncio
import json
import socket
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from pydantic import SecretStr

from analyzers import investigate
from analyzers.cohort.frozen import read_frozen
from analyzers.model.case import Window
from analyzers.read import read
from analyzers.tables import load
from bot.collect.bluesky import Bluesky
from bot.collect.collection import FROZEN, collect
from bot.collect.handles import Handle
from bot.collect.http import Http
from bot.collect.kept import PAGES, KeptPages
from bot.collect.pages import Budget, Pages, Walked
from bot.collect.plan import Plan
from bot.collect.platform import Listing
from bot.collect.result import Result
from bot.collect.tables import beside
from bot.config import BlueskySettings
from tests.bot.collect.conftest import LOOPBACK
from tests.bot.collect.network import SINCE, UNTIL
from tests.peers.bluesky.play import MAYOR, ONLOOKER, Play, blocked, stage
from tests.peers.bluesky.services import DevNetwork, dev_network

pytestmark = [pytest.mark.peers, pytest.mark.timeout(1500)]  # the first one installs

PLAN = Plan(f"@{MAYOR}", "bluesky", SINCE, UNTIL, started_at=datetime.now(UTC), seed=7)


@pytest.fixture(scope="module")
def network() -> Iterator[DevNetwork]:
    with dev_network() as running:
        yield running


@pytest.fixture(scope="module")
def play(network: DevNetwork) -> Play:
    return stage(network)


@pytest.fixture(params=["signed in", "stranger"])
def settings(request: pytest.FixtureRequest, play: Play) -> BlueskySettings:
    return _settings(play, signed_in=request.param == "signed in")


def _settings(play: Play, signed_in: bool = True) -> BlueskySettings:
    there = play.network
    known = {"identifier": ONLOOKER, "app_password": SecretStr(play.app_password)}
    return BlueskySettings(
        service=there.pds,
        appview=there.appview,
        directory=there.directory,
        **(known if signed_in else {}),  # type: ignore[arg-type]
    )


async def gather(
    folder: Path,
    settings: BlueskySettings,
    show: Callable[[str, int, int], None] = lambda *_: None,
) -> tuple[Result, int]:
    """Collect about the mayor; the result, and how many calls it took."""
    async with Http(LOOPBACK) as http:
        result = await collect(folder, PLAN, Bluesky(settings), http, show=show)
        return result, http.calls


@asynccontextmanager
async def opened(folder: Path, settings: BlueskySettings) -> AsyncIterator[tuple[Bluesky, Pages]]:
    there, kept = Bluesky(settings), KeptPages.at(folder)
    async with Http(LOOPBACK) as http:
        yield there, Pages(http, kept, Budget(), there)
    kept.close()


async def walk(pages: Pages, listing: Listing) -> list[str]:
    walked, found = Walked(), list[str]()
    async for _, turn in pages.walk(listing, walked):
        found += turn.ids
    assert walked.whole, walked.why_not
    return found


async def test_an_attack_is_collected_and_the_report_finds_it(
    tmp_path: Path, play: Play, settings: BlueskySettings
) -> None:
    result, _ = await gather(tmp_path, settings)
    assert result.targets == (f"@{MAYOR}",)
    frozen = read_frozen(tmp_path / FROZEN)
    assert set(frozen.cohort) == play.attackers
    assert len(frozen.sample) == 30
    assert not result.missing

    dataset = read(tmp_path / PAGES, *beside(tmp_path), directory=tmp_path / "data")
    accounts = load(dataset, "accounts").filter(pl.col("account_id").is_in([*play.attackers]))
    assert len(accounts) == 20
    for row in accounts.iter_rows(named=True):
        assert row["created_at"] == born(play, row["account_id"]), "not the owner's claim"
        assert row["followers"] == play.followers[row["account_id"]]
    report = investigate(
        dataset, targets=result.targets, frozen=tmp_path / FROZEN, since=SINCE, until=UNTIL
    )
    assert set(report.cohort.accounts) == play.attackers


def born(play: Play, did: str) -> datetime:
    with urllib.request.urlopen(f"{play.network.directory}/{did}/log/audit") as answer:
        return datetime.fromisoformat(json.load(answer)[0]["createdAt"])


async def test_lists_of_more_than_a_thousand_posts_are_complete(
    tmp_path: Path, play: Play, settings: BlueskySettings
) -> None:
    author = play.actors["chatterbox.test"].did
    async with opened(tmp_path, settings) as (there, pages):
        aim = await there.find(pages, Handle("bluesky", "parade.test"))
        search, thread, quotes = await there.searches(pages, aim, Window(SINCE, UNTIL), 20)
        for listing in (there.timeline(author, None, 20), search, thread, quotes):
            found = await walk(pages, listing)
            assert len(found) == len(set(found)), listing
            assert set(found) == play.answers, listing


async def test_a_storm_of_429_costs_only_time(tmp_path: Path, play: Play) -> None:
    storms: list[asyncio.Task[None]] = []

    def begin(*_: object) -> None:
        if not storms:
            storms.append(asyncio.create_task(_storm(play.network.redis)))

    result, calls = await gather(tmp_path, _settings(play), begin)
    assert not storms[0].done(), "it died away"
    storms[0].cancel()
    assert calls > result.fetched + 1, "nothing was refused; one call signs in"
    assert not result.missing
    assert set(read_frozen(tmp_path / FROZEN).cohort) == play.attackers


async def _storm(redis: int) -> None:
    """Use up the data server's allowance, 3,000 calls, again and again, for some seconds each."""
    while True:
        with socket.create_connection(("127.0.0.1", redis)) as call:
            call.sendall(b"SET rl-global-ip:127.0.0.1 3000 PX 3000\r\n")
            assert call.recv(9) == b"+OK\r\n"
        await asyncio.sleep(5)


async def test_an_account_that_blocks_the_one_that_is_signed_in_is_hidden_from_it(
    tmp_path: Path, play: Play
) -> None:
    blocker = play.owner(max(play.attackers))
    with blocked(play, blocker, play.actors[ONLOOKER]):
        for signed_in in (True, False):
            async with opened(tmp_path / f"{signed_in}", _settings(play, signed_in)) as (
                there,
                pages,
            ):
                aim = await there.find(pages, Handle("bluesky", MAYOR))
                search, *_ = await there.searches(pages, aim, Window(SINCE, UNTIL), 20)
                authors = {id_.split("/")[2] for id_ in await walk(pages, search)}
                assert play.attackers - authors == ({blocker.did} if signed_in else set())
                walked = Walked()
                async for _ in pages.walk(there.timeline(blocker.did, None, 20), walked):
                    pass
                assert walked.whole != signed_in


async def test_takedown_deactivation_and_deletion_are_told_apart(
    tmp_path: Path, play: Play
) -> None:
    """They befall attackers that were found, before anybody looks what became of these."""
    fates = dict(zip(sorted(play.attackers), FATES, strict=False))
    expected = {account: status for account, (status, _) in fates.items()}

    def vanish(step: str, done: int, _: int) -> None:
        if step == "cohort" and done == 0:
            for account, (_, strike) in fates.items():
                strike(play, account)
            play.network.settle()

    result, _ = await gather(tmp_path / "collected", _settings(play), vanish)
    files = (tmp_path / "collected" / PAGES, *beside(tmp_path / "collected"))
    dataset = read(*files, directory=tmp_path / "data")
    statuses = dict(load(dataset, "statuses").select("account_id", "status").iter_rows())
    assert {account: statuses[account] for account in fates} == expected
    assert {statuses[one] for one in statuses if one not in fates} == {"active"}
    (short,) = result.missing
    assert short.count == 4, "a renamed account still shows its timeline"
    for signed_in in (True, False):
        folder = tmp_path / f"{signed_in}"
        async with opened(folder, _settings(play, signed_in)) as (there, pages):
            checked = await there.check(pages, [*fates], SINCE)
            assert {one.account_id: one.status for one in checked} == expected
    report = investigate(dataset, targets=result.targets, frozen=tmp_path / "collected" / FROZEN)
    assert set(report.cohort.accounts) == play.attackers


def _account(did: str) -> dict[str, str]:
    return {"$type": "com.atproto.admin.defs#repoRef", "did": did}


def _taken_down_by_the_appview(play: Play, did: str) -> None:
    _take_down(play, play.network.appview, did)


def _taken_down_by_its_host(play: Play, did: str) -> None:
    _take_down(play, play.network.pds, did)


def _take_down(play: Play, server: str, did: str) -> None:
    takedown = {"subject": _account(did), "takedown": {"applied": True, "ref": "1"}}
    play.network.moderate(server, "com.atproto.admin.updateSubjectStatus", takedown)


def _deactivated(play: Play, did: str) -> None:
    play.network.post("com.atproto.server.deactivateAccount", {}, play.owner(did).token)


def _deleted(play: Play, did: str) -> None:
    play.network.moderate(play.network.pds, "com.atproto.admin.deleteAccount", {"did": did})


def _renamed(play: Play, did: str) -> None:
    handle = {"handle": "somebody-else.test"}
    play.network.post("com.atproto.identity.updateHandle", handle, play.owner(did).token)


FATES: tuple[tuple[str, Callable[[Play, str], None]], ...] = (
    ("suspended", _taken_down_by_the_appview),
    ("suspended", _taken_down_by_its_host),
    ("deactivated", _deactivated),
    ("deleted", _deleted),
    ("renamed", _renamed),
)
