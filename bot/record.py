"""What the bot keeps about servers, cases and what people said of them, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, TypeAlias

from analyzers.model.text import Text
from analyzers.render.disclosure import Redaction

Right: TypeAlias = Literal["investigate", "review", "reveal", "administer"]
RIGHTS: tuple[Right, ...] = ("investigate", "review", "reveal", "administer")
"""What a server can give to one of its roles."""

WHOLE = ""
"""The step of an opinion on the case as a whole, as a reviewer's agreement is."""

NOBODY = 0
"""Stands in the log for the program itself, as when the time of a case is over."""


GONE = Text(
    "This case is no longer kept here: it was deleted, or the time for which cases are kept has "
    "passed."
)
"""Told to whoever asks about a case that is not there, or not theirs to see."""


class Status(StrEnum):
    """How far people are with a case; "agreed" can only be reached by two reviewers."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    AGREED = "agreed"
    CORRECTED = "corrected"


class Home(StrEnum):
    """How a case lives in its channel: as a thread under its card, as a forum's post, or as a
    private thread. The card of the last two is the first message of the thread itself."""

    CHANNEL = "channel"
    POST = "post"
    PRIVATE = "private"


class Kind(StrEnum):
    """What somebody says of a step. One person agrees or disputes, and may leave many notes."""

    AGREE = "agree"
    DISPUTE = "dispute"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """What a server decided; a right without a role is `None`, as is what follows the operator.

    `redaction` is how much of the posts new cases show to people without the right to reveal.
    `place` is the channel of its cases; `None`: wherever one asks.
    """

    guild: int
    investigate: int | None = None
    review: int | None = None
    reveal: int | None = None
    administer: int | None = None
    language: Literal["en", "fr"] | None = None
    retention_days: int | None = None
    redaction: Redaction = "usual"
    place: int | None = None
    log_days: int | None = None

    def role(self, right: Right) -> int | None:
        """The role that holds a right, if the server named one."""
        role: int | None = getattr(self, right)
        return role


@dataclass(frozen=True, slots=True)
class Case:
    """One published investigation; `key` names its folder. Times are UTC, ids are Discord's.

    `title` and the thread are in `language`; `targets` are as a person would type them.
    """

    key: str
    guild: int
    channel: int
    thread: int
    card: int
    starter: int
    title: str
    language: Literal["en", "fr"]
    targets: tuple[str, ...]
    created: datetime
    updated: datetime
    status: Status = Status.DRAFT
    hold: bool = False
    assigned: int | None = None
    home: Home = Home.CHANNEL

    @property
    def shown_in(self) -> int:
        """The channel or thread in which the card is a message."""
        return self.channel if self.home is Home.CHANNEL else self.thread


@dataclass(frozen=True, slots=True)
class Posted:
    """A message of a case that was sent: its key ("step:template"), id and title on the card.

    The id is 0 once somebody has deleted the message in Discord.
    """

    key: str
    message: int
    title: str = ""


class Stage(StrEnum):
    """How far a job is: its files lie ready to be read, or its messages lie ready to be sent.

    Which of the messages were sent says `Posted`. A job that is done is no longer kept.
    """

    QUEUED = "queued"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Plan:
    """What sending needs to know beside the messages; `titles` are those of steps, by message."""

    title: str
    targets: tuple[str, ...]
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Job:
    """An investigation that was promised to somebody and is not yet told whole.

    `key` is that of the case that it becomes, `request` what was asked for, as plain values.
    `starts` counts how often the work on it began; there is a `plan` once it was read.
    """

    key: str
    guild: int
    channel: int
    starter: int
    language: Literal["en", "fr"]
    request: Mapping[str, Any]
    created: datetime
    stage: Stage = Stage.QUEUED
    starts: int = 0
    plan: Plan | None = None
    home: Home = Home.CHANNEL


@dataclass(frozen=True, slots=True)
class Reference:
    """An article or a study that somebody set beside a case, by its number within the case."""

    number: int
    url: str
    title: str
    who: int
    added: datetime


@dataclass(frozen=True, slots=True)
class Revision:
    """A case read anew by somebody, for a reason; `number` 2 is the first, of the case as begun.

    `request` is all that was asked for, as plain values. Once it was `read`, `changed` are the
    steps whose claim became another, `titles` those of steps by message. It is unfinished until
    it is `told`.
    """

    case: str
    guild: int
    number: int
    who: int
    reason: str
    request: Mapping[str, Any]
    created: datetime
    starts: int = 0
    changed: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    read: datetime | None = None
    told: datetime | None = None


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one person said of a step; `message` is the reply in the thread that shows it."""

    id: int
    case: str
    step: str
    kind: Kind
    who: int
    reason: str
    given: datetime
    message: int | None = None
    withdrawn: datetime | None = None


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A picture that belongs to a case: its number there (0 before it has one), file and origin.

    `format` is the ending of its kind of file ("png"), `bytes` its length, `name` what its sender
    called it, `who` the sender's id. `source` is the address it was taken from, or empty.
    """

    number: int
    sha256: str
    name: str
    format: str
    bytes: int
    width: int
    height: int
    who: int
    added: datetime
    description: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a server's log: who did what to what; `details` never hold anybody's words."""

    guild: int
    who: int
    what: str
    on: str = ""
    details: Mapping[str, str | int] = field(default_factory=dict)
    when: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProtectedFigure:
    """Somebody whom a server protects: handles without @, a name, perhaps category and language.

    `role` is the role whose holders alone may see the figure; `None` for all who investigate. `id`
    is 0 until it is kept.
    """

    name: str
    handles: tuple[str, ...]
    category: str = ""
    language: str = ""
    role: int | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class ServerEvent:
    """Something that happened, as a server keeps it: a trial, a broadcast. Times are UTC.

    `about` is the target that it concerns, as a person types it; empty when it concerns all.
    """

    at: datetime
    label: str
    until: datetime | None = None
    link: str = ""
    about: str = ""
    id: int = 0
