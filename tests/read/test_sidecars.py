"""Limier's own small files, read beside an export."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analyzers.model.refusal import BadInput
from analyzers.read import read
from analyzers.tables import load

Saved = Callable[..., Path]

DUMP = (
    "id,userid,username,text,created_at\n"
    "5,101,Voisine,Hello,2019-02-08 10:00\n"
    "6,102,Voisin,Hello,2019-02-08 10:00\n"
)


def test_handles_become_the_ids_that_the_export_gives(saved: Saved) -> None:
    follows = saved(
        "follows.csv",
        "follower,followed,fetched_at,position\n@voisine,102,2019-03-01,1\nStranger,VOISIN,,2\n",
    )
    data = read(follows, saved("dump.csv", DUMP))
    pairs = load(data, "follows", ["follower", "followed"]).rows()
    assert sorted(pairs) == [("101", "102"), ("@stranger", "102")]
    assert [source.format for source in data.sources] == ["follows", "generic"]


def test_statuses_and_collected_are_read_and_bad_rows_counted(saved: Saved) -> None:
    statuses = saved(
        "statuses.csv",
        "account,checked_at,status\n@Voisine,2019-03-01,suspended\nVoisin,2019-03-01,asleep\n",
    )
    collected = saved(
        "collected.csv",
        "account,scope,since,until,complete\n101,timeline,2019-01-01,2019-03-01,true\n",
    )
    data = read(saved("dump.csv", DUMP), statuses, collected)
    assert load(data, "statuses", ["account_id", "status"]).rows() == [("101", "suspended")]
    assert load(data, "collected", ["account_id", "scope", "complete"]).rows() == [
        ("101", "timeline", True)
    ]
    assert (data.sources[1].rows, data.sources[1].used) == (2, 1)


def test_a_small_file_without_a_usable_row_is_refused(saved: Saved) -> None:
    with pytest.raises(BadInput):
        read(saved("dump.csv", DUMP), saved("s.csv", "account,checked_at,status\nx,2019,odd\n"))
