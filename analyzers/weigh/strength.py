"""How much each step's finding says, once all the tests of a case are seen together."""

from __future__ import annotations

from collections.abc import Sequence

from analyzers.model.case import Case
from analyzers.model.finding import Finding, Strength
from analyzers.model.step import Found, Outcome

STRONG_Q = 0.001
MODERATE_Q = 0.01
WEAK_Q = 0.05
"""Levels of the adjusted q. 0.05 is the customary one; the two stricter ones follow Benjamin et al.
(2018, "Redefine statistical significance", Nature Human Behaviour 2), who ask for about a tenth of
it before a finding counts as more than suggestive."""

HANDFUL = 5
"""Below this many accounts a percentage is a count (STEPS rule), and no finding is above weak."""


def graded(case: Case, outcomes: Sequence[Outcome]) -> tuple[tuple[Strength, float | None], ...]:
    """Give each outcome its strength and adjusted q, in order.

    A finding without a primary test, without a comparison, or that re-reads the signal that
    selected the cohort, is at most weak and has no q.
    """
    tested = [number for number, outcome in enumerate(outcomes) if _p(case, outcome) is not None]
    q_of = dict(zip(tested, _adjusted([_p(case, outcomes[n]) or 0.0 for n in tested]), strict=True))
    return tuple(
        (_strength(case, outcome, q_of.get(number)), q_of.get(number))
        for number, outcome in enumerate(outcomes)
    )


def _adjusted(p_values: Sequence[float]) -> list[float]:
    """Adjust p-values so that the false discovery rate holds under any dependence.

    Steps look at the same accounts, so their tests depend on each other; Benjamini and Yekutieli
    (2001, "The control of the false discovery rate in multiple testing under dependency", Annals
    of Statistics 29(4), theorem 1.3) hold then, at the price of a factor 1 + 1/2 + … + 1/m.
    """
    if not p_values:
        return []
    from scipy.stats import false_discovery_control

    return [float(q) for q in false_discovery_control(p_values, method="by")]


def _p(case: Case, outcome: Outcome) -> float | None:
    if not isinstance(outcome, Found) or not len(case.comparison):
        return None
    finding = outcome.finding
    return finding.primary.p if finding.primary and not finding.describes else None


def _strength(case: Case, outcome: Outcome, q: float | None) -> Strength:
    if not isinstance(outcome, Found) or not outcome.finding.noteworthy:
        return Strength.NONE
    if q is None:
        return Strength.WEAK
    if q > WEAK_Q:
        return Strength.NONE
    if len(case.cohort) < HANDFUL or case.cohort.named_by_person:
        return Strength.WEAK
    return _by_q(outcome.finding, q)


def _by_q(finding: Finding, q: float) -> Strength:
    if q <= STRONG_Q:
        return Strength.STRONG
    return Strength.MODERATE if q <= MODERATE_Q else Strength.WEAK
