"""`limier account`: one account of a result, under its pseudonym, from the files of the result."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli


def limier(*arguments: str | Path) -> Result:
    env = {"LC_ALL": "C", "LIMIER_TOKEN": None}
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], env=env)


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A dump and the folder of its result."""
    folder = tmp_path_factory.mktemp("case")
    dump, out = folder / "first.jsonl", folder / "out"
    assert limier("simulate", "rented_farm", "--stage", "first", "--out", dump).exit_code == 0
    done = limier("investigate", dump, "--target", "@ex_ministre", "--out", out)
    assert done.exit_code == 0, done.output
    return dump, out


def test_an_account_is_seen_close_under_its_pseudonym(
    result: tuple[Path, Path], tmp_path: Path
) -> None:
    dump, folder = result
    picture = tmp_path / "a07.png"
    done = limier("account", "a07", dump, "--in", folder, "--out", picture)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("A07 seen close\n")
    assert "also posted by 19 other accounts" in done.stdout
    assert "@" not in done.stdout.replace("@ex_ministre", "").replace("@…", "")
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_the_handle_is_shown_when_asked_for(result: tuple[Path, Path]) -> None:
    dump, folder = result
    done = limier("account", "A07", dump, "--in", folder, "--reveal")
    first = done.stdout.splitlines()[0]
    assert first.startswith("@")
    assert first.endswith("(A07) seen close")


def test_an_unknown_pseudonym_a_wrong_folder_and_another_dump_are_refused(
    result: tuple[Path, Path], tmp_path: Path
) -> None:
    dump, folder = result
    unknown = limier("account", "A99", dump, "--in", folder)
    assert unknown.exit_code == 2
    assert unknown.stderr == ("This result calls no account A99: its accounts are A01 to A20.\n")
    assert limier("account", "A07", dump, "--in", tmp_path).exit_code == 2
    other = tmp_path / "other.csv"
    other.write_text("id,user_id,created_at,text\n1,5,2019-02-08T10:00:00Z,good morning\n")
    wrong = limier("account", "A07", other, "--in", folder)
    assert wrong.exit_code == 2
    assert f"This result was not made from {other}" in wrong.stderr


def test_the_result_alone_is_enough(result: tuple[Path, Path]) -> None:
    dump, folder = result
    alone = limier("account", "A07", "--in", folder)
    assert alone.exit_code == 0, alone.output
    assert alone.stdout == limier("account", "A07", dump, "--in", folder).stdout


def test_the_thread_offers_the_accounts(result: tuple[Path, Path]) -> None:
    _, folder = result
    messages = json.loads((folder / "thread.json").read_text())["messages"]
    (select,) = [b for m in messages for b in m["blocks"] if b["type"] == "accounts"]
    assert select["names"] == [f"A{number:02d}" for number in range(1, 21)]
    assert select["another"] == ""
