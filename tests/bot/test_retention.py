"""What is past its time goes, by whose clock it may be; what is on hold stays, with its sources."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.config import StorageSettings
from bot.retention import DAY, Term, expire

KEY = "0123456789abcdef"


@pytest.fixture
def storage(tmp_path: Path) -> StorageSettings:
    """One case made of one upload, both of this moment."""
    case = tmp_path / "cases" / KEY
    case.mkdir(parents=True)
    (case / "manifest.json").write_text(json.dumps({"sources": [{"sha256": "ab" * 32}]}))
    (tmp_path / "uploads" / ("ab" * 32)).mkdir(parents=True)
    (tmp_path / "uploads" / ("cd" * 32)).mkdir()
    return StorageSettings(directory=tmp_path, retention_days=30)


def left(storage: StorageSettings) -> set[str]:
    return {path.name for path in storage.directory.glob("*/*")}


def made(storage: StorageSettings) -> float:
    return (storage.directory / "uploads" / ("cd" * 32)).stat().st_mtime


def test_before_its_time_everything_stays(storage: StorageSettings) -> None:
    assert expire(storage, now=made(storage) + 29 * DAY) == ()
    assert len(left(storage)) == 3


def test_past_its_time_everything_goes(storage: StorageSettings) -> None:
    assert len(expire(storage, now=made(storage) + 31 * DAY)) == 3
    assert left(storage) == set()


def test_a_server_may_keep_its_cases_for_less_time(storage: StorageSettings) -> None:
    now = made(storage) + 8 * DAY
    assert expire(storage, now, {KEY: Term(made(storage), days=7)}) == (KEY,)


def test_on_hold_a_case_stays_with_the_files_it_was_made_from(storage: StorageSettings) -> None:
    now = made(storage) + 3650 * DAY
    gone = expire(storage, now, {KEY: Term(made(storage), days=30, hold=True)})
    assert gone == ("cd" * 32,)
    assert left(storage) == {KEY, "ab" * 32}
