"""The posts of a case are searched: exactly by those who may, in shared texts by all others."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from discord import Permissions

from bot.client import Limier
from tests.bot.discord.room import answer, said
from tests.bot.discord.test_rights import click_elsewhere, revealers

pytestmark = pytest.mark.simcord(settle_timeout=90)

TEMPLATE = "One model of text"


@pytest.fixture
def manager(server: Any) -> Any:
    return server.join("manager", server.role("Managers", manage_guild=True))


async def searched(room: Any, who: Any, **options: Any) -> Any:
    return await who.slash(room.server.channel, "evidence", case=room.key, **options)


async def test_the_role_that_reveals_reads_exact_posts_and_is_logged(
    room: Any, manager: Any
) -> None:
    rita = await revealers(room, manager)
    seen = answer(await searched(room, rita, words="LIAR Dull"))
    assert "One post found among 6: those of the case's accounts" in seen
    assert (
        "**A03** @person\\_2 · 2019-02-09 08:02 UTC · "
        "<https://x.com/i/web/status/1094000000000000002>"
    ) in seen
    assert "> @target\\_person you are nothing but a dull liar in a suit" in seen
    assert "Looked for: words LIAR Dull." in seen

    by_account = answer(await searched(room, rita, account="@Person_4", step="template"))
    assert f"Looked for: step {TEMPLATE} and account A05." in by_account
    assert "One post found" in by_account
    assert "slow liar" in by_account
    nothing = answer(await searched(room, rita, words="submarine"))
    assert "0 posts found among 6: " in nothing

    log = await room.slash(manager, "settings audit")
    assert log.count("saw posts that a search found, page 1") == 3
    assert "liar" not in log.casefold()


async def test_others_are_told_counts_and_read_what_several_accounts_share(
    room: Any, manager: Any
) -> None:
    bob = room.server.bob
    await revealers(room, manager)
    told = answer(await searched(room, bob))
    assert "Only people with the role that reveals may see who the accounts are." in told
    assert "What you chose has 6 posts of 6 accounts." in told
    assert "you are nothing but a … liar in a suit" in told
    assert "6 posts of 6 accounts" in told
    for secret in ("person\\_0", "dull", "status/"):
        assert secret not in told
    # words of a single account are neither found nor counted
    alone = answer(await searched(room, bob, words="dull"))
    assert "What you chose has 6 posts" in alone
    assert "No text of them that several accounts share has these words." in alone
    assert answer(await searched(room, bob, account="person_2")).startswith(
        "This result calls no account person"
    )
    step = answer(await bob.click(room.step(TEMPLATE), label="Evidence"))
    assert "you are nothing but a … liar in a suit" in step
    assert "saw posts" not in await room.slash(manager, "settings audit")


async def test_what_was_found_is_taken_away_as_a_csv_by_those_who_may(
    room: Any, manager: Any
) -> None:
    rita = await revealers(room, manager)
    found = await searched(room, rita, words="dull")
    taken = await rita.click(found.response, label="As CSV")
    rows = await the_rows(taken)
    assert rows == [
        {
            "pseudonym": "A03",
            "account": "902",
            "handle": "'@person_2",
            "time": "2019-02-09T08:02:00Z",
            "link": "https://x.com/i/web/status/1094000000000000002",
            "post": "1094000000000000002",
            "steps": rows[0]["steps"],
            "text": "'@target_person you are nothing but a dull liar in a suit, go home and leave "
            "us all in peace",
        }
    ]
    assert "template" in rows[0]["steps"].split()
    evidence = await rita.click(room.step(TEMPLATE), label="Evidence")
    assert len(await the_rows(await rita.click(evidence.response, label="As CSV"))) == 6
    log = await room.slash(manager, "settings audit")
    assert "exported posts with their handles as a CSV: 1" in log
    assert "exported posts with their handles as a CSV: 6" in log

    bob = room.server.bob
    forged = click_elsewhere(room.server, bob, room.thread.id, f"take:{room.key}:1:::")
    await room.server.env.settle(timeout=90)
    assert answer(forged).startswith("Seules les personnes")
    assert not forged.response.attachments


async def the_rows(result: Any) -> list[dict[str, str]]:
    (handed,) = result.followups
    assert handed.ephemeral
    (attached,) = handed.attachments
    content = await attached.read()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


async def test_pages_are_turned_after_a_restart_too(
    server: Any, dump: Any, settings: Any, workers: Any, manager: Any
) -> None:
    from tests.bot.discord.room import CaseRoom

    words = ("grey", "old", "dull", "sad", "slow", "loud")
    insult = "@target_person you are nothing but a {} liar in a suit, go home and leave us alone"
    texts = [insult.format(words[number % 6]) for number in range(14)]
    await server.investigate(dump=dump(texts), target="@target_person")
    (folder,) = (settings.storage.directory / "cases").iterdir()
    room = CaseRoom(server, folder.name)
    rita = await revealers(room, manager)
    first = await searched(room, rita, words="liar suit")
    assert "Page 1 of 3." in answer(first)
    await server.env.restart_bot(Limier(settings, workers))
    second = await rita.click(first.response, label="Next")
    shown = said(second.response or first.response)
    assert "Page 2 of 3." in shown
    assert "@person\\_6" in shown


async def test_in_its_thread_the_case_goes_without_saying(room: Any) -> None:
    bob = room.server.bob
    told = answer(await bob.slash(room.thread, "evidence"))
    assert "What you chose has 6 posts of 6 accounts." in told
    elsewhere = answer(await bob.slash(room.server.channel, "evidence"))
    assert elsewhere == "Say which case: this is not the thread of one."


async def test_suggestions_name_no_handle_and_nothing_of_another_server(room: Any) -> None:
    server = room.server

    async def offered(who: Any, channel: Any, option: str, typed: str, **filled: Any) -> list[str]:
        found = await who.autocomplete(channel, "evidence", option, typed, **filled)
        return [one["value"] for one in found]

    assert await offered(server.bob, server.channel, "account", "a03", case=room.key) == ["A03"]
    assert await offered(server.bob, room.thread, "account", "6") == ["A06"]
    assert "template" in await offered(server.bob, server.channel, "step", "", case=room.key)
    assert await offered(server.bob, server.channel, "account", "person", case=room.key) == []
    assert await offered(server.bob, server.channel, "case", "target") == [room.key]

    other = server.env.create_guild("Elsewhere")
    channel = other.create_text_channel("general")
    boss = other.create_role("Boss", permissions=Permissions.all())
    owner = other.add_member(server.env.create_user("owner"), roles=[boss])
    for option in ("account", "step"):
        assert await offered(owner, channel, option, "", case=room.key) == []
    refused = answer(await owner.slash(channel, "evidence", case=room.key))
    assert refused.startswith("This case is no longer kept here")


async def test_an_unknown_step_and_a_case_without_kept_posts_are_said(
    room: Any, manager: Any, settings: Any
) -> None:
    rita = await revealers(room, manager)
    assert answer(await searched(room, rita, step="horoscope")) == (
        "No step of this case called horoscope names posts."
    )
    (settings.storage.cases / room.key / "private" / "posts.jsonl.gz").unlink()
    assert answer(await searched(room, rita)).startswith(
        "No posts of this case are kept to be searched"
    )
    step = room.step(TEMPLATE)
    assert answer(await room.server.bob.click(step, label="Evidence")).endswith(
        "This step names 6 posts."
    )
