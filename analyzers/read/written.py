"""When a post of an X API page was written: what it says, else what its id holds."""

from __future__ import annotations

from collections.abc import Callable

from analyzers.lib.snowflake import post_ms
from analyzers.read.normal import IMPOSSIBLE_TIME, NO_TIME, TIME_FROM_ID, Rows, Skip
from analyzers.read.times import usable


def written(text: str | None, parse: Callable[[str], int], post_id: str, rows: Rows) -> int:
    """Microseconds since 1970, UTC; to the millisecond where only the id tells, with a note.

    `parse` reads the API version's own way to write a time. Raises `Skip` without a usable time.
    """
    if text:
        try:
            micros = parse(text)
        except ValueError as error:
            raise Skip(NO_TIME) from error
    else:
        ms = post_ms(post_id)
        if ms is None:
            raise Skip(NO_TIME)
        rows.notes.append(TIME_FROM_ID)
        micros = ms * 1000
    if not usable(micros):
        raise Skip(IMPOSSIBLE_TIME)
    return micros
