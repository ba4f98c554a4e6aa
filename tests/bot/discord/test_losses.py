"""Somebody deletes parts of a case in Discord: nothing of it disappears in silence."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from simcord.enums import ChannelType

from bot.audit import deleted, language_set
from bot.client import Limier
from tests.bot.discord.room import said

pytestmark = pytest.mark.simcord(settle_timeout=160)

TEMPLATE = "One model of text"


@pytest.fixture
def manager(server: Any) -> Any:
    return server.join("manager", server.role("Managers", manage_guild=True))


def last(room: Any) -> str:
    return said([m for m in room.thread.history() if not m.flags.ephemeral][-1])


def direct(server: Any, who: Any) -> list[str]:
    """What the bot wrote to somebody in direct messages."""
    backend = server.env.backend
    found = [
        channel.id
        for channel in backend.channels.values()
        if channel.type == ChannelType.DM and who.id in channel.recipient_ids
    ]
    return [m.content for dm in found for m in backend.messages[dm].values()]


async def test_a_deleted_step_is_said_in_the_thread_and_nowhere_twice(
    room: Any, manager: Any
) -> None:
    server, step = room.server, room.step(TEMPLATE)
    await room.dispute(server.bob, "Six people may well write alike.", TEMPLATE)
    link = f"/{step.id})"
    assert link in room.card
    server.env.backend.delete_message(room.thread.id, step.id)
    await server.env.settle(timeout=160)
    sentence = f"The message of a step was deleted in Discord: {TEMPLATE}."
    assert last(room).startswith(sentence)
    assert link not in room.card
    assert f"⚑ {TEMPLATE}: one person disputes" in room.card
    shown = await room.slash(server.alice, "case show", case=room.key)
    assert "deleted in Discord, its place or messages: 1." in shown
    assert "a message of the case was deleted" in await room.slash(manager, "settings audit")
    server.env.bot.dispatch("message_missing", step.id)
    await server.env.settle(timeout=160)
    told = [m for m in room.thread.history() if said(m).startswith(sentence)]
    assert len(told) == 1


async def test_a_deleted_card_and_a_deleted_reason_are_said_in_the_thread(room: Any) -> None:
    server = room.server
    await room.dispute(server.bob, "No.", TEMPLATE)
    (reply,) = room.replies
    server.env.backend.delete_message(room.thread.id, reply.id)
    await server.env.settle(timeout=160)
    assert last(room).startswith("The message with somebody's reason or note was deleted")
    server.env.backend.delete_message(server.channel.id, server.card.id)
    await server.env.settle(timeout=160)
    assert last(room).startswith("The card of this case was deleted in Discord.")


async def test_what_was_deleted_while_the_bot_was_away_is_noticed_when_it_writes(
    room: Any, settings: Any, workers: Any
) -> None:
    server, step = room.server, room.step(TEMPLATE)
    del server.env.backend.messages[room.thread.id][step.id]  # no event reaches the bot
    await server.env.restart_bot(Limier(settings, workers))
    case = (await server.env.bot.store.cases.of(server.guild.id))[0]
    rewriter = server.env.bot.get_cog("Discussing").room._rewriter
    await rewriter.rewrite(case, "template")
    await server.until(lambda: last(room).startswith("The message of a step was deleted"))


async def test_a_deleted_thread_is_said_in_the_channel(room: Any, manager: Any) -> None:
    server = room.server
    server.env.backend.delete_channel(room.thread.id)
    await server.env.settle(timeout=160)
    *_, told = server.cards
    assert said(told).startswith("The thread of this case was deleted in Discord")
    assert "the channel or the thread of the case was deleted" in await room.slash(
        manager, "settings audit"
    )
    assert direct(server, server.alice) == []


async def test_a_deleted_channel_is_told_to_whoever_started_the_case(room: Any) -> None:
    server, alice = room.server, room.server.alice
    elsewhere = server.guild.create_text_channel("elsewhere")
    server.env.backend.delete_channel(server.channel.id)
    await server.env.settle(timeout=160)
    (told,) = direct(server, alice)
    assert told.startswith("The place of a case that you started was deleted in Discord: Posts")
    server.channel = elsewhere
    shown = await room.slash(alice, "case show", case=room.key)
    assert "deleted in Discord, its place or messages: 1." in shown
    assert "no longer kept" in await room.slash(server.bob, "case show", case=room.key)


async def test_the_deleted_role_of_reviewers_is_said_where_a_case_waits_for_them(
    room: Any, manager: Any
) -> None:
    server, role = room.server, room.server.role("Reviewers")
    await room.slash(manager, "settings roles", right="review", role=role)
    await room.slash(server.alice, "case status", case=room.key, to="in_review")
    server.env.backend.delete_role(server.guild.id, role.id)
    await server.env.settle(timeout=160)
    assert last(room).startswith("The role that reviews cases was deleted in this server")
    log = await room.slash(manager, "settings audit")
    assert "Limier · the role with the right review was deleted" in log


async def test_who_lost_the_role_does_not_count_as_a_reviewer(room: Any, manager: Any) -> None:
    server, role = room.server, room.server.role("Reviewers")
    await room.slash(manager, "settings roles", right="review", role=role)
    carla, dora, ella = (server.join(name, role) for name in ("carla", "dora", "ella"))
    await room.slash(server.alice, "case status", case=room.key, to="in_review")
    await room.slash(carla, "case agree", case=room.key)
    server.env.backend.remove_member_role(server.guild.id, carla.id, role.id)
    said_so = await room.slash(dora, "case agree", case=room.key)
    assert said_so == "You approve this case: 1 of 2 reviewers do."
    log = await room.slash(manager, "settings audit")
    assert f"<@{carla.id}> · Posts about @target\\_person · no longer reviews cases" in log
    assert await room.slash(ella, "case agree", case=room.key) == (
        "You approve this case. It is now agreed."
    )


async def test_the_log_expires_but_not_that_a_case_was_deleted(room: Any, manager: Any) -> None:
    server, bot = room.server, room.server.env.bot
    log, guild, now = bot.store.log, server.guild.id, bot.store.now
    line = await room.slash(manager, "settings log", days=30)
    assert line == "Lines of the log are kept for 30 days."
    (case,) = await bot.store.cases.of(guild)
    await log.write(language_set(guild, manager.id, "fr"))
    await log.write(deleted(case, manager.id, "ab12"))
    bot.store.now = lambda: now() + timedelta(31)
    await bot.get_cog("Keeping").tidy()
    assert [entry.what for entry in await log.of(guild, 10)] == ["case.deleted"]
