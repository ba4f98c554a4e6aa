"""Acting alike: copied texts, shared links and minutes, one coincidence, other groups, a few."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from analyzers.model.case import Cohort, Member
from analyzers.model.figure import Network as NetworkFigure
from analyzers.model.step import Found, NotComputable
from analyzers.model.text import Text
from analyzers.steps.network import Network

COHORT = [f"a{number:02}" for number in range(8)]
ORDINARY = [f"b{number:02}" for number in range(30)]
STEP = Network()
LONG = "one of the many long sentences that a member of this group has to hand on, number"


@pytest.fixture
def timelines(case: Callable[..., Any], post: Callable[..., Any]) -> Callable[..., Any]:
    """Everybody posts twenty things of their own; `alike` do what `acts` say too, day by day."""

    def build(
        alike: list[str],
        acts: list[dict[str, Any]],
        cohort: list[str] = COHORT,
        ordinary: list[str] = ORDINARY,
        more: Sequence[Any] = (),
    ) -> Any:
        everybody = [*cohort, *ordinary]
        posts = [
            post(
                name,
                f"2018-11-{day + 1:02} {(7 * number + day) % 24:02}:{(number * 13 + day) % 60:02}",
                text=f"my own thought {day} by {name}",
                urls=[f"https://site.example/{name}/{day}"],
                hashtags=["morning", f"{name}{day}"],
                mentions=["7", f"{name}{day}"],
                on_target=False,
            )
            for number, name in enumerate(everybody)
            for day in range(20)
        ]
        posts += [
            post(
                name,
                f"2018-12-{day + 1:02} {(number + 3) % 24:02}:{number:02}",
                **({"text": f"my words on {day} by {name}", "on_target": False} | act),
            )
            for number, name in enumerate(alike)
            for day, act in enumerate(acts)
        ]
        posts += more
        return case(cohort=cohort, comparison=ordinary, posts=posts, timelines=everybody)

    return build


TEXTS: list[dict[str, Any]] = [{"text": f"{LONG} {n}", "family": n} for n in range(5)]
LINKS: list[dict[str, Any]] = [{"urls": [f"https://shop.example/{n}"]} for n in range(5)]
TAGS: list[dict[str, Any]] = [{"hashtags": ["seo", f"tip{n}"]} for n in range(5)]
NAMES: list[dict[str, Any]] = [{"mentions": ["77", str(n)]} for n in range(5)]


@pytest.mark.parametrize(
    ("layer", "acts"),
    [("text", TEXTS), ("link", LINKS), ("hashtags", TAGS), ("mentions", NAMES)],
)
def test_a_group_that_does_the_same_things_is_tied_and_only_in_that_way(
    timelines: Callable[..., Any], layer: str, acts: list[dict[str, Any]]
) -> None:
    outcome = STEP(timelines(COHORT[:6], acts))
    assert isinstance(outcome, Found)
    finding = outcome.finding
    assert finding.noteworthy
    assert finding.primary is not None
    assert finding.primary.p < 0.001
    measures = {measure.name: measure for measure in finding.measures}
    assert measures["tied_pairs"].value == 15 / 28
    assert measures["tied_pairs"].baseline == 0
    assert measures["tied_accounts"].value == 6 / 8
    assert measures["largest_community"].value == 6 / 8
    tied = {name for name, measure in measures.items() if name[5:] != "pairs" and measure.value}
    assert tied == {"tied_accounts", "largest_community", f"tied_{layer}"}


@pytest.mark.parametrize(("apart", "expected"), [(timedelta(0), 15 / 28), (timedelta(hours=2), 0)])
def test_reposts_of_the_same_posts_count_when_they_fall_in_one_hour(
    timelines: Callable[..., Any], post: Callable[..., Any], apart: timedelta, expected: float
) -> None:
    start = datetime(2018, 12, 1, 0, 10, tzinfo=UTC)
    reposts = [
        post(
            name,
            start + timedelta(days=day) + number * apart,
            kind="repost",
            reposted_post=str(day) if number < 6 and day < 5 else f"{name}{day}",
            on_target=False,
        )
        for number, name in enumerate([*COHORT, *ORDINARY])
        for day in range(10)
    ]
    outcome = STEP(timelines([], [], more=reposts))
    assert isinstance(outcome, Found)
    assert {m.name: m.value for m in outcome.finding.measures}["tied_repost"] == expected


def test_the_claim_the_chart_and_the_table_say_the_same(
    timelines: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = STEP(timelines(COHORT, TEXTS))
    assert isinstance(outcome, Found)
    assert said(outcome) == (
        "100% of the pairs that these 8 accounts make act alike more often than chance allows, "
        "against 0% of ordinary pairs; most often: the same texts."
    )
    finding = outcome.finding
    (figure,) = finding.figures
    assert isinstance(figure, NetworkFigure)
    assert len(figure.nodes) == 8
    assert len(figure.edges) == 28
    assert len(finding.evidence[0].posts) == 40
    assert len(finding.tables[0].rows) == 5


def test_one_thing_in_common_ties_nobody(
    timelines: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = STEP(timelines(COHORT, TEXTS[:1]))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy
    assert outcome.finding.primary is not None
    assert outcome.finding.primary.p == 1
    assert said(outcome).startswith("No two of these 8 accounts do the same things")


def test_what_everybody_does_sets_nobody_apart(timelines: Callable[..., Any]) -> None:
    outcome = STEP(timelines([*COHORT, *ORDINARY], TEXTS + LINKS))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy


def test_a_group_of_fans_among_the_ordinary_does_not_set_the_cohort_apart(
    timelines: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = STEP(timelines([*COHORT[:2], *ORDINARY[:5]], TEXTS))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy
    assert said(outcome).startswith("Acting alike does not set these accounts apart")
    (figure,) = outcome.finding.figures
    assert isinstance(figure, NetworkFigure)
    assert sum(node.group == "comparison" for node in figure.nodes) == 5
    groups = {measure.name: measure for measure in outcome.finding.measures}["largest_community"]
    assert (groups.value, groups.baseline) == (2 / len(COHORT), 5 / len(ORDINARY))


@pytest.mark.parametrize("overrides", [{"selecting": True}, {"on_target": True}])
def test_posts_that_selected_the_cohort_or_address_the_target_do_not_count(
    timelines: Callable[..., Any], overrides: dict[str, Any]
) -> None:
    outcome = STEP(timelines(COHORT, [text | overrides for text in TEXTS]))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy


def test_without_timelines_the_other_posts_of_the_search_are_read(
    case: Callable[..., Any], post: Callable[..., Any], said: Callable[..., str]
) -> None:
    posts = [
        post(name, f"2019-02-08 1{n}:00", text=f"@ex_ministre {LONG} {n}", family=n)
        for name in COHORT
        for n in range(5)
    ]
    posts += [
        post(name, f"2019-02-08 1{n}:{number:02}", text=f"@ex_ministre {name} says {n}")
        for number, name in enumerate(ORDINARY)
        for n in range(5)
    ]
    outcome = STEP(case(cohort=COHORT, comparison=ORDINARY, posts=posts))
    assert isinstance(outcome, Found)
    assert said(outcome).startswith("100% of the pairs")
    assert any("the search brought in" in caveat.msgid for caveat in outcome.finding.caveats)


def test_ties_to_another_group_of_the_dump_are_counted(
    case: Callable[..., Any], post: Callable[..., Any], said: Callable[..., str]
) -> None:
    others = [f"c{number:02}" for number in range(4)]
    posts = [
        post(name, f"2019-02-08 1{n}:00", text=f"@ex_ministre {LONG} {n}", family=n)
        for name in [*COHORT, *others]
        for n in range(5)
    ]
    posts += [
        post(name, f"2019-02-08 1{n}:{number:02}", text=f"@ex_ministre {name} says {n}")
        for number, name in enumerate(ORDINARY)
        for n in range(5)
    ]
    other = Cohort(members=tuple(Member(c, 1.0, ("template",), Text("Named.")) for c in others))
    outcome = STEP(case(cohort=COHORT, comparison=ORDINARY, posts=posts, others=(other,)))
    assert isinstance(outcome, Found)
    bridges = outcome.finding.measures[-1]
    assert (bridges.name, bridges.value, bridges.n) == ("bridges", 1.0, 32)
    said(outcome)


def test_without_other_posts_it_says_what_to_collect(
    case: Callable[..., Any], post: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = STEP(case(cohort=COHORT, posts=[post(name, selecting=True) for name in COHORT]))
    assert isinstance(outcome, NotComputable)
    assert "timelines" in said(outcome)


def test_a_handful_without_ordinary_accounts_is_described(
    timelines: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = STEP(timelines(COHORT[:3], TEXTS, cohort=COHORT[:3], ordinary=[]))
    assert isinstance(outcome, Found)
    assert outcome.finding.primary is None
    assert "no ordinary accounts to compare with" in said(outcome) or not outcome.finding.noteworthy
    assert any("so small a sample" in str(one.plural) for one in outcome.finding.caveats)


@pytest.mark.parametrize("acquainted", [False, True])
def test_who_talks_within_the_group_is_counted_and_only_described_if_that_found_them(
    timelines: Callable[..., Any], post: Callable[..., Any], acquainted: bool
) -> None:
    talk = [
        post(f"a0{n}", "2019-01-05", mentions=[f"a0{n + 1}"], on_target=False) for n in range(6)
    ]
    asked = timelines(COHORT, TEXTS, more=talk)
    if acquainted:
        asked = replace(asked, cohort=replace(asked.cohort, signals=("template", "acquaintance")))
    outcome = STEP(asked)
    assert isinstance(outcome, Found)
    (inside,) = [one for one in outcome.finding.measures if one.name == "address_inside"]
    assert (inside.value, inside.n, inside.baseline) == (6 / 8, 8, 0.0)
    caveats = [one.msgid for one in outcome.finding.caveats]
    assert any("because the others know them" in one for one in caveats) == acquainted
