"""What the findings come to: how strong each is, and whether the accounts act together."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace

from analyzers.model.case import Case
from analyzers.model.report import StepReport, Verdict
from analyzers.stage import Stage
from analyzers.weigh.coordination import verdict
from analyzers.weigh.strength import graded

__all__ = ["weigh"]

sys.modules[__name__].__class__ = Stage


def weigh(
    case: Case, steps: Sequence[StepReport], in_scope: int, authors: int
) -> tuple[tuple[StepReport, ...], Verdict]:
    """Give each step its strength and adjusted q, and answer whether the accounts act together.

    `in_scope` counts the posts about the target, by `authors` accounts.
    """
    grades = graded(case, [step.outcome for step in steps])
    weighed = tuple(
        replace(step, strength=strength, q=q)
        for step, (strength, q) in zip(steps, grades, strict=True)
    )
    return weighed, verdict(case, in_scope, authors, weighed)
