"""What cannot work is refused in one clear sentence, to the person who asked and nobody else."""

from __future__ import annotations

import gzip
from typing import Any

import discord
import pytest

pytestmark = pytest.mark.simcord(settle_timeout=60)

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
POST = (
    b'{"id_str": "1094000000000000000", "created_at": "Sat Feb 09 08:00:00 +0000 2019",'
    b' "full_text": "hello @target_person", "user": {"id_str": "7", "screen_name": "someone"}}\n'
)
CUT_SHORT = gzip.compress(POST * 2000)[:-40]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"dump": ("holiday.png", PICTURE)}, "holiday.png"),
        ({"dump": ("empty.jsonl", b"")}, "empty.jsonl is empty"),
        (
            {"dump": ("posts.jsonl.gz", CUT_SHORT)},
            "posts.jsonl.gz is a damaged or cut compressed file",
        ),
        ({"target": "@traget_person"}, r"Did you mean @target\_person?"),
        ({"target": "#nowhere"}, "No post in this data mentions #nowhere."),
        ({"target": "<@123456789012345678>"}, "People and channels of Discord are never a target"),
        ({"target": "!!!"}, "The target holds no word or name"),
        ({"since": "last week"}, "last week is not a date: write it as 2019-02-08"),
        ({"since": "2019-02-15", "until": "2019-02-01"}, "The window is empty"),
        ({"events": ("events.csv", b"when,what\n")}, "events.csv"),
        ({"figures": ("list.csv", b"who,what\n")}, "list.csv has no column handle"),
        ({"accounts": ("named.csv", b"who\nsomeone\n")}, "its first line must be account,ground"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_bad_input_is_one_sentence_and_leaves_no_trace(
    server: Any, six: Any, options: dict[str, Any], sentence: str
) -> None:
    answer = await server.investigate(**{"dump": six, "target": "@target_person"} | options)
    assert sentence in answer
    assert len(answer) < 300
    assert "\n" not in answer
    assert [card for card in server.cards if not card.flags.ephemeral] == []
    assert server.channel.threads == []


@pytest.mark.parametrize("megabytes", [1])
async def test_too_large_is_said_before_anything_is_fetched(
    server: Any, settings: Any, megabytes: int
) -> None:
    cog = server.env.bot.get_cog("Investigate")
    small = settings.discord.model_copy(update={"upload_megabytes": megabytes})
    cog.settings = settings.model_copy(update={"discord": small})
    answer = await server.investigate(dump=("big.csv", b"x" * 2_500_000), target="@someone")
    assert answer == (
        "big.csv is too large: 2.5 MB, and 1 MB is the most I accept here. "
        "Compress it with gzip or split it, or ask whoever runs me to put it into "
        f"inbox/{server.guild.id}: then choose it with the option inbox of /investigate."
    )


@pytest.mark.parametrize(
    ("denied", "name"),
    [
        ("create_public_threads", "Create Public Threads"),
        ("attach_files", "Attach Files"),
        ("send_messages_in_threads", "Send Messages in Threads"),
    ],
)
async def test_a_missing_permission_is_named(server: Any, six: Any, denied: str, name: str) -> None:
    everyone = server.channel.guild.default_role
    overwrite = discord.PermissionOverwrite(**{denied: False})
    server.channel = server.channel.guild.create_text_channel(
        "locked", overwrites={everyone: overwrite}
    )
    answer = await server.investigate(dump=six, target="@target_person")
    assert answer == (f"I lack {name} in #locked. Ask an administrator to grant it to me there.")


async def test_a_thread_cannot_be_opened_inside_a_voice_channel(server: Any, six: Any) -> None:
    server.channel = server.channel.guild.create_voice_channel("talk")
    assert "Use this command in a text channel" in await server.investigate(dump=six)


async def test_the_refusal_names_files_as_their_sender_does_even_in_french(server: Any) -> None:
    answer = server.begin(server.alice, "fr", dump=("mes posts.csv", b""))
    await server.env.settle(timeout=60)
    assert "mes posts.csv" in answer.response.content
