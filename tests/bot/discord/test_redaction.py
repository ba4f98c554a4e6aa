"""A server that wants nobody quoted gets cases without a word of the posts."""

from __future__ import annotations

from typing import Any

import pytest

from bot.config import Settings
from tests.bot.discord.room import CaseRoom, answer, said
from tests.bot.discord.test_rights import revealers

pytestmark = pytest.mark.simcord(settle_timeout=90)


@pytest.fixture
def manager(server: Any) -> Any:
    return server.join("manager", server.role("Managers", manage_guild=True))


async def test_a_strict_server_quotes_nobody_and_its_reveal_role_still_reads_all(
    server: Any, manager: Any, six: Any, settings: Settings
) -> None:
    before = CaseRoom(server, "")
    refused = await before.slash(server.bob, "settings redaction", to="strict")
    assert "show no text" not in refused
    now = await before.slash(manager, "settings redaction", to="strict")
    assert now.startswith("New cases show no text of posts")
    assert "set that new cases show no text of posts" in await before.slash(
        manager, "settings audit"
    )

    await server.investigate(dump=six, target="@target_person")
    (folder,) = (settings.storage.directory / "cases").iterdir()
    room = CaseRoom(server, folder.name)
    public = "\n".join([room.card, *map(said, room.thread.history())])
    assert "\\[text not shown\\]" in public
    assert "Strictly redacted" in public
    assert "liar" not in public
    assert "08:0" not in public

    rita = await revealers(room, manager)
    seen = answer(await rita.slash(server.channel, "evidence", case=room.key))
    assert "liar" in seen
    assert "2019-02-09 08:02 UTC" in seen
    told = answer(await server.bob.slash(server.channel, "evidence", case=room.key))
    assert "No text of a post is shown here" in told
    assert "liar" not in told
