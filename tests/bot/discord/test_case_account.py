"""`/case account` shows what the select in the thread shows, to whoever can see the case."""

from __future__ import annotations

from typing import Any

import pytest
from discord import Permissions

from tests.bot.discord.room import answer

pytestmark = pytest.mark.simcord(settle_timeout=90)


async def test_an_account_is_looked_at_from_anywhere_in_the_server(room: Any) -> None:
    server = room.server
    chosen = await server.bob.select(room.thread.history()[0], ["A02"])
    asked = await server.bob.slash(server.channel, "case account", case=room.key, pseudonym=" a02 ")
    assert answer(asked) == answer(chosen)
    assert answer(asked).startswith("## A02 seen close")
    (picture,) = asked.response.attachments
    assert picture.filename == "account.png"
    unknown = await room.slash(server.bob, "case account", case=room.key, pseudonym="A99")
    assert unknown.startswith("This result calls no account A99: its accounts are A01 to A06.")


async def test_its_accounts_are_suggested_once_the_case_is_chosen(room: Any) -> None:
    server = room.server

    async def offered(who: Any, channel: Any, typed: str, **filled: Any) -> list[str]:
        found = await who.autocomplete(channel, "case account", "pseudonym", typed, **filled)
        return [one["value"] for one in found]

    six = [f"A0{number}" for number in range(1, 7)]
    assert await offered(server.bob, server.channel, "", case=room.key) == six
    assert await offered(server.bob, server.channel, "a03", case=room.key) == ["A03"]
    assert await offered(server.bob, server.channel, "") == []
    assert await offered(server.bob, server.channel, "", case="../../secret") == []

    other = server.env.create_guild("Elsewhere")
    channel = other.create_text_channel("general")
    boss = other.create_role("Boss", permissions=Permissions.all())
    owner = other.add_member(server.env.create_user("owner"), roles=[boss])
    assert await offered(owner, channel, "", case=room.key) == []
    refused = await owner.slash(channel, "case account", case=room.key, pseudonym="A01")
    assert answer(refused).startswith("This case is no longer kept here")
    assert refused.response.attachments == []
