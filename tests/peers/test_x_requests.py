"""Our requests, judged by X's own document of its API, which Prism enforces: `make peers`."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from analyzers.model.case import Window
from bot.collect.handles import Handle, PostUrl
from bot.collect.http import Ask, Exhausted, Failure, Http, Manners
from bot.collect.kept import KeptPages
from bot.collect.pages import Budget, Pages
from bot.collect.platform import Aim, Listing
from bot.collect.x import X
from bot.config import XSettings

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = Path(os.environ.get("LIMIER_SAMPLES") or ROOT.parent / "shared")
DOCUMENT = SAMPLES / "peers" / "x" / "openapi.json"
NPM = shutil.which("npm")
PRISM = "@stoplight/prism-cli@5"
AIM = Aim("2244994945", "mayor", ("@mayor",))
WINDOW = Window(datetime.now(UTC) - timedelta(days=3), datetime.now(UTC))

pytestmark = [
    pytest.mark.peers,
    pytest.mark.timeout(500),
    pytest.mark.skipif(NPM is None, reason="npm is not installed"),
    pytest.mark.skipif(not DOCUMENT.is_file(), reason="X's document is not here"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Prism over X's document, installed into a folder of its own the first time."""
    home = ROOT / ".npm-peers"
    program = home / "node_modules" / ".bin" / "prism"
    if not program.exists():
        quiet = ("--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund")
        subprocess.run([str(NPM), "install", "--prefix", home, *quiet, PRISM], check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = subprocess.Popen(
        [program, "mock", "--errors", "-h", "127.0.0.1", "-p", str(port), DOCUMENT],
        stdout=subprocess.DEVNULL,
    )
    for _ in range(1200):
        with socket.socket() as call:
            if call.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    running.kill()
    running.wait()


async def asked(settings: XSettings, folder: Path, asks: list[Ask]) -> list[int]:
    """What Prism answers to each: 200 for a request that X's document allows, 422 for others."""
    there = X(settings)
    async with Http(Manners(private_addresses=True)) as http:
        return [(await there.fetch(http, ask)).status for ask in asks]


def _x(server: str, token: str = "any", archive: bool = False) -> XSettings:
    return XSettings(service=server, bearer_token=SecretStr(token), archive=archive)


async def test_every_request_is_one_that_xs_document_allows(server: str, tmp_path: Path) -> None:
    listings: list[Listing] = []
    post = Aim("2244994945", "mayor", ("x",), "1346889436626259968")
    async with Http(Manners(private_addresses=True)) as http:
        kept = KeptPages.at(tmp_path)
        for archive in (False, True):
            there = X(_x(server, archive=archive))
            pages = Pages(http, kept, Budget(), there)
            for wanted in (Handle("x", "mayor"), PostUrl("x", "mayor", "1346889436626259968", "x")):
                try:  # its example names nobody: that it was answered at all is what counts
                    await there.find(pages, wanted)
                except Failure as failure:
                    assert "shows no such post" in failure.text.msgid  # noqa: PT017
            for aim in (AIM, post):
                listings += await there.searches(pages, aim, WINDOW, 5)
                listings += await there.searches(pages, aim, Window(), 5)
            assert await there.check(pages, ["2244994945", "6253282"], None) is not None
        listings += [there.timeline("2244994945", WINDOW.since, 5), *there.circle("2244994945", 1)]
        kept.close()
    first = [listing.first for listing in listings]
    assert {ask.bucket for ask in first} == {
        "tweets/search/recent",
        "tweets/search/all",
        "users/:id/mentions",
        "users/:id/tweets",
        "users/:id/followers",
        "users/:id/following",
    }
    assert set(await asked(_x(server), tmp_path, first)) == {200}


async def test_a_wrong_request_would_be_noticed(server: str, tmp_path: Path) -> None:
    base = f"{server}/2/tweets/search/recent"
    wrong = [
        Ask(base, (("query", "a"), ("max_results", "1000"))),
        Ask(base, (("query", "a"), ("post.fields", "nope"))),
        Ask(base),
    ]
    assert set(await asked(_x(server), tmp_path, wrong)) == {422}


async def test_without_a_token_nothing_is_answered(server: str, tmp_path: Path) -> None:
    with pytest.raises(Exhausted, match="token"):
        await asked(_x(server, ""), tmp_path, [Ask(f"{server}/2/users")])


def test_every_field_that_is_asked_for_stands_in_xs_document() -> None:
    schemas = json.loads(DOCUMENT.read_text(encoding="utf-8"))["components"]["schemas"]
    names = X(XSettings())._names
    assert set(names.wanted.split(",")) <= schemas["Post"]["properties"].keys()
    assert "referenced_posts" in schemas["Post"]["properties"]
    assert "repost_count" in schemas["PostPublicMetrics"]["properties"]
    assert "post_count" in schemas["UserPublicMetrics"]["properties"]
