"""What Discord will show, as values: messages that fit its limits by construction.

Pure: `bot.thread` makes them from a report, `bot.outbox` sends them, the command line writes them
to `thread.json`. Limits are Discord's, https://discord.com/developers/docs (Components V2).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

MAX_TEXT = 4000
"""Characters of text in one message's components, all together."""
MAX_COMPONENTS = 40
MAX_FILES = 10
MAX_ALT = 1024
MAX_OPTIONS = 25
MAX_OPTION = 100
MAX_PLACEHOLDER = 150
MAX_LABEL = 80

MAX_REASON = 1000
"""Characters of a reason or a note that people type; escaped, they still fit a message."""

CARD = "card"
"""The key of the message that is the card."""

PICKER = "account:"
"""Begins the id of the select of a case's accounts; the case's key ends it."""

ANOTHER = "another"
"""The value of the option by which one types a pseudonym."""


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of markdown, already inert: no mention, link preview or formatting of others."""

    markdown: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture from the bundle, by its file name there, with its description."""

    file: str
    alt: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file from the bundle to download, by its file name there."""

    file: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line between parts of a message."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """A select of the case's accounts, by pseudonym, that shows one of them to whoever chooses.

    `placeholder` says so. `another` is the option by which one types the pseudonym of an account
    that stands not among `names`; empty when all of them do.
    """

    names: tuple[str, ...]
    placeholder: str
    another: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What people have made of the case or the step so far; written anew whenever that changes."""

    markdown: str


@dataclass(frozen=True, slots=True)
class Button:
    """A button by what it does ("agree") and what about ("template"), both part of its id."""

    does: str
    label: str
    about: str = ""
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Buttons:
    """One row of at most five buttons."""

    buttons: tuple[Button, ...]


Block: TypeAlias = Words | Chart | Attachment | Rule | Accounts | Standing | Buttons


@dataclass(frozen=True)
class Message:
    """One message of the thread.

    `key` is unique and stable within a case ("bottom-line", "step:client"); the outbox marks the
    sent message with it, so that nothing is ever sent twice. Only a message with `notify` rings.
    `colour` (0xRRGGBB) tints the container's edge. `card` messages go to the channel, not the
    thread.
    """

    key: str
    blocks: tuple[Block, ...]
    notify: bool = False
    card: bool = False
    colour: int | None = None
