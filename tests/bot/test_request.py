"""A request that is kept comes back as it was, through JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.request import Request


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
