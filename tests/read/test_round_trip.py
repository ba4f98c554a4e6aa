"""Simulated posts, written in each format, are read back as what they were.

Only what a format carries is compared.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analyzers.model.dataset import Dataset
from analyzers.read import read
from analyzers.simulate import simulate, write
from analyzers.simulate.campaign import Post
from tests.read.exports import EXPORTS
from tests.read.exports.sample import SIZE, Export, Sample, carries, of_campaign, sample

Row = dict[str, Any]
Rows = Callable[..., dict[str, Row]]
Saved = Callable[..., Path]


OWN_LANGUAGE = "accounts.profile_language"
SIMULATED = {
    ".jsonl.gz": Export("x_v1", dict, carries("replies", also=OWN_LANGUAGE)),
    ".rtweet.csv": Export("rtweet", dict, carries("replies", also=OWN_LANGUAGE)),
    ".io.csv": Export(
        "io_archive",
        dict,
        carries("accounts.created_at", "accounts.posts", also=OWN_LANGUAGE),
        minutes=True,
    ),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_what_is_written_is_read_back(saved: Saved, rows: Rows, name: str) -> None:
    export, found = EXPORTS[name], sample()
    data = read(*(saved(file, content) for file, content in export.files(found).items()))
    check(data, rows, export, found)


@pytest.mark.parametrize("suffix", SIMULATED)
def test_what_limier_simulates_is_read_back(tmp_path: Path, rows: Rows, suffix: str) -> None:
    campaign = simulate("outrage", posts=SIZE)
    dump, *_ = write(campaign, tmp_path / f"case{suffix}")
    check(read(dump), rows, SIMULATED[suffix], of_campaign(campaign, campaign.dumped))


def check(data: Dataset, rows: Rows, export: Export, found: Sample) -> None:
    """Every post and its author have what the format carries of them."""
    assert {one.format for one in data.sources} == {export.format}
    assert (data.sources[0].rows, data.sources[0].used) == (len(found.posts),) * 2
    posts, accounts = rows(data), rows(data, "accounts")
    for post in found.posts:
        row = posts[post.post_id] if export.ids else _alike(posts, found, post)
        for cells, expected in (
            (row, export.expected(found, post)),
            (accounts[row["account_id"]], export.expected_account(found.author(post))),
        ):
            assert {name: _said(cells[name]) for name in expected} == {
                name: _said(value) for name, value in expected.items()
            }


def _said(value: Any) -> Any:
    """A cell; one that is absent says the same as an empty one."""
    return None if value in ("", []) else value


def _alike(posts: dict[str, Row], found: Sample, post: Post) -> Row:
    """The row of a post that has no id."""
    author = f"@{found.author(post).handle.lower()}"
    return next(
        row
        for row in posts.values()
        if (row["account_id"], row["text"]) == (author, post.text)
        and 0 <= post.created_at - row["created_at"].timestamp() < 60
    )
