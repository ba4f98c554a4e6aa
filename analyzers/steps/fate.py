"""What became of these accounts: suspended, gone, or still active at each check?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from analyzers.lib.attack import attack_span
from analyzers.lib.checks import Check, checks
from analyzers.lib.measures import ALPHA, no_comparison, share_measure, small_sample, some
from analyzers.lib.stats import excess
from analyzers.model.case import Case
from analyzers.model.dataset import STATUSES
from analyzers.model.figure import Stacked, StackedRow
from analyzers.model.finding import Finding, Measure, Table, Test
from analyzers.model.step import Found, Needs, NotComputable
from analyzers.model.text import Share, Text, Value, plural

if TYPE_CHECKING:
    from analyzers.model.case import Group

DRAWN = 3
"""Checks in the chart, the last ones: two rows each, and a sheet holds seven."""

LISTED = 12
"""Checks in the table: one a month for a year."""

_NAMES: dict[str, Text] = {
    "active": Text("active"),
    "suspended": Text("suspended"),
    "deactivated": Text("deactivated"),
    "deleted": Text("deleted"),
    "protected": Text("protected"),
    "renamed": Text("renamed"),
}

_GROUPS: tuple[tuple[Group, Text], ...] = (
    ("cohort", Text("These accounts, {at}")),
    ("comparison", Text("Ordinary accounts, {at}")),
)

_NULL = Text(
    "Being suspended has nothing to do with being one of these accounts: as many, drawn by lot "
    "among those checked, would be suspended as often."
)


@dataclass(frozen=True, slots=True)
class Fate:
    """Compares what became of the accounts, each account once, at the last check of both sides.

    Status checks less than six hours apart count as one check. Measures: `suspended` (with the
    primary test: Fisher's exact, more of the cohort), `active`, `otherwise_gone` (deactivated,
    deleted, protected or renamed), `hours_after_attack` (from the last post of the attack to the
    check), then `suspended_check_1` and so on for earlier checks of the cohort. Without a status of
    any account of the cohort the step is not computable; a handful of accounts gets counts.

    Null of the primary test: suspended accounts are spread over both sides as if by lot (Fisher
    1935, "The logic of inductive inference", Journal of the Royal Statistical Society 98).
    """

    id: ClassVar[str] = "fate"
    title: ClassVar[Text] = Text("What became of the accounts")
    needs: ClassVar[Needs] = Needs(tables=("statuses",))

    def __call__(self, case: Case, /) -> Found | NotComputable:
        seen = [check for check in checks(case.tables) if check.total("cohort")]
        if not seen:
            return NotComputable((_NO_STATUS,))
        last = next((check for check in reversed(seen) if check.total("comparison")), seen[-1])
        share, other = last.count("suspended", "cohort"), last.count("suspended", "comparison")
        p = excess(*share, *other) if other[1] else None
        noteworthy = p <= ALPHA if p is not None else share[0] > 0
        return Found(
            Finding(
                claim=_claim(last),
                noteworthy=noteworthy,
                measures=_measures(case, seen, last, p),
                figures=(_chart(seen, last),),
                tables=(_table(seen),),
                caveats=_caveats(case, last),
                alternatives=_ALTERNATIVES,
                falsifier=Text(
                    "Suspensions that are lifted on appeal, or as many among ordinary accounts at "
                    "the same check, would overturn this."
                ),
                primary=None if p is None else Test("suspended", _NULL, share[0], p),
            )
        )


def _claim(last: Check) -> Text:
    suspended, active = last.count("suspended", "cohort"), last.count("active", "cohort")
    others = last.count("suspended", "comparison")
    if not others[1]:
        return Text(
            "Of these accounts, {suspended} were suspended and {active} still active at the check "
            "of {at}. There are no ordinary accounts to compare with.",
            at=last.at,
            suspended=Share(*suspended),
            active=active[0],
        )
    return Text(
        "Of these accounts, {suspended} were suspended and {active} still active at the check of "
        "{at}. Among ordinary accounts, {others} were suspended.",
        at=last.at,
        suspended=Share(*suspended),
        active=active[0],
        others=Share(*others),
    )


def _measures(case: Case, seen: list[Check], last: Check, p: float | None) -> tuple[Measure, ...]:
    gone = ("deactivated", "deleted", "protected", "renamed")
    span = attack_span(case)
    total = last.total("cohort")
    after = (last.at - span[1]).total_seconds() / 3600 if span else None
    return (
        _share("suspended", Text("Suspended at the last check"), last, "suspended", p=p),
        _share("active", Text("Still active at the last check"), last, "active"),
        _share("otherwise_gone", Text("Deactivated, deleted, protected or renamed"), last, *gone),
        *(
            (
                Measure(
                    "hours_after_attack",
                    Text("From the last post of the attack to the check"),
                    after,
                    "hours",
                    total,
                ),
            )
            if after is not None and after >= 0
            else ()
        ),
        *(
            _share(
                f"suspended_check_{number}",
                Text("Suspended at the check of {at}", at=check.at),
                check,
                "suspended",
            )
            for number, check in enumerate(seen[-LISTED:], start=1)
            if check is not last
        ),
    )


def _share(name: str, label: Text, check: Check, *statuses: str, p: float | None = None) -> Measure:
    ours, theirs = (
        (sum(check.count(status, group)[0] for status in statuses), check.total(group))
        for group, _ in _GROUPS
    )
    return share_measure(name, label, ours, theirs, p)


def _chart(seen: list[Check], last: Check) -> Stacked:
    drawn = seen[-DRAWN:] if last in seen[-DRAWN:] else [*seen[-DRAWN + 1 :], last]
    drawn = sorted(drawn, key=lambda check: check.at)
    kinds = [
        status
        for status in _NAMES
        if any(check.count(status, group)[0] for check in drawn for group, _ in _GROUPS)
    ]
    rows = [
        StackedRow(
            Text(label.msgid, at=check.at),
            group,
            check.total(group),
            tuple(check.count(kind, group)[0] / check.total(group) for kind in kinds),
        )
        for group, label in _GROUPS
        for check in drawn
        if check.total(group)
    ]
    count, total = last.count("suspended", "cohort")
    return Stacked(
        slug="fate",
        title=Text("{n} of {total} accounts were suspended", n=count, total=total),
        alt=_alt(last),
        categories=tuple(_NAMES[kind] for kind in kinds),
        rows=tuple(rows),
        x_label=Text("Share of accounts, by status"),
    )


def _alt(last: Check) -> Text:
    ours, theirs = (last.count("suspended", group) for group, _ in _GROUPS)
    if not theirs[1]:
        return Text(
            "Bars of account statuses at each check. Suspended at the check of {at}: {ours} of "
            "these accounts.",
            at=last.at,
            ours=Share(*ours),
        )
    return Text(
        "Bars of account statuses at each check. Suspended at the check of {at}: {ours} of these "
        "accounts, {theirs} of ordinary ones.",
        at=last.at,
        ours=Share(*ours),
        theirs=Share(*theirs),
    )


def _table(seen: list[Check]) -> Table:
    rows: list[tuple[Value | None, ...]] = [
        (
            check.at,
            Text("These accounts") if group == "cohort" else Text("Ordinary accounts"),
            check.total(group),
            *(check.count(status, group)[0] for status in STATUSES),
        )
        for check in seen[-LISTED:]
        for group, _ in _GROUPS
        if check.total(group)
    ]
    return Table(
        Text("Status of the accounts at each check"),
        (
            Text("Check"),
            Text("Group"),
            Text("Accounts checked"),
            *(_NAMES[status] for status in STATUSES),
        ),
        tuple(rows),
    )


def _caveats(case: Case, last: Check) -> tuple[Text, ...]:
    unknown = len(case.cohort) - last.total("cohort")
    return some(
        Text(
            "Suspension is not proof: platforms do not publish their reasons, and many reports at "
            "once can bring it about too."
        ),
        small_sample(last.total("cohort")),
        no_comparison(last.total("comparison")),
        plural(
            "For one account no status is known at this check.",
            "For {n} accounts no status is known at this check.",
            unknown,
        )
        if unknown > 0
        else None,
    )


_NO_STATUS = Text("Whether these accounts are still active: a table of status checks.")
_ALTERNATIVES = (
    Text("People who were attacked, and their friends, report many accounts at once."),
    Text("Platforms suspend for reasons that have nothing to do with this case, such as spam."),
)
