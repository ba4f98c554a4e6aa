"""Files too big for Discord lie in the operator's folder for one server, and no other sees them."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.simcord(settle_timeout=90)


@pytest.fixture
def folder(server: Any, settings: Any) -> Path:
    made: Path = settings.storage.directory / "inbox" / str(server.guild.id)
    made.mkdir(parents=True)
    return made


async def offered(server: Any, who: Any, typed: str = "") -> list[str]:
    found = await who.autocomplete(server.channel, "investigate", "inbox", typed)
    return [choice["name"] for choice in found]


async def test_a_file_of_the_inbox_is_offered_and_becomes_a_case(
    server: Any, six: Any, folder: Path, settings: Any
) -> None:
    (folder / "All posts.jsonl").write_bytes(six[1])
    (folder / "older.csv").write_bytes(b"x" * 3_000_000)
    os.utime(folder / "older.csv", (1, 1))
    (folder / ".hidden.csv").write_bytes(b"x")
    (folder / "folder.csv").mkdir()
    assert await offered(server, server.alice) == ["All posts.jsonl · 1 MB", "older.csv · 3 MB"]
    assert await offered(server, server.alice, "OLD") == ["older.csv · 3 MB"]

    answer = await server.investigate(inbox="All posts.jsonl", target="@target_person")
    assert answer == "The thread is ready."
    digest = hashlib.sha256(six[1]).hexdigest()
    (case,) = settings.storage.cases.iterdir()
    (source,) = json.loads((case / "manifest.json").read_bytes())["sources"]
    assert source["sha256"] == digest
    assert (settings.storage.uploads / digest).is_dir()
    assert list(settings.storage.uploads.glob("*.part")) == []
    assert (folder / "All posts.jsonl").read_bytes() == six[1]
    everything = "\n".join(server.words(message) for message in server.thread.history())
    assert "All posts" not in everything
    assert str(folder) not in everything


async def test_what_is_no_plain_file_of_this_server_is_refused(
    server: Any, six: Any, folder: Path, settings: Any
) -> None:
    elsewhere = folder.parent / "999"
    elsewhere.mkdir()
    (elsewhere / "theirs.jsonl").write_bytes(six[1])
    (folder / "link.jsonl").symlink_to(elsewhere / "theirs.jsonl")
    os.mkfifo(folder / "pipe.jsonl")
    (folder / "inner").mkdir()
    (folder / "inner" / "deep.jsonl").write_bytes(six[1])
    assert await offered(server, server.alice) == []
    for name in (
        "../999/theirs.jsonl",
        str(elsewhere / "theirs.jsonl"),
        "inner/deep.jsonl",
        "inner",
        "link.jsonl",
        "pipe.jsonl",
        "..",
        "nul\0.jsonl",
        "x" * 5000,
    ):
        answer = await server.investigate(inbox=name, target="@target_person")
        assert "There is no file" in answer, name
        assert str(settings.storage.directory) not in answer.replace(name, "")
    assert not settings.storage.uploads.exists()


async def test_a_folder_that_is_a_link_is_no_inbox(
    server: Any, six: Any, settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "secret.jsonl").write_bytes(six[1])
    (settings.storage.directory / "inbox").mkdir(parents=True)
    (settings.storage.directory / "inbox" / str(server.guild.id)).symlink_to(tmp_path)
    assert await offered(server, server.alice) == []
    answer = await server.investigate(inbox="secret.jsonl", target="@target_person")
    assert answer.startswith("There is no file secret.jsonl in inbox/")


async def test_nobody_without_the_role_is_offered_anything(server: Any, folder: Path) -> None:
    (folder / "posts.jsonl").write_bytes(b"{}")
    investigators = server.role("Investigators")
    manager = server.join("manager", server.role("Managers", manage_guild=True))
    await manager.slash(server.channel, "settings roles", right="investigate", role=investigators)
    assert await offered(server, server.alice) == []
    assert await offered(server, server.join("eve", investigators)) == ["posts.jsonl · 1 MB"]
    answer = await server.investigate(inbox="posts.jsonl", target="@target_person")
    assert answer.startswith("Only people with the role that investigates")


async def test_a_bad_file_is_named_as_it_lies_in_the_inbox(server: Any, folder: Path) -> None:
    (folder / "empty.jsonl").write_bytes(b"")
    answer = await server.investigate(inbox="empty.jsonl", target="@target_person")
    assert answer.startswith("empty.jsonl is empty")


async def test_without_any_posts_both_ways_are_named(server: Any) -> None:
    answer = await server.investigate()
    assert answer == (
        "Give me posts: a file with the option dump, or one that lies in this server's inbox with "
        "the option inbox. Or name somebody as target, such as @name.bsky.social, and I collect "
        "posts about them."
    )
