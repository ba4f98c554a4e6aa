"""Creation dates of a group of accounts: from the profile, from the id, or only known as old."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from analyzers.lib.measures import Count
from analyzers.lib.snowflake import account_moment
from analyzers.model.case import Case, Group

FIRST_SNOWFLAKES = datetime(2015, 11, 1, tzinfo=UTC)
LAST_COUNTED = datetime(2016, 4, 1, tzinfo=UTC)
"""Account ids became snowflakes in the winter of 2015-16, with a month to spare on either side."""

_COUNTED_DIGITS = 10
_SLACK = timedelta(days=28)  # accounts created during a long attack still count as dated
_DAY = 86_400.0
_SAMPLES = 200  # samples of ordinary dates: their mean settles within a point or two


@dataclass(frozen=True, slots=True)
class Ages:
    """Sorted creation dates (UTC), how many accounts are older than ids tell, how many unknown.

    `total` leaves the unknown ones out: nothing is known of them, so they are of no share.
    `from_ids` of the dates were read from ids.
    """

    dates: tuple[datetime, ...]
    older: int = 0
    unknown: int = 0
    from_ids: int = 0

    @property
    def total(self) -> int:
        return len(self.dates) + self.older

    def between(self, since: datetime, until: datetime) -> Count:
        """How many of all were created from `since` to `until` (excluded)."""
        return bisect_left(self.dates, until) - bisect_left(self.dates, since), self.total

    def days(self) -> list[float]:
        """Dates as days since 1970, and NaN for each older account."""
        return [date.timestamp() / _DAY for date in self.dates] + [float("nan")] * self.older

    def ages(self, attack: datetime) -> list[float]:
        """Age of each dated account at the attack, in days; none is below zero."""
        return [max(0.0, (attack - date).total_seconds() / _DAY) for date in self.dates]

    def dots(self, since: datetime, until: datetime, most: int) -> tuple[datetime, ...]:
        """The dates within a span, thinned evenly to `most`."""
        dates = self.dates[bisect_left(self.dates, since) : bisect_left(self.dates, until)]
        if len(dates) <= most:
            return dates
        return tuple(dates[number * len(dates) // most] for number in range(most))


def near_another(days: Sequence[float], within: float = 1.0) -> int:
    """How many dates (in days, sorted; NaN ones at the end) lie within a day of another one."""
    gaps = np.diff(np.array([day for day in days if day == day]))
    near = gaps <= within
    return int((np.append(near, False) | np.insert(near, 0, False)).sum()) if len(gaps) else 0


def usually_near(days: Sequence[float], size: int, seed: int) -> float | None:
    """The share near another one among as many of these dates drawn by lot; `None` with fewer."""
    known = np.array([day for day in days if day == day])
    if len(known) < size or size < 2:
        return None
    rng = np.random.default_rng(seed)
    drawn = [
        near_another(np.sort(rng.choice(known, size, replace=False)).tolist())
        for _ in range(_SAMPLES)
    ]
    return float(np.mean(drawn)) / size


def ages(case: Case, group: Group, attack: datetime) -> Ages:
    """The creation dates of a group's accounts, each account once, read for an attack at a moment.

    A date from an id must lie between the first snowflakes and the attack, else it belongs to
    another platform's ids and is unknown. An id that was counted one by one is older than the
    snowflakes, which says something only of attacks after them.
    """
    accounts = case.tables.accounts
    rows = accounts[accounts["group"] == group]
    dates: list[datetime] = []
    older = from_ids = 0
    known = rows["created_at"] if "created_at" in rows else [None] * len(rows)
    for account_id, created in zip(rows["account_id"], known, strict=True):
        date = creation_date(str(account_id), created, attack)
        if date is not None:
            dates.append(date)
            from_ids += created is None or created != created
        elif _counted(str(account_id)) and attack >= LAST_COUNTED:
            older += 1
    return Ages(tuple(sorted(dates)), older, len(rows) - len(dates) - older, from_ids)


def creation_date(account_id: str, told: Any, attack: datetime) -> datetime | None:
    """When an account was created (UTC): as its profile says (`told`), else as its id tells."""
    if told is not None and told == told:  # NaT differs from itself
        date: datetime = told.to_pydatetime()
        return date
    return _from_id(account_id, attack)


def _from_id(account_id: str, attack: datetime) -> datetime | None:
    date = account_moment(account_id)
    return date if date is not None and FIRST_SNOWFLAKES <= date <= attack + _SLACK else None


def _counted(account_id: str) -> bool:
    return account_id.isdigit() and len(account_id) <= _COUNTED_DIGITS
