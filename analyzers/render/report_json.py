"""The analyst's private record of an investigation: everything, ids and handles in full, as JSON.

The shape is `limier.report/1`, described by `report.schema.json` beside this file. The same report
gives the same bytes: keys stand in a fixed order and no time of day enters.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeAlias, assert_never

from analyzers.model.case import Cohort, Window
from analyzers.model.dataset import Source
from analyzers.model.figure import Figure
from analyzers.model.finding import Evidence, Finding, Measure, Table
from analyzers.model.report import CaseSummary, Hypothesis, Report, StepReport, Verdict
from analyzers.model.step import Failed, Found, NotComputable
from analyzers.model.target import typed
from analyzers.model.text import (
    AccountRef,
    Code,
    Interval,
    Language,
    Percent,
    PostRef,
    Probability,
    Public,
    Quote,
    Share,
    Text,
    Value,
)
from analyzers.render.bottom_line import bottom_line
from analyzers.render.disclosure import Disclosure
from analyzers.render.words import Words

SCHEMA = "limier.report/1"

DIGITS = 6
"""Significant digits of a written number: more than any measure has, fewer than processors vary."""

Json: TypeAlias = Any


def report_json(report: Report) -> dict[str, Json]:
    """The private record as plain values, ready for `json`; every text is {"en": …, "fr": …}."""
    disclosure = Disclosure.revealed(report)
    return _Writer(Words("en", disclosure), Words("fr", disclosure)).report(report)


def dumps(report: Report) -> bytes:
    """The private record as UTF-8 JSON: the same report always gives the same bytes."""
    text = json.dumps(report_json(report), ensure_ascii=False, indent=2, allow_nan=False)
    return f"{text}\n".encode("utf-8", "replace")  # a file's name may be no Unicode


@dataclass(frozen=True)
class _Writer:
    en: Words
    fr: Words

    def report(self, report: Report) -> dict[str, Json]:
        return {
            "schema": SCHEMA,
            "case": self._case(report.case, report.cohort),
            "cohort": self._cohort(report),
            "steps": [self._step(step) for step in report.steps],
            "hypotheses": [self._hypothesis(each) for each in report.hypotheses],
            "verdict": self._verdict(report.verdict),
            "run": {
                "version": report.run.version,
                "parameters": dict(report.run.parameters)
                | {step.id: step.parameters for step in report.steps if step.parameters},
                "seed": report.run.seed,
            },
        }

    def _text(self, text: Text) -> dict[str, str]:
        return {"en": self.en.say(text), "fr": self.fr.say(text)}

    def _texts(self, texts: Iterable[Text]) -> list[dict[str, str]]:
        return [self._text(text) for text in texts]

    def _case(self, case: CaseSummary, cohort: Cohort) -> dict[str, Json]:
        return {
            "targets": [typed(target) for target in case.targets],
            "window": _window(case.window),
            "selected_by": ["person"] if cohort.named_by_person else list(cohort.signals),
            "dataset": {
                "digest": case.digest,
                "posts": case.posts,
                "accounts": case.authors,
                "sources": [self._source(source) for source in case.sources],
            },
        }

    def _source(self, source: Source) -> dict[str, Json]:
        zone = source.time_zone
        return {
            "name": source.name,
            "format": source.format,
            "confidence": _number(source.confidence),
            "sha256": source.sha256,
            "rows": source.rows,
            "used": source.used,
            "skipped": [
                {
                    "reason": self._text(skipped.reason),
                    "count": skipped.count,
                    "first_line": skipped.first_line,
                }
                for skipped in source.skipped
            ],
            "time_zone": zone and {"assumed": zone.assumed, "evidence": self._text(zone.evidence)},
            "notes": self._texts(source.notes),
        }

    def _cohort(self, report: Report) -> dict[str, Json]:
        comparison = report.comparison
        return {
            "accounts": [
                {
                    "id": line.account_id,
                    "handle": line.handle,
                    "pseudonym": line.pseudonym,
                    "score": _number(line.score),
                    "signals": list(line.signals),
                    "why": self._text(line.why),
                    "ties": [
                        {
                            "signal": tie.name,
                            "p": None if tie.p is None else _number(tie.p),
                            "selecting": tie.selecting,
                            "accounts": list(tie.accounts),
                        }
                        for tie in line.ties
                    ],
                }
                for line in report.accounts
            ],
            "comparison": {
                "accounts": list(comparison.accounts),
                "timelines": list(comparison.timelines),
                "how": comparison.how and self._text(comparison.how),
            },
            "others": [
                {"accounts": list(other.accounts), "signals": list(other.signals)}
                for other in report.others
            ],
        }

    def _step(self, step: StepReport) -> dict[str, Json]:
        outcome = step.outcome
        match outcome:
            case Found(finding):
                kind = "found" if finding.noteworthy else "nothing"
                body = self._finding(finding, step)
            case NotComputable(missing):
                kind, body = "not_computable", self._no_finding(None, missing)
            case Failed(reason):
                kind, body = "failed", self._no_finding(reason, ())
            case _:
                assert_never(outcome)
        strength = step.strength.name.lower()
        return {"id": step.id, "outcome": kind, "strength": strength} | body

    def _finding(self, finding: Finding, step: StepReport) -> dict[str, Json]:
        return {
            "claim": self._text(finding.claim),
            "measures": [_measure(measure, step.q) for measure in finding.measures],
            "evidence": [self._evidence(evidence) for evidence in finding.evidence],
            "figures": [self._figure(figure) for figure in finding.figures],
            "tables": [self._table(table) for table in finding.tables],
            "caveats": self._texts(finding.caveats),
            "alternatives": self._texts(finding.alternatives),
            "falsifier": finding.falsifier and self._text(finding.falsifier),
            "missing": [],
        }

    def _no_finding(self, claim: Text | None, missing: tuple[Text, ...]) -> dict[str, Json]:
        return {
            "claim": claim and self._text(claim),
            "measures": [],
            "evidence": [],
            "figures": [],
            "tables": [],
            "caveats": [],
            "alternatives": [],
            "falsifier": None,
            "missing": self._texts(missing),
        }

    def _evidence(self, evidence: Evidence) -> dict[str, Json]:
        return {"note": self._text(evidence.note), "posts": [ref.id for ref in evidence.posts]}

    def _figure(self, figure: Figure) -> dict[str, Json]:
        return {
            "kind": type(figure).__name__.lower(),
            "title": self._text(figure.title),
            "file": f"charts/{figure.slug}.png",
            "alt": self._text(figure.alt),
        }

    def _table(self, table: Table) -> dict[str, Json]:
        return {
            "title": self._text(table.title),
            "columns": self._texts(table.columns),
            "rows": [[self._cell(cell) for cell in row] for row in table.rows],
        }

    def _cell(self, value: Value | None) -> Json:
        """A table's cell as data rather than words, except for whole sentences."""
        match value:
            case None | str():
                return value
            case Text():
                return self._text(value)
            case int() | float():
                return _number(value)
            case date():
                return _date(value)
            case timedelta():
                return _number(value.total_seconds())
            case tuple():
                return [self._cell(item) for item in value]
            case AccountRef(name) | PostRef(name) | Public(name) | Quote(name):
                return name
            case Code(name) | Language(name):
                return name
            case Percent(number) | Probability(value=number):
                return _number(number)
            case Share(k, n):
                return {"k": k, "n": n}
            case Interval(low, high):
                return {"low": _number(low), "high": _number(high)}
            case _:
                assert_never(value)

    def _hypothesis(self, hypothesis: Hypothesis) -> dict[str, Json]:
        return {
            "id": hypothesis.id,
            "probability": _number(hypothesis.probability),
            "for": self._texts(hypothesis.speaks_for),
            "against": self._texts(hypothesis.speaks_against),
            "would_change": self._text(hypothesis.would_change),
        }

    def _verdict(self, verdict: Verdict) -> dict[str, Json]:
        return {
            "coordination": verdict.coordination,
            "hypothesis": verdict.hypothesis,
            "probability": None if verdict.probability is None else _number(verdict.probability),
            "band": verdict.band,
            "confidence": verdict.confidence,
            "flags": list(verdict.flags),
            "statement": self._bottom_line(verdict),
        }

    def _bottom_line(self, verdict: Verdict) -> dict[str, str]:
        """The whole bottom line, so that the statement never travels without its disclaimer."""
        said = self._texts(bottom_line(verdict))
        return {lang: " ".join(text[lang] for text in said) for lang in ("en", "fr")}


def _window(window: Window) -> dict[str, str | None]:
    return {
        "since": _date(window.since) if window.since else None,
        "until": _date(window.until) if window.until else None,
    }


def _measure(measure: Measure, q: float | None) -> dict[str, Json]:
    """The adjusted q stands beside the p that it adjusts: the primary test's own measure."""
    return {
        "name": measure.name,
        "value": _plain(measure.value),
        "n": measure.n,
        "low": _plain(measure.low),
        "high": _plain(measure.high),
        "baseline": _plain(measure.baseline),
        "p": _plain(measure.p),
        "q": None if measure.p is None else _plain(q),
    }


def _plain(value: float | datetime | str | None) -> Json:
    if value is None or isinstance(value, str):
        return value
    return _date(value) if isinstance(value, datetime) else _number(value)


def _number(value: float) -> float | int | None:
    if isinstance(value, int):
        return value
    return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None


def _date(value: date) -> str:
    if not isinstance(value, datetime):
        return value.isoformat()
    utc = value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    return utc.isoformat().replace("+00:00", "Z")
