"""A request that is kept comes back as it was, through JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.request import Request, digest


@pytest.mark.parametrize(
    "request_",
    [
        Request((Path("uploads/a/a.jsonl"),)),
        Request(
            paths=(Path("uploads/a/a.jsonl.gz"), Path("uploads/b/b.csv")),
            targets=("@target_person",),
            accounts=Path("uploads/c/c.csv"),
            events=Path("uploads/d/d.csv"),
            figures=Path("uploads/e/e.toml"),
            since=datetime(2019, 2, 1, tzinfo=UTC),
            until=datetime(2019, 2, 15, 14, 30, tzinfo=UTC),
            mapping=(("text", "message"), ("author", "who")),
            prior=(("coincidence", 2.5),),
            seed=7,
            reveal=True,
        ),
    ],
)
def test_there_and_back(request_: Request) -> None:
    assert Request.from_row(json.loads(json.dumps(request_.to_row()))) == request_


SAME = Request((Path("uploads/a/a.jsonl"), Path("uploads/b/b.csv")), ("@target_person",))


@pytest.mark.parametrize(
    ("other", "known"),
    [
        (replace(SAME, paths=SAME.paths[::-1]), True),
        (replace(SAME, paths=(Path("moved/a/a.jsonl"), Path("moved/b/b.tsv"))), True),
        (replace(SAME, targets=("Target_Person",)), True),
        (replace(SAME, exhibits="0123456789abcdef"), True),
        (replace(SAME, paths=SAME.paths[:1]), False),
        (replace(SAME, targets=("#target_person",)), False),
        (replace(SAME, until=datetime(2019, 2, 15, tzinfo=UTC)), False),
        (replace(SAME, events=Path("uploads/d/d.csv")), False),
        (replace(SAME, seed=7), False),
    ],
)
def test_the_same_question_is_known_again(other: Request, known: bool) -> None:
    assert (digest(other.to_row(), "en") == digest(SAME.to_row(), "en")) is known
    assert digest(other.to_row(), "en") != digest(other.to_row(), "fr")
