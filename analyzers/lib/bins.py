"""Equal bins of time that a reader knows (hours, days, weeks), for charts of counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

MOST = 120
"""Bins of a chart at most: about three pixels each on a phone."""

_WIDTHS = tuple(
    timedelta(hours=hours) for hours in (1, 3, 6, 12, 24, 7 * 24, 28 * 24, 91 * 24, 364 * 24)
)
"""Hours, parts of a day, days, weeks, and spans of weeks near a month, a quarter and a year."""


@dataclass(frozen=True, slots=True)
class Bins:
    """`count` bins, each `width` wide, the first from `start` (UTC)."""

    start: datetime
    width: timedelta
    count: int

    def counts(self, times: pd.Series[pd.Timestamp]) -> tuple[float, ...]:
        """How many times fall in each bin."""
        places = ((times.dropna() - self.start) // self.width).value_counts()
        return tuple(float(places.get(place, 0)) for place in range(self.count))


def bins_over(times: pd.Series[pd.Timestamp]) -> Bins | None:
    """The narrowest bins that cover these UTC times in at most `MOST`; `None` without times."""
    known = times.dropna()
    if known.empty:
        return None
    first, last = known.min().to_pydatetime(), known.max().to_pydatetime()
    # one bin less than MOST, since the first may begin before the first time
    width = next((one for one in _WIDTHS if (last - first) / one < MOST - 1), _WIDTHS[-1])
    seconds = width.total_seconds()
    start = datetime.fromtimestamp(first.timestamp() // seconds * seconds, tz=UTC)
    return Bins(start, width, int((last - start) / width) + 1)
