"""The whole path, from a file of posts to a report, on cases whose truth is known."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from analyzers import investigation
from analyzers.investigation import Progress, investigate
from analyzers.model.finding import Finding, Measure
from analyzers.model.refusal import BadInput
from analyzers.model.report import Report
from analyzers.model.step import Failed, Found, Lost, NotComputable
from analyzers.model.text import Text
from analyzers.render.report_json import dumps
from analyzers.simulate import Campaign, simulate, write

Investigated = Callable[..., tuple[Campaign, Report]]


def finding(report: Report, step: str) -> Finding:
    outcome = report.step(step).outcome
    assert isinstance(outcome, Found), outcome
    return outcome.finding


def measure(report: Report, step: str, name: str) -> Measure:
    return next(one for one in finding(report, step).measures if one.name == name)


@pytest.fixture
def demo(investigated: Investigated) -> tuple[Campaign, Report]:
    return investigated("rented_farm")


def test_the_cohort_is_all_twenty_and_nobody_else(demo: tuple[Campaign, Report]) -> None:
    campaign, report = demo
    assert set(report.cohort.accounts) == set(campaign.truth.cohort)
    assert report.verdict.coordination == "established"


@pytest.mark.parametrize(
    ("step", "name", "value", "n"),
    [
        ("template", "model_posts", 20, 20),
        ("client", "client_share", 1.0, 20),
        ("creation", "created_2019_01", 3, 20),
        ("creation", "created_2019_02", 4, 20),
        ("profile_language", "audience_language", 0.0, 20),
        ("timeline", "burst_days", "2019-02-08, 2019-02-09", 20),
        ("languages", "leading_organic", "el", 20),
    ],
)
def test_every_fact_of_the_reconstructed_case_is_found(
    demo: tuple[Campaign, Report], step: str, name: str, value: object, n: int
) -> None:
    found = measure(demo[1], step, name)
    assert (found.value, found.n) == (value, n)


def test_the_oldest_account_is_of_2009_and_posts_come_about_hourly(
    demo: tuple[Campaign, Report],
) -> None:
    oldest = measure(demo[1], "creation", "oldest").value
    gap = measure(demo[1], "timeline", "median_gap_minutes").value
    assert oldest is not None
    assert oldest.year == 2009  # type: ignore[union-attr]
    assert 50 <= gap <= 70  # type: ignore[operator]


def test_every_step_of_the_demo_has_its_comparison(demo: tuple[Campaign, Report]) -> None:
    assert len(demo[1].comparison) >= 500
    for step in ("client", "creation", "profile_language", "languages"):
        assert any(one.baseline is not None for one in finding(demo[1], step).measures), step


def test_no_step_fails(investigated: Investigated) -> None:
    for scenario, stage in (("rented_farm", "full"), ("rented_farm", "first"), ("outrage", "full")):
        report = investigated(scenario, stage)[1]
        assert not [s for s in report.steps if isinstance(s.outcome, Failed)]


@pytest.mark.parametrize("name", ["dump.jsonl.gz", "dump.rtweet.csv", "dump.io.csv"])
def test_the_same_accounts_are_found_in_every_format(investigated: Investigated, name: str) -> None:
    campaign, report = investigated("rented_farm", name=name)
    assert set(report.cohort.accounts) == set(campaign.truth.cohort)


def test_the_first_stage_is_short_and_says_what_to_collect(investigated: Investigated) -> None:
    campaign, report = investigated("rented_farm", "first")
    assert set(report.cohort.accounts) == set(campaign.truth.cohort)
    assert report.verdict.coordination == "cannot_tell"
    assert report.verdict.confidence == "low"
    assert max(step.strength for step in report.steps) <= 1
    assert not [s for s in report.steps if s.q is not None]
    assert len(report.collect_next) >= 2


@pytest.mark.parametrize("seed", [20190211, 1, 2])
def test_an_outrage_accuses_nobody(investigated: Investigated, seed: int) -> None:
    report = investigated("outrage", seed=seed)[1]
    assert not report.cohort.members
    assert report.verdict.coordination == "not_established"
    assert report.explained  # the slogan and the titles were seen, and understood


def test_the_same_dump_gives_the_same_report_byte_for_byte(small: Path, tmp_path: Path) -> None:
    lines = small.read_bytes().splitlines(keepends=True)
    reversed_dump = tmp_path / "reversed.jsonl"
    reversed_dump.write_bytes(b"".join(reversed(lines)))
    same, turned = (investigate(dump, targets=["@ex_ministre"]) for dump in (small, reversed_dump))
    assert dumps(same) == dumps(investigate(small, targets=["@ex_ministre"]))
    assert turned.case.digest == same.case.digest
    assert _without_sources(turned) == _without_sources(same)


def _without_sources(report: Report) -> dict[str, Any]:
    """The report without its sources: their names and hashes differ when lines are reversed."""
    document: dict[str, Any] = json.loads(dumps(report))
    document["case"]["dataset"]["sources"] = []
    document["steps"][0]["tables"] = []  # coverage lists the sources too
    return document


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write(simulate("rented_farm", stage="first"), tmp_path / "dump.jsonl")[0]


def test_a_lost_worker_costs_its_step_and_no_other(small: Path) -> None:
    def loses_one(function: Callable[[Any], Any], items: Iterable[Any]) -> Iterable[Any]:
        asked = list(items)
        for number, item in enumerate(asked):
            lost = function is investigation._ask and number == 2
            yield Lost(Text("It took too long.")) if lost else function(item)

    report = investigate(small, targets=["@ex_ministre"], run=loses_one)
    failed = [step.id for step in report.steps if isinstance(step.outcome, Failed)]
    assert failed == [report.steps[2].id]
    assert len(report.cohort) == 20


def test_a_worker_lost_while_reading_is_one_clear_sentence(small: Path) -> None:
    def loses_all(function: Callable[[Any], Any], items: Iterable[Any]) -> Iterable[Any]:
        return [Lost(Text("It took longer than allowed.")) for _ in items]

    with pytest.raises(BadInput, match="could not be read through"):
        investigate(small, run=loses_all)


def test_progress_is_told_stage_by_stage(small: Path) -> None:
    seen: list[Progress] = []
    report = investigate(small, targets=["@ex_ministre"], progress=seen.append)
    assert [p.stage for p in seen[:4]] == ["read", "enrich", "cohort", "steps"]
    assert seen[-1] == Progress("steps", len(report.steps), len(report.steps))


def test_a_misspelt_target_is_refused_with_the_nearest_handles(small: Path) -> None:
    with pytest.raises(BadInput) as refusal:
        investigate(small, targets=["@ex_minstre"])
    assert "ex_ministre" in str(refusal.value.text.values)


def test_without_a_target_candidates_are_offered(small: Path) -> None:
    report = investigate(small)
    assert report.case.candidates[0].accounts == 20
    assert len(report.cohort) == 20


@pytest.mark.parametrize("target", ["'laisse les français tranquilles'", "ex_ministre"])
def test_a_phrase_or_a_bare_name_is_understood_as_well(small: Path, target: str) -> None:
    assert investigate(small, targets=[target]).case.in_scope == 20


def test_a_hashtag_that_nobody_used_is_refused(small: Path) -> None:
    with pytest.raises(BadInput):
        investigate(small, targets=["#ex_ministre"])


def test_accounts_named_by_a_person_are_described_and_never_judged(
    demo: tuple[Campaign, Report], tmp_path: Path
) -> None:
    campaign = demo[0]
    listed = tmp_path / "accounts.csv"
    rows = "\n".join(f"{handle},seen at a dinner," for handle in campaign.truth.handles[:8])
    listed.write_text(f"account,ground,note\n{rows}\n", encoding="utf-8")
    dump, *_ = write(simulate("rented_farm", stage="first"), tmp_path / "dump.jsonl")
    report = investigate(dump, targets=["@ex_ministre"], accounts=listed)
    assert len(report.cohort) == 8
    assert report.verdict.coordination == "cannot_tell"
    assert report.verdict.confidence == "low"
    assert report.verdict.banner is not None


def test_what_is_missing_is_said_in_words(investigated: Investigated) -> None:
    report = investigated("outrage")[1]
    missing = [s.outcome for s in report.steps if isinstance(s.outcome, NotComputable)]
    assert missing
    assert all(outcome.missing for outcome in missing)
