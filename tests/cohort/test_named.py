"""accounts.csv as people write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzers.cohort.named import named, read_named
from analyzers.model.refusal import BadInput


def test_a_list_saved_by_a_spreadsheet_is_read(tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    path.write_text(
        "\ufeffAccount,Ground,Note\n@marie,same shot,oldest\n\n77,same shot,\n@marie,,\n",
        encoding="utf-8",
    )
    found = read_named(path)
    assert found.accounts == ("@marie", "77")
    assert found.ground == "same shot"
    assert found.notes == (("@marie", "oldest"),)


def test_a_list_may_give_no_ground() -> None:
    assert named([{"account": "a"}, {"account": "b"}]).ground is None


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "names nobody"),
        ([{"account": "  "}], "names nobody"),
        ([{"handle": "a"}], "no column"),
    ],
)
def test_a_list_that_names_nobody_is_refused(rows: list[dict[str, str]], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        named(rows)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    path.write_bytes(b"\xff\xfe\x00account")
    with pytest.raises(BadInput, match="cannot be read"):
        read_named(path)
