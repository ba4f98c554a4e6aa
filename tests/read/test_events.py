"""Events that a person gives beside a dump."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from analyzers.model.refusal import BadInput
from analyzers.read.events import read_events


def written(folder: Path, text: str) -> Path:
    path = folder / "events.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_events_come_in_order_and_in_utc(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "time,label,until\n2019-02-08T18:00+01:00,Verdict,\n2019-02-04,Trial,2019-02-08\n",
    )
    trial, verdict = read_events(path)
    assert (trial.label, trial.at, trial.until) == (
        "Trial",
        datetime(2019, 2, 4, tzinfo=UTC),
        datetime(2019, 2, 8, tzinfo=UTC),
    )
    assert verdict.at == datetime(2019, 2, 8, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("when,what\n1,2\n", "needs the columns"),
        ("", "needs the columns"),
        ("time,label\nyesterday,Trial\n", "Line {line} of {file}"),
        ("time,label\n0001-01-01T00:00:00+14:00,Trial\n", "Line {line} of {file}"),
        ("time,label,until\n2019-02-08,Trial,2019-02-01\n", "ends before it begins"),
        ("time,label\n" + "2019-02-08,Trial\n" * 201, "the most a chart can show"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence.replace("{", r"\{").replace("}", r"\}")):
        read_events(written(tmp_path, text))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        read_events(tmp_path / "nothing.csv")
