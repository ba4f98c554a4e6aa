"""`limier collect` as people run it: killed in the middle, begun again, then investigated."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from analyzers.read import read
from analyzers.tables import load
from bot.collect.kept import INDEX, PAGES
from bot.collect.tables import beside
from tests.bot.collect.network import SINCE, TARGET, UNTIL

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def counts(tmp_path: Path) -> Path:
    return tmp_path / "counts.json"


@pytest.fixture
def config(tmp_path: Path, counts: Path) -> Iterator[Path]:
    port_file = tmp_path / "port"
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.bot.collect.served", str(port_file), str(counts)], cwd=ROOT
    )
    _until(port_file.is_file)
    url = f'"http://127.0.0.1:{port_file.read_text()}"'
    path = tmp_path / "config.toml"
    path.write_text(
        "[collect]\nprivate_addresses = true\n[pool]\nworkers = 1\n"
        f"[collect.bluesky]\nappview = {url}\nservice = {url}\ndirectory = {url}\n"
    )
    yield path
    server.kill()
    server.wait()


def _until(done: object) -> None:
    for _ in range(4800):
        if done():  # type: ignore[operator]
            return
        time.sleep(0.05)
    raise AssertionError("it did not come to that in four minutes")


def _limier(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "bot", *map(str, arguments)]


def _collect(out: Path, config: Path, *more: str) -> list[str]:
    window = ("--since", SINCE.isoformat(), "--until", UNTIL.isoformat())
    return _limier(
        "collect", f"@{TARGET}", "--out", out, "--config", config, "--lang", "en", *window, *more
    )


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


@pytest.mark.timeout(420)
def test_killed_in_the_middle_it_goes_on_and_the_result_is_investigated(
    tmp_path: Path, config: Path, counts: Path
) -> None:
    out = tmp_path / "case"
    killed = subprocess.Popen(
        _collect(out, config, "--yes"), cwd=ROOT, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    index = out / INDEX
    _until(lambda: index.is_file() and len(index.read_text().splitlines()) >= 70)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    stored = {json.loads(line)["address"] for line in index.read_text().splitlines()[:-1]}

    done = _run(_collect(out, config, "--yes"))
    assert done.returncode == 0, done.stderr
    assert "was begun at" in done.stderr
    asked: dict[str, int] = json.loads(counts.read_text())
    twice = {path for path, times in asked.items() if times > 1}
    assert not any(address.endswith(path) for path in twice for address in stored)
    assert len(twice) <= 4, "only what was under way when it was killed"

    whole = tmp_path / "whole"
    assert _run(_collect(whole, config, "--yes")).returncode == 0
    first, second = (
        read(folder / PAGES, *beside(folder), directory=folder / "data") for folder in (out, whole)
    )
    for table in ("posts", "accounts", "follows"):
        left, right = (load(one, table).drop("fetched_at", strict=False) for one in (first, second))
        assert left.equals(right), table
    statuses = [load(one, "statuses").drop("checked_at") for one in (first, second)]
    assert statuses[0].equals(statuses[1])

    report = _run(_limier("investigate", out, "--json", "--lang", "en"))
    assert report.returncode == 0, report.stderr
    document = json.loads(report.stdout)
    assert len(document["cohort"]["accounts"]) == 20


def test_the_plan_is_shown_with_its_cost_before_anything_is_asked(
    tmp_path: Path, config: Path, counts: Path
) -> None:
    asked = _run(_collect(tmp_path / "case", config))
    assert asked.returncode == 2
    assert "at most" in asked.stderr
    assert asked.stderr.splitlines()[-1] == "Nobody can be asked here: add --yes to start."
    assert not counts.exists()
    assert not (tmp_path / "case").exists()


def test_a_name_without_a_platform_is_asked_back(tmp_path: Path) -> None:
    asked = _run(_limier("collect", "@mayor", "--out", tmp_path / "case", "--lang", "en"))
    assert asked.returncode == 2
    assert asked.stderr.count("\n") == 1
    assert "say which one" in asked.stderr


def test_a_folder_without_a_collection_is_refused(tmp_path: Path) -> None:
    refused = _run(_limier("investigate", tmp_path, "--lang", "en"))
    assert refused.returncode == 2
    assert "no collection lies in it" in refused.stderr
