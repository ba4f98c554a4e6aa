"""One bot per storage directory, and nothing of a killed one stays in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzers.model.refusal import BadInput
from bot.alone import alone
from bot.config import StorageSettings


def test_a_second_bot_is_refused_until_the_first_ended(tmp_path: Path) -> None:
    storage = StorageSettings(directory=tmp_path / "data")
    with alone(storage), pytest.raises(BadInput, match="Another bot works in"), alone(storage):
        pass
    with alone(storage) as scratch:
        assert scratch.is_dir()


def test_what_a_killed_bot_left_is_cleared_away(tmp_path: Path) -> None:
    storage = StorageSettings(directory=tmp_path)
    left = tmp_path / "scratch" / "limier-abc" / "posts.parquet"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"posts")
    with alone(storage) as scratch:
        assert list(scratch.iterdir()) == []
