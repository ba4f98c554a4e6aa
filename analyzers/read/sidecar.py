"""Limier's own small files that go with an export: follows.csv, statuses.csv and collected.csv."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analyzers.model.dataset import STATUSES
from analyzers.model.text import Text
from analyzers.read.cells import count_of, digits_lost, flag_of, id_of, value
from analyzers.read.head import Head
from analyzers.read.layout import BROKEN
from analyzers.read.normal import NO_AUTHOR, NO_TIME, Skip
from analyzers.read.times import any_time

SCOPES = ("query", "timeline", "followers")
"""What can have been collected: the answers to a search, an account's posts, or its followers."""

UNKNOWN_STATUS = Text("The status is none of active, suspended, deactivated, deleted, protected.")
UNKNOWN_SCOPE = Text("The scope is none of query, timeline and followers.")

Value = str | int | bool | None


def _account(cell: str) -> str:
    """An account as written: an id, or a handle with or without @, still to be looked up."""
    found = None if digits_lost(cell) else id_of(cell)
    if found is None:
        raise Skip(NO_AUTHOR)
    return found


def _time(cell: str) -> int | None:
    written = value(cell)
    try:
        return any_time(written) if written else None
    except (ValueError, OverflowError) as error:
        raise Skip(NO_TIME) from error


def _status(cell: str) -> str:
    found = cell.strip().lower()
    if found not in STATUSES:
        raise Skip(UNKNOWN_STATUS)
    return found


def _scope(cell: str) -> str:
    found = cell.strip().lower()
    if found not in SCOPES:
        raise Skip(UNKNOWN_SCOPE)
    return found


@dataclass(frozen=True)
class Sidecar:
    """A small file: the table it fills, and for each column where it comes from and how.

    `accounts` are the columns that hold accounts; `needed` the columns a file must have.
    """

    name: str
    columns: dict[str, tuple[str, Callable[[str], Value]]]
    accounts: tuple[str, ...]
    needed: frozenset[str]

    def detect(self, head: Head) -> float:
        """1 when the header has all that is needed and nothing foreign, else 0."""
        own = {source for source, _ in self.columns.values()}
        return 1.0 if self.needed <= head.columns <= own else 0.0

    def reader(self, header: tuple[str, ...]) -> Callable[[list[str]], dict[str, Value]]:
        """A function from a row to the table's columns; it raises `Skip`."""
        places = {name.strip().lower(): place for place, name in enumerate(header)}
        chosen = [
            (name, places[source], convert)
            for name, (source, convert) in self.columns.items()
            if source in places
        ]

        def read(row: list[str]) -> dict[str, Value]:
            if len(row) != len(header):
                raise Skip(BROKEN)
            return {name: convert(row[place]) for name, place, convert in chosen}

        return read


SIDECARS = (
    Sidecar(
        name="follows",
        columns={
            "follower": ("follower", _account),
            "followed": ("followed", _account),
            "fetched_at": ("fetched_at", _time),
            "position": ("position", count_of),
        },
        accounts=("follower", "followed"),
        needed=frozenset({"follower", "followed"}),
    ),
    Sidecar(
        name="statuses",
        columns={
            "account_id": ("account", _account),
            "checked_at": ("checked_at", _time),
            "status": ("status", _status),
        },
        accounts=("account_id",),
        needed=frozenset({"account", "checked_at", "status"}),
    ),
    Sidecar(
        name="collected",
        columns={
            "account_id": ("account", _account),
            "scope": ("scope", _scope),
            "since": ("since", _time),
            "until": ("until", _time),
            "complete": ("complete", flag_of),
        },
        accounts=("account_id",),
        needed=frozenset({"account", "scope"}),
    ),
)
