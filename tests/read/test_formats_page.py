"""The page of formats tells of every format there is, and truly of what each can feed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analyzers.read import inspect
from analyzers.read.formats import NAMES
from tests.read.exports import EXPORTS
from tests.read.exports.sample import sample

PAGE = Path(__file__).resolve().parents[2] / "docs" / "formats.md"
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if line.startswith("| `")
]
FEEDS = {
    "client": "posts.client",
    "creation": "accounts.created_at",
    "profile_language": "accounts.profile_language",
}
"""The steps of the page's last three columns, and what each cannot do without."""


@pytest.mark.parametrize("name", NAMES)
def test_every_format_has_its_row(name: str) -> None:
    assert any(f"`{name}`" in row[0] for row in ROWS)


@pytest.mark.parametrize("name", EXPORTS)
def test_the_steps_that_a_format_feeds_are_those_the_page_names(
    saved: Callable[..., Path], name: str
) -> None:
    files = EXPORTS[name].files(sample())
    inspected = inspect(*(saved(file, content) for file, content in files.items())).files
    there = {column for one in inspected for column, share in one.fields if share > 0}
    rows = [row for row in ROWS if f"`{EXPORTS[name].format}`" in row[0]]
    for place, step in enumerate(FEEDS, 3):
        said = {row[place].split()[0].rstrip(",") for row in rows} - {"until", "if", "of", "with"}
        if said == {"no"}:
            assert FEEDS[step] not in there, step
        elif said == {"yes"} and name != "generic in French":
            assert FEEDS[step] in there, step
