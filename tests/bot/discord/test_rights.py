"""Who sees names, who sets what, and that one server never sees what belongs to another."""

from __future__ import annotations

from typing import Any

import pytest
from simcord import InteractionResult
from simcord import interactions as wire
from simcord.backend import serializers

from bot.client import Limier
from bot.record import Entry
from tests.bot.discord.room import CaseRoom, answer, said

pytestmark = pytest.mark.simcord(settle_timeout=90)

TEMPLATE = "One model of text"
WHO = "Who is behind the pseudonyms"


@pytest.fixture
def manager(server: Any) -> Any:
    return server.join("manager", server.role("Managers", manage_guild=True))


async def revealers(room: Any, manager: Any) -> Any:
    role = room.server.role("Revealers")
    await room.slash(manager, "settings roles", right="reveal", role=role)
    return room.server.join("rita", role)


async def test_names_are_for_the_role_that_reveals_and_each_look_is_logged(
    room: Any, manager: Any
) -> None:
    bottom = room.thread.history()[0]
    refused = answer(await manager.click(bottom, label=WHO))
    assert refused.startswith("Nobody may see who is behind the pseudonyms yet.")
    assert refused.endswith("This case has 6 accounts.")

    rita = await revealers(room, manager)
    assert answer(await room.server.bob.click(bottom, label=WHO)) == (
        "Only people with the role that reveals may see who the accounts are. "
        "This case has 6 accounts."
    )
    seen = answer(await rita.click(bottom, label=WHO))
    assert seen.startswith(f"### {WHO}\n**A01** · [@person\\_0](<https://x.com/i/user/900>)")
    assert "Page 1 of 1. Only you see this, and that you saw it is logged." in seen

    log = await room.slash(manager, "settings audit")
    assert log.count("saw who is behind the pseudonyms, page 1") == 1
    assert f"<@{rita.id}>" in log
    assert "person" not in log.replace("@target\\_person", "")
    everybody = [said(m) for m in room.thread.history() if not m.flags.ephemeral]
    assert not [words for words in everybody if "person\\_0" in words]


async def test_the_evidence_of_a_step_is_for_the_same_role(room: Any, manager: Any) -> None:
    step = room.step(TEMPLATE)
    refused = answer(await room.server.bob.click(step, label="Evidence"))
    assert "What you chose has 6 posts of 6 accounts." in refused
    assert "status/" not in refused
    rita = await revealers(room, manager)
    seen = answer(await rita.click(step, label="Evidence"))
    assert "(<https://x.com/i/web/status/1094000000000000000>)" in seen
    log = await room.slash(manager, "settings audit")
    assert "saw the posts behind template, page 1" in log


async def test_many_accounts_come_in_pages_that_outlive_a_restart(
    server: Any, dump: Any, settings: Any, workers: Any, manager: Any
) -> None:
    adjectives = ("grey", "old", "dull", "sad", "slow", "loud")
    insult = "@target_person you are nothing but a {} liar in a suit, go home and leave us alone"
    texts = [insult.format(adjectives[number % 6]) for number in range(20)]
    await server.investigate(dump=dump(texts), target="@target_person")
    (folder,) = (settings.storage.directory / "cases").iterdir()
    room = CaseRoom(server, folder.name)
    rita = await revealers(room, manager)
    first = await rita.click(room.thread.history()[0], label=WHO)
    assert "**A15**" in answer(first)
    assert "**A16**" not in answer(first)
    await server.env.restart_bot(Limier(settings, workers))
    second = await rita.click(first.response, label="Next")
    assert "**A16**" in said(second.response or first.response)
    assert "Page 2 of 2" in said(second.response or first.response)
    assert (await room.slash(manager, "settings audit")).count("saw who is behind") == 2


async def test_a_role_taken_away_takes_the_right_with_it(room: Any, manager: Any) -> None:
    rita = await revealers(room, manager)
    first = await rita.click(room.thread.history()[0], label=WHO)
    assert "**A01**" in answer(first)
    line = await room.slash(manager, "settings roles", right="reveal")
    assert line == "Sees who is behind the pseudonyms: nobody yet"
    again = answer(await rita.click(room.thread.history()[0], label=WHO))
    assert "**A01**" not in again


async def test_only_those_who_administer_change_settings(room: Any, manager: Any) -> None:
    bob = room.server.bob
    refusal = "Only people who manage this server, or have its role that administers, may do this."
    for command in ("settings show", "settings audit", "settings language", "settings retention"):
        assert await room.slash(bob, command) == refusal
    role = room.server.role("Administrators")
    assert await room.slash(bob, "settings roles", right="reveal", role=role) == refusal
    await room.slash(manager, "settings roles", right="administer", role=role)
    adam = room.server.join("adam", role)
    shown = await room.slash(adam, "settings show")
    assert f"Changes these settings: <@&{role.id}>" in shown
    assert "Investigates: everybody" in shown
    assert "Cases are kept for 90 days, longer when on hold." in shown


async def test_everybodys_role_is_no_role_to_give_a_right_to(room: Any, manager: Any) -> None:
    everyone = room.server.guild.default_role
    said_so = await room.slash(manager, "settings roles", right="reveal", role=everyone)
    assert said_so.startswith("Everybody has this role")


async def test_a_server_may_keep_cases_for_less_time(room: Any, manager: Any) -> None:
    line = await room.slash(manager, "settings retention", days=7)
    assert line == "Cases are kept for 7 days, longer when on hold."
    line = await room.slash(manager, "settings retention", days=3000)
    assert line == "Cases are kept for 90 days, longer when on hold."


async def test_only_the_role_investigates_once_one_is_set(
    server: Any, six: Any, manager: Any
) -> None:
    role = server.role("Investigators")
    await manager.slash(server.channel, "settings roles", right="investigate", role=role)
    refused = await server.investigate(dump=six, target="@target_person")
    assert refused.startswith("Only people with the role that investigates may do this here.")
    assert server.channel.threads == []
    ines = server.join("ines", role)
    assert await server.investigate(ines, dump=six, target="@target_person") == (
        "The thread is ready."
    )


async def test_a_server_may_have_its_threads_in_french(server: Any, six: Any, manager: Any) -> None:
    line = await manager.slash(server.channel, "settings language", to="fr")
    assert answer(line) == "Threads are written in French."
    assert await server.investigate(dump=six, target="@target_person") == "The thread is ready."
    assert "Brouillon" in said(server.card)
    assert server.thread.name == "Messages à propos de @target_person"


async def test_a_french_reader_is_answered_in_french(room: Any) -> None:
    server = room.server
    clicked = click_elsewhere(server, server.bob, room.thread.id, f"agree:{room.key}:template")
    await server.env.settle(timeout=90)
    assert answer(clicked) == "Vous êtes d'accord avec cette étape."


async def test_two_servers_never_see_each_others_cases(room: Any, manager: Any) -> None:
    env = room.server.env
    other = env.create_guild("Elsewhere")
    channel = other.create_text_channel("general")
    boss = other.create_role("Boss")
    owner = other.add_member(env.create_user("owner"), roles=[boss])
    await env.bot.store.guilds.change(
        other.id, given(other.id, boss.id), reveal=boss.id, review=boss.id, administer=boss.id
    )
    assert "There is no case yet" in answer(await owner.slash(channel, "case list"))
    assert await owner.autocomplete(channel, "case show", "case", "") == []
    for command, options in (
        ("case show", {}),
        ("case agree", {}),
        ("case hold", {}),
        ("case status", {"to": "in_review"}),
    ):
        refused = answer(await owner.slash(channel, command, case=room.key, **options))
        assert refused.startswith("This case is no longer kept here")

    # even an id typed into a client of their own opens nothing
    for does in ("agree", "dispute", "evidence"):
        clicked = click_elsewhere(room.server, owner, channel.id, f"{does}:{room.key}:template")
        await env.settle(timeout=90)
        assert answer(clicked).startswith("Cette affaire n'est plus conservée")
    for custom_id in (f"reveal:{room.key}:1", f"approve:{room.key}", f"withdraw:{room.key}:1"):
        clicked = click_elsewhere(room.server, owner, channel.id, custom_id)
        await env.settle(timeout=90)
        assert answer(clicked).startswith("Cette affaire n'est plus conservée")
    log = answer(await owner.slash(channel, "settings audit"))
    assert log.endswith(f"· gave the right reveal to a role · <@&{boss.id}>")
    assert "\n" not in log


async def test_help_is_short_and_by_task(room: Any) -> None:
    lines = (await room.slash(room.server.bob, "help")).splitlines()
    assert 5 <= len(lines) <= 14
    assert all(line.startswith("- ") for line in lines)


def given(guild: int, role: int) -> Entry:
    return Entry(guild, 1, "settings.role", details={"right": "reveal", "role": role})


def click_elsewhere(server: Any, who: Any, channel: int, custom_id: str) -> Any:
    """Deliver a click from a French Discord in some channel, whatever message it claims."""
    backend = server.env.backend
    record, payload = wire.base_payload(
        backend,
        type=3,
        channel_id=channel,
        guild_id=who.guild.id,
        user_id=who.id,
        data={"component_type": 2, "custom_id": custom_id},
    )
    step = server.thread.history()[2]
    message = backend.get_message(server.thread.id, step.id)
    shown = dict(serializers.message_payload(backend, message))
    shown["components"] = [
        {"type": 1, "components": [{"type": 2, "style": 2, "label": "x", "custom_id": custom_id}]}
    ]
    backend.emit("INTERACTION_CREATE", payload | {"locale": "fr", "message": shown})
    return InteractionResult(server.env, record)
