"""Mastodon as another author plays it (mastodon_mock on PyPI), with its faults: `make peers`."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from analyzers.model.case import Window
from bot.collect.handles import Handle, PostUrl
from bot.collect.http import Failure, Http, Manners
from bot.collect.kept import KeptPages
from bot.collect.mastodon import Mastodon
from bot.collect.mastodon_pages import items_of
from bot.collect.pages import Budget, Pages, Walked
from bot.collect.platform import Aim, Listing
from bot.config import MastodonSettings
from tests.bot.collect.conftest import QuickClock

ROOT = Path(__file__).resolve().parents[2]
_OWN = ROOT / ".venv-peer-servers" / "bin" / "mastodon_mock"
PROGRAM = str(_OWN) if _OWN.exists() else shutil.which("mastodon_mock")
HOST = "localhost"  # as the mock writes its accounts' addresses
PEOPLE, FOLLOWERS = 90, 85
_EVER = Window()

pytestmark = [
    pytest.mark.peers,
    pytest.mark.skipif(PROGRAM is None, reason="mastodon_mock is not installed: `make peers`"),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The mock with ninety people who know one another, on a free port."""
    folder = tmp_path_factory.mktemp("mock")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = folder / "mock.toml"
    config.write_text(f'[database]\npath = "{folder / "m.db"}"\n[server]\nport = {port}\n')
    shape = ("--accounts", PEOPLE, "--statuses-per-account", 90, "--followers-per-account")
    made = (*shape, FOLLOWERS, "--favourites-per-account", 0, "--seed", 1, "--yes")
    assert PROGRAM is not None
    subprocess.run(
        [PROGRAM, "gen-data", "--config", config, *map(str, made)], check=True, timeout=300
    )
    running = subprocess.Popen(
        [PROGRAM, "serve", "--config", config, "--host", "127.0.0.1"], stderr=sys.stderr
    )
    url = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            ask(f"{url}/api/v2/instance")
        except OSError:
            time.sleep(0.1)
        else:
            break
    yield url
    running.kill()
    running.wait()


def ask(url: str, body: dict[str, Any] | None = None) -> Any:
    sent = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(url, sent, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def fault(url: str, path: str, **effect: Any) -> None:
    count = effect.pop("count", 1)
    rule = {"match": {"path": path}, "effect": effect, "count": count}
    ask(f"{url}/api/v1/_mock/faults", rule)


@asynccontextmanager
async def opened(
    folder: Path, url: str, **more: Any
) -> AsyncIterator[tuple[Mastodon, Pages, QuickClock]]:
    there = Mastodon(MastodonSettings(servers={HOST: url}, **more))
    kept, clock = KeptPages.at(folder), QuickClock(time=time.time())
    async with Http(Manners(private_addresses=True, timeout=5), clock) as http:
        yield there, Pages(http, kept, Budget(), there), clock
    kept.close()


async def walk(pages: Pages, listing: Listing) -> list[str]:
    walked, found = Walked(), list[str]()
    async for _, turn in pages.walk(listing, walked):
        found += turn.ids
    assert walked.whole
    return found


def someone(url: str) -> str:
    statuses = ask(f"{url}/api/v1/timelines/public?limit=40")
    return next(one["account"]["acct"] for one in statuses if one["account"]["followers_count"])


async def test_an_account_its_timeline_and_its_circle_are_collected_whole(
    server: str, tmp_path: Path
) -> None:
    async with opened(tmp_path, server) as (there, pages, _):
        aim = await there.find(pages, Handle("mastodon", f"{someone(server)}@{HOST}"))
        posts = await walk(pages, there.timeline(aim.account_id, None, 9))
        assert len(set(posts)) == len(posts) == 90
        for listing in there.circle(aim.account_id, 9):
            assert await walk(pages, listing)
        (checked,) = await there.check(pages, [aim.account_id], None)
        assert checked.status == "active"
        (gone,) = await there.check(pages, [f"@nobody_at_all@{HOST}"], None)
        assert gone.status == "deleted"


async def test_faults_are_survived_and_those_that_last_are_said(
    server: str, tmp_path: Path
) -> None:
    async with opened(tmp_path, server) as (there, pages, clock):
        aim = await there.find(pages, Handle("mastodon", f"{someone(server)}@{HOST}"))
        before = clock.time
        reset = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(before) + 200)}
        fault(server, "/api/v1/accounts/*/statuses", type="ratelimit", headers=reset)
        fault(server, "/api/v1/accounts/*/statuses", type="status", status=503, count=2)
        assert len(await walk(pages, there.timeline(aim.account_id, None, 9))) == 90
        assert clock.time - before >= 199, "the reset of the limit is a moment, and was waited for"
        fault(server, "/api/v1/accounts/*/followers", type="malformed")
        listing = there.circle(aim.account_id, 1)[0]
        assert await walk(pages, listing) == [], "what is no JSON lists nobody"
        fault(server, "/api/v1/accounts/*/following", type="status", status=500, count=10)
        with pytest.raises(Failure, match="keeps answering"):
            await walk(pages, there.circle(aim.account_id, 1)[1])


async def test_a_thread_is_walked_and_a_search_that_turns_in_a_circle_ends(
    server: str, tmp_path: Path
) -> None:
    status = ask(f"{server}/api/v1/timelines/public?limit=1")[0]
    wanted = PostUrl("mastodon", "", status["id"], HOST)
    tokens = {HOST: SecretStr("mock_token")}
    async with opened(tmp_path, server, tokens=tokens) as (there, pages, _):
        aim = await there.find(pages, wanted)
        assert aim.account_id == f"@{status['account']['acct']}@{HOST}"
        (thread,) = await there.searches(pages, aim, _EVER, 1)
        assert await walk(pages, thread) == []
        search = there._search(HOST, Aim("", "Generated", ()), _EVER, 3)
        walked = Walked()
        async for answer, turn in pages.walk(search, walked):
            assert len(items_of(answer)) == len(turn.ids) == 40
    assert walked.why_not is not None, "the mock passes over `offset` and shows one page for ever"
    assert "circle" in walked.why_not.msgid
