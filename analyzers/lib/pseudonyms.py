"""What accounts are called in public: A01, A02 and so on, for as long as a case goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from analyzers.model.report import Report

_NUMBERED = re.compile(r"([A-Z])(\d+)")


def pseudonyms(
    cohort: Iterable[str],
    comparison: Iterable[str],
    others: Iterable[str],
    earlier: Mapping[str, str] | None = None,
) -> tuple[tuple[str, str], ...]:
    """Pseudonyms by account id: A… for the cohort, B… for the comparison, C… for other cohorts.

    Whoever has one in `earlier` keeps it, wherever they stand now; others get numbers that nobody
    ever had, so that what was said of one account is never read as said of another.
    """
    named = dict(earlier or {})
    last = _last(named.values())
    for letter, accounts in (("A", cohort), ("B", sorted(comparison)), ("C", others)):
        fresh = [account for account in dict.fromkeys(accounts) if account not in named]
        first = last.get(letter, 0) + 1
        width = max(2, len(str(first + len(fresh) - 1)))
        named |= {
            account: f"{letter}{number:0{width}d}"
            for number, account in enumerate(fresh, start=first)
        }
    return tuple(named.items())


def _last(names: Iterable[str]) -> Mapping[str, int]:
    """The highest number that each letter has given."""
    last: dict[str, int] = {}
    for name in names:
        if found := _NUMBERED.fullmatch(name):
            last[found[1]] = max(last.get(found[1], 0), int(found[2]))
    return last


def renamed(report: Report, earlier: Mapping[str, str]) -> Report:
    """The report with the pseudonyms that an `earlier` one of the same case gave its accounts."""
    others = [account for cohort in report.others for account in cohort.accounts]
    names = pseudonyms(report.cohort.accounts, report.comparison.accounts, others, earlier)
    shown = dict(names)
    return replace(
        report,
        names=names,
        accounts=tuple(replace(line, pseudonym=shown[line.account_id]) for line in report.accounts),
    )
