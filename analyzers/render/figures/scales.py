"""Where the ticks of an axis stand, and what they say in the reader's language."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, TypeAlias

from babel.dates import format_date

from analyzers.model.text import Percent
from analyzers.render.words import Words

LOCALES: Final = {"en": "en_GB", "fr": "fr"}

_Unit: TypeAlias = Literal["minutes", "months", "years"]
_STEPS: Final[tuple[tuple[_Unit, int], ...]] = (
    *(("minutes", n) for n in (1, 5, 15, 30, 60, 120, 180, 360, 720)),
    *(("minutes", 1440 * n) for n in (1, 2, 3, 7, 14)),
    *(("months", n) for n in (1, 2, 3, 6)),
    *(("years", n) for n in (1, 2, 5, 10, 20, 50, 100, 500, 1000)),
)
_MINUTES: Final = {"minutes": 1, "months": 43_830, "years": 525_960}
_MONDAY: Final = datetime(1970, 1, 5, tzinfo=UTC)  # weeks are counted from a Monday


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis, its label, and what stands under it when that changes (day, year)."""

    at: float
    label: str
    under: str = ""


def number_ticks(high: float, words: Words, *, percent: bool = False, most: int = 4) -> list[Tick]:
    """Round values from 0 to at least `high`; the last one is the top of the axis."""
    if not math.isfinite(high) or high <= 0:
        high = 1.0
    if percent:
        high = min(high, 1.0)
    step = _round_up(high / most)
    if not percent and high >= 1:  # counts: no tick between two whole numbers
        step = 5.0 if step == 2.5 else max(1.0, step)
    count = max(1, math.ceil(high / step - 1e-9))
    ticks = (step * n for n in range(count + 1))
    return [Tick(x, number(x, words, percent=percent)) for x in ticks]


def number(value: float, words: Words, *, percent: bool = False) -> str:
    """A tick's value as the reader writes it: "1,000" or "25%"."""
    if percent:
        return words.value(Percent(round(value, 6)))
    return words.value(int(value) if value == int(value) else value)


def log_ticks(low: float, high: float, words: Words) -> list[Tick]:
    """Powers of ten between two positive values, thinned to at most seven."""
    first, last = math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
    powers = range(first, last + 1, max(1, math.ceil((last - first + 1) / 7)))
    return [Tick(10.0**p, number(10**p if p >= 0 else 10.0**p, words)) for p in powers]


def time_ticks(
    since: datetime, until: datetime, words: Words, fits: Callable[[list[Tick]], bool]
) -> list[Tick]:
    """Round moments between two dates, as close together as `fits` allows; `at` is a timestamp."""
    minutes = max((until - since).total_seconds() / 60, 1)
    ticks: list[Tick] = []
    for unit, step in _STEPS:
        if minutes / (_MINUTES[unit] * step) > 12:  # more would never fit: skip without measuring
            continue
        ticks = list(_labelled(_moments(since, until, unit, step), unit, step, words))
        if fits(ticks):
            return ticks
    return ticks[:1]


def _moments(since: datetime, until: datetime, unit: _Unit, step: int) -> Iterator[datetime]:
    since, until = since.astimezone(UTC), until.astimezone(UTC)
    if unit == "minutes":
        size = timedelta(minutes=step)
        at = since - (since - _MONDAY) % size
        while at <= until:
            if at >= since:
                yield at
            at += size
        return
    months = step * (12 if unit == "years" else 1)
    index = (since.year * 12 + since.month - 1) // months * months
    while index < 9999 * 12:
        at = datetime(max(index // 12, 1), index % 12 + 1, 1, tzinfo=UTC)
        if at > until:
            return
        if at >= since:
            yield at
        index += months


def _labelled(moments: Iterator[datetime], unit: _Unit, step: int, words: Words) -> Iterator[Tick]:
    locale = LOCALES[words.lang]
    before = ""
    for at in moments:
        if unit == "minutes" and step < 1440:
            label, under = f"{at:%H:%M}", day(at, words, year=True)
        elif unit == "minutes":
            label, under = day(at, words), str(at.year)
        elif unit == "months":
            label, under = format_date(at.date(), "LLL", locale=locale), str(at.year)
        else:
            label, under = str(at.year), ""
        yield Tick(at.timestamp(), label, under if under != before else "")
        before = under


def utc(at: datetime) -> datetime:
    """The moment in UTC; a time without a zone is taken as UTC."""
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def day(at: datetime, words: Words, *, year: bool = False) -> str:
    """A day in short: "9 Feb", or "9 Feb 2019"."""
    pattern = "d MMM y" if year else "d MMM"
    return str(format_date(utc(at).date(), pattern, locale=LOCALES[words.lang]))


def _round_up(value: float) -> float:
    """The next of 1, 2, 2.5, 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(n * power for n in (1, 2, 2.5, 5, 10) if n * power >= value * (1 - 1e-9))
