"""Limier's analysis as a plain library: no Discord, no token, no network needed.

    from analyzers import investigate
    report = investigate("dump.jsonl", targets=["@handle"])

Each stage of the path can be used alone: `read` files into a `Dataset`, `enrich` it, put it in a
`frame` (the cohort and its comparison), `run_step` each of `STEPS`, `compose` the `Report`.
Importing this package loads no scipy, polars, pandas or drawing: names resolve on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analyzers.catalog import STEPS
    from analyzers.cohort import propose_cohort
    from analyzers.compose import compose
    from analyzers.enrich import enrich
    from analyzers.investigation import Progress, frame, investigate
    from analyzers.model.dataset import Dataset
    from analyzers.model.refusal import BadInput
    from analyzers.model.report import Report
    from analyzers.read import inspect, read
    from analyzers.runner import run_step
    from analyzers.weigh import weigh

_HOMES = {
    "STEPS": "analyzers.catalog",
    "BadInput": "analyzers.model.refusal",
    "Dataset": "analyzers.model.dataset",
    "Progress": "analyzers.investigation",
    "Report": "analyzers.model.report",
    "compose": "analyzers.compose",
    "enrich": "analyzers.enrich",
    "frame": "analyzers.investigation",
    "inspect": "analyzers.read",
    "investigate": "analyzers.investigation",
    "propose_cohort": "analyzers.cohort",
    "read": "analyzers.read",
    "run_step": "analyzers.runner",
    "weigh": "analyzers.weigh",
}

__all__ = [
    "STEPS",
    "BadInput",
    "Dataset",
    "Progress",
    "Report",
    "compose",
    "enrich",
    "frame",
    "inspect",
    "investigate",
    "propose_cohort",
    "read",
    "run_step",
    "weigh",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'analyzers' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
