"""A server on the wire with one person in it, the bot's process, and what both of them do."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from simcord import interactions
from simcord.backend import serializers
from simcord.backend.models import Channel, Interaction, Message
from simcord.components import walk_components
from simcord.enums import ChannelType, InteractionType

from tests.wire.front import Front

ROOT = Path(__file__).resolve().parents[2]
TEXT_DISPLAY, BUTTON = 10, 2


class Town:
    """Alice in the channel of a collective, before a bot that can be started and killed."""

    def __init__(self, front: Front, storage: Path) -> None:
        self.front = front
        self.program: Sequence[str] = ("-m", "tests.wire.launch")
        self.limits = {"AT_ONCE": "2"}
        self.storage = storage
        backend = front.backend
        self.guild = backend.create_guild("A collective").id
        self.channel = backend.create_channel(self.guild, "inquiries", type=ChannelType.TEXT).id
        self.alice = backend.make_user("alice").id
        backend.add_member(self.guild, self.alice)
        self._bot: asyncio.subprocess.Process | None = None

    async def start(self, seconds: float = 150) -> None:
        """Start `limier run` and wait until it is connected and its commands are known."""
        await self.spawn()
        await self.until(self.front.connected.is_set, seconds)

    async def spawn(self) -> None:
        """Start `limier run` and wait for nothing."""
        log = (self.storage / "bot.log").open("ab")
        environment = os.environ | {
            "LIMIER_TOKEN": "token",
            "LIMIER_STORAGE__DIRECTORY": str(self.storage / "data"),
            "LIMIER_POOL__WORKERS": "2",
            "PYTHONPATH": str(ROOT),
        }
        environment |= {f"LIMIER_LIMITS__{name}": value for name, value in self.limits.items()}
        self._bot = await asyncio.create_subprocess_exec(
            sys.executable,
            *(*self.program, self.front.address, "run"),
            env=environment,
            cwd=ROOT,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        log.close()

    @property
    def process(self) -> int:
        """The id of the bot's process, which is that of its session too."""
        assert self._bot is not None
        return self._bot.pid

    def kill(self) -> None:
        """End the bot and its workers at once, without a chance to tidy up."""
        assert self._bot is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._bot.pid, signal.SIGKILL)

    async def killed(self) -> None:
        """Kill the bot, unless it is dead, and wait until Discord has noticed."""
        assert self._bot is not None
        self.kill()
        await self._bot.wait()
        await self.until(lambda: not self.front.connected.is_set(), 10)

    def kill_after(self, method: str, ending: str, nth: int) -> None:
        """Kill the bot when its nth such request took effect, before it learns so."""
        left = nth

        def answering(by: str, path: str) -> None:
            nonlocal left
            left -= by == method and path.endswith(ending)
            if left == 0:
                left -= 1
                self.kill()

        self.front.answering = answering

    def is_dead(self) -> bool:
        """Whether the bot's process ended."""
        return self._bot is None or self._bot.returncode is not None

    async def stop(self) -> None:
        """Stop the bot in good order, as a container is stopped."""
        assert self._bot is not None
        if self._bot.returncode is None:
            self._bot.terminate()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._bot.wait(), 20)
        self.kill()

    async def until(self, happens: Callable[[], object], seconds: float = 150) -> None:
        """Wait until something can be seen; what the bot wrote is told when it takes too long."""
        end = time.monotonic() + seconds
        while not happens():
            if time.monotonic() > end:
                raise AssertionError(f"it did not happen in {seconds} s: {self.log[-3000:]}")
            await asyncio.sleep(0.02)

    def investigate(self, dump: tuple[str, bytes], target: str) -> Interaction:
        """Give the command, with a file that lies on Discord's servers."""
        backend = self.front.backend
        command = backend.find_command("investigate", self.guild, type=1)
        assert command is not None
        resolved: dict[str, Any] = {}
        file = interactions.store_interaction_attachment(backend, self.channel, *dump, resolved)
        options = [
            {"name": "dump", "type": 11, "value": file},
            {"name": "target", "type": 3, "value": target},
        ]
        data = {"id": command["id"], "name": "investigate", "type": 1}
        data |= {"options": options, "resolved": resolved}
        return self._emit(InteractionType.APPLICATION_COMMAND, self.channel, data)

    def add(self, dump: tuple[str, bytes], reason: str) -> Interaction:
        """Add a file to the one case, in its thread."""
        backend, thread = self.front.backend, self.threads[0].id
        command = backend.find_command("case", self.guild, type=1)
        assert command is not None
        resolved: dict[str, Any] = {}
        file = interactions.store_interaction_attachment(backend, thread, *dump, resolved)
        options = [
            {"name": "dump", "type": 11, "value": file},
            {"name": "reason", "type": 3, "value": reason},
        ]
        data = {"id": command["id"], "name": "case", "type": 1, "resolved": resolved}
        data |= {"options": [{"name": "add", "type": 1, "options": options}]}
        return self._emit(InteractionType.APPLICATION_COMMAND, thread, data)

    def click(self, message: Message, label: str) -> Interaction:
        """Click a button of a message by what stands on it."""
        (button,) = [
            part
            for part in walk_components(message.components)
            if part["type"] == BUTTON and part.get("label") == label
        ]
        shown = dict(serializers.message_payload(self.front.backend, message))
        data = {"custom_id": button["custom_id"], "component_type": BUTTON}
        kind = InteractionType.MESSAGE_COMPONENT
        return self._emit(kind, message.channel_id, data, message=shown)

    def _emit(
        self, kind: InteractionType, channel: int, data: dict[str, Any], **more: Any
    ) -> Interaction:
        record, payload = interactions.base_payload(
            self.front.backend,
            type=kind,
            channel_id=channel,
            guild_id=self.guild,
            user_id=self.alice,
            data=data,
        )
        if "message" in more:
            record.source_message_id = int(more["message"]["id"])
        self.front.backend.emit("INTERACTION_CREATE", payload | more)
        return record

    def answer(self, given: Interaction) -> str:
        """What the person who gave a command or clicked reads; empty while there is nothing."""
        sent = self.front.backend.messages[given.channel_id].get(given.message_id or 0)
        return said(sent) if sent else ""

    @property
    def cards(self) -> list[Message]:
        """What everybody sees of the bot in the channel."""
        bot = self.front.backend.bot_user.id
        found = self.front.backend.messages[self.channel].values()
        return [m for m in found if m.author_id == bot and m.type == 0 and not m.is_ephemeral]

    @property
    def threads(self) -> list[Channel]:
        """The threads under the cards."""
        return [one for one in self.front.backend.channels.values() if one.is_thread]

    def posts(self, thread: Channel) -> list[Message]:
        """The messages of a thread that everybody sees, in order."""
        found = self.front.backend.messages[thread.id].values()
        return [m for m in found if m.components and not m.is_ephemeral]

    @property
    def log(self) -> str:
        """What the bot's process wrote."""
        return (self.storage / "bot.log").read_text(errors="replace")


def said(message: Message) -> str:
    """The words of a message as a person reads them."""
    texts = [
        part["content"]
        for part in walk_components(message.components)
        if part["type"] == TEXT_DISPLAY
    ]
    return "\n".join(text for text in [message.content, *texts] if text)


def whole(town: Town) -> bool:
    """Whether the one case stands: its card is the case, and the thread ends with the page."""
    (card,) = town.cards
    return "Draft" in said(card) and any(
        file["filename"] == "report.html"
        for thread in town.threads
        for post in town.posts(thread)
        for file in post.attachments
    )


def heading(message: Message) -> str:
    """The first line of a message, by which people tell the parts of a thread apart."""
    return said(message).split("\n", 1)[0]
