"""Pictures that wait for their case are taken up once, also when a stop came in between."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from bot.exhibits import file_of, keep, last_listed, lay_by, take_up


def test_what_waits_is_taken_up_again_after_a_stop_until_it_is_deleted(tmp_path: Path) -> None:
    file = io.BytesIO()
    Image.new("RGB", (4, 3)).save(file, "png")
    waiting, folder = tmp_path / "waiting", tmp_path / "case"
    one = keep(file.getvalue(), "shot.png", 7, datetime(2026, 3, 1, tzinfo=UTC), waiting)
    lay_by([one], waiting)
    assert take_up(waiting, folder) == (one,)
    assert file_of(one, folder).read_bytes() == file.getvalue()
    assert take_up(waiting, folder) == (one,)
    assert file_of(one, folder).read_bytes() == file.getvalue()
    assert take_up(tmp_path / "elsewhere", folder) == ()


def test_the_last_number_is_read_from_the_keys_of_messages() -> None:
    assert last_listed(["card", "step:client", "exhibits:1-2", "exhibits:3-12"]) == 12
    assert last_listed(["card", "step:client"]) == 0
