"""Discord, disks and workers fail in the middle: the person is told, and nothing is sent twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import outbox
from bot.client import Limier
from bot.message import Message, Words
from bot.pool import Pool, Share

pytestmark = pytest.mark.simcord(settle_timeout=90)


DIE = "__import__('signal').raise_signal(9)"


class Unlucky:
    """The shared workers, one of which is killed when it takes up the question of `step`."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.scratch = pool.scratch
        self.step = ""

    def run(
        self, function: Callable[[Any], Any], items: Iterable[Any], share: Share | None = None
    ) -> Iterator[Any]:
        asked = [
            self.pool.run(*((eval, [DIE]) if self._fatal(item) else (function, [item])), share)
            for item in items
        ]
        return (next(each) for each in asked)

    def _fatal(self, item: Any) -> bool:
        return isinstance(item, tuple) and getattr(item[0], "id", None) == self.step


@pytest.fixture
def unlucky(workers: Pool) -> Unlucky:
    return Unlucky(workers)


@pytest.fixture
def simcord_bot(settings: Any, unlucky: Unlucky) -> Limier:
    return Limier(settings, unlucky)


async def test_a_worker_killed_in_the_middle_costs_one_step(
    server: Any, six: Any, unlucky: Unlucky
) -> None:
    unlucky.step = "client"
    answer = await server.investigate(dump=six, target="@target_person")
    assert answer == "The thread is ready."
    read = "\n".join(server.words(post) for post in server.thread.history())
    assert "**What the posts were sent from**\nIts process ended unexpectedly (SIGKILL)" in read
    assert "One model of text" in read
    assert server.thread.history()[-1].attachments[0].filename == "report.html"


async def test_what_nobody_foresaw_is_logged_under_the_number_that_the_person_is_told(
    server: Any, six: Any, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    (settings.storage.directory / "uploads").write_text("a file where a folder should be")
    answer = await server.investigate(dump=six, target="@target_person")
    found = re.search(r"this number: (\w{6})$", answer)
    assert found
    assert f"Unexpected error {found[1]}" in caplog.text
    assert "Traceback" in caplog.text


@pytest.mark.simcord(settle_timeout=90, check_errors=False)
async def test_an_error_outside_the_command_is_answered_too(server: Any) -> None:
    root = server.env.backend.find_command("inspect", server.alice.guild.id, type=1)
    answer = server.emit(server.alice, {"id": root["id"], "name": root["name"], "type": 1})
    await server.env.settle()
    assert answer.response.ephemeral
    assert "This command has changed" in answer.response.content


async def test_secrets_are_in_no_log(
    server: Any, six: Any, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    server.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    answer = server.begin(server.alice, dump=six, target="@target_person")
    await server.env.settle(timeout=90)
    assert "Discord does not let me" in answer.response.content
    assert settings.token.get_secret_value() not in caplog.text
    assert "simcord_interaction" not in caplog.text


@pytest.mark.parametrize(
    ("refused", "sentence"),
    [
        (("POST", "/channels/*/messages/*/threads", 403, 50013), "Discord does not let me write"),
        (("POST", "/channels/*/messages", 403, 50001), "Discord does not let me write"),
        (("POST", "/channels/*/messages/*/threads", 404, 10008), "was deleted while I worked"),
    ],
)
async def test_discord_refuses_in_the_middle(
    server: Any, six: Any, refused: tuple[str, str, int, int], sentence: str
) -> None:
    method, path, status, code = refused
    server.env.inject_error(method, path, status=status, code=code)
    assert sentence in await server.investigate(dump=six, target="@target_person")
    assert [card for card in server.cards if not card.flags.ephemeral] == []


async def test_a_thread_deleted_while_it_is_written(server: Any, six: Any) -> None:
    answer = server.begin(server.alice, dump=six, target="@target_person")
    await server.until(lambda: [c for c in server.cards if not c.flags.ephemeral])
    server.env.inject_error("POST", "/channels/*/messages", status=404, code=10003, times=None)
    await server.env.settle(timeout=90)
    assert "the thread was deleted while I worked" in answer.response.content
    assert "the thread was deleted while I worked" in server.words(server.card)
    assert await server.env.bot.store.cases.of(server.guild.id) == ()


async def test_a_channel_deleted_while_it_runs_harms_nobody_else(server: Any, six: Any) -> None:
    other = server.channel.guild.create_text_channel("elsewhere")
    server.begin(server.alice, dump=six, target="@target_person")
    await server.until(lambda: [c for c in server.cards if not c.flags.ephemeral])
    server.env.backend.delete_channel(server.channel.id)
    await server.env.settle(timeout=90)
    server.channel = other
    assert await server.investigate(server.bob, dump=six, target="@target_person") == (
        "The thread is ready."
    )


async def test_an_answer_that_took_too_long_is_said_on_the_card(server: Any, six: Any) -> None:
    """After fifteen minutes an interaction takes no more words."""
    server.begin(server.alice, dump=six, target="@nobody_of_that_name")
    await server.until(lambda: [c for c in server.cards if not c.flags.ephemeral])
    server.env.inject_error("*", "/webhooks/*", status=404, code=10015, times=None)
    await server.env.settle(timeout=90)
    assert "No post in this data mentions @nobody\\_of\\_that\\_name" in server.words(server.card)


async def test_a_server_error_is_outlasted_and_nothing_is_sent_twice(server: Any, six: Any) -> None:
    server.begin(server.alice, dump=six, target="@target_person")
    await server.until(lambda: [c for c in server.cards if not c.flags.ephemeral])
    server.env.inject_error("POST", "/channels/*/messages", status=502, times=2)
    await server.env.settle(timeout=90)
    read = [server.words(post) for post in server.thread.history()]
    assert len(read) == len(set(read)) > 3


async def test_a_message_that_arrived_unacknowledged_is_not_sent_again(
    server: Any, tmp_path: Path
) -> None:
    channel = server.env.bot.get_channel(server.channel.id)
    message = Message(key="step:client", blocks=(Words("Once."),))
    arrived = await outbox.send(channel, message, tmp_path, case_key="case")
    server.env.inject_error("POST", "/channels/*/messages", status=502)
    again = await outbox.send(channel, message, tmp_path, case_key="case")
    assert again.id == arrived.id
    assert len(server.channel.history()) == 1


async def test_stopping_the_bot_says_so_on_the_card(server: Any, six: Any) -> None:
    server.begin(server.alice, dump=six, target="@target_person")
    await server.until(lambda: [c for c in server.cards if not c.flags.ephemeral])
    await server.env.bot.remove_cog("Investigate")
    assert "I was stopped before this was finished" in server.words(server.card)
    await server.env.settle(timeout=90)
