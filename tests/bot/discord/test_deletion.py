"""A case is deleted for good by those who may, after a question; the log and the card say so."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from discord import Permissions

from bot.client import Limier
from tests.bot.discord.room import answer, said

pytestmark = pytest.mark.simcord(settle_timeout=90)

REFUSED = "Only people who administer may delete this case."
BUTTON = "Delete for good"


@pytest.fixture
def manager(server: Any) -> Any:
    return server.join("manager", server.role("Managers", manage_guild=True))


async def asked(room: Any, who: Any) -> Any:
    """Give the command; what comes is a question with a button, or a refusal without one."""
    return await who.slash(room.server.channel, "case delete", case=room.key)


async def test_whoever_started_it_deletes_their_draft(
    room: Any, manager: Any, settings: Any
) -> None:
    server, store = room.server, room.server.env.bot.store
    await room.dispute(server.bob, "Six people may well write alike.", "One model of text")
    folder = settings.storage.directory / "cases" / room.key
    manifest = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    step = room.step("One model of text")

    question = await asked(room, server.alice)
    assert answer(question).startswith("Delete Posts about @target\\_person for good, with its")
    assert folder.is_dir()
    clicked = await server.alice.click(question.response, label=BUTTON)
    assert said(clicked.response or question.response) == "The case is deleted."
    assert BUTTON not in str(question.response.components)

    assert not folder.exists()
    assert await store.cases.all() == ()
    assert await store.opinions.of(room.key) == ()
    (tombstone,) = [e for e in await store.log.of(server.guild.id, 50) if e.on == room.key]
    assert (tombstone.who, tombstone.what) == (server.alice.id, "case.deleted")
    assert tombstone.details == {"manifest": manifest}
    assert "deleted the case" in await room.slash(manager, "settings audit")

    assert room.card.startswith(f"This case was deleted by <@{server.alice.id}> · ")
    assert "target" not in room.card
    assert server.card.attachments == []
    last = [m for m in room.thread.history() if not m.flags.ephemeral][-1]
    assert said(last).startswith(f"This case was deleted by <@{server.alice.id}> · ")
    meta = server.env.backend.get_channel(room.thread.id).thread_metadata
    assert meta.archived
    assert meta.locked
    assert said(step)  # what the thread said is Discord's to keep


async def test_what_is_past_draft_is_for_those_who_administer(room: Any, manager: Any) -> None:
    alice = room.server.alice
    question = await asked(room, alice)
    assert answer(await asked(room, room.server.bob)).startswith(REFUSED)
    await room.slash(alice, "case status", case=room.key, to="in_review")
    assert answer(await asked(room, alice)).startswith(REFUSED)
    late = await alice.click(question.response, label=BUTTON)
    assert said(late.response or question.response).startswith(REFUSED)
    question = await asked(room, manager)
    done = await manager.click(question.response, label=BUTTON)
    assert said(done.response or question.response) == "The case is deleted."
    assert room.card.startswith(f"This case was deleted by <@{manager.id}>")


async def test_a_case_on_hold_is_not_deleted(room: Any, manager: Any, settings: Any) -> None:
    before = await asked(room, manager)
    await room.slash(manager, "case hold", case=room.key)
    assert answer(await asked(room, manager)).startswith("This case is on hold: it can be deleted")
    late = await manager.click(before.response, label=BUTTON)
    assert said(late.response or before.response).startswith("This case is on hold")
    assert (settings.storage.directory / "cases" / room.key).is_dir()


async def test_the_question_outlives_a_restart_and_a_second_click_finds_nothing(
    room: Any, settings: Any, workers: Any
) -> None:
    alice = room.server.alice
    one, other = await asked(room, alice), await asked(room, alice)
    await room.server.env.restart_bot(Limier(settings, workers))
    done = await alice.click(one.response, label=BUTTON)
    assert said(done.response or one.response) == "The case is deleted."
    again = await alice.click(other.response, label=BUTTON)
    assert said(again.response or other.response).startswith("This case is no longer kept here")


async def test_a_deleted_thread_does_not_stand_in_the_way(room: Any, manager: Any) -> None:
    room.server.env.backend.delete_channel(room.thread.id)
    question = await asked(room, manager)
    done = await manager.click(question.response, label=BUTTON)
    assert said(done.response or question.response) == "The case is deleted."
    card, _ = room.server.cards
    assert said(card).startswith("This case was deleted by")


async def test_nobody_deletes_a_case_of_another_server(room: Any, settings: Any) -> None:
    env = room.server.env
    other = env.create_guild("Elsewhere")
    channel = other.create_text_channel("general")
    boss = other.create_role("Boss", permissions=Permissions.all())
    owner = other.add_member(env.create_user("owner"), roles=[boss])
    refused = answer(await owner.slash(channel, "case delete", case=room.key))
    assert refused.startswith("This case is no longer kept here")
    assert (settings.storage.directory / "cases" / room.key).is_dir()
