"""What was fetched stays: whole, provable, and not to be fetched again, whatever is killed when."""

from __future__ import annotations

import gzip
import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from analyzers.model.refusal import BadInput
from bot.collect.http import Answer
from bot.collect.kept import INDEX, PAGES, KeptPages, Label

AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LABEL = Label("bluesky", "query")


def answer(name: str, body: bytes | None = None) -> Answer:
    return Answer(f"https://host.example/{name}", 200, body or f'{{"n":"{name}"}}'.encode(), AT)


async def folder_of(tmp_path: Path, *names: str) -> Path:
    kept = KeptPages.at(tmp_path)
    for name in names:
        await kept.keep(answer(name), LABEL)
    kept.close()
    return tmp_path


async def test_a_page_is_found_again_byte_for_byte_with_its_proof(tmp_path: Path) -> None:
    await folder_of(tmp_path, "one", "two")
    kept = KeptPages.at(tmp_path)
    assert await kept.find("https://host.example/two") == answer("two")
    assert await kept.find("https://host.example/three") is None
    kept.close()
    lines = gzip.decompress((tmp_path / PAGES).read_bytes()).splitlines()
    for line in map(json.loads, lines):
        assert line["sha256"] == hashlib.sha256(line["body"].encode()).hexdigest()
        assert line["at"] == "2026-03-01T12:00:00Z"


async def test_a_body_that_is_no_text_is_kept_too(tmp_path: Path) -> None:
    kept = KeptPages.at(tmp_path)
    await kept.keep(answer("odd", b"\xff\x00"), LABEL)
    found = await kept.find("https://host.example/odd")
    assert found is not None
    assert found.body == b"\xff\x00"
    kept.close()


@pytest.mark.parametrize("cut_index", [0, 1, 40])
@pytest.mark.parametrize("cut_pages", [0, 1, 40])
async def test_what_a_kill_left_unfinished_is_cut_off_and_the_rest_stays(
    tmp_path: Path, cut_index: int, cut_pages: int
) -> None:
    await folder_of(tmp_path, "one", "two", "three")
    for name, cut in ((INDEX, cut_index), (PAGES, cut_pages)):
        path = tmp_path / name
        path.write_bytes(path.read_bytes()[: path.stat().st_size - cut])
    whole = not cut_index and not cut_pages
    kept = KeptPages.at(tmp_path)
    assert len(kept) == (3 if whole else 2)
    await kept.keep(answer("four"), LABEL)
    for name in ("one", "two", "four"):
        assert await kept.find(f"https://host.example/{name}") == answer(name)
    kept.close()
    lines = gzip.decompress((tmp_path / PAGES).read_bytes()).splitlines()
    assert [json.loads(line)["address"][-3:] for line in lines][:2] == ["one", "two"]
    assert len(lines) == len((tmp_path / INDEX).read_text().splitlines()) == (4 if whole else 3)


async def test_a_folder_takes_one_collection_at_a_time(tmp_path: Path) -> None:
    kept = KeptPages.at(tmp_path)
    with pytest.raises(BadInput, match="Another collection"):
        KeptPages.at(tmp_path)
    kept.close()
    KeptPages.at(tmp_path).close()
