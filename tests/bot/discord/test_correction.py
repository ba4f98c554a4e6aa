"""An agreed case is corrected: what it said stays, struck through; approvals are of one version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.bot.discord.conftest import INSULT
from tests.bot.discord.room import CaseRoom, said

pytestmark = pytest.mark.simcord(settle_timeout=90)

WORDS = ("grey", "old", "dull", "sad", "slow", "loud", "mean", "vain", "rude")


@pytest.fixture
def nine(dump: Callable[..., tuple[str, bytes]]) -> tuple[str, bytes]:
    """The six accounts of the room and three others, who wrote the same model of text."""
    return dump([INSULT.format(word) for word in WORDS], "later.jsonl")


@pytest.fixture
async def reviewers(room: CaseRoom) -> tuple[Any, Any]:
    """Two people with the role that reviews; the case is handed in."""
    server = room.server
    manager = server.join("manager", server.role("Managers", manage_guild=True))
    role = server.role("Reviewers")
    await room.slash(manager, "settings roles", right="review", role=role)
    await room.slash(server.alice, "case status", case=room.key, to="in_review")
    return server.join("carla", role), server.join("dora", role)


async def test_the_old_claim_stays_beneath_the_new_one(
    room: CaseRoom, reviewers: tuple[Any, Any], nine: tuple[str, bytes]
) -> None:
    carla, dora = reviewers
    before = said(room.step("One model of text")).split("\n")[1]
    for each in reviewers:
        await room.slash(each, "case agree", case=room.key)
    assert "Agreed by 2 reviewers" in room.card

    given = {"case": room.key, "dump": nine, "reason": "More came to light."}
    refused = await room.slash(room.server.alice, "case add", **given)
    assert "Only reviewers may revise this case" in refused
    assert "The thread says what has changed." in await room.slash(carla, "case add", **given)

    assert "Corrected" in room.card
    step = said(room.step("One model of text"))
    assert f"-# ~~{before}~~ · until revision 2" in step
    assert step.split("\n")[1] != before
    changed = next(said(m) for m in room.thread.history() if "what changed" in said(m))
    assert "It is now corrected; what it said stays, struck." in changed

    ten = (nine[0], nine[1] + nine[1].splitlines()[0].replace(b"900", b"950"))
    again = {"case": room.key, "dump": ten, "reason": "Still more."}
    assert "The thread says what has changed." in await room.slash(dora, "case add", **again)
    assert f"-# ~~{before}~~ · until revision 2" in said(room.step("One model of text"))


async def test_an_approval_is_of_what_the_case_said_then(
    room: CaseRoom, reviewers: tuple[Any, Any], nine: tuple[str, bytes]
) -> None:
    carla, dora = reviewers
    await room.slash(carla, "case agree", case=room.key)
    assert "1 of 2 reviewers agree" in room.card
    await room.slash(dora, "case add", case=room.key, dump=nine, reason="More.")
    assert "Draft, in review: 0 of 2 reviewers agree." in room.card
    assert "~~" not in said(room.step("One model of text"))
