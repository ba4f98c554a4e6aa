"""A strictly redacted result shows nobody's words, no exact times and no links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import polars as pl
import pytest

from analyzers import investigate
from analyzers.enrich import enrich
from analyzers.read import read
from analyzers.simulate import simulate, write
from bot.bundle import write_bundle
from bot.kept_posts import encoded
from bot.request import Request

SCENARIOS = ("rented_farm", "single_operator", "newsroom_syndication", "outrage")
TOGETHER = 5
"""Words of a post in a row: fewer come together by chance in sentences of Limier's own."""

_PICTURE = re.compile(r"data:[^\"]*")
_TIME = re.compile(r"\d{1,2}:\d{2}(:\d{2}Z| UTC)")
_LINK = re.compile(r"https?://|hxxps?://|\[\.\]")


@pytest.fixture(scope="module", params=SCENARIOS)
def result(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a dump, and the strictly redacted result of its investigation in `out`."""
    folder = tmp_path_factory.mktemp(request.param)
    campaign = simulate(request.param, stage="first")
    dump = write(campaign, folder / "dump.jsonl")[0]
    target = f"@{campaign.truth.target.removeprefix('@')}"
    dataset = enrich(read(dump, directory=folder / "data"))
    asked = Request(paths=(dump,), targets=(target,), redaction="strict")
    report = investigate(dataset, targets=[target])
    posts = encoded(report, dataset, asked.redaction)
    write_bundle(report, asked, "fr", folder / "out", posts=posts, run=_one_picture)
    return folder


def _one_picture(
    draw: Callable[[object], tuple[bytes, bytes] | None], tasks: Iterable[object]
) -> Iterator[tuple[bytes, bytes] | None]:
    """Every chart's numbers, as many pictures as it takes to see that they can be drawn."""
    return map(draw, tasks)


def _public(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted((folder / "out").rglob("*")):
        if path.suffix in (".json", ".html", ".csv") and "private" not in path.parts:
            yield path.name, _PICTURE.sub("", path.read_text(encoding="utf-8-sig"))


def _rows(words: list[str], n: int = TOGETHER) -> set[tuple[str, ...]]:
    return {tuple(words[place : place + n]) for place in range(len(words) - n + 1)}


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def test_no_five_words_of_a_post_stand_in_anything_public(result: Path) -> None:
    texts = pl.read_parquet(result / "data/posts*.parquet", columns=["text"])["text"].drop_nulls()
    said = set().union(*(_rows(_words(text)) for text in texts))
    assert len(said) > 1000
    for name, shown in _public(result):
        assert not _rows(_words(shown)) & said, name
