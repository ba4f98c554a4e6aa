"""Articles beside a case, and who takes care of it: shown, kept up to date, and nobody is rung."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.discord.room import CaseRoom, said

pytestmark = pytest.mark.simcord(settle_timeout=90)

URL = "https://example.org/a-study?of=*trolls*"


def listed(room: CaseRoom) -> list[Any]:
    return [m for m in room.thread.history() if said(m).startswith("### References")]


async def add(room: CaseRoom, who: Any, url: str = URL, title: str = "A study of @farms") -> str:
    return await room.slash(who, "case reference add", case=room.key, url=url, title=title)


async def test_references_stand_in_one_message_that_no_one_clicks_by_accident(
    room: CaseRoom,
) -> None:
    alice, bob = room.server.alice, room.server.bob
    assert await add(room, alice) == "The reference stands in the thread."
    await add(room, bob, "http://example.net/article", "An article")
    (message,) = listed(room)
    first, second = said(message).splitlines()[1:]
    assert first.startswith("1\\. **A study of ")
    assert "https://" not in said(message)
    assert "hxxps://example" in first
    assert second.startswith("2\\. **An article**")
    assert "An article" in await room.slash(bob, "case show", case=room.key)

    refused = await room.slash(bob, "case reference remove", case=room.key, number=1)
    assert "Only whoever added a reference" in refused
    await room.slash(bob, "case reference remove", case=room.key, number=2)
    (message,) = listed(room)
    assert "An article" not in said(message)
    gone = await room.slash(alice, "case reference remove", case=room.key, number=2)
    assert "no reference with the number 2" in gone


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.org/x", "https://", "text"])
async def test_what_is_no_page_is_refused(room: CaseRoom, url: str) -> None:
    assert "is no address of a page" in await add(room, room.server.alice, url)
    assert listed(room) == []


async def test_a_case_is_assigned_to_somebody_who_sees_it(room: CaseRoom) -> None:
    alice, bob = room.server.alice, room.server.bob
    refused = await room.slash(bob, "case assign", case=room.key, person=bob)
    assert "Only whoever started this case" in refused
    assert "Nobody was notified" in await room.slash(
        alice, "case assign", case=room.key, person=bob
    )
    assert f"Assigned to <@{bob.id}>" in room.card
    assert f"<@{bob.id}>" in await room.slash(alice, "case list")
    await room.slash(alice, "case assign", case=room.key)
    assert "Assigned" not in room.card
