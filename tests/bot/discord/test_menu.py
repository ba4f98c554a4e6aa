"""*Investigate this dump* in the menu of a message whose files somebody posted in a channel."""

from __future__ import annotations

from typing import Any

import pytest

from bot.client import Limier
from bot.config import Settings
from bot.pool import Pool
from tests.bot.discord.conftest import INSULT, Server
from tests.bot.discord.room import answer, said

pytestmark = pytest.mark.simcord(settle_timeout=90)

MENU = "Investigate this dump"


@pytest.fixture
def halves(dump: Any) -> list[Any]:
    """One dump in two files: the smallest campaign, and what others said of the same target."""
    words = ("grey", "old", "dull", "sad", "slow", "loud")
    others = [f"Number {n} for @target_person" for n in ("one", "two", "three")]
    every = dump([*(INSULT.format(word) for word in words), *others])[1].splitlines()
    return [("1.jsonl", b"\n".join(every[:5])), ("2.jsonl", b"\n".join(every[5:]))]


async def test_the_files_of_a_message_are_parts_of_one_dump(
    server: Server, halves: list[Any]
) -> None:
    posted = await server.bob.send(server.channel, "Look at this", attachments=halves)
    form = await server.alice.context_menu(server.channel, MENU, posted)
    done = await server.alice.submit_modal(form, {"target": "@target_person"})
    assert done.response.content == "The thread is ready."
    (warning,) = done.followups
    assert warning.ephemeral
    assert "Delete the message once the case stands." in said(warning)
    (case,) = await server.env.bot.store.cases.of(server.guild.id)
    assert case.starter == server.alice.id
    assert "9 posts" in "\n".join(said(message) for message in server.thread.history())


async def test_all_of_the_form_may_be_left_out_and_a_bad_day_is_refused(
    server: Server, halves: list[Any]
) -> None:
    posted = await server.bob.send(server.channel, "Look at this", attachments=halves)
    form = await server.alice.context_menu(server.channel, MENU, posted)
    done = await server.alice.submit_modal(form, {})
    assert done.response.content == "No target is named. Whom is this dump about?"

    form = await server.alice.context_menu(server.channel, MENU, posted)
    done = await server.alice.submit_modal(form, {"since": "last week"})
    assert "is not a date" in done.response.content


async def test_a_message_without_files_is_refused_and_so_is_who_may_not(
    server: Server, halves: list[Any]
) -> None:
    empty = await server.bob.send(server.channel, "Nothing here")
    refused = answer(await server.alice.context_menu(server.channel, MENU, empty))
    assert refused == "This message has no files. Choose one with a dump of posts."

    manager = server.join("manager", server.role("Managers", manage_guild=True))
    chosen = {"right": "investigate", "role": server.role("Investigators")}
    await manager.slash(server.channel, "settings roles", **chosen)
    posted = await server.bob.send(server.channel, "Look at this", attachments=halves)
    refused = answer(await server.alice.context_menu(server.channel, MENU, posted))
    assert "investigate" in refused


async def test_a_form_from_before_a_restart_is_answered(
    server: Server, halves: list[Any], settings: Settings, workers: Pool
) -> None:
    posted = await server.bob.send(server.channel, "Look at this", attachments=halves)
    form = await server.alice.context_menu(server.channel, MENU, posted)
    await server.env.restart_bot(Limier(settings, workers))
    late = await server.alice.submit_modal(form, {"target": "@target_person"})
    assert answer(late) == "I was restarted after I asked this. Give the command again."
