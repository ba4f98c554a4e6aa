"""The folder of a result, when names and files are not as one would hope."""

from __future__ import annotations

import csv
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from analyzers import investigate
from analyzers.model.refusal import BadInput
from analyzers.model.report import Report
from analyzers.simulate import simulate, write
from bot.bundle import asked_of, write_bundle
from bot.request import Request
from bot.verify import manifest, rehash


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dump")
    return write(simulate("rented_farm", stage="first"), folder / "first.jsonl")[0]


@pytest.fixture(scope="module")
def report(dump: Path) -> Report:
    return investigate(dump, targets=["@ex_ministre"])


@pytest.fixture(scope="module")
def asked(dump: Path) -> Request:
    return Request(paths=(dump,), targets=("@ex_ministre",))


def test_an_earlier_result_in_the_folder_leaves_nothing_behind(
    report: Report, asked: Request, tmp_path: Path
) -> None:
    write_bundle(report, asked, "en", tmp_path)
    old = tmp_path / "charts/languages_of_another_case.png"
    shutil.copyfile(tmp_path / "charts/template.png", old)
    record = manifest(tmp_path)
    record["files"]["charts/languages_of_another_case.png"] = {"sha256": "", "bytes": 0}
    (tmp_path / "manifest.json").write_text(json.dumps(record))
    (tmp_path / "notes.txt").write_text("mine")

    write_bundle(report, asked, "en", tmp_path)

    assert not old.exists()
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert not [*rehash(tmp_path, manifest(tmp_path))]


def test_a_manifest_from_elsewhere_deletes_nothing_outside_its_folder(
    report: Report, asked: Request, tmp_path: Path
) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("kept")
    out = tmp_path / "out"
    out.mkdir()
    files: dict[str, object] = {"../precious.txt": {}, str(precious): {}}
    (out / "manifest.json").write_text(
        json.dumps({"schema": "limier.manifest/1", "files": files, "request": {}, "sources": []})
    )
    write_bundle(report, asked, "en", out)
    assert precious.read_text() == "kept"


def test_the_list_in_the_folder_itself_may_name_the_accounts_of_its_next_result(
    report: Report, asked: Request, tmp_path: Path
) -> None:
    write_bundle(report, asked, "en", tmp_path)
    listed = tmp_path / "private/accounts.csv"
    before = listed.read_bytes()
    again = replace(asked, accounts=listed)
    write_bundle(report, again, "en", tmp_path)
    given = [path for path in (tmp_path / "private/given").rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in given] == [before]


def test_files_of_one_name_are_all_kept_and_read_again(
    report: Report, asked: Request, tmp_path: Path
) -> None:
    texts = {
        "accounts": "account\n@x\n",
        "events": "time,label\n2019-02-08,Trial\n",
        "figures": "handle\n@x\n",
    }
    for name, text in texts.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "list.csv").write_text(text)
    given = {name: tmp_path / name / "list.csv" for name in texts}
    out = tmp_path / "out"
    write_bundle(report, replace(asked, **given), "en", out)
    again = asked_of(out, manifest(out), asked.paths)
    assert {
        name: path.read_text()
        for name, path in (
            ("accounts", again.accounts),
            ("events", again.events),
            ("figures", again.figures),
        )
        if path
    } == texts


def test_a_result_of_before_registers_existed_can_still_be_checked(
    report: Report, asked: Request, tmp_path: Path
) -> None:
    write_bundle(report, asked, "en", tmp_path)
    record = json.loads((tmp_path / "manifest.json").read_text())
    del record["request"]["figures"]
    (tmp_path / "manifest.json").write_text(json.dumps(record))
    assert asked_of(tmp_path, manifest(tmp_path), asked.paths).figures is None


def test_a_file_name_that_is_no_unicode_costs_nothing(dump: Path, tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"\xff\xfefirst.jsonl")
    shutil.copyfile(dump, odd)
    request = Request(paths=(odd,), targets=("@ex_ministre",))
    out = tmp_path / "out"
    write_bundle(investigate(odd, targets=request.targets), request, "en", out)
    (source,) = json.loads((out / "private/report.json").read_text())["case"]["dataset"]["sources"]
    assert "first.jsonl" in source["name"]
    assert not [*rehash(out, manifest(out))]


def test_a_display_name_that_is_a_formula_does_not_run_in_a_spreadsheet(
    report: Report, asked: Request, tmp_path: Path
) -> None:
    first, *others = report.accounts
    evil = replace(first, handle='=HYPERLINK("http://example.org")')
    write_bundle(replace(report, accounts=(evil, *others)), asked, "en", tmp_path)
    with (tmp_path / "private/accounts.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    assert rows[0]["handle"].startswith("'=")
    assert rows[1]["handle"] == others[0].handle


@pytest.mark.parametrize(
    "change",
    [
        {"files": {"report.html": 3}},
        {"files": {"../precious.txt": {"sha256": ""}}},
        {"files": {"/etc/hostname": {"sha256": ""}}},
        {"sources": [{}]},
        {"request": {}},
    ],
)
def test_a_manifest_that_was_meddled_with_is_refused(
    report: Report, asked: Request, tmp_path: Path, change: dict[str, object]
) -> None:
    write_bundle(report, asked, "en", tmp_path)
    record = manifest(tmp_path)
    (tmp_path / "manifest.json").write_text(json.dumps(record | change))
    with pytest.raises(BadInput):
        manifest(tmp_path)


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "[" * 100_000, '{"schema": "limier.manifest/1", "files": {}}', "\x00"],
)
def test_what_is_no_manifest_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(BadInput):
        manifest(tmp_path)
