"""Whom else accounts address: shared victims, famous people, members of the group, a handful."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from analyzers.model.case import Cohort, Member, PublicFigure, Register
from analyzers.model.figure import Bars, Bipartite
from analyzers.model.finding import Finding
from analyzers.model.step import Found, NotComputable
from analyzers.model.text import AccountRef, Public, Text
from analyzers.render.disclosure import Disclosure
from analyzers.render.words import Words
from analyzers.steps.other_targets import OtherTargets

COHORT = [f"a{number:02}" for number in range(12)]
ORDINARY = [f"b{number:02}" for number in range(40)]
STEP = OtherTargets(draws=999)


@pytest.fixture
def written(case: Callable[..., Any], post: Callable[..., Any]) -> Callable[..., Any]:
    """A case in which each named account addressed somebody, and all others posted a plain text."""

    def build(
        addressed: dict[str, list[str]],
        cohort: list[str] = COHORT,
        ordinary: list[str] = ORDINARY,
        **options: Any,
    ) -> Any:
        posts = [
            post(name, f"2019-01-01 {10 + n:02}:00", mentions=[key], on_target=False, text="Hm.")
            for name, keys in addressed.items()
            for n, key in enumerate(keys)
        ]
        posts += [
            post(name, f"2018-12-0{day}", mentions=[], on_target=False)
            for name in [*cohort, *ordinary]
            for day in (1, 2, 3)
        ]
        everybody = [*cohort, *ordinary]
        built = {"timelines": everybody, "posts": posts} | options
        return case(cohort=cohort, comparison=ordinary, **built)

    return build


def test_a_journalist_whom_half_of_the_cohort_addresses_is_singled_out(
    written: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = STEP(written({name: ["journalist"] for name in [*COHORT[:6], "b01"]}))
    assert isinstance(outcome, Found)
    assert said(outcome) == (
        "Of these accounts, 6 of 12 (50%) address one same other account beyond the target, "
        "against 1 of 40 (2%) among ordinary accounts."
    )
    finding = outcome.finding
    top = finding.measures[0]
    assert (top.name, top.value, top.n, top.baseline_n) == ("top_target", 0.5, 12, 40)
    assert finding.noteworthy
    assert finding.primary is not None
    assert finding.primary.p == top.p
    assert finding.primary.p < 0.01
    chart = finding.figures[0]
    assert isinstance(chart, Bipartite)
    assert {(edge.left, edge.right) for edge in chart.edges} == {(n, 0) for n in range(6)}
    assert finding.tables[0].rows[0][1] == AccountRef("journalist")
    assert len(finding.evidence[0].posts) == 6


def test_a_famous_account_that_everyone_addresses_is_no_target(
    written: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = STEP(written({name: ["president"] for name in [*COHORT, *ORDINARY[:36]]}))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy
    assert said(outcome).startswith("Beyond the target, nobody is addressed by clearly more")
    assert outcome.finding.primary is not None
    assert outcome.finding.primary.p > 0.05


def test_two_accounts_who_talk_to_a_friend_support_nothing(written: Callable[..., Any]) -> None:
    outcome = STEP(written({"a00": ["friend"] * 3, "a01": ["friend"]}))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy


def test_talk_within_the_group_and_with_the_target_is_no_other_target(
    written: Callable[..., Any], account: Callable[..., Any]
) -> None:
    addressed = {name: ["@Leader".lower(), "@ex_ministre"] for name in COHORT[1:]}
    outcome = STEP(written(addressed, accounts=[account("a00", handle="Leader")]))
    assert isinstance(outcome, Found)
    inside = outcome.finding.measures[-1]
    assert (inside.name, inside.value) == ("addressed_inside", 11)
    assert not outcome.finding.noteworthy


def test_a_post_about_the_target_that_names_somebody_too_is_left_out(
    written: Callable[..., Any], post: Callable[..., Any]
) -> None:
    posts = [post(name, mentions=["aide", "id-of-target"]) for name in COHORT]
    posts += [post(name, "2019-01-02", on_target=False) for name in [*COHORT, *ORDINARY]]
    outcome = STEP(written({}, posts=posts))
    assert isinstance(outcome, Found)
    assert outcome.finding.measures[0].value == 0


def test_texts_that_members_share_are_counted_as_one_template(
    written: Callable[..., Any], post: Callable[..., Any]
) -> None:
    posts = [
        post(name, "2019-01-01", reply_to_account="singer", on_target=False, family=n % 2)
        for n, name in enumerate(COHORT)
    ]
    posts += [post(name, "2019-01-02", on_target=False) for name in ORDINARY]
    outcome = STEP(written({}, posts=posts))
    assert isinstance(outcome, Found)
    same, struck = outcome.finding.measures[2:4]
    assert (same.name, same.value, same.n) == ("same_template", 1.0, 12)
    assert (struck.name, struck.value) == ("attack_template", 0.0)


def test_words_used_against_the_target_too_are_counted(
    written: Callable[..., Any], post: Callable[..., Any]
) -> None:
    posts = [post(name, "2019-02-08", family=7) for name in COHORT]
    posts += [
        post(name, "2019-01-01", mentions=["singer"], on_target=False, family=7 if n < 6 else -1)
        for n, name in enumerate(COHORT)
    ]
    posts += [post(name, "2019-01-02", on_target=False) for name in ORDINARY]
    outcome = STEP(written({}, posts=posts))
    assert isinstance(outcome, Found)
    struck = outcome.finding.measures[3]
    assert (struck.name, struck.value, struck.n) == ("attack_template", 0.5, 12)


def test_without_timelines_it_says_what_to_collect(
    written: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = STEP(written({"a00": ["journalist"]}, timelines=[]))
    assert isinstance(outcome, NotComputable)
    assert "timelines" in said(outcome)


def test_without_ordinary_timelines_there_are_counts_and_no_test(
    written: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = STEP(written({name: ["one", "two"] for name in COHORT[:4]}, timelines=COHORT))
    assert isinstance(outcome, Found)
    assert outcome.finding.primary is None
    assert outcome.finding.measures[0].p is None
    assert "no ordinary accounts to compare" in said(outcome)
    assert "2 other accounts" in said(outcome)


def test_a_handful_is_called_small(written: Callable[..., Any], said: Callable[..., str]) -> None:
    three = COHORT[:3]
    outcome = STEP(written({name: ["journalist"] for name in three}, cohort=three))
    assert isinstance(outcome, Found)
    assert "3 of 3" in said(outcome)
    assert any(caveat.plural for caveat in outcome.finding.caveats)


def figure(handle: str, name: str, category: str, *ids: str) -> PublicFigure:
    return PublicFigure(handle, name, category, (f"@{handle}", *ids))


SINGER = figure("mc_boussole", "Mc Boussole", "culture", "id-singer")
MINISTER = figure("ministre_fleuve", "Ministère du Fleuve", "politics")
REGISTER = Register((SINGER, MINISTER))
ADDRESSED = {
    **{name: ["id-singer", "stranger"] for name in COHORT[:6]},
    **{name: ["@mc_boussole", "@ministre_fleuve", "stranger"] for name in COHORT[6:10]},
    "b01": ["id-singer"],
}


def everything(finding: Finding) -> str:
    """All that a public page may show of a finding, in words."""
    words = Words("en", Disclosure(reveal=False))
    parts: list[Any] = [finding.claim, *finding.caveats]
    parts += [measure.label for measure in finding.measures]
    parts += [cell for table in finding.tables for row in table.rows for cell in row if cell]
    for chart in finding.figures:
        parts += [chart.title, chart.alt, chart.note or ""]
        parts += chart.right if isinstance(chart, Bipartite) else ()
        parts += chart.categories if isinstance(chart, Bars) else ()
    return " | ".join(words.value(part) for part in parts)


def test_figures_of_the_register_are_named_with_their_category_and_others_are_not(
    written: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = STEP(written(ADDRESSED, register=REGISTER))
    assert isinstance(outcome, Found)
    assert said(outcome) == (
        "Beyond the target, these accounts single out 3 other accounts. Of these accounts, 10 of "
        "12 (83%) address the first one, against 0 of 40 (0%) among ordinary accounts."
    )
    chart, bars = outcome.finding.figures
    assert isinstance(chart, Bipartite)
    assert isinstance(bars, Bars)
    words = Words("en", Disclosure(reveal=False))
    assert sorted(words.value(label) for label in chart.right if isinstance(label, Text)) == [
        "Mc Boussole (culture): A 10 of 12, B 1 of 40",
        "Ministère du Fleuve (politics): A 4 of 12, B 0 of 40",
        "T1: A 10 of 12, B 0 of 40",
    ]
    assert bars.categories == ("culture", "politics")
    assert bars.comparison is not None
    assert [(bar.k, bar.n) for bar in (*bars.cohort, *bars.comparison)] == [
        (10, 12),
        (4, 12),
        (1, 40),
        (0, 40),
    ]
    shares = {one.name: (one.value, one.baseline) for one in outcome.finding.measures}
    assert shares["register"] == shares["category_1"] == (10 / 12, 1 / 40)
    assert shares["category_2"] == (4 / 12, 0)
    cells = {row[0]: row[1:3] for row in outcome.finding.tables[0].rows}
    assert cells[Public("Mc Boussole")] == (Public("@mc_boussole"), "culture")
    assert cells["T1"] == (AccountRef("stranger"), None)
    assert "stranger" not in everything(outcome.finding)


def test_two_singled_out_of_two_categories_are_said_to_be_so(
    written: Callable[..., Any], said: Callable[..., str]
) -> None:
    addressed = {name: ["id-singer", "@ministre_fleuve"] for name in COHORT[:8]}
    outcome = STEP(written(addressed, register=REGISTER))
    assert "2 public figures of 2 categories in the register" in said(outcome)


def test_without_a_register_no_name_and_no_category_is_invented(
    written: Callable[..., Any], account: Callable[..., Any]
) -> None:
    known = [account("id-singer", handle="mc_boussole", display_name="Mc Boussole")]
    outcome = STEP(written(ADDRESSED, accounts=known))
    assert isinstance(outcome, Found)
    finding = outcome.finding
    assert not [chart for chart in finding.figures if isinstance(chart, Bars)]
    assert not [one for one in finding.measures if one.name.startswith(("category", "register"))]
    shown = everything(finding).lower()
    assert "boussole" not in shown
    assert "culture" not in shown
    assert "nobody is put into a category" in shown


def test_figures_whom_nobody_singles_out_are_still_counted_by_category(
    written: Callable[..., Any],
) -> None:
    addressed = {name: ["id-singer"] for name in [*COHORT[:3], *ORDINARY[:10]]}
    outcome = STEP(written(addressed, register=REGISTER))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy
    shares = {one.name: one.value for one in outcome.finding.measures}
    assert shares["category_1"] == 3 / 12
    assert "category_2" not in shares


@pytest.mark.parametrize("role", ["cohort", "borderline", "others"])
def test_whoever_the_case_is_about_keeps_a_pseudonym_whatever_the_register_says(
    written: Callable[..., Any], role: str
) -> None:
    accused = Register((figure("leader", "The Leader", "culture", "z"),))
    options: dict[str, Any] = {
        "cohort": {"cohort": [*COHORT, "z"]},
        "borderline": {"borderline": ("z",)},
        "others": {"others": (Cohort(members=(Member("z", 1.0, (), Text("Named here.")),)),)},
    }[role]
    addressed = {name: ["z", "@leader"] for name in COHORT}
    outcome = STEP(written(addressed, register=accused, **options))
    assert isinstance(outcome, Found)
    assert "Leader" not in everything(outcome.finding)


def test_rows_left_aside_and_a_handful_are_said(written: Callable[..., Any]) -> None:
    three = COHORT[:3]
    outcome = STEP(
        written(
            {name: ["id-singer"] for name in three},
            cohort=three,
            ordinary=[],
            timelines=three,
            register=Register((SINGER,), skipped=2),
        )
    )
    assert isinstance(outcome, Found)
    shown = everything(outcome.finding)
    assert "2 rows of the register were left aside" in shown
    assert "This rests on 3 accounts" in shown
    assert "Of these accounts, 3 of 3 address Mc Boussole beyond the target." in shown


def test_pairs_of_accounts_that_address_somebody_in_common(written: Callable[..., Any]) -> None:
    outcome = STEP(written({name: ["one"] for name in COHORT[:6]}))
    assert isinstance(outcome, Found)
    pairs = next(one for one in outcome.finding.measures if one.name == "shared_by_pairs")
    assert pairs.value == pytest.approx(15 / 66)
    assert (pairs.n, pairs.baseline, pairs.baseline_n) == (12, 0, 40)
    assert isinstance(pairs.low, float)
    assert isinstance(pairs.high, float)
    assert 0 < pairs.low < 15 / 66 < pairs.high < 0.65
