"""How much a finding may say once every test of the case is seen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.model.case import Case, Cohort, Comparison, Member, Window
from analyzers.model.dataset import Dataset
from analyzers.model.finding import Finding, Strength, Test
from analyzers.model.step import Failed, Found, NotComputable, Outcome
from analyzers.model.text import Text
from analyzers.weigh.strength import graded

SAID = Text("Something was seen.")
NULL = Text("nothing sets these accounts apart")


def case_of(members: int = 20, others: int = 600, *, by_person: bool = False) -> Case:
    cohort = Cohort(
        members=tuple(Member(f"a{n}", 1.0, ("template",), SAID) for n in range(members)),
        named_by_person=by_person,
    )
    comparison = Comparison(accounts=tuple(f"b{n}" for n in range(others)))
    dataset = Dataset(None, "", (), 0, (), None, None)  # type: ignore[arg-type]
    return Case(dataset, (), Window(), (), cohort, comparison)


def found(p: float | None = None, *, noteworthy: bool = True, describes: bool = False) -> Found:
    primary = None if p is None else Test("x", NULL, 1.0, p)
    return Found(Finding(SAID, noteworthy, primary=primary, describes=describes))


@pytest.mark.parametrize(
    ("outcome", "case", "strength"),
    [
        (found(1e-6), case_of(), Strength.STRONG),
        (found(0.005), case_of(), Strength.MODERATE),
        (found(0.03), case_of(), Strength.WEAK),
        (found(0.2), case_of(), Strength.NONE),
        (found(1e-6, noteworthy=False), case_of(), Strength.NONE),
        (found(), case_of(), Strength.WEAK),
        (found(1e-6, describes=True), case_of(), Strength.WEAK),
        (found(1e-6), case_of(others=0), Strength.WEAK),
        (found(1e-6), case_of(members=4), Strength.WEAK),
        (found(1e-6), case_of(by_person=True), Strength.WEAK),
        (NotComputable((SAID,)), case_of(), Strength.NONE),
        (Failed(SAID), case_of(), Strength.NONE),
    ],
)
def test_strength_of_one_finding(outcome: Outcome, case: Case, strength: Strength) -> None:
    ((graded_as, _),) = graded(case, [outcome])
    assert graded_as is strength


def test_many_questions_make_each_answer_weaker() -> None:
    alone = graded(case_of(), [found(0.009)])[0][0]
    among_many = graded(case_of(), [found(0.009), *[found(0.9)] * 6])[0][0]
    assert (alone, among_many) == (Strength.MODERATE, Strength.NONE)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=18))
def test_adjusting_never_flatters(p_values: list[float]) -> None:
    grades = graded(case_of(), [found(p) for p in p_values])
    for p, (_, q) in zip(p_values, grades, strict=True):
        assert q is not None
        assert q >= p or q == pytest.approx(p)


def test_a_step_that_only_describes_does_not_count_among_the_tests() -> None:
    with_description = graded(case_of(), [found(0.009), found(1e-9, describes=True)])
    assert with_description[0] == graded(case_of(), [found(0.009)])[0]
    assert with_description[1][1] is None


def test_grades_do_not_touch_the_findings() -> None:
    outcome = found(0.5)
    graded(case_of(), [outcome])
    assert outcome == replace(outcome)
