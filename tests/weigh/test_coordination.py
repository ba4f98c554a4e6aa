"""The bottom line: established, not established, or cannot tell, and never more than that."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analyzers.model.case import Case, Cohort, Comparison, Explained, Member, Tie, Window
from analyzers.model.dataset import Dataset
from analyzers.model.finding import Strength
from analyzers.model.report import StepReport, Verdict
from analyzers.model.step import NotComputable
from analyzers.model.target import Account
from analyzers.model.text import Text
from analyzers.render.disclosure import Disclosure
from analyzers.render.words import Words
from analyzers.weigh.coordination import verdict

WHY = Text("It shares a text.")
SOURCE = Explained(1, 30, 30, Text("A press title with its link."))


def case_of(
    members: int = 20,
    others: int = 600,
    p: float | None = 0.01,
    signals: tuple[str, ...] = ("template", "rotation"),
) -> Case:
    cohort = Cohort(
        members=tuple(Member(f"a{n}", 1.0, ("template",), WHY) for n in range(members)),
        signals=signals if members else (),
        tie=Tie(20.0, p, 99, 1, Text("shuffled texts")) if members else None,
    )
    dataset = Dataset(None, "", (), 0, (("posts.text", 1.0),), None, None)  # type: ignore[arg-type]
    comparison = Comparison(accounts=tuple(f"b{n}" for n in range(others)))
    return Case(dataset, (Account("ex_ministre"),), Window(), (), cohort, comparison)


def steps(*strong: str) -> list[StepReport]:
    return [StepReport(name, WHY, NotComputable(()), Strength.STRONG) for name in strong]


def judged(case: Case, *strong: str, authors: int = 620) -> Verdict:
    return verdict(case, 700, authors, steps(*strong))


def named(case: Case, ground: str | None = None) -> Case:
    cohort = replace(case.cohort, named_by_person=True, tie=None, ground=ground)
    return replace(case, cohort=cohort)


@pytest.mark.parametrize(
    ("case", "authors", "answer"),
    [
        (case_of(), 620, "established"),
        (case_of(signals=("template",)), 620, "cannot_tell"),  # perhaps they copied one another
        (case_of(p=0.02), 620, "not_established"),
        (case_of(members=4), 604, "not_established"),
        (case_of(others=0, p=None), 20, "cannot_tell"),
        (named(case_of()), 620, "cannot_tell"),
        (case_of(signals=("same_reposts", "synchronous")), 620, "cannot_tell"),  # no common text
        (case_of(members=0), 600, "not_established"),
        (case_of(members=0), 4, "cannot_tell"),
    ],
)
def test_the_first_question(case: Case, authors: int, answer: str) -> None:
    assert judged(case, authors=authors).coordination == answer


@pytest.mark.parametrize(
    ("strong", "confidence"),
    [
        ((), "low"),
        (("template",), "low"),  # the same kind of sign as the tie itself
        (("client", "creation"), "moderate"),  # one more kind: who the accounts say they are
        (("client", "languages"), "moderate"),
    ],
)
def test_confidence_counts_independent_kinds_of_sign(
    strong: tuple[str, ...], confidence: str
) -> None:
    assert judged(case_of(signals=("template",)), *strong).confidence == confidence


def test_a_second_kind_of_sign_establishes_what_a_text_alone_does_not() -> None:
    by_text = case_of(signals=("template",))
    assert judged(by_text).coordination == "cannot_tell"
    assert judged(by_text, "duplicates").coordination == "cannot_tell"  # texts again
    assert judged(by_text, "client").coordination == "established"


def test_confidence_is_low_without_anyone_ordinary_to_compare_with() -> None:
    assert judged(case_of(others=0, p=None), "client", "languages").confidence == "low"
    assert judged(case_of(others=29), "client", "languages").confidence == "low"


def test_a_cohort_named_by_a_person_carries_its_ground_for_good() -> None:
    answer = judged(named(case_of(), "they dined together"))
    assert answer.banner is not None
    assert ("ground", "they dined together") in answer.banner.values
    assert "cohort_named_by_person" in answer.flags


@pytest.mark.parametrize("case", [case_of(), case_of(members=0), case_of(others=0, p=None)])
def test_every_bottom_line_says_what_it_cannot_know(case: Case) -> None:
    words = Words("en", Disclosure(reveal=False, names={}))
    answer = judged(case)
    assert "does not identify who is behind" in words.say(answer.disclaimer)
    for label in ("bot", "troll", "guilty", "Russian"):
        assert label not in words.say(answer.statement)


def test_without_texts_nothing_was_searched() -> None:
    case = case_of(members=0)
    answer = judged(replace(case, dataset=replace(case.dataset, present=())))
    assert answer.coordination == "cannot_tell"
    assert "no texts" in answer.statement.msgid


def test_shared_texts_with_an_ordinary_explanation_accuse_nobody() -> None:
    answer = judged(replace(case_of(members=0), explained=(SOURCE,)))
    words = Words("en", Disclosure(reveal=False, names={}))
    assert "ordinary explanation" in words.say(answer.statement)


def test_texts_of_doubtful_source_are_neither_accused_nor_waved_through() -> None:
    doubtful = tuple(f"c{n}" for n in range(6))
    answer = judged(replace(case_of(members=0), borderline=doubtful))
    words = Words("en", Disclosure(reveal=False, names={}))
    assert answer.coordination == "not_established"
    assert "6 share texts that may have a public source" in words.say(answer.statement)


def test_without_a_target_the_sentence_speaks_of_the_data() -> None:
    words = Words("en", Disclosure(reveal=False, names={}))
    answer = judged(replace(case_of(members=0), targets=()))
    assert "posted in this data" in words.say(answer.statement)


def test_accounts_that_only_act_alike_are_never_called_coordinated() -> None:
    case = case_of(signals=("same_reposts", "synchronous"))
    found = judged(case, "client", "creation", "languages")
    said = Words("en", Disclosure({}, {})).say(found.statement)
    assert found.coordination == "cannot_tell"
    assert "in words of their own" in said
    assert "near-identical" not in said
