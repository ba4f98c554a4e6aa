"""Which of two times a post gets: the one that its author's program claims, or a server's."""

from __future__ import annotations

from analyzers.model.text import Text, plural
from analyzers.read.normal import NO_TIME, Skip
from analyzers.read.times import MICROS

DAY = 24 * 3600 * MICROS
"""A server usually has a post within seconds, and within hours when a queue or a bridge held it up
(on 125 sampled Bluesky posts the longest of these was 12.4 hours). Two claims lay farther back, 15
and 102 days: such posts are imported, or their time is made up."""

UNPROVEN = Text("A post's time is the one that its author's program wrote; nobody checks it.")
RECEIVED = plural(
    "One post claimed a time after it was received, or more than a day before: it was given the "
    "time at which it was received.",
    "{n} posts claimed a time after they were received, or more than a day before: they were given "
    "the time at which they were received.",
    1,
)


def settled(claimed: int | None, received: int | None, notes: list[Text]) -> int:
    """The time of a post, in microseconds since 1970; a note where it is not the claimed one.

    `claimed` is the author's program's, `received` the server's; both may be unknown. Raises `Skip`
    when neither is known.
    """
    if received is None:
        if claimed is None:
            raise Skip(NO_TIME)
        return claimed
    if claimed is not None and received - DAY <= claimed <= received:
        return claimed
    notes.append(RECEIVED)
    return received
