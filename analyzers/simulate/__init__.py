"""Seeded campaigns with known truth: for the demo, for tests, and for measuring what is found.

>>> campaign = simulate("rented_farm", stage="first")
>>> len(campaign.posts), len(campaign.truth.cohort)
(20, 20)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text, plural
from analyzers.simulate import outrage, rented_farm
from analyzers.simulate.campaign import Campaign, Stage, Truth
from analyzers.simulate.write import write

__all__ = ["SCENARIOS", "Campaign", "Scenario", "Stage", "Truth", "simulate", "write"]

SEED = 20190211
"""The day of the public thread that the reconstructed case follows."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A kind of campaign: how to build one, its usual number of posts, and the fewest it takes."""

    build: Callable[[int | None, int, Stage], Campaign]
    posts: int
    fewest: int


SCENARIOS: dict[str, Scenario] = {
    rented_farm.NAME: Scenario(rented_farm.build, rented_farm.POSTS, rented_farm.FEWEST),
    outrage.NAME: Scenario(outrage.build, outrage.POSTS, outrage.FEWEST),
}
"""Every scenario by the name `limier simulate` takes."""


def simulate(
    scenario: str, *, posts: int | None = None, seed: int = SEED, stage: Stage = "full"
) -> Campaign:
    """Make a campaign: the same scenario, size and seed give the same rows on every machine.

    `posts` is the number of posts in the dump, `None` for the scenario's usual size: more posts
    mean more ordinary people, never more of those who act together. Raises `BadInput` for an
    unknown scenario, too few posts, or a stage that the scenario does not have.
    """
    if scenario not in SCENARIOS:
        raise BadInput(
            Text(
                "There is no scenario called {name}. Choose {first} or {second}.",
                name=Code(scenario),
                first=Code(rented_farm.NAME),
                second=Code(outrage.NAME),
            )
        )
    chosen = SCENARIOS[scenario]
    if posts is not None and posts < chosen.fewest:
        raise BadInput(
            plural(
                "This scenario needs at least {n} post.",
                "This scenario needs at least {n} posts.",
                chosen.fewest,
            )
        )
    return chosen.build(posts, seed, stage)
