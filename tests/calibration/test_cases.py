"""How cases are shared out: fitted on some variants, judged on others, and some kept shut."""

from __future__ import annotations

from itertools import combinations

import msgspec

from analyzers.calibration.cases import (
    MECHANISM,
    SPLITS,
    Observation,
    dials_of,
    observe,
    planned,
    variants,
)
from analyzers.simulate import SCENARIOS
from analyzers.simulate.dials import AGES, GRAMMARS, RHYTHMS


def test_no_variant_is_both_fitted_and_judged() -> None:
    for one, other in combinations(SPLITS, 2):
        assert not set(variants(one)) & set(variants(other))
    assert sum(len(variants(split)) for split in SPLITS) == 27


def test_every_split_has_every_grammar_rhythm_and_age_model_alike() -> None:
    for split in SPLITS:
        for place, names in enumerate((GRAMMARS, RHYTHMS, AGES)):
            counts = [sum(each[place] == name for each in variants(split)) for name in names]
            assert counts == [3, 3, 3]


def test_every_scenario_has_a_true_mechanism() -> None:
    assert set(MECHANISM) == set(SCENARIOS)


def test_no_two_cases_share_a_seed_and_each_keeps_to_its_split() -> None:
    seeds = set()
    for split in SPLITS:
        for scenario in MECHANISM:
            for name, seed, _ in planned(split, scenario, 3):
                dials = dials_of(name, seed, split)
                assert (dials.grammar, dials.rhythm, dials.ages) in variants(split)
                seeds.add(seed)
    assert len(seeds) == 3 * len(SPLITS) * len(MECHANISM)


def test_a_simulated_case_becomes_numbers_that_survive_being_written() -> None:
    task = next(planned("fit", "scripted_network", 1))
    seen = observe(task)
    assert seen.truth >= 8
    assert seen.hits == seen.truth
    assert seen.seen.members == seen.found
    assert msgspec.json.decode(msgspec.json.encode(seen), type=Observation) == seen
    assert observe(task) == seen
