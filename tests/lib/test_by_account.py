"""Columns taken apart by account, without a frame for each."""

from __future__ import annotations

import pandas as pd

from analyzers.lib.by_account import places
from analyzers.lib.language_mix import categories, category


def test_each_account_comes_once_by_id_with_its_rows_in_their_order() -> None:
    found = places(pd.Series(["b", "a", "b", "c", "a"]))
    assert [(account, rows.tolist()) for account, rows in found] == [
        ("a", [1, 4]),
        ("b", [0, 2]),
        ("c", [3]),
    ]


def test_no_rows_are_no_accounts() -> None:
    assert places(pd.Series([], dtype=str)) == []


def test_a_column_of_language_codes_has_the_category_of_each() -> None:
    codes = ["hr", None, "zh-CN", "fr", "qme", "hr"]
    assert categories(pd.Series(codes)) == [category(code) for code in codes]
