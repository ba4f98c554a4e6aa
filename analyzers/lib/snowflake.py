"""The time inside an X id: since November 2010 an id says when it was given out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EPOCH_MS = 1_288_834_974_657
"""Where snowflakes count from, 4 November 2010 (twitter-archive/snowflake, `IdWorker.scala`)."""

FIRST_POST = 29_700_859_247
"""The first post id made by snowflake; smaller ids were counted one by one (Alam, Aturban, Kelly et
al. 2019, "TweetedAt: finding tweet timestamps for pre and post snowflake tweet ids")."""

ACCOUNT_DIGITS = (18, 19)
"""Account ids were counted up to ten digits, then became snowflakes in the winter of 2015-16, when
a snowflake had 18 digits; no length lies between."""

_LOW_BITS = 22  # ten bits of worker and twelve of sequence stand below the milliseconds
_LONGEST = 19  # digits of the largest signed 64-bit number
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def post_ms(id: str) -> int | None:
    """The milliseconds since 1970 at which X gave out a post id; `None` when the id cannot say."""
    if len(id) > _LONGEST or not (id.isascii() and id.isdigit()):
        return None
    number = int(id)
    return None if number < FIRST_POST else (number >> _LOW_BITS) + EPOCH_MS


def moment(id: str) -> datetime | None:
    """The UTC time at which X gave out a post id; `None` before November 2010 or for other ids.

    >>> moment("1050118621198921728")
    datetime.datetime(2018, 10, 10, 20, 19, 24, 211000, tzinfo=datetime.timezone.utc)
    """
    ms = post_ms(id)
    return None if ms is None else _EPOCH + timedelta(milliseconds=ms)


def account_moment(id: str) -> datetime | None:
    """The UTC time at which X created an account, if its id is a snowflake (since early 2016)."""
    return moment(id) if len(id) in ACCOUNT_DIGITS else None
