"""A campaign written out: the same posts in every format, and the files beside them."""

from __future__ import annotations

import csv
import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from analyzers.model.refusal import BadInput
from analyzers.simulate import Campaign, simulate, write

SUFFIXES = (".jsonl", ".jsonl.gz", ".io.csv", ".rtweet.csv")


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def objects(path: Path) -> list[dict[str, object]]:
    raw = path.read_bytes()
    if path.suffix == ".gz":
        raw = gzip.decompress(raw)
    return [json.loads(line) for line in raw.split(b"\n") if line]


@pytest.fixture(scope="module")
def files(outrage: Campaign, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("dumps")
    return {suffix: write(outrage, folder / f"a{suffix}")[0] for suffix in SUFFIXES}


def test_every_format_holds_the_same_posts(outrage: Campaign, files: dict[str, Path]) -> None:
    want = [(post.post_id, post.account_id, post.text) for post in outrage.dumped]

    for suffix in (".jsonl", ".jsonl.gz"):
        rows = objects(files[suffix])
        assert [(r["id_str"], r["user"]["id_str"], r["full_text"]) for r in rows] == want  # type: ignore[index]
    io = table(files[".io.csv"])
    assert [(r["tweetid"], r["userid"], r["tweet_text"]) for r in io] == want
    rtweet = table(files[".rtweet.csv"])
    assert [(r["status_id"][1:], r["user_id"][1:], r["text"]) for r in rtweet] == want


def test_v1_objects_say_where_their_entities_stand(files: dict[str, Path]) -> None:
    for status in objects(files[".jsonl"]):
        text = str(status["full_text"])
        entities = status["entities"]
        for mention in entities["user_mentions"]:  # type: ignore[index]
            start, end = mention["indices"]
            assert text[start:end] == "@" + mention["screen_name"]
        for url in entities["urls"]:  # type: ignore[index]
            start, end = url["indices"]
            assert text[start:end] == url["url"]
        for tag in entities["hashtags"]:  # type: ignore[index]
            start, end = tag["indices"]
            assert text[start:end] == "#" + tag["text"]


def test_v1_reposts_and_quotes_hold_what_they_refer_to(
    outrage: Campaign, files: dict[str, Path]
) -> None:
    rows = {str(row["id_str"]): row for row in objects(files[".jsonl"])}
    for post in outrage.dumped:
        row = rows[post.post_id]
        assert row.get("retweeted_status", {}).get("id_str") == post.reposted_post  # type: ignore[attr-defined]
        assert row.get("quoted_status", {}).get("id_str") == post.quoted_post  # type: ignore[attr-defined]


def test_the_archive_format_knows_minutes_and_days_only(files: dict[str, Path]) -> None:
    row = table(files[".io.csv"])[0]
    assert len(row["tweet_time"]) == len("2019-02-08 06:20")
    assert len(row["account_creation_date"]) == len("2019-02-08")


def test_the_files_beside_a_dump(farm: Campaign, tmp_path: Path) -> None:
    made = write(farm, tmp_path / "case.jsonl.gz")

    assert [path.name for path in made] == [
        "case.jsonl.gz",
        "case.users.csv",
        "case.follows.csv",
        "case.statuses.csv",
        "case.collected.csv",
        "case.events.csv",
        "case.truth.json",
    ]
    headers = {path.name: path.read_text().splitlines()[0] for path in made[2:6]}
    assert headers == {
        "case.follows.csv": "follower,followed,fetched_at,position",
        "case.statuses.csv": "account,checked_at,status",
        "case.collected.csv": "account,scope,since,until,complete",
        "case.events.csv": "time,label,until",
    }
    assert json.loads(made[-1].read_text())["cohort"] == list(farm.truth.cohort)
    profiles = {row["userid"] for row in table(made[1])}
    assert {row["follower"] for row in table(made[2])} <= profiles | {
        row.account_id for row in farm.posts
    }


def test_a_name_without_a_format_is_refused(outrage: Campaign, tmp_path: Path) -> None:
    for name in ("case.xlsx", "case.csv", ".jsonl"):
        with pytest.raises(BadInput):
            write(outrage, tmp_path / name)


def test_the_same_seed_gives_the_same_bytes_in_another_process(
    files: dict[str, Path], tmp_path: Path
) -> None:
    code = (
        "import sys, pathlib; from analyzers.simulate import *;"
        "[write(simulate('outrage'), pathlib.Path(sys.argv[1]) / ('a' + s)) for s in sys.argv[2:]]"
    )
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    command = [sys.executable, "-c", code, str(tmp_path), *SUFFIXES]
    subprocess.run(command, check=True, env=environment)

    for path in tmp_path.iterdir():
        assert path.read_bytes() == (files[".jsonl"].parent / path.name).read_bytes()


def test_another_seed_gives_another_campaign(outrage: Campaign) -> None:
    assert simulate("outrage", seed=1).dumped != outrage.dumped
