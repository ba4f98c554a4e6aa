"""Every step is one file, tested, documented, and a plain value."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from analyzers.catalog import STEPS
from analyzers.model.step import Step
from analyzers.weigh.coordination import BLOCKS

ROOT = Path(__file__).resolve().parents[2]
IDS = [step.id for step in STEPS]


@pytest.mark.parametrize("step", STEPS, ids=IDS)
def test_a_step_is_a_file_of_its_name_with_tests_of_its_own(step: Step) -> None:
    assert type(step).__module__ == f"analyzers.steps.{step.id}"
    assert (ROOT / f"tests/steps/test_{step.id}.py").is_file()


@pytest.mark.parametrize("step", STEPS, ids=IDS)
def test_a_step_is_a_value_whose_repr_is_its_provenance(step: Step) -> None:
    assert pickle.loads(pickle.dumps(step)) == step
    assert hash(step) == hash(pickle.loads(pickle.dumps(step)))
    assert repr(step).startswith(type(step).__name__)


def test_no_step_file_is_left_out_of_the_catalogue() -> None:
    files = {path.stem for path in (ROOT / "analyzers/steps").glob("*.py")} - {"__init__"}
    assert files == set(IDS)
    assert len(IDS) == len(set(IDS))


def test_every_step_that_can_speak_for_coordination_has_its_block() -> None:
    silent = {"coverage", "contradictions", "fate"}
    assert set(IDS) - silent <= set(BLOCKS)


def test_the_page_of_steps_is_up_to_date() -> None:
    from docs.steps import PAGE, page

    assert PAGE.read_text(encoding="utf-8") == page(), "run `make docs`"
