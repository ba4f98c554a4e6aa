"""A file of the inbox is copied while the person is told how far it is, and whole or not at all."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

import pytest

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text
from bot.config import StorageSettings
from bot.inbox import BLOCK, Inbox, _through

LARGE = b"x" * (3 * BLOCK + 1)


@pytest.fixture
def lying(tmp_path: Path) -> Path:
    path = tmp_path / "inbox" / "7" / "posts.jsonl"
    path.parent.mkdir(parents=True)
    path.write_bytes(LARGE)
    return path


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(StorageSettings(directory=tmp_path), 7)


async def quiet(_: Text) -> None:
    """Nobody looks."""


async def test_a_long_copy_says_how_far_it_is(
    inbox: Inbox, lying: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.inbox.EVERY", 0)
    said: list[Text] = []

    async def show(text: Text) -> None:
        said.append(text)
        await asyncio.sleep(0.001)

    digest = await inbox.copied(lying.name, tmp_path / "part", show)
    assert digest == hashlib.sha256(LARGE).hexdigest()
    assert (tmp_path / "part").read_bytes() == LARGE
    assert said
    assert dict(said[-1].values)["size"] in (0, len(LARGE) // 1_000_000)


async def test_what_changes_while_it_is_copied_is_refused_and_leaves_nothing(
    inbox: Inbox, lying: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(*given: object) -> str:
        with lying.open("ab") as file:
            file.write(b"more")
        return _through(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("bot.inbox._through", slowly)
    with pytest.raises(BadInput, match="is still being written"):
        await inbox.copied(lying.name, tmp_path / "part", quiet)
    assert not (tmp_path / "part").exists()


async def test_a_full_disk_is_said_before_anything_is_copied(
    inbox: Inbox, lying: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 5_000_000}))
    with pytest.raises(BadInput, match="Ask whoever runs me for room"):
        await inbox.copied(lying.name, tmp_path / "part", quiet)
    assert not (tmp_path / "part").exists()


async def test_a_copy_that_nobody_waits_for_stops(
    inbox: Inbox, lying: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.inbox.EVERY", 0)

    async def gone(_: Text) -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await inbox.copied(lying.name, tmp_path / "part", gone)
    for _ in range(1000):
        if not (tmp_path / "part").exists():
            break
        await asyncio.sleep(0.01)
    assert not (tmp_path / "part").exists()
