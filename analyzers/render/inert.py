"""Makes collected words harmless in Discord's markdown: nothing formats, links, pings or hides."""

from __future__ import annotations

import re

from analyzers.render.words import inert, shortened

_MARKS = re.compile(r"[\\*_~`|<>\[\]]")
_AT_START = re.compile(r"^(?=[#+-])|^(?P<number>\d+)(?=[.)] )")
_EVERYBODY = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_WEB = re.compile(r"\bhttp(?=s?://)", re.IGNORECASE)
_SCHEME = re.compile(r"\b(?!hxxps?:)(\w+):(?=//)", re.IGNORECASE)
_INVITE = re.compile(r"\b(discord(?:app)?)\.(?=\w)", re.IGNORECASE)
_INVISIBLE = "\u200b"


def size(text: str) -> int:
    """A text's length as Discord may count it: in UTF-16 units, so that an emoji counts as two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def markdown(text: str, limit: int | None = None) -> str:
    """Plain text as markdown that shows just that text, on one line, at most `limit` units long.

    Formatting marks are escaped, links and invitations made unclickable (hxxp, discord[.]gg),
    @everyone and @here broken by an invisible space, `<@…>` shown as typed. A text that is too
    long is cut between words before it is escaped, so that no escape is cut in two.
    """
    plain = inert(text)
    if limit is None:
        return _escaped(plain)
    room = limit
    while size(escaped := _escaped(shortened(plain, room))) > limit:
        room = room * 3 // 4
    return escaped


def _escaped(plain: str) -> str:
    text = _WEB.sub("hxxp", plain)
    text = _SCHEME.sub(rf"\1:{_INVISIBLE}", text)
    text = _INVITE.sub(r"\1[.]", text)
    text = _MARKS.sub(lambda mark: f"\\{mark[0]}", text)
    text = _EVERYBODY.sub(f"@{_INVISIBLE}", text)
    return _AT_START.sub(lambda start: f"{start['number'] or ''}\\", text)
