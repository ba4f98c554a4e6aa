"""Fitting on made-up numbers: the sizes find what is there, and nothing else."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from pathlib import Path

from analyzers.calibration.cases import MECHANISM, Observation
from analyzers.calibration.fit import fit
from analyzers.calibration.judge import (
    calibration,
    confusion,
    coordinated,
    false_accusations,
    first_right,
    judged,
)
from analyzers.calibration.page import write_page
from analyzers.weigh.seen import Number, Seen
from analyzers.weigh.weights import Weights

TELLING = {
    "outrage": {},
    "fan_campaign": {"template.model_hashtag": 1.0},
    "newsroom_syndication": {"template.model_links": 1.0},
    "community_raid": {"network.address_inside": 0.6},
    "compromised_accounts": {"client.unused_elsewhere": 0.9},
    "rented_farm": {"duplicates.shared_posts": 0.4},
    "decoy": {"duplicates.shared_posts": 0.4},
    "scripted_network": {"timeline.one_second": 0.9},
    "single_operator": {"audience.follow_inside": 0.6},
}
"""What alone sets each scenario apart in these made-up cases."""


def case(scenario: str, number: int) -> Observation:
    """A case in which nine times in ten the scenario's own sign shows."""
    chance = random.Random(f"{scenario}:{number}")
    shows = TELLING[scenario] if chance.random() < 0.9 else {}
    every = {name for signs in TELLING.values() for name in signs}
    measures = {name: Number(shows.get(name, 0.0), 20, 0.0) for name in every}
    members = 0 if scenario == "outrage" else 20
    return Observation(
        scenario=scenario,
        seed=number,
        split="fit" if number < 60 else "judge",
        variant=("slots", "roster", "waves"),
        missing=(),
        timelines=True,
        beside=True,
        truth=members,
        found=members,
        hits=members,
        seen=Seen(members=members, authors=500, measures=measures if members else {}),
    )


FITTING = [case(name, number) for name in MECHANISM for number in range(60)]
JUDGING = [case(name, number) for name in MECHANISM for number in range(60, 100)]


@cache
def fitted() -> Weights:
    return fit(FITTING)


def test_the_sign_that_sets_a_mechanism_apart_is_given_its_weight() -> None:
    sizes = fitted().sizes
    assert sizes["timeline.one_second"]["scripted_network"][0] > 0.5
    assert max(sizes["cadence.regular_runs"]["scripted_network"]) < 0.01  # never seen


def test_what_was_fitted_serves_on_cases_it_never_saw() -> None:
    cases = judged(JUDGING, fitted())
    right, total = first_right(coordinated(cases))
    assert right / total > 0.8
    assert confusion(cases)["outrage"]["coincidence"] == 40
    assert all(wrong / total <= 0.1 for wrong, total in false_accusations(cases).values())
    assert calibration(cases).error < 0.2


def test_without_any_sign_nothing_beats_the_prior() -> None:
    blank = [replace_seen(each) for each in FITTING]
    weights = fit(blank)
    cases = judged([replace_seen(each) for each in JUDGING], weights)
    assert {each.winner for each in cases} == {"coincidence"}


def replace_seen(each: Observation) -> Observation:
    import msgspec

    return msgspec.structs.replace(each, seen=replace(each.seen, searched=False, measures={}))


def test_the_page_says_what_was_measured(tmp_path: Path) -> None:
    page = tmp_path / "calibration.md"
    write_page(page, fitted(), [], JUDGING)
    text = page.read_text()
    assert "false accusations, `outrage`" in text
    assert "| `scripted_network` |" in text
    assert (tmp_path / "images" / "reliability.svg").read_text().startswith("<svg")
