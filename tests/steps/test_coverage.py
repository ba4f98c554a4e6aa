"""What was collected: a search, a single author, nothing at all, a case without a cohort."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from analyzers.model.dataset import Skipped, Source, TimeZone
from analyzers.model.figure import Timeline
from analyzers.model.step import Found, NotComputable
from analyzers.model.text import Code, Percent, Text
from analyzers.steps.coverage import Coverage

DUMP = Source(
    name="dump.csv",
    format="twarc_csv",
    sha256="0" * 64,
    rows=100,
    used=90,
    skipped=(Skipped(Text("The row has no text."), 10, first_line=4),),
    time_zone=TimeZone("UTC", Text("Times end in Z.")),
)


def measure(outcome: Found, name: str) -> Any:
    return next(one for one in outcome.finding.measures if one.name == name)


def test_it_says_what_is_there_and_what_was_skipped(
    case: Callable[..., Any], post: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = Coverage()(
        case(
            cohort=["a1", "a2"],
            comparison=["b1"],
            posts=[
                post("a1", "2019-02-08 10:00"),
                post("a2", "2019-02-08 11:00"),
                post("b1", "2019-02-09 09:00"),
                post("b1", "2019-02-09 10:00", on_target=False, route="timeline"),
            ],
            sources=(DUMP,),
        )
    )
    assert isinstance(outcome, Found)
    assert said(outcome) == (
        "The data holds 4 posts by 3 accounts from 8 February 2019 to 9 February 2019. Original "
        "posts about the target: 3, by 3 accounts."
    )
    assert measure(outcome, "skipped").value == 0.1
    sources, skipped, fields, *_, routes = outcome.finding.tables
    assert sources.rows[0][:4] == (Code("dump.csv"), Code("twarc_csv"), 100, 90)
    assert skipped.rows == ((Code("dump.csv"), Text("The row has no text."), 10, 4),)
    assert (Code("client"), Percent(0.0)) in fields.rows
    assert [row[1] for row in routes.rows] == [3, 1]
    assert outcome.finding.describes
    assert outcome.finding.primary is None


def test_its_chart_counts_posts_of_both_sides(
    case: Callable[..., Any], post: Callable[..., Any]
) -> None:
    moments = {"a1": "2019-02-08 10:30", "b1": "2019-02-08 12:10", "c1": "2019-02-08 12:50"}
    posts = [post(name, at) for name, at in moments.items()]
    outcome = Coverage()(case(cohort=["a1"], comparison=["b1"], posts=posts))
    assert isinstance(outcome, Found)
    chart = outcome.finding.figures[0]
    assert isinstance(chart, Timeline)
    assert [series.counts for series in chart.series] == [(1, 0, 0), (0, 0, 2)]


def test_an_account_alone_cannot_be_coordinated(
    case: Callable[..., Any], post: Callable[..., Any], said: Callable[..., str]
) -> None:
    posts = [post("a1", f"2019-02-08 10:{minute:02}") for minute in range(30)]
    outcome = Coverage()(case(posts=posts))
    assert "coordination cannot be studied" in said(outcome)


def test_it_works_without_a_cohort_or_a_target_post(
    case: Callable[..., Any], post: Callable[..., Any], said: Callable[..., str]
) -> None:
    posts = [post(name, on_target=False) for name in ("b1", "b2")]
    outcome = Coverage()(case(comparison=["b1", "b2"], posts=posts))
    assert isinstance(outcome, Found)
    assert outcome.finding.figures == ()
    assert said(outcome).endswith("Original posts about the target: 0, by 0 accounts.")


def test_texts_that_the_export_cut_are_counted(
    case: Callable[..., Any], post: Callable[..., Any]
) -> None:
    posts = [
        post("a1", text="@ex_ministre a long complaint that goes on and… https://t.co/abc123"),
        post("a2", text="@ex_ministre what a pity…"),
        post("a3", text=None),
    ]
    outcome = Coverage()(case(cohort=["a1", "a2", "a3"], posts=posts))
    assert isinstance(outcome, Found)
    assert (measure(outcome, "truncated").value, measure(outcome, "truncated").n) == (0.5, 2)


def test_it_tells_collected_timelines_from_inferred_ones(
    case: Callable[..., Any], post: Callable[..., Any]
) -> None:
    arguments = {"cohort": ["a1", "a2"], "posts": [post("a1"), post("a2")], "timelines": ["a1"]}
    inferred = Coverage()(case(**arguments))
    stated = Coverage()(case(**arguments, collected=[{"account_id": "a1", "scope": "timeline"}]))
    assert isinstance(inferred, Found)
    assert isinstance(stated, Found)
    assert any("does not say so" in caveat.msgid for caveat in inferred.finding.caveats)
    assert any(caveat.msgid.startswith("The collection says") for caveat in stated.finding.caveats)
    assert measure(stated, "cohort_timelines").value == 0.5


def test_no_posts_is_nothing_to_cover(case: Callable[..., Any], said: Callable[..., str]) -> None:
    outcome = Coverage()(case())
    assert isinstance(outcome, NotComputable)
    assert said(outcome) == "Posts: the data holds none."
