"""The page of formats tells of every format there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzers.read.formats import NAMES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "formats.md"


@pytest.mark.parametrize("name", NAMES)
def test_every_format_has_its_row(name: str) -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    assert any(f"`{name}`" in row.split("|")[1] for row in rows)
