"""Written times → microseconds since 1970 in UTC, the way tables keep them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache

MICROS = 1_000_000
EARLIEST = 1_136_073_600 * MICROS
"""1 January 2006: Twitter opened that year, and no platform read here is older."""

LATEST = 4_102_444_800 * MICROS
"""1 January 2100: a later date is a number in another unit."""

_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_HOURS = {f"{n:02}": n * 3600 * MICROS for n in range(24)}
_MINUTES = {f"{n:02}": n * 60 * MICROS for n in range(60)}
_SECONDS = {f"{n:02}": n * MICROS for n in range(60)}
"""Looked up rather than computed: a dump holds two such times for each post."""

_V1_LENGTH = len("Wed Oct 10 20:19:24 +0000 2018")
_CLOCK = r"(?:[ ,T]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s?([AaPp])\.?[Mm]\.?)?)?\s*$"
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})" + _CLOCK)
_NAMED = re.compile(r"(\d{1,2})-([A-Z][a-z]{2})-(\d{4}|\d{2})" + _CLOCK)
_EPOCH_UNITS = ((10, MICROS), (13, 1000), (16, 1))  # digits of seconds, milliseconds, microseconds


def usable(micros: int) -> bool:
    """Whether a time lies between 2006 and 2100."""
    return EARLIEST <= micros < LATEST


def micros_of(moment: datetime) -> int:
    """Microseconds since 1970 of a time; one without a zone is read as UTC."""
    return round((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * MICROS)


@lru_cache(maxsize=4096)
def _day(year: str, month: int, day: str) -> int:
    return int(datetime(int(year), month, int(day), tzinfo=UTC).timestamp()) * MICROS


def v1_time(text: str) -> int:
    """Read "Wed Oct 10 20:19:24 +0000 2018"; ValueError when it is something else."""
    if len(text) != _V1_LENGTH or text[20:25] != "+0000":
        return micros_of(datetime.strptime(text, "%a %b %d %H:%M:%S %z %Y"))
    hour, minute, second = text[11:13], text[14:16], text[17:19]
    try:
        seconds = _HOURS[hour] + _MINUTES[minute] + _SECONDS[second]
    except KeyError:
        seconds = (int(hour) * 3600 + int(minute) * 60 + int(second)) * MICROS
    return _v1_day(text[4:10], text[26:]) + seconds


@lru_cache(maxsize=4096)
def _v1_day(month_and_day: str, year: str) -> int:
    return _day(year, _MONTHS.get(month_and_day[:3], 0), month_and_day[4:])


def iso_time(text: str) -> int:
    """Read an ISO 8601 time, in UTC unless it carries an offset; ValueError otherwise."""
    if len(text) == 24 and text[23] == "Z" and text[19] == "." and text[10] == "T":
        seconds = int(text[11:13]) * 3600 + int(text[14:16]) * 60 + int(text[17:19])
        day = _day(text[:4], int(text[5:7]), text[8:10])
        return day + seconds * MICROS + int(text[20:23]) * 1000
    return micros_of(datetime.fromisoformat(text))


def x_time(text: str) -> int:
    """Read X's own form or ISO 8601, as programs that imitate API 1.1 write."""
    return v1_time(text) if text[:1].isalpha() else iso_time(text)


def any_time(text: str, day_first: bool = False) -> int:
    """Read ISO 8601, a number since 1970, X's own form, 8/22/2017 10:05 PM or 22-Aug-2017 10:05PM.

    `day_first` says that 8/2/2017 is in February. Numbers are seconds, milliseconds or
    microseconds by their digits. Raises ValueError when it is none of these.
    """
    number = text.removesuffix(".0").removesuffix("L")  # Python 2 printed long numbers with an L
    if number.isascii() and number.isdigit():
        for digits, unit in _EPOCH_UNITS:
            if len(number) == digits or (len(number) == 9 and digits == 10):
                return int(number) * unit
        raise ValueError(text)
    if slashed := _SLASHED.match(text):
        first, second, year, *clock = slashed.groups("")
        day, month = (first, second) if day_first else (second, first)
        return _moment(year, int(month), day, clock)
    if named := _NAMED.match(text):
        day, name, year, *clock = named.groups("")
        return _moment(year, _MONTHS.get(name, 0), day, clock)
    return x_time(text.removesuffix(" UTC"))


def _moment(year: str, month: int, day: str, clock: list[str]) -> int:
    """A date with its clock, whose last part is the half of the day, if it says one."""
    hour, minute, second = (int(part or 0) for part in clock[:3])
    if half := clock[3].upper():
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if half == "P" else 0)
    years = int(year) + (2000 if len(year) == 2 else 0)
    return micros_of(datetime(years, month, int(day), hour, minute, second, tzinfo=UTC))


def day_comes_first(texts: list[str]) -> bool | None:
    """Whether times such as 22/8/2017 put the day first; `None` when none of them shows it."""
    for text in texts:
        if slashed := _SLASHED.match(text):
            if int(slashed[1]) > 12:
                return True
            if int(slashed[2]) > 12:
                return False
    return None


def has_zone(text: str) -> bool:
    """Whether a written time says its own offset from UTC, or counts from 1970."""
    return bool(re.search(r"(Z|UTC|[+-]\d{2}:?\d{2})(\s\d{4})?$|^\d{9,16}(\.0)?$", text))
