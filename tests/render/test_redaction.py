"""What a strict redaction says and draws in place of words and exact times."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from analyzers.model.figure import Series, Timeline
from analyzers.model.report import Report
from analyzers.model.step import Found
from analyzers.model.target import Phrase
from analyzers.model.text import Quote, Text
from analyzers.render.disclosure import Disclosure
from analyzers.render.figures import draw
from analyzers.render.redaction import redacted
from analyzers.render.words import Words

STRICT = Words("en", Disclosure(reveal=False, redaction="strict", asked=frozenset({"the new law"})))


def test_only_a_phrase_that_the_case_is_about_is_quoted() -> None:
    assert STRICT.value(Quote("you are nothing but a liar")) == "[text not shown]"
    assert STRICT.value((Quote("clown"), Quote("liar"))) == "[2 texts not shown]"
    assert STRICT.value(Quote("the new law")) == "“the new law”"


def test_the_right_to_reveal_is_above_the_redaction() -> None:
    reveals = Words("en", Disclosure(reveal=True, redaction="strict"))
    assert reveals.value(Quote("you are nothing but a liar")) == "“you are nothing but a liar”"


def test_a_phrase_is_known_as_what_the_case_is_about(report: Report) -> None:
    about = replace(report, case=replace(report.case, targets=(Phrase("the new law"),)))
    assert not Disclosure.public(about, "strict").withholds("the new law")
    assert Disclosure.public(report, "strict").withholds("the new law")


def test_hours_are_counted_into_their_days_and_can_be_drawn(report: Report) -> None:
    hours = Timeline(
        slug="hours",
        title=Text("Hours"),
        alt=Text("Hours."),
        start=datetime.fromisoformat("2019-02-08T22:00Z"),
        bin_seconds=3600,
        series=(SERIES,),
        y_label=Text("Posts"),
        x_label=Text("Time"),
    )
    found = next(step for step in report.steps if isinstance(step.outcome, Found))
    assert isinstance(found.outcome, Found)
    finding = replace(found.outcome.finding, figures=(hours,))
    shown = redacted(replace(report, steps=(replace(found, outcome=Found(finding)),)))
    (step,) = shown.steps
    assert isinstance(step.outcome, Found)
    (days,) = step.outcome.finding.figures
    assert isinstance(days, Timeline)
    assert days.series[0].counts == (3, 12)
    assert "at most 12 in one day" in STRICT.say(days.alt)
    assert draw(days, STRICT).startswith(b"\x89PNG")


SERIES = Series(Text("A"), "cohort", (1, 2, 3, 4, 5))
