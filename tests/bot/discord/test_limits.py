"""How much one person and one server may ask for; who asks for more is told when to try again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.client import Limier
from bot.config import LimitSettings, Settings
from bot.pool import Pool
from tests.bot.discord.conftest import INSULT, Server
from tests.bot.discord.room import answer
from tests.bot.discord.test_queue import asked, cancel, slow

__all__ = ["slow"]

pytestmark = pytest.mark.simcord(settle_timeout=90)


class Clock:
    """The time of day, and perhaps some hours more."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limits() -> LimitSettings:
    return LimitSettings(person_daily=1, server_daily=2)


@pytest.fixture
def simcord_bot(settings: Settings, workers: Pool, limits: LimitSettings, clock: Clock) -> Limier:
    return Limier(settings.model_copy(update={"limits": limits}), workers, clock)


@pytest.fixture
def nine(dump: Any) -> Any:
    words = ("grey", "old", "dull", "sad", "slow", "loud", "mean", "vain", "rude")
    return dump([INSULT.format(word) for word in words], "later.jsonl")


async def refusal(server: Server, who: Any, six: Any) -> str:
    """Give the command while others are worked on, and read why it is refused."""
    given = server.begin(who, dump=six, target="@target_person")
    await server.until(lambda: given.response and "no more at a time" in given.response.content)
    return str(given.response.content)


@pytest.mark.parametrize(
    "limits", [LimitSettings(at_once=1, person_unfinished=2, server_unfinished=3)]
)
async def test_who_has_enough_unfinished_waits_for_one_to_be_done(
    server: Server, six: Any, slow: Any, limits: LimitSettings
) -> None:
    cards = [await asked(server, server.alice, six) for _ in range(2)]
    refused = await refusal(server, server.alice, six)
    assert refused.startswith("2 investigations of yours wait or are under way")
    assert "cancel one on its card" in refused
    of_bob = await asked(server, server.bob, six)
    refused = await refusal(server, server.bob, six)
    assert refused.startswith("3 investigations of this server wait or are under way")
    assert len(await server.env.bot.store.jobs.all()) == 3
    assert len([card for card in server.cards if not card.flags.ephemeral]) == 3
    for card in cards:
        await cancel(server, server.alice, card)
    await cancel(server, server.bob, of_bob)
    slow.stop()
    assert await server.investigate(dump=six, target="@target_person") == "The thread is ready."


async def test_who_has_started_enough_in_a_day_is_told_when_to_try_again(
    server: Server, six: Any, nine: Any, clock: Clock
) -> None:
    assert await server.investigate(dump=six, target="@target_person") == "The thread is ready."
    stored = answer(await server.alice.slash(server.channel, "privacy stored"))
    assert "Investigations and revisions that you started within the last 24 hours: 1." in stored

    clock.ahead = timedelta(hours=9)
    refused = await server.investigate(dump=nine, target="@target_person")
    assert refused == (
        "You have started 1 investigations within 24 hours, and one person may start no more. Try "
        "again in about 15 hours."
    )
    assert "one person may start no more" in await server.investigate(dump=nine)
    (case,) = await server.env.bot.store.cases.of(server.guild.id)
    added = {"case": case.key, "dump": nine, "reason": "More were found."}
    revision = await server.alice.slash(server.channel, "case add", **added)
    assert "one person may start no more" in answer(revision)

    clock.ahead = timedelta(hours=24, minutes=5)
    assert await server.investigate(dump=nine, target="@target_person") == "The thread is ready."


async def test_a_question_whom_it_is_about_and_what_follows_are_one_start(
    server: Server, six: Any
) -> None:
    offered = await server.alice.slash(server.channel, "investigate", dump=six)
    await server.alice.select(offered.response, ["0"])
    assert offered.response.content == "The thread is ready."
    assert await server.env.bot.store.starts.count_by(server.guild.id, server.alice.id) == 1


@pytest.mark.parametrize("limits", [LimitSettings(server_daily=1)])
async def test_a_server_has_a_limit_of_its_own(
    server: Server, six: Any, limits: LimitSettings
) -> None:
    assert await server.investigate(dump=six, target="@target_person") == "The thread is ready."
    refused = await server.investigate(server.bob, dump=six, target="@person_1")
    assert refused.startswith("This server has started 1 investigations within 24 hours")
