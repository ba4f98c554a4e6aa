"""The same dump posted twice: who can see the first case is led there, and may ask anew."""

from __future__ import annotations

from typing import Any

import pytest

from bot.client import Limier
from bot.config import Settings
from bot.pool import Pool
from bot.views.candidates import PATIENCE
from tests.bot.discord.conftest import Server
from tests.bot.discord.room import CaseRoom, answer, said
from tests.bot.discord.test_exhibits import shot

pytestmark = pytest.mark.simcord(settle_timeout=120)

AGAIN = "Investigate again anyway"
BEFORE = "These files were investigated here before"


async def ask(server: Server, who: Any, six: Any, **more: Any) -> Any:
    given = {"dump": six, "target": "@Target_Person", **more}
    return await who.slash(server.channel, "investigate", **given)


def buttons(result: Any) -> list[dict[str, Any]]:
    return [part for row in result.response.components for part in row["components"]]


async def test_the_same_dump_leads_to_the_case_that_stands(room: CaseRoom, six: Any) -> None:
    server = room.server
    found = await ask(server, server.bob, six)
    assert answer(found).startswith(BEFORE)
    link, again = buttons(found)
    assert link["url"].endswith(str(room.thread.id))
    assert again["label"] == AGAIN
    assert len(server.channel.threads) == 1

    await server.bob.click(found.response, label=AGAIN)
    assert found.response.content == "The thread is ready."
    assert len(server.channel.threads) == 2


async def test_who_cannot_see_the_first_case_gets_one_of_their_own(
    server: Server, six: Any
) -> None:
    assert answer(await ask(server, server.alice, six, private=True)) == "The thread is ready."
    assert answer(await ask(server, server.bob, six)) == "The thread is ready."
    assert len(await server.env.bot.store.cases.of(server.guild.id)) == 2
    assert answer(await ask(server, server.alice, six)).startswith(BEFORE)


async def test_other_questions_of_the_same_dump_are_investigated(room: CaseRoom, six: Any) -> None:
    server = room.server
    assert answer(await ask(server, server.alice, six, since="2019-02-01")) == (
        "The thread is ready."
    )


async def test_pictures_sent_along_are_not_lost_in_silence(
    room: CaseRoom, six: Any, settings: Settings
) -> None:
    server = room.server
    found = await ask(server, server.bob, six, exhibit=("shot.png", shot()))
    assert "add them with /case exhibit" in answer(found)
    assert len(list(settings.storage.exhibits.iterdir())) == 1
    await server.env.advance_time(PATIENCE + 1)
    assert BEFORE in found.response.content
    assert f"/{room.thread.id}" in found.response.content
    assert buttons(found) == []
    assert list(settings.storage.exhibits.iterdir()) == []


async def test_an_offer_from_before_a_restart_is_answered(
    room: CaseRoom, six: Any, settings: Settings, workers: Pool
) -> None:
    server = room.server
    found = await ask(server, server.bob, six)
    await server.env.restart_bot(Limier(settings, workers))
    await server.bob.click(found.response, label=AGAIN)
    assert found.response.content == "I was restarted after I asked this. Give the command again."


async def test_a_case_whose_thread_is_gone_is_not_offered(room: CaseRoom, six: Any) -> None:
    server = room.server
    server.env.backend.delete_channel(room.thread.id)
    await server.env.settle()
    assert answer(await ask(server, server.bob, six)) == "The thread is ready."


async def test_a_revised_case_is_no_longer_what_the_first_files_say(
    room: CaseRoom, six: Any, dump: Any
) -> None:
    server = room.server
    more = dump(["@target_person well said", "@target_person how was it?"], "more.jsonl")
    given = {"case": room.key, "dump": more, "reason": "More."}
    revised = await server.alice.slash(server.channel, "case add", **given)
    assert "The thread says what has changed." in said(revised.response)
    assert answer(await ask(server, server.bob, six)) == "The thread is ready."
