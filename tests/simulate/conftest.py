"""Campaigns that several tests look at, made once."""

from __future__ import annotations

import pytest

from analyzers.simulate import Campaign, simulate


@pytest.fixture(scope="session")
def farm() -> Campaign:
    return simulate("rented_farm", posts=12_000)


@pytest.fixture(scope="session")
def outrage() -> Campaign:
    return simulate("outrage")
