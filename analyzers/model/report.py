"""The whole answer to an investigation, before any face shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from analyzers.model.case import Cohort, Comparison, Explained, Signal, Window
from analyzers.model.dataset import Source
from analyzers.model.finding import Strength
from analyzers.model.step import Outcome
from analyzers.model.target import Target
from analyzers.model.text import Text

Coordination: TypeAlias = Literal["established", "not_established", "cannot_tell"]
Confidence: TypeAlias = Literal["low", "moderate", "high"]


@dataclass(frozen=True)
class StepReport:
    """One step's outcome with the strength and the adjusted q that only `compose()` can give."""

    id: str
    title: Text
    outcome: Outcome
    strength: Strength = Strength.NONE
    q: float | None = None
    parameters: str = ""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A rival explanation with its probability and what speaks for and against it."""

    id: str
    name: Text
    probability: float
    speaks_for: tuple[Text, ...]
    speaks_against: tuple[Text, ...]
    would_change: Text


@dataclass(frozen=True)
class Verdict:
    """The two questions, answered apart: do they act together, and by which mechanism.

    `statement` answers the first and `mechanism` the second (`None`: it was not asked). `because`
    says where the confidence comes from, `disclaimer` what this cannot tell. `banner` is permanent
    when a person named the cohort. `hypothesis` is the explanation named, if any.
    """

    coordination: Coordination
    statement: Text
    confidence: Confidence
    because: Text
    disclaimer: Text
    mechanism: Text | None = None
    hypothesis: str | None = None
    probability: float | None = None
    band: str | None = None
    flags: tuple[str, ...] = ()
    banner: Text | None = None


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account of the case as the private record knows it, and its pseudonym."""

    account_id: str
    handle: str | None
    pseudonym: str
    score: float
    signals: tuple[str, ...]
    why: Text
    ties: tuple[Signal, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """A target that the data suggests when none was given, with the number of its posts."""

    target: Target
    posts: int
    accounts: int


@dataclass(frozen=True)
class CaseSummary:
    """What was asked and of which data."""

    targets: tuple[Target, ...]
    window: Window
    attack: Window
    digest: str
    posts: int
    authors: int
    in_scope: int
    sources: tuple[Source, ...]
    first: datetime | None
    last: datetime | None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """How the report was made: the same data, parameters, version and seed give the same report."""

    version: str
    parameters: tuple[tuple[str, str], ...]
    seed: int


@dataclass(frozen=True)
class Report:
    """Everything an investigation concluded; `faces` decide what each reader sees of it."""

    case: CaseSummary
    verdict: Verdict
    cohort: Cohort
    accounts: tuple[AccountLine, ...]
    comparison: Comparison
    others: tuple[Cohort, ...]
    explained: tuple[Explained, ...]
    steps: tuple[StepReport, ...]
    hypotheses: tuple[Hypothesis, ...]
    collect_next: tuple[Text, ...]
    run: Run
    names: tuple[tuple[str, str], ...] = ()
    """Account id → pseudonym for every account that a public page may speak of."""
    handles: tuple[tuple[str, str], ...] = ()
    """Account id → handle, for readers with the reveal right; never on a public page."""

    def step(self, id: str) -> StepReport:
        """The step with this id; KeyError when the report does not have it."""
        for step in self.steps:
            if step.id == id:
                return step
        raise KeyError(id)
