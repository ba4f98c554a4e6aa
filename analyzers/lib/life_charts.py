"""The chart and the table of accounts' lives up to their first attack."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from analyzers.lib.attack_times import moment
from analyzers.lib.language_mix import label
from analyzers.lib.lives import Life, spans
from analyzers.model.figure import Lane, Swimlane
from analyzers.model.finding import Table
from analyzers.model.text import AccountRef, Text, Value

ROWS = 20
"""Lanes of the chart and rows of the table: what a phone shows on two screens."""

PAUSE_DAYS = 14
"""A pause this long between two posts is drawn as silence: shorter ones are holidays and weeks
without news, and would cut a lane into crumbs."""

_DAY = 86_400


def swimlane(
    every: list[Life], activated: Callable[[Life], bool], title: Text, public: str | None
) -> Swimlane:
    """A lane per account: those that were activated first, then by how far back they reach."""
    shown = sorted(every, key=lambda one: (not activated(one), one.known, one.account_id))[:ROWS]
    until = max(float(at) for one in shown for at in (one.attacks[-1], *one.times[-1:])) + _DAY
    return Swimlane(
        slug="activation",
        title=title,
        alt=Text(
            "A lane per account for {n} accounts: created, active, silent, first address to "
            "somebody but the target, attack. The first attack is of {first}.",
            n=len(shown),
            first=moment(min(one.attack for one in shown)).date(),
        ),
        note=Text("Silent: {days} days or more between two posts.", days=PAUSE_DAYS),
        lanes=tuple(_lane(one) for one in shown),
        since=moment(min(one.known for one in shown)),
        until=moment(until),
        x_label=Text("Time"),
        began_label=Text("first addresses others")
        if public is None
        else Text("first addresses others in {language}", language=label(public)),
    )


def table(ours: list[Life]) -> Table:
    """When each account was created, first seen, silent, first addressed others, attacked."""
    shown = sorted(ours, key=lambda one: (one.began or one.attack, one.account_id))[:ROWS]
    rows: list[tuple[Value | None, ...]] = [
        (
            AccountRef(one.account_id),
            one.created.date() if one.created else None,
            moment(one.known).date(),
            timedelta(hours=round(one.silence / 3600)),
            moment(one.began).date() if one.began is not None else None,
            moment(one.attack).date(),
        )
        for one in shown
    ]
    return Table(
        Text("Each account before its first attack"),
        (
            Text("Account"),
            Text("Created"),
            Text("Posts known since"),
            Text("Silence right before"),
            Text("First address to others"),
            Text("First attack"),
        ),
        tuple(rows),
    )


def _lane(one: Life) -> Lane:
    return Lane(
        account=AccountRef(one.account_id),
        group="cohort",
        created=one.created,
        known=moment(one.known),
        active=tuple(
            (moment(since), moment(until)) for since, until in spans(one.times, PAUSE_DAYS * _DAY)
        ),
        attacks=tuple(moment(float(at)) for at in one.attacks),
        began=None if one.began is None else moment(one.began),
    )
