"""From signs to probabilities: bounds, priors, and what a case says when it shows nothing."""

from __future__ import annotations

from math import exp, isclose, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.weigh.combine import (
    BOUND,
    HIGHEST,
    accusing,
    as_one,
    capped,
    log_likelihoods,
    posterior,
    robustness,
    typical,
)
from analyzers.weigh.mechanisms import EXPLANATIONS, PRIOR, prior_of
from analyzers.weigh.signs import EVERY
from analyzers.weigh.weights import FITTED, Region, Weights, decoded, encoded, fitted

LEVELS = st.dictionaries(
    st.sampled_from([sign.name for sign in EVERY]),
    st.floats(-1, 1, allow_nan=False),
)


@given(LEVELS)
def test_probabilities_sum_to_one_and_none_exceeds_95_percent(found: dict[str, float]) -> None:
    probabilities = posterior(found, PRIOR, fitted())
    assert isclose(sum(probabilities.values()), 1.0)
    assert max(as_one(probabilities).values()) <= HIGHEST + 1e-9
    assert set(probabilities) == {each.id for each in EXPLANATIONS}


@given(LEVELS)
def test_no_step_alone_makes_one_explanation_more_than_ten_times_likelier_than_another(
    found: dict[str, float],
) -> None:
    by_step = log_likelihoods(found, fitted())
    for step in {step for steps in by_step.values() for step in steps}:
        values = [steps[step] for steps in by_step.values()]
        assert exp(max(values) - min(values)) <= 10 + 1e-6
        assert all(abs(value) <= BOUND + 1e-9 for value in values)


@given(LEVELS)
def test_a_decoy_is_to_a_rented_farm_as_it_was_before_looking(found: dict[str, float]) -> None:
    probabilities = posterior(found, PRIOR, fitted())
    before = PRIOR["decoy"] / PRIOR["rented_farm"]
    assert isclose(probabilities["decoy"] / probabilities["rented_farm"], before)


def test_a_case_that_shows_nothing_leaves_the_prior_as_it_was() -> None:
    probabilities = posterior({}, PRIOR, fitted())
    for name, prior in PRIOR.items():
        assert isclose(probabilities[name], prior)


def test_accounts_that_no_text_ties_are_not_accused() -> None:
    found = {"search.tie": -1.0, "search.shown": -1.0, "search.doubtful": -1.0}
    probabilities = posterior(found, PRIOR, fitted())
    assert max(probabilities, key=lambda name: probabilities[name]) == "coincidence"
    assert accusing(probabilities) < 0.45


def test_a_certain_winner_is_held_at_95_percent_and_the_others_keep_their_proportions() -> None:
    raw = dict.fromkeys((each.id for each in EXPLANATIONS), 0.0)
    raw |= {"scripted_network": 0.99, "other": 0.0075, "coincidence": 0.0025}
    held = capped(raw)
    assert isclose(held["scripted_network"], HIGHEST)
    assert isclose(held["other"] / held["coincidence"], 3.0)
    assert isclose(sum(held.values()), 1.0)


def test_farm_and_decoy_share_the_cap() -> None:
    raw = dict.fromkeys((each.id for each in EXPLANATIONS), 0.0)
    raw |= {"rented_farm": 0.8, "decoy": 0.19, "other": 0.01}
    held = capped(raw)
    assert isclose(held["rented_farm"] + held["decoy"], HIGHEST)


def one_sign(size: float) -> Weights:
    """Weights in which one sign alone speaks, for one explanation."""
    return Weights({"timeline.one_second": {"scripted_network": (size, size)}}, {})


def test_a_verdict_that_three_times_the_prior_would_change_is_not_robust() -> None:
    weak = robustness({"timeline.one_second": 0.2}, PRIOR, one_sign(1.0))
    assert not weak.alone
    alone = dict.fromkeys(PRIOR, 0.001) | {"scripted_network": 0.9}
    assert robustness({"timeline.one_second": 1.0}, alone, one_sign(1.0)).winners == {
        "scripted_network"
    }


def test_winners_of_one_hidden_kind_or_another_are_hidden_all_the_same() -> None:
    even = dict.fromkeys(PRIOR, 0.01) | {"scripted_network": 0.4, "single_operator": 0.4}
    found = robustness({}, even, one_sign(0.0))
    assert found.winners == {"scripted_network", "single_operator"}
    assert found.hidden
    assert not found.alone


def test_a_case_unlike_all_simulated_ones_is_outside_every_region() -> None:
    usual = {"timeline.one_second": (0.96, 0.01, 0.01, 0.01, 0.01)}
    weights = Weights({}, {}, {name: Region(1.0, usual) for name in FITTED})
    assert typical({"timeline.one_second": -1.0}, weights)
    assert not typical({"timeline.one_second": 1.0}, weights)


def test_weights_survive_being_written_and_read() -> None:
    assert encoded(decoded(encoded(fitted()))) == encoded(fitted())  # type: ignore[arg-type]


def test_every_size_belongs_to_a_declared_direction() -> None:
    declared = {sign.name: set(sign.speaks) for sign in EVERY}
    for sign, sizes in fitted().sizes.items():
        assert set(sizes) <= declared[sign]
        assert all(size >= 0 for pair in sizes.values() for size in pair)
    assert set(declared) == set(fitted().sizes)


@pytest.mark.parametrize("name", ["nonsense", "rented farm"])
def test_a_prior_for_an_unknown_explanation_is_refused(name: str) -> None:
    with pytest.raises(Exception, match="no explanation called"):
        prior_of({name: 0.5})


@pytest.mark.parametrize("weight", [0.0, -1.0, float("nan"), float("inf")])
def test_a_prior_must_be_a_number_above_zero(weight: float) -> None:
    with pytest.raises(Exception, match="above zero"):
        prior_of({"decoy": weight})


def test_a_prior_is_made_to_sum_to_one() -> None:
    prior = prior_of({"community_raid": 0.24})
    assert isclose(sum(prior.values()), 1.0)
    assert isclose(log(prior["community_raid"] / prior["coincidence"]), log(0.24 / 0.42))
