"""A copy of an agreed case no longer says that it is a draft, neither its page nor its charts."""

from __future__ import annotations

import io
import zipfile
from base64 import b64encode
from typing import Any

import pytest
from PIL import Image

from bot.config import Settings
from tests.bot.discord.room import CaseRoom

pytestmark = pytest.mark.simcord(settle_timeout=90)


async def exported(room: CaseRoom, who: Any) -> dict[str, bytes]:
    result = await who.slash(room.server.channel, "case export", case=room.key)
    (attached,) = result.response.attachments
    with zipfile.ZipFile(io.BytesIO(await attached.read())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


async def test_page_and_charts_follow_the_status(room: CaseRoom, settings: Settings) -> None:
    server = room.server
    manager = server.join("manager", server.role("Managers", manage_guild=True))
    role = server.role("Reviewers")
    await room.slash(manager, "settings roles", right="review", role=role)
    carla, dora = server.join("carla", role), server.join("dora", role)
    draft = await exported(room, server.alice)
    charts = [name for name in draft if name.endswith(".png")]
    assert charts
    assert "Draft: nobody has reviewed this yet." in draft["report.html"].decode()

    await room.slash(server.alice, "case status", case=room.key, to="in_review")
    for each in (carla, dora):
        await room.slash(each, "case agree", case=room.key)
    agreed = await exported(room, server.alice)
    page = agreed["report.html"].decode()
    assert '<span class="draft">Agreed by 2 reviewers on ' in page
    assert "nobody has reviewed" not in page
    for name in charts:
        before, now = (Image.open(io.BytesIO(files[name])) for files in (draft, agreed))
        assert now.width == before.width
        assert now.height > before.height
        assert b64encode(draft[name]).decode() not in page
        kept = settings.storage.cases / room.key / name
        assert kept.read_bytes() == draft[name]  # what was made stays as it was made
    assert any(b64encode(agreed[name]).decode() in page for name in charts)

    await room.slash(carla, "case status", case=room.key, to="corrected")
    corrected = (await exported(room, server.alice))["report.html"].decode()
    assert '<span class="draft">Agreed by reviewers, and corrected on ' in corrected
