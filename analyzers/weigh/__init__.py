"""What the findings come to: how strong each is, and whether the accounts act together."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analyzers.model.case import Case
from analyzers.model.report import Hypothesis, StepReport, Verdict
from analyzers.model.text import Text
from analyzers.stage import Stage
from analyzers.weigh.coordination import FEWEST_AUTHORS, verdict
from analyzers.weigh.judgement import Judgement, judge
from analyzers.weigh.mechanisms import prior_of
from analyzers.weigh.seen import seen
from analyzers.weigh.strength import graded
from analyzers.weigh.weights import fitted

__all__ = ["weigh"]

sys.modules[__name__].__class__ = Stage


def weigh(
    case: Case,
    steps: Sequence[StepReport],
    in_scope: int,
    authors: int,
    prior: Mapping[str, float] | None = None,
) -> tuple[tuple[StepReport, ...], Verdict, tuple[Hypothesis, ...]]:
    """Give each step its strength, answer both questions, and weigh the rival explanations.

    `in_scope` counts the posts about the target, by `authors` accounts. `prior` is what is believed
    of the explanations beforehand (`None`: the usual one).
    """
    grades = graded(case, [step.outcome for step in steps])
    weighed = tuple(
        replace(step, strength=strength, q=q)
        for step, (strength, q) in zip(steps, grades, strict=True)
    )
    answer = verdict(case, in_scope, authors, weighed)
    judgement = judge(
        seen(case, weighed, authors, FEWEST_AUTHORS),
        answer.coordination,
        prior_of(prior),
        fitted(),
    )
    return weighed, _answered(answer, judgement), judgement.hypotheses


def _answered(verdict: Verdict, judgement: Judgement) -> Verdict:
    """The verdict with the second answer; an odd case is of low confidence whatever else holds."""
    odd = "out_of_distribution" in judgement.flags
    return replace(
        verdict,
        mechanism=judgement.statement,
        hypothesis=judgement.hypothesis,
        probability=judgement.probability,
        band=judgement.band,
        flags=(*verdict.flags, *judgement.flags),
        confidence="low" if odd else verdict.confidence,
        because=_ODD if odd else verdict.because,
    )


_ODD = Text(
    "the case resembles none of the simulated ones, from which the weights of the signs come."
)
