"""A case goes from draft to review to agreed to corrected, and never by one person alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import discord
import pytest

from bot.client import Limier
from tests.bot.discord.room import answer, said

pytestmark = pytest.mark.simcord(settle_timeout=90)

REVIEWERS = "Only people with the role that reviews cases may do this here."


@dataclass
class Board:
    """A case with people of every kind around it."""

    room: Any
    manager: Any
    carla: Any
    dora: Any
    reviewers: Any

    async def slash(self, who: Any, command: str, **options: Any) -> str:
        words: str = await self.room.slash(who, command, **options)
        return words

    async def status(self, who: Any, to: str) -> str:
        return await self.slash(who, "case status", case=self.room.key, to=to)

    async def agree(self, who: Any) -> str:
        return await self.slash(who, "case agree", case=self.room.key)

    async def log(self) -> str:
        return await self.slash(self.manager, "settings audit")


@pytest.fixture
async def board(room: Any) -> Board:
    server = room.server
    manager = server.join("manager", server.role("Managers", manage_guild=True))
    reviewers = server.role("Reviewers")
    carla, dora = server.join("carla", reviewers), server.join("dora", reviewers)
    found = Board(room, manager, carla, dora, reviewers)
    line = await found.slash(manager, "settings roles", right="review", role=reviewers)
    assert line == f"Reviews and approves cases: <@&{reviewers.id}>"
    return found


async def test_two_reviewers_sign_off_and_the_card_says_so(board: Board) -> None:
    alice = board.room.server.alice
    assert "it can be approved while it is in review" in await board.agree(board.carla)
    assert await board.status(alice, "in_review") == "The case is now in review."
    assert "Draft, in review: 0 of 2 reviewers agree." in board.room.card

    card = board.room.server.card
    clicked = await board.carla.click(card, label="Approve as a reviewer")
    assert answer(clicked) == "You approve this case: 1 of 2 reviewers do."
    assert await board.agree(board.carla) == "You approve this case: 1 of 2 reviewers do."
    assert "Draft, in review: 1 of 2 reviewers agree." in board.room.card
    assert await board.agree(board.dora) == "You approve this case. It is now agreed."
    assert "Agreed by 2 reviewers." in board.room.card
    assert "Draft" not in board.room.card
    assert "Approve as a reviewer" not in str(board.room.server.card.components)

    assert await board.status(alice, "corrected") == REVIEWERS
    assert await board.status(board.dora, "corrected") == "The case is now corrected."
    assert "Corrected: read the thread" in board.room.card
    log = await board.log()
    for done in ("from draft to in review", "from in review to agreed", "approved the case"):
        assert done in log


async def test_whoever_started_a_case_does_not_approve_it(board: Board) -> None:
    server = board.room.server
    server.env.backend.add_member_role(server.guild.id, server.alice.id, board.reviewers.id)
    await board.status(server.alice, "in_review")
    assert await board.agree(server.alice) == "You started this case: others must review it."


async def test_nobody_else_moves_or_approves_it(board: Board) -> None:
    bob = board.room.server.bob
    assert await board.status(bob, "in_review") == REVIEWERS
    await board.status(board.carla, "in_review")
    assert await board.agree(bob) == REVIEWERS
    assert await board.agree(board.manager) == REVIEWERS
    stranger = await bob.click(board.room.server.card, label="Approve as a reviewer")
    assert answer(stranger) == REVIEWERS


async def test_agreed_is_not_set_by_hand_and_nothing_is_skipped(board: Board) -> None:
    alice = board.room.server.alice
    assert "becomes agreed when 2 reviewers approve it" in await board.status(alice, "agreed")
    assert await board.status(alice, "corrected") == (
        "This case is draft: from there it cannot become corrected."
    )


async def test_back_to_draft_approvals_are_gone(board: Board) -> None:
    alice = board.room.server.alice
    await board.status(alice, "in_review")
    await board.agree(board.carla)
    assert await board.status(alice, "draft") == "The case is now draft."
    await board.status(alice, "in_review")
    assert "0 of 2 reviewers agree" in board.room.card
    assert await board.agree(board.dora) == "You approve this case: 1 of 2 reviewers do."


async def test_without_a_reviewing_role_nobody_signs_off(room: Any) -> None:
    said_so = await room.slash(room.server.bob, "case agree", case=room.key)
    assert said_so.startswith("No role of this server reviews cases yet.")


async def test_the_button_on_the_card_works_after_a_restart(
    board: Board, settings: Any, workers: Any
) -> None:
    await board.status(board.room.server.alice, "in_review")
    await board.room.server.env.restart_bot(Limier(settings, workers))
    clicked = await board.carla.click(board.room.server.card, label="Approve as a reviewer")
    assert answer(clicked) == "You approve this case: 1 of 2 reviewers do."


async def test_a_case_is_found_and_shown(board: Board) -> None:
    alice, room = board.room.server.alice, board.room
    await room.dispute(room.server.bob, "No.", "One model of text")
    assert (await board.slash(alice, "case list")).startswith("[Posts about @target\\_person](")
    shown = await board.slash(alice, "case show", case=room.key)
    assert f"Started by <@{alice.id}>" in shown
    assert "On its steps: agreements 0, disputes 1, notes 0." in shown
    (offered,) = await alice.autocomplete(room.server.channel, "case show", "case", "TARGET")
    assert offered["value"] == room.key
    assert offered["name"].startswith("Posts about @target_person · draft · ")
    assert await alice.autocomplete(room.server.channel, "case show", "case", "else") == []


async def test_a_case_in_a_channel_that_one_cannot_see_does_not_exist_for_them(
    board: Board, six: Any
) -> None:
    server = board.room.server
    everyone = server.guild.default_role
    hidden = server.guild.create_text_channel(
        "secret",
        overwrites={
            everyone: discord.PermissionOverwrite(view_channel=False),
            board.reviewers: discord.PermissionOverwrite(view_channel=True),
            server.env.bot.user: discord.PermissionOverwrite(view_channel=True),
        },
    )
    open_channel, server.channel = server.channel, hidden
    other = {"dump": six, "target": "@target_person", "since": "2019-02-01"}
    assert (await server.investigate(board.carla, **other)).startswith("The thread is ready.")
    (thread,) = hidden.threads
    cases = await server.env.bot.store.cases.of(server.guild.id)
    (key,) = [case.key for case in cases if case.thread == thread.id]
    server.channel = open_channel
    assert "\n" in await board.slash(board.dora, "case list")
    assert "\n" not in await board.slash(server.bob, "case list")
    assert (await board.slash(server.bob, "case show", case=key)).startswith("This case is no")


async def test_a_case_on_hold_outlives_its_time(board: Board, settings: Any) -> None:
    room, bot = board.room, board.room.server.env.bot
    assert (await board.slash(room.server.bob, "case hold", case=room.key)).startswith("Only rev")
    held = await board.slash(board.carla, "case hold", case=room.key)
    assert held.startswith("The case is on hold")
    days = 91 * 86_400
    await passed(bot, days)
    assert (settings.storage.directory / "cases" / room.key).is_dir()
    await board.slash(board.manager, "case hold", case=room.key, keep="off")
    await passed(bot, days)
    assert not (settings.storage.directory / "cases" / room.key).exists()
    assert "There is no case yet" in await board.slash(board.manager, "case list")
    log = await board.log()
    assert "the case was deleted because its time was over" in log
    clicked = await room.server.bob.click(room.step("One model of text"), label="Agree")
    assert answer(clicked).startswith("This case is no longer kept here")


async def passed(bot: Any, seconds: int) -> None:
    """Tidy up as if so much time had passed."""
    now = bot.store.now
    bot.store.now = lambda: now() + timedelta(seconds=seconds)
    await bot.get_cog("Keeping").tidy()
    bot.store.now = now


async def test_a_deleted_thread_is_logged(board: Board) -> None:
    room = board.room
    room.server.env.backend.delete_channel(room.thread.id)
    await room.server.env.settle(timeout=90)
    assert "the channel or the thread of the case was deleted" in await board.log()
    card, told = room.server.cards
    assert said(card)
    assert said(told).startswith("The thread of this case was deleted")
