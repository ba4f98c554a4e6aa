"""A text met in an earlier case is told where everybody sees that case, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from discord import ChannelType, Object, PermissionOverwrite

from bot.config import Settings
from bot.templates import templates
from tests.bot.discord.room import answer, said

pytestmark = pytest.mark.simcord(settle_timeout=90)

AGAIN = "@other_person you are nothing but a {} liar in a suit, go home and leave us all in peace"
MET = "### A text met before"


@pytest.fixture
def again(dump: Any) -> Any:
    """Another dump: the same model of text, written at somebody else."""
    return dump(AGAIN.format(word) for word in ("rude", "tall", "dim", "mean", "lazy", "vain"))


def told(thread: Any) -> list[str]:
    return [words for words in map(said, thread.history()) if words.startswith(MET)]


async def test_the_thread_links_an_earlier_case_of_its_channel_and_names_what_is_ordinary(
    room: Any, again: Any
) -> None:
    first, server = room.thread, room.server
    assert not told(first)
    assert await server.investigate(dump=again, target="@other_person") == "The thread is ready."
    (second,) = [thread for thread in server.channel.threads if thread.id != first.id]
    (words,) = told(second)
    assert "A text that accounts of this case share is close to one of an earlier case:" in words
    link = f"(https://discord.com/channels/{server.guild.id}/{first.id})"
    assert f"- [Posts about @target\\_person]{link}" in words
    assert "A common phrase, a petition" in words
    assert "same" not in words.replace("the same words", "")
    assert not told(first)


async def test_another_server_and_a_deleted_case_are_never_met(
    room: Any, again: Any, settings: Settings
) -> None:
    server, store = room.server, room.server.env.bot.store
    (earlier,) = await store.cases.of(server.guild.id)
    other = server.env.create_guild("Elsewhere")
    channel = other.create_text_channel("general")
    owner = other.add_member(server.env.create_user("owner"))
    result = await owner.slash(channel, "investigate", dump=again, target="@other_person")
    assert answer(result) == "The thread is ready."
    assert not told(channel.threads[0])
    assert await store.guilds.key(other.id) != await store.guilds.key(server.guild.id)

    await store.cases.forget(earlier.key)
    assert await server.investigate(dump=again, target="@other_person") == "The thread is ready."
    assert not [words for thread in server.channel.threads for words in told(thread)]


async def test_elsewhere_only_a_person_who_sees_the_other_channel_is_told_in_private(
    server: Any, six: Any, again: Any
) -> None:
    editors = server.role("Editors")
    hidden = server.guild.create_text_channel(
        "editors",
        overwrites={
            server.guild.default_role: PermissionOverwrite(view_channel=False),
            editors: PermissionOverwrite(view_channel=True),
            server.env.bot.user: PermissionOverwrite(view_channel=True),
        },
    )
    rita = server.join("rita", editors)
    assert answer(await rita.slash(hidden, "investigate", dump=six, target="@target_person"))
    (secret,) = hidden.threads

    assert await server.investigate(server.bob, dump=again, target="@other_person") == (
        "The thread is ready."
    )
    (thread,) = server.channel.threads
    assert not told(thread)

    plaza = server.guild.create_text_channel("plaza")
    asked = {"dump": again, "target": "@other_person", "since": "2019-02-01"}
    private = answer(await rita.slash(plaza, "investigate", **asked))
    assert "Texts that accounts of this case share are close to those of 2 earlier" in private
    assert str(secret.id) in private
    assert str(thread.id) in private
    assert not told(plaza.threads[0])


async def test_a_case_in_a_private_thread_is_told_to_its_members_alone(
    room: Any, again: Any, settings: Settings
) -> None:
    server, bot = room.server, room.server.env.bot
    store = bot.store
    (public,) = await store.cases.of(server.guild.id)
    channel = bot.get_channel(server.channel.id)
    kept_apart = await channel.create_thread(name="apart", type=ChannelType.private_thread)
    await kept_apart.add_user(Object(server.alice.id))
    hidden = replace(public, key="00" * 8, thread=kept_apart.id, card=kept_apart.id)
    key = await store.guilds.key(server.guild.id)
    numbers = templates((settings.storage.directory / "cases" / public.key, key))
    await store.cases.forget(public.key)
    await store.cases.add(hidden)
    await store.fingerprints.keep(hidden, numbers)

    assert await server.investigate(server.bob, dump=again, target="@other_person") == (
        "The thread is ready."
    )
    asked = {"dump": again, "target": "@other_person", "since": "2019-02-01"}
    private = await server.investigate(server.alice, **asked)
    assert str(kept_apart.id) in private
    everywhere = "".join(words for thread in server.channel.threads for words in told(thread))
    assert str(kept_apart.id) not in everywhere
