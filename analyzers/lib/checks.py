"""Checks of whether accounts are still there, gathered into rounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from analyzers.lib.measures import Count
from analyzers.model.case import Group, Tables

ROUND = timedelta(hours=6)
"""A round of checks takes minutes, seldom hours; the next one comes a day or more later."""


@dataclass(frozen=True, slots=True)
class Check:
    """One round of checks: when it ended (UTC), and each checked account's group and status."""

    at: datetime
    statuses: tuple[tuple[Group, str], ...]

    def total(self, group: Group) -> int:
        """How many accounts of a group were checked."""
        return sum(theirs == group for theirs, _ in self.statuses)

    def count(self, status: str, group: Group) -> Count:
        """How many of a group's checked accounts had a status."""
        return self.statuses.count((group, status)), self.total(group)


def checks(tables: Tables) -> tuple[Check, ...]:
    """The rounds of checks of the two groups' accounts, oldest first.

    Checks that follow one another by less than `ROUND` are one round, in which an account counts
    once, by its last status.
    """
    groups = tables.accounts.dropna(subset=["group"]).set_index("account_id")["group"]
    rows = tables.statuses.dropna(subset=["checked_at", "status"])
    rows = rows.assign(group=rows["account_id"].map(groups)).dropna(subset=["group"])
    rows = rows.sort_values(["checked_at", "account_id"])
    found = []
    for _, some in rows.groupby((rows["checked_at"].diff() > ROUND).cumsum()):
        last = some.drop_duplicates("account_id", keep="last")
        found.append(
            Check(
                some["checked_at"].max().to_pydatetime().replace(microsecond=0),
                tuple(zip(last["group"], last["status"], strict=True)),
            )
        )
    return tuple(found)
