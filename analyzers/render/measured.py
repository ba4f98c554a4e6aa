"""A measure in words: its value, interval and n, and the comparison's value beside it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from analyzers.model.finding import Measure, Unit
from analyzers.model.text import Code, Interval, Percent, Probability, Share, Text, Value
from analyzers.render.words import FEW, Words

_DURATIONS = {
    "minutes": timedelta(minutes=1),
    "hours": timedelta(hours=1),
    "days": timedelta(days=1),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """What a face shows of a measure, as plain text; `None` where there is nothing to show."""

    label: str
    value: str
    n: str
    interval: str | None
    comparison: str | None
    comparison_n: str | None
    p: str | None


def measured(measure: Measure, words: Words) -> Measured:
    """Put a measure into the reader's words; a share of fewer than 5 items becomes a count."""
    return Measured(
        label=words.say(measure.label),
        value=_said(measure.value, measure.unit, measure.n, words),
        n=words.value(measure.n),
        interval=_interval(measure, words),
        comparison=(
            None
            if measure.baseline is None
            else _said(measure.baseline, measure.unit, measure.baseline_n or FEW, words)
        ),
        comparison_n=None if measure.baseline_n is None else words.value(measure.baseline_n),
        p=None if measure.p is None else words.value(Probability(measure.p)),
    )


def cohort_side(shown: Measured, words: Words) -> str:
    """The value for the accounts in question: "35% (95% interval 18–57%, n = 20)"."""
    if shown.interval is None and shown.n == shown.value:
        return shown.value  # a plain count of all there is
    if shown.interval is None:
        return words.say(Text("{value} (n = {n})", value=shown.value, n=shown.n))
    return words.say(
        Text(
            "{value} (95% interval {interval}, n = {n})",
            value=shown.value,
            interval=shown.interval,
            n=shown.n,
        )
    )


def comparison_side(shown: Measured, words: Words) -> str | None:
    """The comparison's value: "20% (n = 600)"; `None` when there is no comparison."""
    if shown.comparison is None:
        return None
    if shown.comparison_n is None:
        return shown.comparison
    return words.say(Text("{value} (n = {n})", value=shown.comparison, n=shown.comparison_n))


def _said(value: float | datetime | str | None, unit: Unit, n: int, words: Words) -> str:
    return words.value(_value(value, unit, n))


def _value(value: float | datetime | str | None, unit: Unit, n: int) -> Value:
    match value:
        case None:
            return Text("unknown")
        case str():
            return Code(value)
        case datetime():
            return value.date() if unit == "date" else value
    if not math.isfinite(value):
        return Text("unknown")
    if unit == "share":
        return Share(round(value * n), n) if n < FEW else Percent(value)
    if unit in _DURATIONS:
        return value * _DURATIONS[unit]
    # a ratio beside its interval says no more with a third digit
    return round(value) if float(value).is_integer() or abs(value) >= 10 else float(f"{value:.2g}")


def _interval(measure: Measure, words: Words) -> str | None:
    low, high, unit = measure.low, measure.high, measure.unit
    if low is None or high is None or (unit == "share" and measure.n < FEW):
        return None
    if unit == "share" and not isinstance(low, datetime) and not isinstance(high, datetime):
        return words.value(Interval(low, high, percent=True))
    ends = (_value(low, unit, FEW), _value(high, unit, FEW))
    match ends:
        case (timedelta(), timedelta()):
            return words.span(*ends)
        case _:
            return words.say(Text("{low} to {high}", low=ends[0], high=ends[1]))
