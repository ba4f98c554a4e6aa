"""A case is taken away as a zip: under pseudonyms, with its disputes, by those who may."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from random import Random
from typing import Any

import pytest
from discord import Permissions

from tests.bot.discord.room import answer

pytestmark = pytest.mark.simcord(settle_timeout=90)

TEMPLATE = "One model of text"


@pytest.fixture
def manager(server: Any) -> Any:
    return server.join("manager", server.role("Managers", manage_guild=True))


async def exported(room: Any, who: Any, **options: Any) -> Any:
    return await who.slash(room.server.channel, "case export", case=room.key, **options)


async def opened(result: Any) -> dict[str, bytes]:
    """The files of the zip that one was given, by name."""
    assert result.response.ephemeral
    (attached,) = result.response.attachments
    with zipfile.ZipFile(io.BytesIO(await attached.read())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


async def test_an_export_has_the_case_its_status_and_its_disputes(room: Any, manager: Any) -> None:
    server = room.server
    await room.dispute(server.bob, "=HYPERLINK(1) people write alike.", TEMPLATE)
    await room.agree(manager, TEMPLATE)
    await room.note(manager, "To be looked at again.", TEMPLATE)
    taken_back = await room.dispute(manager, "I was wrong here.", TEMPLATE)
    await manager.click(taken_back.response, label="Withdraw")
    await room.slash(server.alice, "case status", case=room.key, to="in_review")

    result = await exported(room, server.alice)
    assert answer(result).startswith("The page, the charts, the thread as it stands now")
    files = await opened(result)
    assert {"report.html", "thread.json", "discussion.json", "discussion.csv"} <= set(files)
    assert any(name.startswith("charts/") and name.endswith(".png") for name in files)
    assert not [name for name in files if "private" in name or "manifest" in name]
    everything = b"\n".join(files.values()).decode("utf-8", "replace")
    for handle in ("person_0", "person_5", "1094000000000000000"):
        assert handle not in everything

    discussion = json.loads(files["discussion.json"])
    assert discussion["case"]["status"] == "in_review"
    said = [(one["kind"], one["status"], one["reason"]) for one in discussion["opinions"]]
    assert said == [
        ("dispute", "stands", "=HYPERLINK(1) people write alike."),
        ("agree", "withdrawn", ""),
        ("note", "stands", "To be looked at again."),
        ("dispute", "withdrawn", ""),
    ]
    first = discussion["opinions"][0]
    assert (first["step"], first["who"], first["name"]) == ("template", str(server.bob.id), "bob")
    assert "I was wrong" not in everything

    rows = list(csv.DictReader(io.StringIO(files["discussion.csv"].decode("utf-8-sig"))))
    assert [row["kind"] for row in rows] == ["dispute", "agree", "note", "dispute"]
    assert rows[0]["reason"] == "'=HYPERLINK(1) people write alike."
    page = files["report.html"].decode()
    assert '<span class="draft">in review</span>' in page
    assert "<p>Draft, in review: 0 of 2 reviewers agree.</p>" in page
    dispute = f"<strong>Disputed</strong> · {TEMPLATE} · bob<br>=HYPERLINK(1) people write alike."
    assert page.index(dispute) < page.index('<section class="verdict">')
    thread = json.loads(files["thread.json"])
    (step,) = [one for one in thread["messages"] if one["key"] == "step:template"]
    assert "⚑ **Disputed** · one person disputes" in str(step)
    assert "exported the case" in await room.slash(manager, "settings audit")


async def test_the_private_record_is_for_the_role_that_reveals(room: Any, manager: Any) -> None:
    alice, backend = room.server.alice, room.server.env.backend
    refused = await exported(room, alice, private=True)
    assert answer(refused).startswith("Nobody may see who is behind the pseudonyms yet.")
    assert refused.response.attachments == []
    role = room.server.role("Revealers")
    await room.slash(manager, "settings roles", right="reveal", role=role)
    rita = room.server.join("rita", role)
    assert answer(await exported(room, rita, private=True)).startswith("Only whoever started this")
    backend.add_member_role(room.server.guild.id, alice.id, role.id)
    result = await exported(room, alice, private=True)
    assert answer(result).startswith("This holds handles and posts besides the public files.")
    files = await opened(result)
    assert b"person_0" in files["private/report.json"]
    assert {"manifest.json", "private/accounts.csv"} <= set(files)
    assert "private/place.json" not in files
    log = await room.slash(manager, "settings audit")
    assert log.count("exported the case with handles and posts") == 1
    assert log.count("exported the case") == 1


async def test_who_may_export(room: Any, manager: Any) -> None:
    assert answer(await exported(room, room.server.bob)).startswith("Only whoever started this")
    reviewers = room.server.role("Reviewers")
    await room.slash(manager, "settings roles", right="review", role=reviewers)
    assert await opened(await exported(room, room.server.join("carla", reviewers)))
    assert await opened(await exported(room, manager))


async def test_a_case_of_another_server_is_not_exported(room: Any) -> None:
    env = room.server.env
    other = env.create_guild("Elsewhere")
    channel = other.create_text_channel("general")
    boss = other.create_role("Boss", permissions=Permissions.all())
    owner = other.add_member(env.create_user("owner"), roles=[boss])
    refused = await owner.slash(channel, "case export", case=room.key)
    assert answer(refused).startswith("This case is no longer kept here")
    assert refused.response.attachments == []


async def test_an_export_larger_than_the_server_accepts_is_refused(
    room: Any, settings: Any
) -> None:
    noise = settings.storage.directory / "cases" / room.key / "charts" / "noise.png"
    noise.write_bytes(Random(1).randbytes(11 * 1_048_576))
    refused = await exported(room, room.server.alice)
    assert answer(refused).startswith("The export has 11")
    assert "and this server accepts 10 MB" in answer(refused)
