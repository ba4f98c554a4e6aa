"""The search on simulated campaigns, whose truth is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzers.cohort import propose_cohort
from analyzers.enrich import enrich
from analyzers.model.case import Proposal
from analyzers.model.target import Account
from analyzers.simulate import Campaign, simulate
from analyzers.simulate.frames import dataset

TARGET = (Account("ex_ministre"),)


def proposed(campaign: Campaign, directory: Path) -> Proposal:
    return propose_cohort(enrich(dataset(campaign, directory)), TARGET)


@pytest.mark.parametrize("seed", [1, 2])
def test_an_outraged_crowd_holds_no_cohort(seed: int, tmp_path: Path) -> None:
    proposal = proposed(simulate("outrage", seed=seed), tmp_path)
    assert proposal.cohorts == ()
    assert len(proposal.comparison) == 600
    assert len(proposal.explained) >= 5


def test_the_rented_farm_is_found_whole_and_alone(tmp_path: Path) -> None:
    campaign = simulate("rented_farm")
    proposal = proposed(campaign, tmp_path)
    (cohort,) = proposal.cohorts
    assert set(cohort.accounts) == set(campaign.truth.cohort)
    assert cohort.tie is not None
    assert cohort.tie.p == 0.01
    assert cohort.signals == ("template", "rotation")
    assert (len(proposal.comparison), len(proposal.comparison.timelines)) == (600, 120)
    assert proposal.borderline == ()


def test_its_first_twenty_posts_are_enough_to_name_it(tmp_path: Path) -> None:
    campaign = simulate("rented_farm", stage="first")
    proposal = proposed(campaign, tmp_path)
    (cohort,) = proposal.cohorts
    assert set(cohort.accounts) == set(campaign.truth.cohort)
    assert cohort.tie is not None
    assert cohort.tie.p is None
    assert len(proposal.comparison) == 0
