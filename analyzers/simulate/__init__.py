"""Seeded campaigns with known truth: for the demo, for tests, and for measuring what is found.

>>> campaign = simulate("rented_farm", stage="first")
>>> len(campaign.posts), len(campaign.truth.cohort)
(20, 20)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text, plural
from analyzers.simulate import (
    community_raid,
    compromised_accounts,
    decoy,
    fan_campaign,
    newsroom_syndication,
    outrage,
    rented_farm,
    scripted_network,
    single_operator,
)
from analyzers.simulate.campaign import Campaign, Stage, Truth
from analyzers.simulate.dials import (
    AGES,
    GRAMMARS,
    LARGEST,
    RHYTHMS,
    SMALLEST,
    Ages,
    Dials,
    Grammar,
    Range,
    Rhythm,
    drawn,
)
from analyzers.simulate.plot import Plot
from analyzers.simulate.write import write

__all__ = [
    "SCENARIOS",
    "Campaign",
    "Dials",
    "Scenario",
    "Stage",
    "Truth",
    "dials_for",
    "simulate",
    "write",
]

SEED = 20190211
"""The day of the public thread that the reconstructed case follows."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A kind of campaign: how to build one, its usual number of posts, and the fewest it takes.

    `within` is what chance may choose when dials are drawn.
    """

    build: Callable[[int | None, int, Stage, Dials | None], Campaign]
    posts: int
    fewest: int
    within: Range


def _staged(plot: Plot) -> Scenario:
    return Scenario(plot.build, LARGEST, SMALLEST, plot.within)


SCENARIOS: dict[str, Scenario] = {
    rented_farm.NAME: Scenario(
        rented_farm.build, rented_farm.POSTS, rented_farm.FEWEST, rented_farm.PLOT.within
    ),
    outrage.NAME: Scenario(outrage.build, outrage.POSTS, outrage.FEWEST, outrage.PLOT.within),
    community_raid.NAME: _staged(community_raid.PLOT),
    single_operator.NAME: _staged(single_operator.PLOT),
    scripted_network.NAME: _staged(scripted_network.PLOT),
    compromised_accounts.NAME: _staged(compromised_accounts.PLOT),
    decoy.NAME: _staged(decoy.PLOT),
    fan_campaign.NAME: _staged(fan_campaign.PLOT),
    newsroom_syndication.NAME: _staged(newsroom_syndication.PLOT),
}
"""Every scenario by the name `limier simulate` takes."""


def simulate(
    scenario: str,
    *,
    posts: int | None = None,
    seed: int = SEED,
    stage: Stage = "full",
    dials: Dials | None = None,
) -> Campaign:
    """Make a campaign: the same scenario, size, seed and dials give the same rows on every machine.

    `posts` is the number of posts in the dump, `None` for the scenario's usual size: more posts
    mean more ordinary people, never more of those who act together. `dials` say how strong the
    signs are and what is missing; without them `rented_farm` and `outrage` are the reconstructed
    case and its crowd, and the others draw dials from the seed. Raises `BadInput` for an unknown
    scenario, too few posts, or a stage that the scenario does not have.
    """
    chosen = _known(scenario)
    fewest = chosen.fewest if dials is None else SMALLEST
    size = posts if posts is not None or dials is None else dials.posts
    if size is not None and size < fewest:
        raise BadInput(
            plural(
                "This scenario needs at least {n} post.",
                "This scenario needs at least {n} posts.",
                fewest,
            )
        )
    return chosen.build(posts, seed, stage, dials)


def dials_for(
    scenario: str,
    seed: int = SEED,
    *,
    grammars: Sequence[Grammar] = GRAMMARS,
    rhythms: Sequence[Rhythm] = RHYTHMS,
    ages: Sequence[Ages] = AGES,
) -> Dials:
    """The dials that a seed draws for a scenario, with variants from the given ones only.

    `simulate(name, seed=seed, dials=dials_for(name, seed))` makes a small case of any scenario.
    """
    return drawn(seed, _known(scenario).within, grammars=grammars, rhythms=rhythms, ages=ages)


def _known(scenario: str) -> Scenario:
    if scenario not in SCENARIOS:
        raise BadInput(
            Text(
                "There is no scenario called {name}. There are {names}.",
                name=Code(scenario),
                names=tuple(Code(name) for name in SCENARIOS),
            )
        )
    return SCENARIOS[scenario]
