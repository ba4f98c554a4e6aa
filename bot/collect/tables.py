"""The small tables beside the pages: who follows whom, what became of accounts, what was collected.

They lie beside `pages.jsonl.gz` under the names by which `limier investigate` finds them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from bot.collect.platform import Checked
from bot.collect.whole import write_whole

_STEM = "pages"


@dataclass(frozen=True, slots=True, order=True)
class Collected:
    """What was collected of an account: its scope, the span in UTC, and whether all of that."""

    account_id: str
    scope: Literal["query", "timeline", "followers"]
    since: datetime
    until: datetime
    complete: bool


@dataclass(frozen=True, slots=True, order=True)
class Follow:
    """Who follows whom, and where it stood in the list, newest first."""

    follower: str
    followed: str
    fetched_at: datetime
    position: int


@dataclass
class Tables:
    """Rows gathered while collecting, in any order."""

    collected: list[Collected] = field(default_factory=list)
    follows: list[Follow] = field(default_factory=list)
    statuses: list[Checked] = field(default_factory=list)

    def write(self, folder: Path) -> None:
        """Write the tables that have rows, sorted; each file appears whole or not at all."""
        _write(
            folder / f"{_STEM}.collected.csv",
            ("account", "scope", "since", "until", "complete"),
            (
                (one.account_id, one.scope, *map(_iso, (one.since, one.until)), one.complete)
                for one in sorted(self.collected)
            ),
        )
        _write(
            folder / f"{_STEM}.follows.csv",
            ("follower", "followed", "fetched_at", "position"),
            (
                (one.follower, one.followed, _iso(one.fetched_at), one.position)
                for one in sorted(set(self.follows))
            ),
        )
        _write(
            folder / f"{_STEM}.statuses.csv",
            ("account", "checked_at", "status"),
            (
                (one.account_id, _iso(one.at), one.status)
                for one in sorted(self.statuses, key=lambda one: (one.account_id, one.at))
            ),
        )


def beside(folder: Path) -> tuple[Path, ...]:
    """The tables that a folder's collection has."""
    names = (f"{_STEM}.{table}.csv" for table in ("collected", "follows", "statuses"))
    return tuple(path for name in names if (path := folder / name).is_file())


def _iso(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    lines = [*rows]
    if not lines:
        path.unlink(missing_ok=True)
        return
    table.writerow(header)
    table.writerows(lines)
    write_whole(path, text.getvalue().encode())
