"""`/investigate` of a handle without any posts: they are collected first, and are evidence."""

from __future__ import annotations

import asyncio
import csv
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from analyzers.cohort.frozen import read_frozen
from bot.client import Limier
from bot.collect.collection import FROZEN
from bot.collect.kept import PAGES
from bot.collecting import Collecting
from bot.config import BlueskySettings, CollectSettings, MastodonSettings, Settings, XSettings
from bot.pool import Pool
from bot.request import Request
from tests.bot.collect.conftest import Handler
from tests.bot.collect.network import SINCE, TARGET, UNTIL, Network
from tests.bot.discord.conftest import Server
from tests.bot.discord.room import answer, said
from tests.bot.discord.test_queue import cancel, cards

pytestmark = pytest.mark.simcord(settle_timeout=120)

WINDOW = {"since": SINCE.isoformat(), "until": UNTIL.isoformat()}


@pytest.fixture
def network() -> Network:
    return Network()


class Gate:
    """Holds up a network from the page on that asks for `method`, until it is opened."""

    def __init__(self) -> None:
        self.method = "nothing"
        self.reached = False
        self.open = asyncio.Event()

    @web.middleware
    async def hold(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if self.method in request.path:
            self.reached = True
            await self.open.wait()
        return await handler(request)


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
async def service(network: Network, gate: Gate) -> AsyncIterator[str]:
    app = network.app()
    app.middlewares.append(gate.hold)
    server = TestServer(app)
    await server.start_server()
    yield str(server.make_url("")).rstrip("/")
    gate.open.set()
    await server.close()


@pytest.fixture
def settings(settings: Settings, service: str) -> Settings:
    bluesky = BlueskySettings(appview=service, service=service, directory=service)
    collect = CollectSettings(private_addresses=True, bluesky=bluesky)
    return settings.model_copy(update={"collect": collect})


def collections(settings: Settings) -> list[Path]:
    folder = settings.storage.collections
    return [*folder.iterdir()] if folder.is_dir() else []


def accounts(case: Path) -> set[str]:
    """The accounts that a case says act together."""
    with (case / "private" / "accounts.csv").open(newline="") as file:
        return {row["account"] for row in csv.DictReader(file)}


async def offered(server: Server, target: str = f"@{TARGET}", **options: Any) -> Any:
    """The private answer with the plan and its button."""
    options = WINDOW | options
    return await server.alice.slash(server.channel, "investigate", target=target, **options)


async def begun(server: Server) -> Any:
    """Have a plan shown, click Collect, and wait for the card, which is given back."""
    plan = await offered(server)
    server.press(server.alice, plan.response.message, "Collect")
    await server.until(lambda: [card for card in server.cards if not card.flags.ephemeral])
    return server.card


async def test_a_handle_becomes_a_case(
    server: Server, network: Network, settings: Settings
) -> None:
    plan = await offered(server)
    told = answer(plan).replace("\\", "")
    assert f"Posts about @{TARGET} on bluesky" in told
    assert "1. Search for posts that mention, answer or quote the target: at most 100" in told
    assert "It stops after 5,000 requests or 120 minutes" in told
    assert not network.asked, "nothing is asked for before somebody says so"
    assert collections(settings) == []

    await server.alice.click(plan.response, label="Collect")
    assert answer(plan) == "The thread is ready."
    assert server.thread.name == f"Posts about @{TARGET}"
    (case,) = settings.storage.cases.iterdir()
    (folder,) = collections(settings)
    assert folder.name == case.name
    assert set(read_frozen(folder / FROZEN).cohort) == network.attackers
    assert accounts(case) == network.attackers
    manifest = json.loads((case / "manifest.json").read_bytes())
    assert PAGES in {source["name"] for source in manifest["sources"]}
    thread = "\n".join(said(post) for post in server.thread.history())
    assert "20 accounts" in thread


async def test_what_a_collection_lacks_stands_in_the_thread(
    server: Server, network: Network
) -> None:
    network.search_needs_token = True
    plan = await offered(server)
    await server.alice.click(plan.response, label="Collect")
    thread = "\n".join(said(post) for post in server.thread.history())
    assert "What this collection lacks" in thread
    assert "signed in" in thread


async def test_a_handle_that_nobody_has(server: Server, settings: Settings) -> None:
    plan = await offered(server, "@nobody.example")
    await server.alice.click(plan.response, label="Collect")
    assert "is not on Bluesky" in answer(plan)
    assert cards(server) == []
    assert collections(settings) == []
    assert await server.env.bot.store.jobs.all() == ()


async def test_a_name_alone_is_asked_for_its_platform(
    server: Server, settings: Settings, workers: Pool
) -> None:
    x = XSettings(enabled=True, acknowledge_terms=True, dollars=12)
    collect = settings.collect.model_copy(update={"x": x})
    bot = Limier(settings.model_copy(update={"collect": collect}), workers)
    await server.env.restart_bot(bot)
    asked = await offered(server, "@mayor")
    assert answer(asked) == "Who is @mayor? Choose where I am to look."
    await server.alice.click(asked.response, label="X: @mayor")
    assert "Posts about @mayor on x" in answer(asked)
    assert "beyond 12 US dollars" in answer(asked)
    asked = await offered(server, "@mayor")
    await server.alice.click(asked.response, label="Bluesky: @mayor.bsky.social")
    assert "Posts about @mayor.bsky.social on bluesky" in answer(asked)
    assert "US dollars" not in answer(asked)


async def test_a_platform_that_is_off(server: Server, settings: Settings, workers: Pool) -> None:
    for options in ({"target": "https://x.com/mayor"}, {"target": "@mayor", "platform": "x"}):
        refused = answer(await offered(server, **options))
        assert refused.startswith("Collecting from x is not turned on here")
    found = await server.alice.autocomplete(server.channel, "investigate", "platform", "")
    assert [choice["value"] for choice in found] == ["bluesky", "mastodon"]

    none = CollectSettings(
        bluesky=BlueskySettings(enabled=False), mastodon=MastodonSettings(enabled=False)
    )
    await server.env.restart_bot(Limier(settings.model_copy(update={"collect": none}), workers))
    assert "is not turned on here" in answer(await offered(server))


async def test_what_is_no_account_is_said_with_the_other_way(server: Server) -> None:
    refused = answer(await offered(server, "#debate"))
    assert "#debate is no account and no post" in refused
    assert refused.endswith("give them with the option dump or inbox.")


async def test_a_collection_that_is_cancelled_ends_at_once_and_leaves_nothing(
    server: Server, network: Network, settings: Settings, gate: Gate
) -> None:
    gate.method = "getAuthorFeed"
    card = await begun(server)
    await server.until(lambda: gate.reached)
    before = network.asked.total()
    assert "was cancelled" in await cancel(server, server.alice, card)
    gate.open.set()
    await server.env.settle(timeout=120)
    assert cards(server) == ["This investigation was cancelled."]
    assert collections(settings) == []
    assert network.asked.total() <= before + 4, "those that were under way"
    assert await server.env.bot.store.jobs.all() == ()


async def test_what_was_cut_short_is_gone_on_with_and_asks_for_nothing_twice(
    server: Server, network: Network, settings: Settings, workers: Pool, gate: Gate
) -> None:
    gate.method = "getFollowers"
    await begun(server)
    await server.until(lambda: gate.reached)
    (folder,) = collections(settings)
    frozen = (folder / FROZEN).read_bytes()
    (job,) = await server.env.bot.store.jobs.all()
    await server.env.bot.close()
    assert "I go on when I am started again" in said(server.card)
    gate.open.set()
    following = Collecting(settings.collect, settings.storage.collections, workers)
    request = await following.carried_out(Request.from_row(job.request), lambda number, most: None)
    assert request.paths
    assert (folder / FROZEN).read_bytes() == frozen
    twice = {path for path, n in network.asked.items() if n > 1}
    assert all("getFollow" in path for path in twice), "only what was under way"
    assert len(twice) <= 4


async def test_a_collected_case_goes_on_and_goes_with_what_was_collected(
    server: Server, network: Network, settings: Settings, dump: Any
) -> None:
    plan = await offered(server)
    await server.alice.click(plan.response, label="Collect")
    (key,) = [case.name for case in settings.storage.cases.iterdir()]
    asked = network.asked.total()
    more = dump([f"@{TARGET} what a windbag you are, resign today"])
    added = await server.alice.slash(
        server.channel, "case add", case=key, dump=more, reason="An export that somebody sent"
    )
    assert "The thread says what has changed." in answer(added)
    assert network.asked.total() == asked
    record = json.loads((settings.storage.cases / key / "manifest.json").read_bytes())
    assert len(record["sources"]) > 1
    assert accounts(settings.storage.cases / key) == network.attackers

    question = await server.alice.slash(server.channel, "case delete", case=key)
    await server.alice.click(question.response, label="Delete for good")
    assert collections(settings) == []
