"""Every platform writes its limits its own way; all are understood, and nonsense is ignored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from bot.collect.allowance import Allowance

NOW = 1_700_000_000.0

WAITS: list[tuple[int, dict[str, str], float]] = [
    (200, {}, 0),
    (200, {"RateLimit-Remaining": "3", "RateLimit-Reset": "30"}, 0),
    (200, {"RateLimit-Remaining": "0", "RateLimit-Reset": "30"}, 30),
    (200, {"RateLimit-Remaining": "0", "RateLimit-Reset": str(int(NOW) + 40)}, 40),
    (200, {"x-rate-limit-remaining": "0", "x-rate-limit-reset": str(int(NOW) + 900)}, 900),
    (
        200,
        {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "2023-11-14T22:14:20.000000Z"},
        60,
    ),
    (429, {"Retry-After": "7"}, 7),
    (503, {"Retry-After": "Tue, 14 Nov 2023 22:13:35 GMT"}, 15),
    (429, {"X-RateLimit-Reset": "12"}, 12),
    (429, {"Retry-After": "soon"}, 0),
    (200, {"Retry-After": "7"}, 0),
    (200, {"RateLimit-Remaining": "0", "RateLimit-Reset": "-1"}, 0),
    (200, {"RateLimit-Remaining": "none", "RateLimit-Reset": "30"}, 0),
    (200, {"RateLimit-Remaining": "0", "RateLimit-Reset": "nan"}, 0),
]


@pytest.mark.parametrize(("status", "headers", "wait"), WAITS)
def test_a_host_says_how_long_to_wait(status: int, headers: dict[str, str], wait: float) -> None:
    allowance = Allowance()
    allowance.learn(status, CIMultiDict(headers), NOW)
    assert allowance.wait(NOW) == pytest.approx(wait)
    assert allowance.wait(NOW + wait) == 0


def test_calls_under_way_count_before_their_answers_come() -> None:
    allowance = Allowance()
    told = CIMultiDict({"RateLimit-Remaining": "2", "RateLimit-Reset": "30"})
    allowance.learn(200, told, NOW)
    allowance.spend()
    allowance.spend()
    assert allowance.wait(NOW) == 30
    allowance.learn(200, told, NOW)  # of a call sent before those two
    assert allowance.wait(NOW) == 30
    told["RateLimit-Reset"] = "60"  # the next window
    allowance.learn(200, told, NOW + 31)
    assert allowance.wait(NOW + 31) == 0


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_whatever_a_header_says_it_is_no_error(left: str, reset: str, after: str) -> None:
    allowance = Allowance()
    headers = {"RateLimit-Remaining": left, "RateLimit-Reset": reset, "Retry-After": after}
    allowance.learn(429, CIMultiDict(headers), NOW)
    assert allowance.wait(NOW) >= 0
