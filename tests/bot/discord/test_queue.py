"""Several investigations at once: they wait in line, servers by turns, and can be cancelled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.config import LimitSettings, Settings
from bot.pool import Pool, Share
from tests.bot.discord.conftest import Server
from tests.bot.discord.room import answer, said

pytestmark = pytest.mark.simcord(settle_timeout=160)

HANG = "__import__('time').sleep(600)"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"limits": LimitSettings(at_once=1)})


@pytest.fixture
def slow(workers: Pool) -> Iterator[Share]:
    """Keeps all workers busy until it is stopped."""
    share = Share(workers)
    share.run(eval, [HANG] * workers.workers)
    yield share
    share.stop()


def cards(server: Server) -> list[str]:
    return [said(card) for card in server.cards if not card.flags.ephemeral]


async def asked(server: Server, who: Any, six: Any, target: str = "@target_person") -> Any:
    """Give the command and wait for its card, which is given back."""
    before = len(cards(server))
    server.begin(who, dump=six, target=target)
    await server.until(lambda: len(cards(server)) > before)
    return [card for card in server.cards if not card.flags.ephemeral][-1]


async def cancel(server: Server, who: Any, card: Any) -> str:
    """Click Cancel while the work goes on, and read the private answer."""
    clicked = server.press(who, card, "Cancel")
    await server.until(lambda: clicked.response and clicked.response.content)
    return str(clicked.response.content)


async def test_who_comes_later_waits_in_line(server: Server, six: Any, slow: Share) -> None:
    await asked(server, server.alice, six)
    second = await asked(server, server.bob, six)
    await asked(server, server.alice, six)
    under_way, waits, last = cards(server)
    assert "Investigation under way" in under_way
    assert "It is next." in waits
    assert "One other is before it." in last
    assert "so far" not in last
    assert "was cancelled" in await cancel(server, server.bob, second)
    slow.stop()
    await server.env.settle(timeout=160)
    assert len(server.channel.threads) == 2


async def test_only_who_started_it_or_administers_cancels_it(
    server: Server, six: Any, slow: Share, settings: Settings
) -> None:
    card = await asked(server, server.alice, six)
    waiting = await asked(server, server.alice, six)
    refused = await cancel(server, server.bob, card)
    assert refused == (
        "Only whoever started this investigation and people who administer may cancel it."
    )
    assert "Investigation under way" in cards(server)[0]

    assert "was cancelled" in await cancel(server, server.alice, waiting)
    boss = server.join("boss", server.role("Staff", manage_guild=True))
    assert "was cancelled" in await cancel(server, boss, card)
    assert cards(server) == ["This investigation was cancelled."] * 2
    store = server.env.bot.store
    assert await store.jobs.all() == ()
    slow.stop()
    await server.env.settle(timeout=160)
    assert cards(server) == ["This investigation was cancelled."] * 2
    assert server.channel.threads == []
    assert not list((settings.storage.directory / "cases").glob("*"))
    log = answer(await boss.slash(server.channel, "settings audit"))
    assert log.count("cancelled the investigation") == 2


async def test_what_is_cancelled_frees_its_worker_at_once(
    server: Server, six: Any, slow: Share, workers: Pool
) -> None:
    card = await asked(server, server.alice, six)
    assert "was cancelled" in await cancel(server, server.alice, card)
    slow.stop()
    assert list(workers.run(abs, [-1, -2])) == [1, 2]


async def test_a_case_deleted_while_its_thread_is_written_is_written_no_further(
    server: Server, six: Any
) -> None:
    card = await asked(server, server.alice, six)
    await server.until(lambda: server.channel.threads and server.thread.history())
    told = await cancel(server, server.alice, card)
    assert told == "The case is deleted."
    written = [said(post) for post in server.thread.history()]
    assert "This case was deleted by" in written[-1]
    await server.env.settle(timeout=160)
    assert [said(post) for post in server.thread.history()] == written
    assert "This case was deleted by" in cards(server)[0]
    assert await server.env.bot.store.jobs.all() == ()
