"""An operator writes config.toml, sometimes wrongly, and is told which key and what to do."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel

from analyzers.model.refusal import BadInput
from bot.config import Settings, load

EXAMPLE = Path(__file__).resolve().parents[2] / "config.example.toml"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LIMIER_TOKEN", raising=False)


def written(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_everything_has_a_default() -> None:
    assert load() == Settings()


def test_the_example_is_what_one_gets_by_default() -> None:
    assert load(EXAMPLE) == Settings()


def test_the_example_shows_every_key() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    shown = tomllib.loads(re.sub("^# (workers|inbox|at_once) =", r"\1 =", text, flags=re.MULTILINE))
    for section, field in Settings.model_fields.items():
        if section == "token":
            assert "LIMIER_TOKEN" in text
            continue
        assert isinstance(field.annotation, type)
        assert issubclass(field.annotation, BaseModel)
        assert set(shown[section]) == set(field.annotation.model_fields)


def test_values_come_from_the_file(tmp_path: Path) -> None:
    settings = load(written(tmp_path, "[discord]\nguilds = [42]\n[pool]\nworkers = 3\n"))
    assert settings.discord.guilds == (42,)
    assert settings.pool.workers == 3


def test_the_environment_overrides_the_file_key_by_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIMIER_POOL__WORKERS", "7")
    settings = load(written(tmp_path, "[pool]\nworkers = 3\nseconds = 30\n"))
    assert (settings.pool.workers, settings.pool.seconds) == (7, 30)


def test_the_token_comes_from_the_environment_and_is_never_printed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LIMIER_TOKEN", "very-secret")
    settings = load()
    assert settings.token.get_secret_value() == "very-secret"
    assert "very-secret" not in repr(settings)


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load().pool.workers = 9  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[pool]\nworker = 3\n", "pool.worker"),
        ("[pols]\nworkers = 3\n", "pols"),
        ("[pool]\nworkers = 0\n", "pool.workers"),
        ("[pool]\nworkers = 'many'\n", "pool.workers"),
        ("[discord]\nlanguage = 'de'\n", "discord.language"),
        ("token = 'very-secret'\n", "LIMIER_TOKEN"),
        ("[pool\n", "config.toml"),
    ],
)
def test_a_mistake_is_named_by_its_key(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(BadInput) as refusal:
        load(written(tmp_path, text))
    said = repr(refusal.value.text.values)
    assert named in said
    assert "very-secret" not in said


def test_a_missing_file_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"config\.example\.toml"):
        load(tmp_path / "config.toml")
