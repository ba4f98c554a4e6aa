"""Answers that X's own simulator gave, decoded by the code that reads dumps: `make peers`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analyzers.model.refusal import BadInput
from analyzers.read import read
from analyzers.tables import load

ANSWERS = Path(__file__).resolve().parents[3] / "shared" / "peers" / "x"
PAGES = sorted(ANSWERS.glob("*search*.json")) + sorted(ANSWERS.glob("user_*.json"))

pytestmark = [
    pytest.mark.peers,
    pytest.mark.skipif(not ANSWERS.is_dir(), reason="the recorded answers are not here"),
]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_recorded_page_is_read_whole_or_refused_in_one_sentence(
    path: Path, tmp_path: Path
) -> None:
    body = json.loads(path.read_text(encoding="utf-8")).get("body")
    page = tmp_path / "page.json"
    page.write_text(json.dumps(body), encoding="utf-8")
    posts = body.get("data") if isinstance(body, dict) else None
    if not isinstance(posts, list) or not posts or "author_id" not in posts[0]:
        _accounts_or_refusal(page, body)
        return
    dataset = read(page)
    ids = load(dataset, "posts", ["post_id", "route"])
    collected = set(ids.filter(ids["route"] == "query")["post_id"])
    assert collected == {post["id"] for post in posts}


def _accounts_or_refusal(page: Path, body: object) -> None:
    """A page of users gives accounts; errors, and posts without an author, are refused."""
    try:
        dataset = read(page)
    except BadInput:
        return
    assert dataset.count("accounts")
    assert isinstance(body, dict)
    assert body.get("data")
