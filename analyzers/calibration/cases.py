"""Simulated cases with known truth, each reduced to what the signs read of it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from random import Random
from typing import Literal, TypeAlias

import msgspec

from analyzers.model.report import StepReport
from analyzers.model.step import Step
from analyzers.model.target import Account
from analyzers.simulate.dials import AGES, GRAMMARS, RHYTHMS, Ages, Dials, Grammar, Rhythm
from analyzers.weigh.mechanisms import Mechanism
from analyzers.weigh.seen import Seen, seen
from analyzers.weigh.signs import SIGNS

Split: TypeAlias = Literal["fit", "judge", "locked"]
"""What a case is for: fitting sizes, judging them, or kept shut until a release."""

Variant: TypeAlias = tuple[Grammar, Rhythm, Ages]

SPLITS: tuple[Split, ...] = ("fit", "judge", "locked")

MECHANISM: dict[str, Mechanism] = {
    "outrage": "coincidence",
    "fan_campaign": "open_campaign",
    "newsroom_syndication": "open_campaign",
    "community_raid": "community_raid",
    "compromised_accounts": "compromised_accounts",
    "rented_farm": "rented_farm",
    "decoy": "rented_farm",
    "scripted_network": "scripted_network",
    "single_operator": "single_operator",
}
"""The explanation that is true of each scenario, a decoy scored as the farm that it imitates."""

ORGANIC = ("outrage", "fan_campaign", "newsroom_syndication")
"""Scenarios in which an accusation is false."""

_FIRST_SEED = {"fit": 1_000_000, "judge": 2_000_000, "locked": 3_000_000}
_DRAWS = 199
"""Shuffles of a step's own test. No sign reads a p, so only which client or text stands out may
depend on them, at 5 %."""
_TIE_DRAWS = 19
"""Shuffles of the search: enough to tell at 5 % whether chance makes such groups."""


class Observation(msgspec.Struct, frozen=True, kw_only=True):
    """One simulated case: what is true, what was missing, and what the investigation saw.

    `hits` are members found, of `truth` true ones, among `found` accounts of the first cohort;
    `all_hits` and `all_found` count all cohorts.
    """

    scenario: str
    seed: int
    split: Split
    variant: Variant
    missing: tuple[str, ...]
    timelines: bool
    beside: bool
    truth: int
    found: int
    hits: int
    seen: Seen


def variants(split: Split) -> tuple[Variant, ...]:
    """The nine variants of a split; no two splits share one, and each has every value of a dial.

    A Latin square: places in the three lists that sum to the split's number, modulo three.
    """
    chosen = SPLITS.index(split)
    return tuple(
        (GRAMMARS[g], RHYTHMS[r], AGES[a])
        for g, r, a in product(range(3), repeat=3)
        if (g + r + a) % 3 == chosen
    )


def planned(
    split: Split, scenario: str, count: int, first: int = 0
) -> Iterator[tuple[str, int, Split]]:
    """The tasks of `observe` for some cases of one scenario, in the order of their seeds."""
    base = _FIRST_SEED[split] + 100_000 * sorted(MECHANISM).index(scenario)
    for number in range(first, first + count):
        yield scenario, base + number, split


def dials_of(scenario: str, seed: int, split: Split) -> Dials:
    """The dials of one case: drawn from its seed, on one of its split's variants."""
    from analyzers.simulate import dials_for

    grammar, rhythm, ages = Random(f"variant:{seed}").choice(variants(split))
    return dials_for(scenario, seed, grammars=(grammar,), rhythms=(rhythm,), ages=(ages,))


def observe(task: tuple[str, int, Split]) -> Observation:
    """Simulate one case, investigate it as far as the signs need, and note both."""
    from analyzers.enrich import enrich
    from analyzers.investigation import Question, frame
    from analyzers.runner import run_step
    from analyzers.simulate import simulate
    from analyzers.simulate.frames import dataset
    from analyzers.weigh.coordination import FEWEST_AUTHORS

    scenario, seed, split = task
    dials = dials_of(scenario, seed, split)
    campaign = simulate(scenario, seed=seed, dials=dials)
    with tempfile.TemporaryDirectory() as directory:
        data = enrich(dataset(campaign, Path(directory)))
        target = Account(campaign.truth.target)
        question = Question(targets=(target,), seed=seed, draws=_TIE_DRAWS)
        case, setting = frame((data, question))
        reports = [
            StepReport(step.id, step.title, run_step(step, case))
            for step in read_by_signs()
            if len(case.cohort)
        ]
    true, cohort = set(campaign.truth.cohort), set(case.cohort.accounts)
    return Observation(
        scenario=scenario,
        seed=seed,
        split=split,
        variant=(dials.grammar, dials.rhythm, dials.ages),
        missing=dials.missing,
        timelines=dials.timelines,
        beside=dials.beside,
        truth=len(true),
        found=len(cohort),
        hits=len(true & cohort),
        seen=seen(case, reports, setting.authors, FEWEST_AUTHORS),
    )


def read_by_signs() -> Sequence[Step]:
    """The steps that a sign reads, with fewer shuffles in their tests."""
    from analyzers.catalog import STEPS

    wanted = {sign.step for sign in SIGNS}
    return [
        replace(step, draws=_DRAWS) if hasattr(step, "draws") else step  # type: ignore[type-var]
        for step in STEPS
        if step.id in wanted
    ]
