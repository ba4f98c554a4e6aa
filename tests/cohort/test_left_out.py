"""Whom a person leaves out of a cohort stands on neither side."""

from __future__ import annotations

import polars as pl
import pytest

from analyzers.cohort.named import cohort_of, named
from analyzers.model.refusal import BadInput

KNOWN = pl.DataFrame({"account_id": ["1", "2", "3"], "handle": ["ann", "ben", "cy"]})


def rows(*lines: tuple[str, str]) -> list[dict[str, str | None]]:
    return [{"account": account, "ground": "why", "side": side} for account, side in lines]


def test_an_account_whose_side_is_out_is_apart_and_no_member() -> None:
    cohort, unknown = cohort_of(named(rows(("@ann", ""), ("ben", "OUT"), ("zoe", "out"))), KNOWN)
    assert cohort.accounts == ("1",)
    assert cohort.left_out == ("2",)
    assert (cohort.ground, unknown) == ("why", 0)


def test_a_list_that_only_leaves_out_names_nobody() -> None:
    with pytest.raises(BadInput, match="names nobody"):
        named(rows(("ann", "out")))
