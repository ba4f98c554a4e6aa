"""The private record: its shape, its bytes, and that nothing is left out or invented."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from analyzers.model.finding import Measure
from analyzers.model.report import Report
from analyzers.model.step import Found
from analyzers.model.text import Text
from analyzers.render.report_json import dumps, report_json


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    text = files("analyzers.render").joinpath("report.schema.json").read_text("utf-8")
    Draft202012Validator.check_schema(json.loads(text))
    return Draft202012Validator(json.loads(text))


def test_the_record_keeps_to_its_schema(report: Report, schema: Draft202012Validator) -> None:
    schema.validate(json.loads(dumps(report)))


def test_a_field_that_nobody_described_is_refused(
    report: Report, schema: Draft202012Validator
) -> None:
    record = report_json(report) | {"origin": "unknown"}
    with pytest.raises(ValidationError):
        schema.validate(record)


def test_every_outcome_has_its_own_word(report: Report) -> None:
    outcomes = {step["id"]: step["outcome"] for step in report_json(report)["steps"]}
    assert outcomes == {
        "client": "found",
        "creation": "nothing",
        "languages": "not_computable",
        "timeline": "failed",
    }


def test_the_analyst_reads_ids_and_handles_in_full(report: Report) -> None:
    record = report_json(report)
    assert record["cohort"]["accounts"][0] == {
        "id": "11",
        "handle": "GrumpyGreta",
        "pseudonym": "A01",
        "score": 0.9,
        "signals": ["template"],
        "why": {"en": "Same model.", "fr": "Same model."},
        "ties": [{"signal": "template", "p": 0.01, "selecting": True, "accounts": ["12"]}],
    }
    note = record["steps"][0]["evidence"][0]
    assert note == {
        "note": {"en": "Posts by @GrumpyGreta (A01).", "fr": "Posts by @GrumpyGreta (A01)."},
        "posts": ["900"],
    }


def test_targets_read_as_one_would_type_them(report: Report) -> None:
    assert report_json(report)["case"]["targets"] == [
        "@Ex_Mayor",
        "#council",
        '"you grumpy"',
        "https://news.example/council",
        "77",
    ]


def test_q_stands_beside_the_p_it_adjusts_and_nowhere_else(report: Report) -> None:
    tested, dated = report_json(report)["steps"][0]["measures"]
    assert (tested["p"], tested["q"]) == (0.0312, 0.0624)
    assert (dated["p"], dated["q"]) == (None, None)
    assert dated["value"] == "2019-02-08T07:30:00Z"


def test_the_bottom_line_never_travels_without_its_disclaimer(report: Report) -> None:
    statement = report_json(report)["verdict"]["statement"]["en"]
    assert statement == (
        "The accounts act together. Confidence: low, because little was collected. "
        "This does not identify who is behind it."
    )


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    assert dumps(report) == dumps(report)
    assert b'"probability": 0.123457' in dumps(report)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None])
def test_a_number_that_is_none_is_null(report: Report, value: Any) -> None:
    step = report.steps[1]
    assert isinstance(step.outcome, Found)
    measure = Measure("odd", Text("Odd"), value, "ratio", 0)
    finding = replace(step.outcome.finding, measures=(measure,))
    odd = replace(report, steps=(replace(step, outcome=Found(finding)),))
    assert json.loads(dumps(odd))["steps"][0]["measures"][0]["value"] is None
