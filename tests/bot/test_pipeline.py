"""A request becomes a report and a folder while the event loop goes on living."""

from __future__ import annotations

import asyncio
import csv
import hashlib
import json
import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest

from analyzers.cohort.named import read_named
from analyzers.investigation import Progress
from analyzers.model.refusal import BadInput
from analyzers.simulate import simulate, write
from bot.bundle import write_bundle
from bot.pipeline import answer, candidates, day, investigate, package
from bot.pool import Pool
from bot.request import Request
from bot.verify import manifest, rehash

SCHEMAS = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(workers=2, seconds=120, megabytes=4096) as pool:
        yield pool


@pytest.fixture(scope="module")
def request_(tmp_path_factory: pytest.TempPathFactory) -> Request:
    campaign = simulate("rented_farm", stage="first")
    dump = write(campaign, tmp_path_factory.mktemp("dump") / "first.jsonl")[0]
    return Request(paths=(dump,), targets=("@ex_ministre",))


@pytest.fixture(scope="module")
def folder(pool: Pool, request_: Request, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    write_bundle(answer(request_, pool), request_, "en", out, pool.run)
    return out


async def test_the_event_loop_goes_on_and_hears_of_progress(pool: Pool, request_: Request) -> None:
    heard: list[Progress] = []
    ticks = 0

    async def show(now: Progress) -> None:
        heard.append(now)
        await asyncio.sleep(0)

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.01)
            ticks += 1

    ticking = asyncio.create_task(tick())
    report = (await investigate(request_, pool, show)).report
    ticking.cancel()
    assert len(report.cohort) == 20
    assert heard[0].stage == "read"
    assert ticks > 5


async def test_progress_that_cannot_be_shown_costs_nothing(pool: Pool, request_: Request) -> None:
    async def show(now: Progress) -> None:
        raise ConnectionError("Discord is away")

    assert len((await investigate(request_, pool, show)).report.cohort) == 20


async def test_a_worker_killed_in_the_middle_costs_at_most_its_step(
    pool: Pool, request_: Request
) -> None:
    victims = set(pool.run(eval, ["__import__('os').getpid()"] * 6))
    killed = False

    async def show(now: Progress) -> None:
        nonlocal killed
        if now.stage == "steps" and not killed:
            killed = True
            os.kill(victims.pop(), signal.SIGKILL)

    report = (await investigate(request_, pool, show)).report
    assert killed
    assert len(report.cohort) == 20
    assert len(report.steps) > 5


async def test_candidates_are_offered_and_the_data_is_not_read_twice(
    pool: Pool, request_: Request, tmp_path: Path
) -> None:
    dataset, offered = await candidates(replace(request_, targets=()), pool)
    assert "ex_ministre" in {getattr(each.target, "handle", None) for each in offered}

    async def show(now: Progress) -> None:
        pass

    found = await investigate(replace(request_, dataset=dataset), pool, show)
    messages = await package(found, request_, "fr", tmp_path, pool)
    assert messages[0].card
    assert not dataset.directory.exists()


def test_the_folder_holds_what_the_manifest_says(folder: Path) -> None:
    record = manifest(folder)
    assert not [*rehash(folder, record)]
    names = set(record["files"])
    assert {"thread.json", "report.html", "private/report.json", "private/accounts.csv"} <= names
    sent = json.loads((folder / "thread.json").read_text(encoding="utf-8"))
    schema = json.loads((SCHEMAS / "bot/thread.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(sent, schema)
    files = {b["file"] for m in sent["messages"] for b in m["blocks"] if "file" in b}
    assert files <= names


def test_what_may_be_shown_names_nobody(folder: Path) -> None:
    with (folder / "private/accounts.csv").open(encoding="utf-8") as file:
        handles = [row["handle"] for row in csv.DictReader(file)]
    assert len(handles) == 20
    for path in folder.rglob("*"):
        if path.is_file() and "private" not in path.parts and path.suffix != ".png":
            text = path.read_text(encoding="utf-8")
            assert not [handle for handle in handles if handle in text], path.name


def test_a_changed_missing_or_added_file_is_noticed(folder: Path, tmp_path: Path) -> None:
    record = manifest(folder)
    name = hashlib.sha256(b"").hexdigest()
    record = record | {"files": record["files"] | {"gone.txt": {"sha256": name}}}
    record["files"]["thread.json"] = {"sha256": name}
    del record["files"]["report.html"]
    said = {d.says.msgid for d in rehash(folder, record)}
    assert said == {"{file} is missing.", "{file} was changed.", "{file} was added."}


def test_the_analysts_list_of_accounts_goes_back_in(
    folder: Path, pool: Pool, request_: Request
) -> None:
    listed = folder / "private/accounts.csv"
    assert len(read_named(listed).accounts) == 20
    again = answer(replace(request_, accounts=listed), pool)
    assert again.cohort.named_by_person
    assert len(again.cohort) == 20
    assert again.verdict.banner is not None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2019-02-08", datetime(2019, 2, 8, tzinfo=UTC)),
        (" 2019-02-08T14:30 ", datetime(2019, 2, 8, 14, 30, tzinfo=UTC)),
        ("2019-02-08T14:30+01:00", datetime(2019, 2, 8, 13, 30, tzinfo=UTC)),
    ],
)
def test_days_are_utc_unless_they_say_otherwise(typed: str, meant: datetime) -> None:
    assert day(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", "yesterday", "08/02/2019", "2019-02-31", "0001-01-01T00:00+14:00"]
)
def test_what_is_no_date_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(BadInput, match="2019-02-08"):
        day(typed)


def test_an_empty_window_is_refused(pool: Pool, request_: Request) -> None:
    with pytest.raises(BadInput, match="empty"):
        answer(replace(request_, since=day("2019-02-10"), until=day("2019-02-01")), pool)


def test_a_file_that_is_not_there_is_named(pool: Pool) -> None:
    with pytest.raises(BadInput, match="no file"):
        answer(Request(paths=(Path("nowhere.jsonl"),)), pool)
