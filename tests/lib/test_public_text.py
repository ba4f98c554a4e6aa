"""Texts that the public supplies: a page's title, a quotation, a phrase of everyone's."""

from __future__ import annotations

import pandas as pd
import pytest

from analyzers.lib.public_text import public_families

LONG = "seven tips to make your little shop known all over town"


@pytest.mark.parametrize(
    ("texts", "urls", "source"),
    [
        ([LONG] * 4, None, None),
        ([f"{LONG} https://t.example/{n}" for n in "abcd"], None, "link"),
        ([LONG] * 4, [["https://news.example/a"], ["http://www.news.example/a/"], [], []], "link"),
        ([LONG] * 4, [["https://news.example/a"], ["https://news.example/b"], [], []], None),
        ([LONG] * 4, [["https://x.com/some_one/status/1"]] * 4, None),
        ([f"« {LONG} »"] * 4, None, "quotation"),
        (["good morning to you #town #shop #tips"] * 4, None, "short"),
    ],
)
def test_a_family_is_explained_by_what_most_of_its_posts_have(
    texts: list[str], urls: list[list[str]] | None, source: str | None
) -> None:
    posts = pd.DataFrame({"family": [3] * len(texts), "text": texts})
    if urls is not None:
        posts["urls"] = urls
    assert public_families(posts).get(3) == source


def test_posts_without_a_family_have_no_source() -> None:
    assert public_families(pd.DataFrame({"family": [-1], "text": ["https://t.example/a"]})) == {}
