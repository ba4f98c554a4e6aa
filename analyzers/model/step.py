"""The protocol of a step: one pure question put to a case, and the four ways it can end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, TypeAlias, runtime_checkable

from analyzers.model.case import Case
from analyzers.model.finding import Finding
from analyzers.model.text import Text


@dataclass(frozen=True, slots=True)
class Needs:
    """What a step reads, so that the runner loads just that and can say what is missing.

    Columns are qualified: `posts.client`, `accounts.created_at`, `posts.spoken` (derived).
    `columns` must each have at least one value, as must one of each tuple in `alternatives`;
    `optional` ones are loaded when there; a column of a whole table (`collected.complete`) brings
    all of it. `tables` names whole tables (follows, statuses, collected) that must be there; with
    `follows` may stand `profiles`, the account rows of those it names. `cohort` is the smallest
    number of accounts that the question makes sense for. `signals` are the cohort signals that this
    step reads.
    """

    columns: tuple[str, ...] = ()
    alternatives: tuple[tuple[str, ...], ...] = ()
    optional: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    cohort: int = 1
    signals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The step could look, and this is what it saw (perhaps nothing noteworthy)."""

    finding: Finding


@dataclass(frozen=True, slots=True)
class NotComputable:
    """The data cannot answer the question: what is missing, and what to collect."""

    missing: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """The step crashed, hung or ran out of memory; the others go on. `detail` is for the log."""

    reason: Text
    detail: str = ""


Outcome: TypeAlias = Found | NotComputable | Failed


@runtime_checkable
class Step(Protocol):
    """A frozen dataclass whose fields are its parameters; its repr is its provenance."""

    id: ClassVar[str]
    title: ClassVar[Text]
    needs: ClassVar[Needs]

    def __call__(self, case: Case, /) -> Found | NotComputable: ...


@dataclass(frozen=True, slots=True)
class Lost:
    """What a pool returns in place of a result when the worker died, hung or ran out of memory."""

    reason: Text
    detail: str = ""


Run: TypeAlias = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
"""Something like `map`: applies a picklable function to items, in order.

A pool's `run` works in other processes and yields `Lost` for an item whose worker was lost.
"""
