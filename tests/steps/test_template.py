"""One model of text: twenty posts of it, a petition, nobody alike, no text, two accounts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from analyzers.model.case import Explained
from analyzers.model.figure import Alignment, Posts
from analyzers.model.finding import Measure
from analyzers.model.step import Found, NotComputable
from analyzers.model.text import Text
from analyzers.steps.template import Template

INSULTS = ["clown", "poltroon", "windbag", "turnip"]
COHORT = [f"a{number}" for number in range(20)]
ORDINARY = [f"b{number}" for number in range(40)]


@pytest.fixture
def one_model(case: Callable[..., Any], post: Callable[..., Any]) -> Callable[..., Any]:
    """Accounts that each post the model once, an hour apart, beside ordinary ones."""

    def build(cohort: list[str] = COHORT, signals: tuple[str, ...] = (), **others: Any) -> Any:
        posts = [
            post(
                name,
                f"2019-02-08 {number % 24:02}:00",
                text=f"@ex_ministre you are nothing but a {INSULTS[number % 4]}, go home",
                family=1,
                selecting="template" in signals,
            )
            for number, name in enumerate(cohort)
        ]
        posts += [
            post(name, "2019-02-08 12:30", text=f"@ex_ministre my view number {number}")
            for number, name in enumerate(ORDINARY)
        ]
        posts += others.pop("more", [])
        return case(cohort=cohort, comparison=ORDINARY, posts=posts, signals=signals, **others)

    return build


def measure(outcome: Found, name: str) -> Measure:
    return next(one for one in outcome.finding.measures if one.name == name)


def test_twenty_posts_of_one_model_are_laid_under_it(
    one_model: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = Template()(one_model())
    assert isinstance(outcome, Found)
    claim = said(outcome)
    assert claim.startswith(
        "Of these accounts, 20 of 20 (100%) posted the same model of text at the target, against 0 "
        "of 40 (0%) among ordinary accounts: “"
    )
    assert "@… you are nothing but a … go home”" in claim
    assert measure(outcome, "model_posts").value == 20
    assert measure(outcome, "oldest").value == datetime(2019, 2, 8, tzinfo=UTC)
    assert outcome.finding.primary is not None
    assert outcome.finding.primary.p == measure(outcome, "shared_text").p
    assert outcome.finding.primary.p < 0.001
    chart = outcome.finding.figures[0]
    assert isinstance(chart, Alignment)
    assert chart.total == 20
    assert all(len(row.cells) == len(chart.model) for row in chart.posts)
    assert [cell.words for cell in chart.posts[0].cells if cell.slot] == ["@…", "clown,"]
    cards = outcome.finding.figures[-1]
    assert isinstance(cards, Posts)
    assert [card.account.id for (card,) in cards.rows] == ["a5", "a10", "a15"]
    assert cards.rows[0][0].text == "@… you are nothing but a poltroon, go home"


def test_words_of_one_author_alone_are_not_shown(
    one_model: Callable[..., Any], post: Callable[..., Any]
) -> None:
    alone = post(
        "a0",
        "2019-02-07 23:30",
        text="@ex_ministre you are nothing but a haberdasher, go home",
        family=1,
    )
    outcome = Template()(one_model(more=[alone]))
    assert isinstance(outcome, Found)
    assert "haberdasher" not in repr(outcome.finding)
    assert "turnip" in repr(outcome.finding)


def test_likeness_that_selected_the_accounts_is_only_described(
    one_model: Callable[..., Any],
) -> None:
    outcome = Template()(one_model(signals=("template",)))
    assert isinstance(outcome, Found)
    assert outcome.finding.describes
    assert outcome.finding.primary is None
    assert all(one.p is None for one in outcome.finding.measures)


def test_a_text_with_a_public_source_is_left_out(
    one_model: Callable[..., Any], said: Callable[..., str]
) -> None:
    petition = Explained(family=1, posts=20, accounts=20, source=Text("A petition."))
    outcome = Template()(one_model(explained=(petition,)))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy
    assert said(outcome) == "No two of the 20 accounts that posted about the target share a text."


def test_a_text_that_ordinary_accounts_copy_as_much_says_nothing(
    case: Callable[..., Any], post: Callable[..., Any], said: Callable[..., str]
) -> None:
    posts = [post(name, text="@ex_ministre resign now", family=3) for name in COHORT + ORDINARY]
    outcome = Template()(case(cohort=COHORT, comparison=ORDINARY, posts=posts))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy
    assert said(outcome).startswith(
        "Like texts do not set these accounts apart: on average, others also posted 100%"
    )


@pytest.mark.parametrize(("author", "on_target"), [("c1", True), ("b1", False)])
def test_an_older_post_by_someone_else_is_named_as_a_doubt(
    one_model: Callable[..., Any], post: Callable[..., Any], author: str, on_target: bool
) -> None:
    source = post(
        author,
        "2019-02-01 09:00",
        text="You are nothing but a clown, go home",
        family=1,
        on_target=on_target,
    )
    outcome = Template()(one_model(more=[source]))
    assert isinstance(outcome, Found)
    assert "it may be what these accounts copied" in outcome.finding.caveats[0].msgid
    assert measure(outcome, "oldest").value == datetime(2019, 2, 1, 9, tzinfo=UTC)


def test_people_who_each_write_their_own_text_share_none(
    case: Callable[..., Any], post: Callable[..., Any], said: Callable[..., str]
) -> None:
    posts = [post(name, text=f"@ex_ministre thought {name}") for name in COHORT + ORDINARY]
    outcome = Template()(case(cohort=COHORT, comparison=ORDINARY, posts=posts))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy
    assert "share a text" in said(outcome)


def test_posts_without_text_have_no_model(
    case: Callable[..., Any], post: Callable[..., Any], said: Callable[..., str]
) -> None:
    posts = [post(name, text=None) for name in COHORT]
    outcome = Template()(case(cohort=COHORT, posts=posts))
    assert isinstance(outcome, NotComputable)
    assert said(outcome) == "Posts by these accounts about the target, with text."


def test_an_empty_cohort_has_no_model(case: Callable[..., Any], post: Callable[..., Any]) -> None:
    assert isinstance(Template()(case(comparison=["b1"], posts=[post("b1")])), NotComputable)


def test_two_accounts_are_counted(one_model: Callable[..., Any], said: Callable[..., str]) -> None:
    outcome = Template()(one_model(cohort=["a0", "a1"]))
    assert isinstance(outcome, Found)
    assert said(outcome).startswith("Of these accounts, 2 of 2 posted the same model")
    assert any("so small a sample" in str(caveat.plural) for caveat in outcome.finding.caveats)
