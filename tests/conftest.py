"""Simulated cases, written to files and investigated once for all tests that look at them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import hypothesis
import pytest

from analyzers.investigation import investigate
from analyzers.model.report import Report
from analyzers.simulate import Campaign, simulate, write

# The same examples on every run: a property that fails is a fact about the code, not about luck.
# `HYPOTHESIS_PROFILE=explore pytest …` looks for new ones.
hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=1000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

Written: TypeAlias = tuple[Campaign, tuple[Path, ...], Path | None]


def _files(campaign: Campaign, folder: Path, name: str) -> Written:
    """The dump and its sidecars (without the truth), and the file of events if there is one."""
    paths = write(campaign, folder / name)
    events = [path for path in paths if path.name.endswith("events.csv")]
    apart = ("events.csv", "truth.json")
    dump = tuple(path for path in paths if not path.name.endswith(apart))
    return campaign, dump, events[0] if events else None


@pytest.fixture(scope="session")
def investigated(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[..., tuple[Campaign, Report]]:
    """Simulate, write, read and investigate a scenario; each combination only once a session."""
    done: dict[tuple[str, str, int, str], tuple[Campaign, Report]] = {}

    def run(
        scenario: str, stage: str = "full", seed: int = 20190211, name: str = "dump.jsonl"
    ) -> tuple[Campaign, Report]:
        key = (scenario, stage, seed, name)
        if key not in done:
            folder = tmp_path_factory.mktemp(scenario)
            campaign = simulate(scenario, stage=stage, seed=seed)  # type: ignore[arg-type]
            _, dump, events = _files(campaign, folder, name)
            report = investigate(dump, targets=[f"@{campaign.truth.target}"], events=events)
            done[key] = campaign, report
        return done[key]

    return run


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes give no name to a case: packed ones hold the time, and all processes must agree."""
    return argname if isinstance(val, bytes) else None
