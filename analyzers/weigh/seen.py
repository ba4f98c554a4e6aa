"""What a case shows to the rival explanations: the search's result and the steps' numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from analyzers.model.case import Case
from analyzers.model.finding import Measure
from analyzers.model.report import StepReport
from analyzers.model.step import Found
from analyzers.model.text import PostRef, Text


@dataclass(frozen=True, slots=True)
class Number:
    """A measure reduced to numbers: the cohort's value over `n`, and the comparison's."""

    value: float
    n: int
    baseline: float | None = None


@dataclass(frozen=True)
class Seen:
    """Plain numbers of one case, so that a simulated case and a real one are read alike.

    `measures` has a number per step and measure ("client.automation_clients"). `describing` are
    steps that re-read a signal that selected the cohort: they say nothing here. `searched` is false
    where the search for a cohort could not be made at all, or its tie not be tested; `shown`
    counts the accounts of the largest family whose text an older post on show has. `aimed` is
    false where no target was named; `alike` is true where the accounts share no text, and were
    found by acting alike. `days` is how long the posts that selected the cohort lasted.
    """

    members: int = 0
    searched: bool = True
    named: bool = False
    aimed: bool = True
    alike: bool = False
    days: float = 0.0
    doubtful: int = 0
    shown: int = 0
    authors: int = 0
    signals: tuple[str, ...] = ()
    describing: tuple[str, ...] = ()
    measures: dict[str, Number] = field(default_factory=dict)


def seen(case: Case, steps: Iterable[StepReport], authors: int, fewest: int) -> Seen:
    """Reduce a case and its steps to what the signs read; `authors` wrote about the target.

    With fewer authors than `fewest` a search that found nothing says nothing.
    """
    measures: dict[str, Number] = {}
    describing = []
    for step in steps:
        if not isinstance(step.outcome, Found):
            continue
        if step.outcome.finding.describes:
            describing.append(step.id)
        for measure in step.outcome.finding.measures:
            number = _number(measure)
            if number is not None:
                measures[f"{step.id}.{measure.name}"] = number
    cohort = case.cohort
    tested = cohort.tie is not None and cohort.tie.p is not None
    return Seen(
        members=len(cohort),
        searched=tested if cohort.members else case.dataset.has("posts.text") and authors >= fewest,
        named=cohort.named_by_person,
        aimed=bool(case.targets),
        alike=case.acts_alike,
        days=_lasted(case),
        doubtful=len(case.borderline),
        shown=max(
            (family.accounts for family in case.explained if _on_show(family.source)), default=0
        ),
        authors=authors,
        signals=cohort.signals,
        describing=tuple(describing),
        measures=measures,
    )


def _lasted(case: Case) -> float:
    first, last = case.attack.since, case.attack.until
    return 0.0 if first is None or last is None else (last - first) / timedelta(days=1)


def _number(measure: Measure) -> Number | None:
    if isinstance(measure.value, bool) or not isinstance(measure.value, (int, float)):
        return None
    base = measure.baseline if isinstance(measure.baseline, (int, float)) else None
    return Number(float(measure.value), measure.n, None if base is None else float(base))


def _on_show(source: Text) -> bool:
    """Whether what explains a text is a post that people could see and copy."""
    return any(isinstance(value, PostRef) for _, value in source)
