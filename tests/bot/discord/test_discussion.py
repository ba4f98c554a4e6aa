"""Two people discuss a step: one disputes it, the other agrees; nothing they write does harm."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest

from bot.client import Limier
from bot.discussion import Room
from bot.record import Kind
from tests.bot.discord.room import answer, said

pytestmark = pytest.mark.simcord(settle_timeout=90)

TEMPLATE = "One model of text"


async def test_a_step_is_disputed_and_agreed_with(room: Any) -> None:
    alice, bob = room.server.alice, room.server.bob
    reply = await room.dispute(bob, "Half of these are one petition's own words.", TEMPLATE)
    assert answer(reply) == "You dispute this step. Your reason stands under it."

    # the reason stands under the step, as a reply to it, under bob's name, and rings nobody
    (under,) = room.replies
    assert under.reference.message_id == room.step(TEMPLATE).id
    assert said(under) == (
        f"⚑ **Disputed** · <@{bob.id}>\n> Half of these are one petition's own words."
    )
    assert under.flags.suppress_notifications

    # the step is marked, the card counts, and the verdict is what it was
    assert "⚑ **Disputed** · one person disputes" in said(room.step(TEMPLATE))
    assert f"⚑ {TEMPLATE}: one person disputes" in room.card
    assert "Draft: nobody has reviewed this yet." in room.card

    assert await room.agree(alice, TEMPLATE) == "You agree with this step."
    assert f"⚑ {TEMPLATE}: one person disputes and one person agrees" in room.card


async def test_one_person_has_one_stand_and_may_take_it_back(room: Any) -> None:
    bob = room.server.bob
    await room.dispute(bob, "No.", TEMPLATE)
    agreed = await bob.click(room.step(TEMPLATE), label="Agree")
    assert answer(agreed) == "You agree with this step, and no longer dispute it."
    (under,) = room.replies
    assert said(under) == f"⚑ **Disputed** · <@{bob.id}> · withdrawn\n> ~~No.~~"
    assert f"{TEMPLATE}: one person agrees" in room.card

    withdrawn = await bob.click(agreed.response, label="Withdraw")
    assert answer(withdrawn) == "You took it back."
    assert f"{TEMPLATE}:" not in room.card
    assert "agrees" not in said(room.step(TEMPLATE))


async def test_a_second_dispute_offers_to_take_back_the_first(room: Any) -> None:
    bob = room.server.bob
    await room.dispute(bob, "No.", TEMPLATE)
    again = await bob.click(room.step(TEMPLATE), label="Dispute…")
    assert answer(again).startswith("You dispute this step already.")
    await bob.click(again.response, label="Withdraw")
    assert "⚑" not in room.card
    assert answer(await room.dispute(bob, "Still no.", TEMPLATE)).startswith("You dispute")


async def test_notes_add_up_and_never_ping_link_or_format(room: Any) -> None:
    hostile = "@everyone **look** <@&1> https://evil.example\n# big discord.gg/abc `x` ||y||"
    assert answer(await room.note(room.server.bob, hostile, TEMPLATE)) == (
        "Your note stands under the step."
    )
    await room.note(room.server.alice, "A second note.", TEMPLATE)
    first, _ = room.replies
    words = said(first).removeprefix(f"✎ **Note** · <@{room.server.bob.id}>\n> ")
    for pattern in (
        r"@everyone",
        r"(?<!\\)\*\*",
        r"(?<!\\)<@&",
        r"https://",
        r"\n",
        r"discord\.gg",
        r"(?<!\\)`",
        r"(?<!\\)\|\|",
    ):
        assert not re.search(pattern, words), pattern
    sent = [
        request.json
        for request in room.server.env.http_requests
        if request.method in ("POST", "PATCH") and (request.json or {}).get("components")
    ]
    assert all(body["allowed_mentions"]["parse"] == [] for body in sent if "flags" in body)
    assert "2 notes" in said(room.step(TEMPLATE))


async def test_the_longest_reason_full_of_marks_still_fits(room: Any) -> None:
    await room.dispute(room.server.bob, "*_" * 500, TEMPLATE)
    (under,) = room.replies
    assert len(said(under)) < 4000


async def test_nothing_written_is_said_and_not_posted(room: Any) -> None:
    blank = await room.note(room.server.bob, "   ", TEMPLATE)
    assert answer(blank) == "Nothing was written. Write a sentence and send it again."
    assert room.replies == []


async def test_after_a_restart_buttons_and_forms_work_from_the_rows_alone(
    room: Any, settings: Any, workers: Any
) -> None:
    bob = room.server.bob
    asked = await bob.click(room.step(TEMPLATE), label="Dispute…")
    agreed = await room.server.alice.click(room.step(TEMPLATE), label="Agree")
    await room.server.env.restart_bot(Limier(settings, workers))
    assert answer(await bob.submit_modal(asked, {"reason": "From before."})).startswith(
        "You dispute this step."
    )
    assert f"⚑ {TEMPLATE}: one person disputes and one person agrees" in room.card
    await room.server.alice.click(agreed.response, label="Withdraw")
    assert f"⚑ {TEMPLATE}: one person disputes\n" in f"{room.card}\n"
    assert await room.agree(bob, TEMPLATE) == "You agree with this step, and no longer dispute it."


async def test_a_result_from_before_the_store_still_shows_its_accounts(room: Any) -> None:
    await room.server.env.bot.store.cases.forget(room.key)
    bottom = room.thread.history()[0]
    seen = await room.server.bob.select(bottom, ["A02"])
    assert answer(seen).startswith("## A02 seen close")
    gone = await room.server.bob.click(room.step(TEMPLATE), label="Agree")
    assert answer(gone).startswith("This case is no longer kept here")


async def test_what_one_wrote_is_counted_and_erased_on_request(room: Any) -> None:
    bob = room.server.bob
    await room.dispute(bob, "My secret reason.", TEMPLATE)
    await room.note(bob, "My secret note.", TEMPLATE)
    kept = await room.slash(bob, "privacy stored")
    assert "- Agreements and disputes of yours: 1." in kept
    assert "- Notes of yours: 1." in kept
    assert await room.slash(bob, "privacy erase") == "2 notes and reasons of yours were erased."
    assert [said(reply) for reply in room.replies] == ["-# Erased by whoever wrote it."] * 2
    assert f"⚑ {TEMPLATE}: one person disputes\n" in f"{room.card}\n"
    assert "- Notes of yours: 0." in await room.slash(bob, "privacy stored")


async def test_a_deleted_step_costs_its_mark_and_nothing_else(room: Any) -> None:
    disputed = await room.dispute(room.server.bob, "Gone.", TEMPLATE)
    room.server.env.backend.delete_message(room.thread.id, room.step(TEMPLATE).id)
    withdrawn = await room.server.bob.click(disputed.response, label="Withdraw")
    assert answer(withdrawn) == "You took it back."
    assert "disputes" not in room.card


async def test_ten_people_at_once_are_all_counted(room: Any) -> None:
    bot = room.server.env.bot
    case = await bot.store.cases.get(room.server.alice.guild.id, room.key)
    (talk,) = [cog.room for cog in bot.cogs.values() if cog.qualified_name == "Discussing"]
    assert isinstance(talk, Room)
    await asyncio.gather(*(talk.say(case, "template", Kind.AGREE, 900 + n) for n in range(10)))
    await room.server.env.settle(timeout=90)
    assert f"{TEMPLATE}: 10 people agree" in room.card


async def test_a_thread_that_went_to_sleep_is_woken_to_be_marked(room: Any) -> None:
    env = room.server.env
    env.inject_error("PATCH", "/channels/*/messages/*", status=400, code=50083)
    assert await room.agree(room.server.bob, TEMPLATE) == "You agree with this step."
    assert "one person agrees" in said(room.step(TEMPLATE))
    assert "one person agrees" in room.card


async def test_a_reason_that_cannot_be_shown_is_counted_and_that_is_said(room: Any) -> None:
    room.server.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    typed = answer(await room.dispute(room.server.bob, "No.", TEMPLATE))
    assert typed.startswith("It is counted, but Discord did not let me write it in the thread.")
    assert "one person disputes" in room.card
