"""What ties an account, as a reader sees it."""

from __future__ import annotations

import pytest

from analyzers.cohort import acquaintance, creation_window, rare_client
from analyzers.cohort.members import ROTATION, TEMPLATE
from analyzers.cohort.ways import WAYS
from analyzers.model.case import WHAT, WHEN, Signal
from analyzers.render.disclosure import Disclosure
from analyzers.render.signal_words import SHOWN, tie_lines
from analyzers.render.words import Words

PSEUDONYMS = {f"id{n}": f"A{n:02d}" for n in range(30)}
EVERY = [
    *(way.name for way in WAYS), TEMPLATE, ROTATION,
    acquaintance.SIGNAL, creation_window.NAME, rare_client.NAME,
]  # fmt: skip


def said(*signals: Signal, lang: str = "en") -> list[str]:
    words = Words(lang, Disclosure(reveal=False, names=PSEUDONYMS))  # type: ignore[arg-type]
    return [words.say(line) for line in tie_lines(signals)]


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_signal_has_words_of_its_own(name: str, lang: str) -> None:
    (line,) = said(Signal(name, 0.01, ("id1", "id2")), lang=lang)
    assert name not in line
    assert "A01" in line
    assert "id1" not in line


def test_a_long_list_is_cut_and_counted() -> None:
    many = tuple(f"id{n}" for n in range(20))
    (line,) = said(Signal("synchronous", 0.0001, many))
    assert line == (
        "Posts in the same minutes: A00, A01, A02, A03, A04 and A05; 14 more (p < 0.001)"
    )
    assert SHOWN == 6


def test_what_selected_nobody_says_so() -> None:
    (line,) = said(Signal("rare_client", 0.002, ("id1",), selecting=False))
    assert line.endswith("(p = 0.002; did not select the account)")


def test_a_signal_that_ties_to_nobody_is_left_out() -> None:
    assert said(Signal("rotation", None, ())) == []


def test_what_and_when_are_the_ways_of_the_search() -> None:
    assert {way.name for way in WAYS if way.times is None} == set(WHAT)
    assert {way.name for way in WAYS if way.times is not None} == set(WHEN)
