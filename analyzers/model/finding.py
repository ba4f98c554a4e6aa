"""What a step found: a claim, its numbers with their uncertainty, its doubts and its charts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Literal, TypeAlias

from analyzers.model.figure import Figure
from analyzers.model.text import PostRef, Text, Value

Unit: TypeAlias = Literal["share", "count", "hours", "minutes", "days", "date", "ratio", "name"]


class Strength(IntEnum):
    """How much a finding says, set by `compose()` alone after adjusting for all the tests."""

    NONE = 0
    WEAK = 1
    MODERATE = 2
    STRONG = 3


@dataclass(frozen=True, slots=True)
class Measure:
    """A number for the cohort with its n, its 95 % interval and the comparison's value beside it.

    `name` is stable and machine-readable; `value` is a proportion 0 to 1 for unit `share`, a UTC
    time for `date`. `baseline` is the comparison's value over `baseline_n` items, `None` when
    there is no comparison. `p` belongs to the primary test's own measure.
    """

    name: str
    label: Text
    value: float | int | datetime | str | None
    unit: Unit
    n: int
    low: float | datetime | None = None
    high: float | datetime | None = None
    baseline: float | int | datetime | str | None = None
    baseline_n: int | None = None
    baseline_low: float | None = None
    baseline_high: float | None = None
    p: float | None = None


@dataclass(frozen=True, slots=True)
class Test:
    """The one primary test of a step, named before looking: what it asks and what its null says."""

    __test__ = False  # keep pytest from collecting it

    name: str
    null: Text
    statistic: float
    p: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """Posts that show what the claim says; shown only to readers with the reveal right."""

    note: Text
    posts: tuple[PostRef, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A small table for the page and the terminal; cells are values that `render` writes."""

    title: Text
    columns: tuple[Text, ...]
    rows: tuple[tuple[Value | None, ...], ...]


@dataclass(frozen=True)
class Finding:
    """One step's answer to its question.

    `noteworthy` is false when the step looked and found nothing. `describes` is true when a signal
    that selected the cohort is read again, so that no test and no weight may follow. The first
    three measures are the ones a phone shows; the first caveat is the line of doubt there.
    """

    claim: Text
    noteworthy: bool
    measures: tuple[Measure, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    caveats: tuple[Text, ...] = ()
    alternatives: tuple[Text, ...] = ()
    falsifier: Text | None = None
    primary: Test | None = None
    describes: bool = False
