"""When an X id was given out."""

from __future__ import annotations

import doctest
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.lib import snowflake


def test_the_documented_tweet_was_posted_when_its_id_says() -> None:
    assert doctest.testmod(snowflake).failed == 0
    written = snowflake.moment("1050118621198921728")
    assert written is not None
    assert written.replace(microsecond=0) == datetime(2018, 10, 10, 20, 19, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    "id", ["20", "29700859246", "", "9.06E+17", "x1050118621198921728", "²" * 18]
)
def test_ids_that_hold_no_time_give_none(id: str) -> None:
    assert snowflake.moment(id) is None


def test_an_account_counted_before_2016_holds_no_time_but_a_long_id_does() -> None:
    assert snowflake.account_moment("4860000000") is None
    made = snowflake.account_moment("1352661060663336960")
    assert made is not None
    assert made.year == 2021


@given(st.integers(snowflake.FIRST_POST, 2**63 - 1))
def test_later_ids_are_never_earlier(number: int) -> None:
    here, next_ms = snowflake.moment(str(number)), snowflake.moment(str(number + (1 << 22)))
    assert here is not None
    assert next_ms is None or next_ms > here
