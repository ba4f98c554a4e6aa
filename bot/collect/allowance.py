"""How many more calls a host allows and until when, read from the headers of its answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_PREFIXES = ("ratelimit", "x-ratelimit", "x-rate-limit")
"""Bluesky's, Mastodon's and X's spelling."""

_EPOCH = 1_000_000_000
"""A reset beyond this many seconds is a date (after 2001), below it a wait (under 31 years)."""

_SAME_WINDOW = 5.0
"""Seconds by which two answers of one window may disagree on its end: clocks and waits are whole
seconds, and an answer travels."""


@dataclass
class Allowance:
    """What is left of one limit of a host. Times are seconds since 1970."""

    remaining: int | None = None
    reset: float = 0.0
    blocked_until: float = 0.0

    def wait(self, now: float) -> float:
        """Seconds to wait before the next call; 0 when it may be made."""
        if self.remaining is not None and self.remaining <= 0:
            if now < self.reset:
                return max(self.reset, self.blocked_until) - now
            self.remaining = None
        return max(0.0, self.blocked_until - now)

    def spend(self) -> None:
        """Count a call that is being made: its answer will not say so before others are sent."""
        if self.remaining is not None:
            self.remaining -= 1

    def learn(self, status: int, headers: Mapping[str, str], now: float) -> None:
        """Take in the headers of an answer that came in at `now`."""
        remaining, reset = _left(headers), _reset(headers, now)
        if remaining is not None and reset is not None:
            same = abs(reset - self.reset) <= _SAME_WINDOW and self.remaining is not None
            self.remaining = min(remaining, self.remaining or 0) if same else remaining
            self.reset = reset
        if status in (429, 503):
            asked = _moment(headers.get("Retry-After", ""), now)
            until = asked if asked is not None else reset if status == 429 else None
            self.blocked_until = max(self.blocked_until, until or 0.0)


def _left(headers: Mapping[str, str]) -> int | None:
    for prefix in _PREFIXES:
        written = headers.get(f"{prefix}-remaining", "").strip()
        if written.isascii() and written.isdigit():
            return int(written)
    return None


def _reset(headers: Mapping[str, str], now: float) -> float | None:
    for prefix in _PREFIXES:
        found = _moment(headers.get(f"{prefix}-reset", ""), now)
        if found is not None:
            return found
    return None


def _moment(written: str, now: float) -> float | None:
    """A moment written as seconds from now, seconds since 1970, ISO 8601 or an HTTP date.

    >>> _moment("30", 1000.0), _moment("1795446121", 0.0), _moment("soon", 0.0)
    (1030.0, 1795446121.0, None)
    """
    written = written.strip()
    try:
        seconds = float(written)
    except ValueError:
        return _date(written)
    if not 0 <= seconds < float("inf"):
        return None
    return seconds if seconds > _EPOCH else now + seconds


def _date(written: str) -> float | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(written)
            return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
        except (ValueError, TypeError, OverflowError):
            continue
    return None
