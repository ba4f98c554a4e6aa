"""In which zone a file's times were written, checked against the times that X ids hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median

from analyzers.lib.snowflake import post_ms
from analyzers.model.dataset import TimeZone
from analyzers.model.text import Code, Text
from analyzers.read.normal import Post

NAIVE = Text("The times carry no zone and were read as UTC; nothing here checks it.")
"""A reader's remark that a time was written without its zone."""

QUARTER_MS = 15 * 60 * 1000
"""Zones differ from UTC by whole quarters of an hour."""

_FARTHEST_MS = 15 * 3600 * 1000
"""No zone is more than 14 hours from UTC; a larger difference means the ids are not X's."""

_NEAR_MS = 2 * 60 * 1000
"""Exports cut times to the minute, so a time may differ from its id's by a minute or so."""

_MOST = 2000
"""Ids compared per file: enough for a median that no handful of edited rows can move."""

_LEAST = 3
_AGREEING = 0.5
"""Share of ids that must agree on the offset: summer time may change within the file."""


@dataclass
class Clock:
    """Compares written times with those that post ids hold, over the first posts of a file."""

    explicit: bool = True
    shift_ms: int = 0
    differences: list[int] = field(default_factory=list)
    empty: bool = True

    @property
    def full(self) -> bool:
        """Whether enough posts were looked at."""
        return len(self.differences) >= _MOST

    def look(self, posts: Sequence[Post]) -> None:
        """Take note of the times of some posts, once read as UTC."""
        if self.full:
            return
        for post in posts:
            self.empty = False
            ms = post_ms(post.post_id)
            if ms is not None:
                self.differences.append(post.created_at // 1000 - ms)

    def offset_ms(self) -> int | None:
        """How far written times run ahead of the ids', in whole quarters of an hour."""
        return offset_of(self.differences)

    def zone(self) -> TimeZone:
        """What was assumed and what speaks for it."""
        checked = len(self.differences)
        if self.shift_ms:
            evidence = Text(
                "The times ran {shift} off those that {n} post ids hold, and were moved to UTC.",
                shift=Code(_written(self.shift_ms)),
                n=checked,
            )
            return TimeZone(f"UTC{_written(self.shift_ms)}", evidence)
        offset = self.offset_ms()
        if offset:
            evidence = Text(
                "The times run {shift} off those that {n} post ids hold, so they may be wrong.",
                shift=Code(_written(offset)),
                n=checked,
            )
        elif offset == 0 and self.explicit:
            evidence = Text(
                "Each time says its own offset from UTC, and the times that {n} post ids hold "
                "agree.",
                n=checked,
            )
        elif offset == 0:
            evidence = Text(
                "The times carry no zone; read as UTC, they agree with those that {n} post ids "
                "hold.",
                n=checked,
            )
        elif self.explicit:
            evidence = Text("Each time says its own offset from UTC.")
        else:
            evidence = NAIVE
        return TimeZone("UTC", evidence)


def offset_of(differences: Sequence[int]) -> int | None:
    """The offset from UTC, in milliseconds, that most differences share; `None` without one."""
    if len(differences) < _LEAST:
        return None
    middle = median(differences)
    offset = round(middle / QUARTER_MS) * QUARTER_MS
    near = sum(abs(one - offset) <= _NEAR_MS for one in differences)
    if abs(offset) > _FARTHEST_MS or near < _AGREEING * len(differences):
        return None
    return offset


def _written(ms: int) -> str:
    sign = "-" if ms < 0 else "+"
    hours, minutes = divmod(abs(timedelta(milliseconds=ms)) // timedelta(minutes=1), 60)
    return f"{sign}{hours:02d}:{minutes:02d}"
