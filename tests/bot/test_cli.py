"""The command line as people use it: one sentence when something is wrong, JSON when asked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli


def limier(*arguments: str | Path, lang: str = "C", **environment: str) -> Result:
    env = {"LC_ALL": lang, "LIMIER_TOKEN": None} | environment
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], env=env)


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dump") / "first.jsonl"
    made = limier("simulate", "rented_farm", "--stage", "first", "--out", path)
    assert made.exit_code == 0, made.output
    return path


@pytest.fixture(scope="module")
def result(dump: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    out = tmp_path_factory.mktemp("out")
    done = limier("investigate", dump, "--target", "@ex_ministre", "--out", out, "--json")
    assert done.exit_code == 0, done.output
    return out, done


def test_help_names_every_command() -> None:
    said = limier("--help").output
    for command in ("demo", "investigate", "inspect", "simulate", "run", "doctor", "verify"):
        assert command in said


def test_json_is_the_record_and_nothing_else(result: tuple[Path, Result]) -> None:
    out, done = result
    assert done.stdout_bytes == (out / "private/report.json").read_bytes()
    document = json.loads(done.stdout)
    assert document["schema"] == "limier.report/1"
    assert len(document["cohort"]["accounts"]) == 20


def test_a_result_is_verified_with_and_without_its_data(
    result: tuple[Path, Result], dump: Path
) -> None:
    out, _ = result
    beside = [path for path in dump.parent.glob("first.*.csv") if "events" not in path.name]
    assert limier("verify", out).exit_code == 0
    again = limier("verify", out, dump, *beside)
    assert again.exit_code == 0, again.output


def test_a_changed_page_is_noticed(result: tuple[Path, Result], tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(result[0], copy)
    (copy / "report.html").write_text("They are all innocent.")
    changed = limier("verify", copy)
    assert changed.exit_code == 2
    assert changed.stderr == "report.html was changed.\n"


def test_inspect_says_what_each_question_needs(dump: Path) -> None:
    done = limier("inspect", dump, "--json")
    assert done.exit_code == 0, done.output
    (file,) = json.loads(done.stdout)["files"]
    assert file["format"] == "x_v1"
    assert file["posts"] == 20
    assert file["steps"]["client"] == "computable"
    assert limier("inspect", dump).exit_code == 0


def test_inspect_is_told_which_column_holds_what(tmp_path: Path) -> None:
    table = tmp_path / "odd.csv"
    table.write_text("wer,was,wann\nVoisine,Hallo,2019-02-08T10:00:00Z\nVoisine,Hallo,nie\n")
    refused = limier("inspect", table)
    assert refused.exit_code == 2
    told = ("--map", "handle=wer", "--map", "text=was", "--map", "time=wann")
    done = limier("inspect", table, *told, "--json")
    assert json.loads(done.stdout)["files"][0]["posts"] == 1
    assert "the first on line 3" in limier("inspect", table, *told, "--lang", "en").output
    assert "FIELD=COLUMN" in limier("inspect", table, "--map", "text").stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("investigate", "nowhere.jsonl"), "There is no file nowhere.jsonl."),
        (("investigate", "{dump}", "--since", "soon"), "soon is not a date"),
        (("investigate", "{dump}", "--since", ""), "is not a date"),
        (("investigate", "{dump}", "--figures", "nowhere.csv"), "There is no file nowhere.csv."),
        (("investigate", "{dump}", "--follows", "{dump}"), "takes a CSV file with the columns"),
        (("investigate", "{dump}", "--out", "{dump}/out"), "cannot be written to"),
        (("simulate", "outrage", "--posts", "99999999999", "--out", "x.jsonl"), "not in the range"),
        (("investigate", "{dump}", "--map", "text"), "--map takes FIELD=COLUMN"),
        (("simulate", "riot", "--out", "riot.jsonl"), "There is no scenario called riot."),
        (("verify", "nowhere"), "holds no result"),
        (("run",), "There is no token."),
        (("run", "--config", "nowhere.toml"), "There is no nowhere.toml."),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(
    dump: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    done = limier(*(argument.format(dump=dump) for argument in arguments))
    assert done.exit_code == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.output
    assert not done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_said_in_one_sentence() -> None:
    command = [sys.executable, "-m", "bot", "doctor", "--lang", "en"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert b"The disk is full" in done.stderr
    assert b"Traceback" not in done.stderr


def test_without_a_target_candidates_are_listed_and_work_goes_on(dump: Path) -> None:
    done = limier("investigate", dump)
    assert done.exit_code == 0, done.output
    assert "--target could be @ex_ministre" in done.stderr
    assert done.stdout


def test_the_doctor_says_what_to_do_and_repeats_no_secret(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f"[storage]\ndirectory = '{tmp_path}/data'\n")
    sick = limier("doctor", "--config", config, LIMIER_TOKEN="hunter2")
    assert sick.exit_code == 2
    assert "hunter2" not in sick.output
    assert "does not look like a bot's token" in sick.output
    well = limier("doctor", "--config", config, LIMIER_TOKEN="a.b.c")
    assert well.exit_code == 0, well.output


def test_the_doctor_looks_at_the_folders_of_files_too_big_for_discord(tmp_path: Path) -> None:
    config, inbox = tmp_path / "config.toml", tmp_path / "big"
    config.write_text(f"[storage]\ndirectory = '{tmp_path}/data'\ninbox = '{inbox}'\n")

    def doctor() -> str:
        done = limier("doctor", "--config", config, LIMIER_TOKEN="a.b.c")
        assert done.exit_code == 0, done.output
        return " ".join(done.output.split())

    assert "nobody has files too big for Discord" in doctor()
    (inbox / "123456789012345678").mkdir(parents=True)
    assert "has a folder for one server" in doctor()
    (inbox / "our server").mkdir()
    (inbox / "987654321098765432").symlink_to(tmp_path)
    assert "so nobody is offered what they hold: 987654321098765432 and our server." in doctor()


def test_the_doctor_says_why_x_is_off_and_what_strangers_are_not_shown(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    beginning = f"[storage]\ndirectory = '{tmp_path}/data'\n"

    def doctor(more: str, **environment: str) -> str:
        config.write_text(beginning + more)
        done = limier("doctor", "--config", config, LIMIER_TOKEN="a.b.c", **environment)
        assert done.exit_code == 0, done.output
        return " ".join(done.output.split())

    off = doctor("")
    assert "forbid investigating or tracking its users" in off
    assert "instances show less to strangers" in off
    assert "forbid investigating" in doctor("[collect.x]\nenabled = true\n")
    on = "[collect.x]\nenabled = true\nacknowledge_terms = true\ndollars = 12\n"
    assert "LIMIER_COLLECT__X__BEARER_TOKEN" in doctor(on)
    tokens = {
        "LIMIER_COLLECT__X__BEARER_TOKEN": "s3cret",
        "LIMIER_COLLECT__MASTODON__TOKENS": '{"town.example": "s3cret"}',
    }
    ready = doctor(on, **tokens)
    assert "stops before 12 US dollars a collection" in ready
    assert "with tokens of town.example" in ready
    assert "s3cret" not in ready


@pytest.mark.parametrize(
    ("section", "variable"),
    [
        ('[collect.x]\nbearer_token = "s3cret"', "LIMIER_COLLECT__X__BEARER_TOKEN"),
        (
            '[collect.mastodon.tokens]\n"town.example" = "s3cret"',
            "LIMIER_COLLECT__MASTODON__TOKENS",
        ),
    ],
)
def test_tokens_of_platforms_are_refused_in_the_file(
    tmp_path: Path, section: str, variable: str
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(section)
    done = limier("doctor", "--config", config)
    assert done.exit_code == 2
    assert variable in done.output
    assert "s3cret" not in done.output


def test_the_doctor_names_a_wrong_key(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("[pool]\nworker = 2\n")
    done = limier("doctor", "--config", config)
    assert done.exit_code == 2
    assert "pool.worker is not a setting" in done.output
