"""Turns messages into what discord.py sends, and sends each of them once, pinging nobody."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, TypeAlias, TypeVar, assert_never

import aiohttp
import discord
from discord import ui

from bot.message import (
    ANOTHER,
    PICKER,
    Accounts,
    Attachment,
    Button,
    Buttons,
    Chart,
    Message,
    Rule,
    Standing,
    Words,
)

LOG = logging.getLogger(__name__)

A_MOMENT = 7.0
"""Seconds for which what somebody waits for is tried again; discord.py itself outlasts a few errors
of the server besides."""

AN_HOUR = 3600.0
"""Seconds for which the messages of an investigation are tried again: it is promised, and most cuts
and outages are over by then."""

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds before the second attempt; each further pause is twice as long, up to the longest."""

TOO_MANY = 429
"""The status of an answer to requests that came too fast."""

NONCE_LENGTH = 25
"""Discord's limit on a message's nonce."""

LOOK_BACK = 50
"""Messages searched for one whose sending was not acknowledged: more than a thread of ours has."""

SEARCHED = 1000
"""Messages read to see which of a case stand already: after a restart, once per channel."""

SKEW = timedelta(minutes=1)
"""By how much Discord's clock may differ from ours."""


T = TypeVar("T")

Attempt: TypeAlias = Callable[[int], Awaitable[T]]
"""Does something once; it is told which attempt this is, from 1 on."""


class Layout(ui.LayoutView):
    """One message as a Components V2 container; it never times out.

    `mark` becomes the container's id, by which a message is known again. What one clicks on is
    answered by `bot.views`, by its id, which names the `case`: so it works after a restart too.
    """

    def __init__(self, message: Message, mark: int | None = None, case: str = "") -> None:
        super().__init__(timeout=None)
        items = _items(message, case)
        self.add_item(ui.Container(*items, accent_colour=message.colour, id=mark))
        self.stop()  # discord.py would else keep it in memory to answer clicks that it does not


def _items(message: Message, case: str) -> Iterable[ui.Item[ui.LayoutView]]:
    for block in message.blocks:
        match block:
            case Words(markdown) | Standing(markdown):
                yield ui.TextDisplay(markdown)
            case Chart(file, alt):
                yield ui.MediaGallery(
                    discord.MediaGalleryItem(f"attachment://{Path(file).name}", description=alt)
                )
            case Attachment(file):
                yield ui.File(f"attachment://{Path(file).name}")
            case Rule():
                yield ui.Separator()
            case Accounts():
                yield ui.ActionRow(_select(block, case))
            case Buttons(buttons):
                yield ui.ActionRow(*(_button(button, case) for button in buttons))
            case _:
                assert_never(block)


def _select(block: Accounts, case: str) -> ui.Select[ui.LayoutView]:
    options = [discord.SelectOption(label=name) for name in block.names]
    if block.another:
        options.append(discord.SelectOption(label=block.another, value=ANOTHER))
    return ui.Select(custom_id=f"{PICKER}{case}", options=options, placeholder=block.placeholder)


def _button(button: Button, case: str) -> ui.Button[ui.LayoutView]:
    parts = [button.does, case, *([button.about] if button.about else [])]
    return ui.Button(custom_id=":".join(parts), label=button.label, disabled=not button.enabled)


def files_of(message: Message) -> tuple[str, ...]:
    """The names of the bundle's files that a message carries, in order."""
    return tuple(block.file for block in message.blocks if isinstance(block, Chart | Attachment))


async def patiently(what: str, attempt: Attempt[T], patience: float) -> T:
    """Try something again for so many seconds while the connection breaks or Discord fails.

    Nobody knows whether a failed attempt took effect: from the second on it has to look first.
    Raises discord.HTTPException when Discord refuses, and the last error when time is over.
    """
    end, pause = time.monotonic() + patience, FIRST_PAUSE
    for number in count(1):
        try:
            return await attempt(number)
        except (TimeoutError, OSError, aiohttp.ClientError, discord.HTTPException) as error:
            if _is_refusal(error) or time.monotonic() + pause > end:
                raise
            LOG.warning("Attempt %d at %s failed: %s", number, what, type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
    raise AssertionError("the attempts end with a result or an error")


async def send(
    channel: discord.abc.Messageable,
    message: Message,
    bundle: Path,
    case_key: str,
    under: discord.PartialMessage | None = None,
    patience: float = A_MOMENT,
) -> discord.Message:
    """Send one message with its files from the `bundle` directory, exactly once.

    It is a reply to the message `under`, if that is still there.

    When the connection breaks it looks whether the message is there before it sends it again: the
    container's id and the nonce are made from the case and the message's key. `patience` and errors
    are those of `patiently`.
    """
    marked = mark(case_key, message.key)
    reply: dict[str, Any] = (
        {"reference": under.to_reference(fail_if_not_exists=False)} if under else {}
    )

    async def sent(attempt: int) -> discord.Message:
        there = await _already_sent(channel, marked) if attempt > 1 else None
        return there or await channel.send(
            view=Layout(message, marked, case_key),
            files=await _files(message, bundle),
            nonce=nonce(case_key, message.key),
            silent=not message.notify,
            **reply,
            allowed_mentions=discord.AllowedMentions.none(),
        )

    return await patiently(f"sending {message.key}", sent, patience)


def is_outage(error: BaseException) -> bool:
    """Whether the connection broke or Discord failed, which passes, and nothing else is wrong."""
    broken = (ConnectionError, TimeoutError, aiohttp.ClientError, discord.HTTPException)
    return isinstance(error, broken) and not _is_refusal(error)


def _is_refusal(error: BaseException) -> bool:
    """Whether Discord said no; otherwise nobody knows whether it made the message."""
    if isinstance(error, PermissionError | FileNotFoundError):
        return True
    if not isinstance(error, discord.HTTPException):
        return False
    return error.status < 500 and error.status != TOO_MANY


async def _already_sent(channel: discord.abc.Messageable, marked: int) -> discord.Message | None:
    async for message in channel.history(limit=LOOK_BACK):
        if any(getattr(component, "id", None) == marked for component in message.components):
            return message
    return None


async def standing(
    channel: discord.abc.Messageable, since: datetime | None = None, patience: float = A_MOMENT
) -> dict[int, discord.Message]:
    """The messages that stand in a channel by the ids of their containers: see `mark`.

    With `since` those before that time are left out, and of the rest the first are read.
    """
    after = since - SKEW if since else None

    async def read(attempt: int) -> dict[int, discord.Message]:
        found: dict[int, discord.Message] = {}
        async for message in channel.history(limit=SEARCHED, after=after, oldest_first=True):
            for component in message.components:
                marked = getattr(component, "id", None)
                if marked is not None:
                    found.setdefault(marked, message)
        return found

    return await patiently("reading what stands", read, patience)


async def edit(
    target: discord.Message | discord.PartialMessage,
    message: Message,
    bundle: Path,
    case_key: str = "",
    patience: float = A_MOMENT,
) -> discord.Message:
    """Replace a sent message by a new version of it, files included.

    With the `case_key` it keeps its mark, and what one clicks on in it works. `patience` and errors
    are those of `patiently`.
    """

    async def edited(attempt: int) -> discord.Message:
        return await target.edit(
            view=Layout(message, mark(case_key, message.key) if case_key else None, case_key),
            attachments=await _files(message, bundle),
            allowed_mentions=discord.AllowedMentions.none(),
        )

    return await patiently(f"editing {message.key}", edited, patience)


def sent_before(client: discord.Client, channel: int, message: int) -> discord.PartialMessage:
    """A message that was sent before, perhaps before a restart, to be edited or replied to."""
    return client.get_partial_messageable(channel).get_partial_message(message)


async def wake(client: discord.Client, thread: int) -> None:
    """Take a thread out of the archive, in which nothing can be edited."""
    found = await client.fetch_channel(thread)
    if isinstance(found, discord.Thread):
        await found.edit(archived=False)


def mark(case_key: str, message_key: str) -> int:
    """The id of a message's container, the same for the same message of the same case."""
    digest = hashlib.sha256(f"{case_key}:{message_key}".encode()).digest()
    return 1_000_000 + int.from_bytes(digest[:4]) // 4  # 30 bits, far from the ids Discord gives


def nonce(case_key: str, message_key: str) -> str:
    """The same short token for the same message of the same case, different for any other."""
    digest = hashlib.sha256(f"{case_key}:{message_key}".encode()).hexdigest()
    return digest[:NONCE_LENGTH]


async def _files(message: Message, bundle: Path) -> list[discord.File]:
    """Open a message's files off the event loop; only names inside the bundle are accepted."""

    def opened() -> list[discord.File]:
        root = bundle.resolve()
        found = []
        for name in files_of(message):
            path = (root / name).resolve()
            if root not in path.parents or "private" in path.relative_to(root).parts:
                raise PermissionError(f"{name} is not a public file of this case")
            found.append(discord.File(path, filename=path.name))
        return found

    return await asyncio.to_thread(opened)
