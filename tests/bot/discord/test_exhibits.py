"""Screenshots become exhibits: listed by hash for all, seen by the role that reveals, deletable."""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
from typing import Any

import pytest
from PIL import Image

from bot.client import Limier
from tests.bot.discord.room import answer, said

pytestmark = pytest.mark.simcord(settle_timeout=90)


def shot(colour: str = "white", format: str = "png") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, format)
    return file.getvalue()


FIRST, SECOND = shot("white"), shot("black", "jpeg")
BOMB = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 60_000, 60_000) + bytes(20)


async def add(room: Any, who: Any, **options: Any) -> str:
    return answer(await who.slash(room.server.channel, "case exhibit", case=room.key, **options))


def lists(room: Any) -> list[Any]:
    return [m for m in room.thread.history() if said(m).startswith("### Exhibits")]


@pytest.fixture
def owner(room: Any) -> Any:
    return room.server.join("owner", room.server.role("Owners", manage_guild=True))


@pytest.fixture
async def reveals(room: Any, owner: Any) -> Any:
    role = room.server.role("Revealers")
    await room.slash(owner, "settings roles", right="reveal", role=role)
    return role


@pytest.fixture
def revealer(room: Any, reveals: Any) -> Any:
    return room.server.join("rita", reveals)


async def test_exhibits_are_listed_by_hash_and_shown_to_the_role_alone(
    room: Any, owner: Any, revealer: Any
) -> None:
    bob = room.server.bob
    done = await add(
        room,
        bob,
        image=("@person_3 said so.png", FIRST),
        image2=("b.jpg", SECOND),
        description="What @everyone saw\nbefore it went",
        source="https://example.org/person_3/status/12",
    )
    assert done == "Kept as E1 and E2."
    (listed,) = lists(room)
    for content in (FIRST, SECOND):
        assert f"SHA-256 {hashlib.sha256(content).hexdigest()}" in said(listed)
    assert "**E1** · PNG · 40 × 30 pixels, 1 kB, added " in said(listed)
    assert f"<@{bob.id}>" in said(listed)
    assert "person_3" not in said(listed)
    assert "@everyone" not in said(listed)
    assert listed.attachments == []

    refused = await bob.click(listed, label="See the exhibits")
    assert answer(refused).startswith("Only people with the role that reveals")
    assert refused.response.attachments == []
    shown = await revealer.click(listed, label="See the exhibits")
    assert "person\\_3" in answer(shown)
    assert [await one.read() for one in shown.response.attachments] == [FIRST, SECOND]
    log = await room.slash(owner, "settings audit")
    assert "saw exhibits 1-2" in log
    assert "added exhibits: 2" in log

    again = await add(room, bob, image=("again.png", FIRST), image2=("c.png", shot("red")))
    assert again == "Kept as E3; the case has the others already."
    assert await add(room, bob, image=("again.png", FIRST)) == (
        "This case has these pictures already."
    )
    assert len(lists(room)) == 2
    assert "Exhibits that you added: 3." in await room.slash(bob, "privacy stored")


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "is no picture in PNG"),
        (("really.png", b"MZ" + bytes(100)), "is no picture in PNG"),
        (("bomb.png", BOMB), "claims 60,000 × 60,000 pixels"),
        (("large.png", FIRST + bytes(25_000_001)), "is too large for an exhibit: 25 MB"),
    ],
)
async def test_what_is_no_harmless_picture_is_refused(
    room: Any, settings: Any, file: Any, sentence: str
) -> None:
    good = ("good.png", FIRST)
    assert sentence in await add(room, room.server.alice, image=good, image2=file)
    assert lists(room) == []
    assert not [*settings.storage.exhibits.glob("*/*")]


async def test_export_and_deletion_take_the_exhibits_along(
    room: Any, reveals: Any, settings: Any
) -> None:
    server, alice = room.server, room.server.alice
    await add(room, alice, image=("one.png", FIRST))

    async def exported(who: Any, **options: Any) -> dict[str, bytes]:
        result = await who.slash(server.channel, "case export", case=room.key, **options)
        (attached,) = result.response.attachments
        with zipfile.ZipFile(io.BytesIO(await attached.read())) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    public = await exported(alice)
    (row,) = json.loads(public["exhibits.json"])["exhibits"]
    assert (row["exhibit"], row["sha256"]) == ("E1", hashlib.sha256(FIRST).hexdigest())
    assert not {"name", "who", "source"} & set(row)
    assert not [name for name in public if name.startswith("exhibits/")]
    boss = server.join("boss", server.role("Bosses", manage_guild=True), reveals)
    private = await exported(boss, private=True)
    assert private["exhibits/E1.png"] == FIRST
    assert json.loads(private["exhibits.json"])["exhibits"][0]["name"] == "one.png"

    folder = settings.storage.exhibits / room.key
    assert folder.is_dir()
    question = await alice.slash(server.channel, "case delete", case=room.key)
    await alice.click(question.response, label="Delete for good")
    assert not folder.exists()
    assert await server.env.bot.store.exhibits.of(room.key) == ()


async def test_the_button_works_after_a_restart_and_elsewhere_there_is_nothing(
    room: Any, revealer: Any, settings: Any, workers: Any
) -> None:
    await add(room, room.server.alice, image=("one.png", FIRST))
    await room.server.env.restart_bot(Limier(settings, workers))
    shown = await revealer.click(lists(room)[0], label="See the exhibits")
    assert [await one.read() for one in shown.response.attachments] == [FIRST]
    other = room.server.env.create_guild("Elsewhere")
    channel = other.create_text_channel("general")
    stranger = other.add_member(room.server.env.create_user("stranger"))
    refused = await stranger.slash(channel, "case exhibit", case=room.key, image=("one.png", FIRST))
    assert answer(refused).startswith("This case is no longer kept here")


async def test_pictures_sent_with_the_dump_become_exhibits_of_the_case(
    server: Any, six: Any, settings: Any
) -> None:
    posts = {"dump": six, "target": "@target_person"}
    refused = await server.investigate(**posts, exhibit=("a.svg", b"<svg/>"))
    assert "is no picture in PNG" in refused
    assert server.channel.threads == []

    pictures = {"exhibit": ("person_1.png", FIRST), "exhibit3": ("two.jpg", SECOND)}
    assert await server.investigate(**posts, **pictures) == "The thread is ready."
    (case,) = await server.env.bot.store.cases.all()
    kept = await server.env.bot.store.exhibits.of(case.key)
    assert [(one.number, one.name, one.who) for one in kept] == [
        (1, "person_1.png", server.alice.id),
        (2, "two.jpg", server.alice.id),
    ]
    (folder,) = settings.storage.exhibits.iterdir()
    assert folder.name == case.key
    assert {path.read_bytes() for path in folder.iterdir()} == {FIRST, SECOND}
    (listed,) = [m for m in server.thread.history() if said(m).startswith("### Exhibits")]
    assert hashlib.sha256(SECOND).hexdigest() in said(listed)
    assert "person_1" not in said(listed)
