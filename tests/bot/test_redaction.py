"""A strictly redacted result shows nobody's words, no exact times and no links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import polars as pl
import pytest

from analyzers import investigate
from analyzers.enrich import enrich
from analyzers.model.figure import Figure
from analyzers.model.text import Text
from analyzers.read import read
from analyzers.render.disclosure import Disclosure
from analyzers.render.figure_csv import csv
from analyzers.render.words import Words
from analyzers.simulate import simulate, write
from analyzers.simulate.campaign import Stage
from bot.bundle import asked_of, write_bundle
from bot.found_posts import query_of, shared, shared_message
from bot.kept_posts import encoded
from bot.request import Request
from bot.verify import manifest
from bot.voice import Voice

SCENARIOS: tuple[tuple[str, Stage], ...] = (
    ("rented_farm", "first"),
    ("single_operator", "full"),
    ("newsroom_syndication", "full"),
)

TOGETHER = 5
"""Words of a post in a row: fewer come together by chance in sentences of Limier's own."""

_PICTURE = re.compile(r"data:[^\"]*")
_CLOSER_THAN_A_DAY = re.compile(r"T(?!00:00:00)\d\d:\d\d:\d\dZ|\d{1,2}:\d{2} UTC")
_LINK = re.compile(r"hxxps?://|\[\.\]|https?://(?!www\.w3\.org)")


@pytest.fixture(scope="module", params=SCENARIOS, ids=[name for name, _ in SCENARIOS])
def result(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the data of a dump, and in `out` its strictly redacted result, undrawn."""
    name, stage = request.param
    folder = tmp_path_factory.mktemp(name)
    campaign = simulate(name, stage=stage)
    dump = write(campaign, folder / "dump.jsonl")[0]
    target = f"@{campaign.truth.target.removeprefix('@')}"
    dataset = enrich(read(dump, directory=folder / "data"))
    asked = Request(paths=(dump,), targets=(target,), redaction="strict")
    report = investigate(dataset, targets=[target])
    posts = encoded(report, dataset, asked.redaction)
    write_bundle(report, asked, "en", folder / "out", _numbers_alone, posts=posts)
    return folder


def _numbers_alone(
    _: Callable[..., object], tasks: Iterable[tuple[Figure, Words]]
) -> Iterator[tuple[bytes, bytes]]:
    """Makes the tables of the charts, since a picture cannot be read here."""
    return ((b"", csv(figure, words)) for figure, words in tasks)


def _public(folder: Path) -> Iterator[tuple[str, str]]:
    """What a result shows to everybody, by file name."""
    for path in sorted((folder / "out").rglob("*")):
        if path.suffix in (".json", ".html", ".csv") and "private" not in path.parts:
            yield path.name, _PICTURE.sub("", path.read_text(encoding="utf-8-sig"))


def _in_a_row(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[at : at + TOGETHER]) for at in range(len(words) - TOGETHER + 1)}


def test_no_five_words_of_a_post_stand_in_anything_public(result: Path) -> None:
    texts = pl.read_parquet(result / "data/posts.parquet", columns=["text"])["text"].drop_nulls()
    said = set[tuple[str, ...]]().union(*map(_in_a_row, texts))
    assert len(said) > 50
    names = {name for name, _ in _public(result)}
    assert names >= {"thread.json", "report.html", "manifest.json", "coverage.csv"}
    for name, shown in _public(result):
        assert not _in_a_row(shown) & said, name


def test_no_exact_time_and_no_link_stand_in_anything_public(result: Path) -> None:
    for name, shown in _public(result):
        if name != "manifest.json":  # which says when the result itself was made
            assert not _CLOSER_THAN_A_DAY.search(shown), name
        assert not _LINK.search(shown), name


def test_a_result_read_again_is_redacted_as_it_was(result: Path) -> None:
    record = manifest(result / "out")
    again = asked_of(result / "out", record, [result / "dump.jsonl"])
    assert again.redaction == "strict"
    assert Request.from_row(again.to_row()).redaction == "strict"


def test_a_search_for_words_tells_nothing_to_those_who_may_not_reveal(result: Path) -> None:
    posts = result / "out"
    told = {
        str(shared_message(shared(posts, query_of(posts, "", "", words, reveals=False)), NO, VOICE))
        for words in ("", "clown", "zzz")
    }
    assert all("No text of a post is shown here" in each for each in told)


NO = Text("You may not.")
VOICE = Voice(Words("en", Disclosure(reveal=False)))
