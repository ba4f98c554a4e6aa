"""Sentences as inert markdown of a fixed room: what every part of the thread is made with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analyzers.model.text import Text, plural
from analyzers.render.inert import markdown, size
from analyzers.render.words import Words as Speech
from analyzers.render.words import shortened
from bot.message import Message, Words

# The room of each part, in characters after escaping. A step's message holds at most
# title 150 + claim 600 + three measures of 500 + doubt 500 + notes 2 × 200 = 3,150 of 4,000;
# the bottom line 2 × 600 + 400 + 2 × 500 + asides 4 × 300 = 3,800; a list 150 + 3,000 + a note.
TITLE, SENTENCE, LABEL, SIDE, DOUBT, NOTE, MECHANISM = 150, 600, 150, 170, 500, 200, 400
LIST = 3000
LINE = 500

CLAIM = 280
"""Characters of a claim as it is read: what fits a phone's screen beside its chart."""


@dataclass(frozen=True)
class Voice:
    """Says texts in the reader's language as markdown that contains no one else's marks."""

    speech: Speech

    def say(self, text: Text, limit: int = SENTENCE) -> str:
        """A sentence, cut between words when it has no room; a dash when nothing remains of it."""
        return markdown(self.speech.say(text), limit) or "–"  # Discord refuses an empty text

    def small(self, text: Text, limit: int = NOTE) -> str:
        """A sentence on a line of its own in Discord's small print."""
        return f"-# {self.say(text, limit - 3)}"

    def claim(self, text: Text) -> str:
        """A finding's claim, at most 280 characters as read."""
        return markdown(shortened(self.speech.say(text), CLAIM), SENTENCE) or "–"

    def listed(self, key: str, heading: Text, lines: Sequence[str]) -> tuple[Message, ...]:
        """One message of lines, as many as there is room for; none when there are no lines."""
        if not lines:
            return ()
        kept = as_many_as_fit(lines, LIST)
        hidden = len(lines) - len(kept)
        if hidden:
            more = plural(
                "One more line is on the attached page.",
                "{n} more lines are on the attached page.",
                hidden,
            )
            kept.append(self.small(more))
        text = f"### {self.say(heading, TITLE)}\n" + "\n".join(kept)
        return (Message(key=key, blocks=(Words(text),)),)


def as_many_as_fit(lines: Sequence[str], room: int) -> list[str]:
    """The first lines of inert markdown that fit so many characters, with their line breaks."""
    kept: list[str] = []
    for line in lines:
        room -= size(line) + 1
        if room < 0:
            break
        kept.append(line)
    return kept
