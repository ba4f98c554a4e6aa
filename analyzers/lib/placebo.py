"""Whether posts follow an event more closely than they follow any other moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analyzers.model.case import Event

HOUR = 3600.0

WINDOW = 48 * HOUR
"""Seconds after an event in which a reaction is looked for, fixed before looking. Attention to one
piece of news halves within hours (Wu and Huberman 2007, "Novelty and collective attention", PNAS
104), so two days hold nearly all of it in every time zone."""

ENOUGH = 2
"""The data must span this many windows, else every other moment shares the event's own posts."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """How many posts follow one event, and the share of other moments followed by as many.

    `distance` is in seconds from the event to the burst, negative when the burst came first;
    `None` without a burst. `placebo` is `None` when the data is too short to tell.
    """

    event: Event
    count: int
    others: int
    distance: float | None
    placebo: float | None


def reactions(
    events: Sequence[Event],
    times: NDArray[np.float64],
    ordinary: NDArray[np.float64],
    span: tuple[float, float],
    burst: float | None,
) -> tuple[Reaction, ...]:
    """What follows each event that falls into the data (or at most a window before it).

    `times` and `ordinary` are the seconds of posts by the cohort and the comparison; `span` the
    first and last second of the data; `burst` the start of the cohort's main burst. Placebo moments
    stand at every hour whose window the data covers.
    """
    first, last = span
    mine = np.sort(times)
    placebos = np.arange(first, last - WINDOW + HOUR, HOUR)
    caught = _caught(mine, placebos)
    found = []
    for event in sorted(events, key=lambda event: (event.at, event.label)):
        at = event.at.timestamp()
        if not first - WINDOW <= at <= last:
            continue
        count = int(_caught(mine, np.array([at]))[0])
        found.append(
            Reaction(
                event=event,
                count=count,
                others=int(_caught(np.sort(ordinary), np.array([at]))[0]),
                distance=None if burst is None else burst - at,
                placebo=float(np.mean(caught >= count))
                if last - first >= ENOUGH * WINDOW
                else None,
            )
        )
    return tuple(found)


def _caught(times: NDArray[np.float64], starts: NDArray[np.float64]) -> NDArray[np.int64]:
    """How many of the sorted times fall into the window after each start."""
    until = np.searchsorted(times, starts + WINDOW, side="left")
    return np.asarray(until - np.searchsorted(times, starts, side="left"), dtype=np.int64)
