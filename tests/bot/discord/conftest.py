"""A collective's server with the real bot in it, people who give commands, and their dumps."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from discord import MessageType, Permissions
from simcord import ChannelHandle, Env, GuildHandle, InteractionResult, MemberActor, RoleHandle
from simcord import interactions as wire
from simcord.backend import serializers
from simcord.components import walk_components

from analyzers.simulate import simulate, write
from bot.client import Limier
from bot.config import PoolSettings, Settings, StorageSettings
from bot.pool import Pool
from bot.store import Store
from tests.bot.discord.room import CaseRoom

TOKEN = "MTk4NjIyNDgzNDcxOTI1MjQ4.secret-of-the-bot"

TEXT_DISPLAY = 10

INSULT = "@target_person you are nothing but a {} liar in a suit, go home and leave us all in peace"

Files = dict[str, tuple[str, bytes]]


@pytest.fixture(autouse=True)
async def closed(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """Let go of the database of every bot of a story: simcord leaves bots without closing them."""
    opened: list[Store] = []
    really_open = Store.open

    async def noted(store: Store) -> None:
        opened.append(store)
        await really_open(store)

    monkeypatch.setattr(Store, "open", noted)
    yield
    for store in opened:
        await store.close()


@pytest.fixture(scope="session")
def workers() -> Iterator[Pool]:
    """Two workers for all stories: starting them takes longer than most stories."""
    with Pool(workers=2, seconds=120, megabytes=4096) as pool:
        yield pool


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        token=TOKEN,
        pool=PoolSettings(workers=2),
        storage=StorageSettings(directory=tmp_path / "storage"),
    )


@pytest.fixture
def simcord_bot(settings: Settings, workers: Pool) -> Limier:
    return Limier(settings, workers)


@dataclass
class Server:
    """One server with a text channel, and two people who investigate there."""

    env: Env
    channel: ChannelHandle
    alice: MemberActor
    bob: MemberActor

    async def investigate(self, who: MemberActor | None = None, **options: Any) -> str:
        """Give the command, wait for all that follows, and return the private answer."""
        answer = await (who or self.alice).slash(self.channel, "investigate", **options)
        return private(answer)

    def begin(
        self, who: MemberActor, locale: str = "en-US", /, **options: Any
    ) -> InteractionResult:
        """Give the command without waiting for what follows, perhaps from a French Discord."""
        backend = self.env.backend
        root = backend.find_command("investigate", who.guild.id, type=1)
        assert root is not None
        given, resolved = wire.build_options(
            who, "investigate", root, options, channel_id=self.channel.id
        )
        return self.emit(who, {**_command(root), "options": given, "resolved": resolved}, locale)

    def press(self, who: MemberActor, message: Any, label: str) -> InteractionResult:
        """Click a button without waiting for what follows."""
        (button,) = [
            part
            for part in walk_components([part.to_dict() for part in message.components])
            if part.get("label") == label
        ]
        shown = serializers.message_payload(
            self.env.backend, self.env.backend.get_message(message.channel.id, message.id)
        )
        data = {"custom_id": button["custom_id"], "component_type": button["type"]}
        return self.emit(who, data, kind=3, message=dict(shown))

    def emit(
        self,
        who: MemberActor,
        data: dict[str, Any],
        locale: str = "en-US",
        kind: int = 2,
        **more: Any,
    ) -> InteractionResult:
        """Deliver a command, or another kind of interaction, as Discord would."""
        record, payload = wire.base_payload(
            self.env.backend,
            type=kind,
            channel_id=self.channel.id,
            guild_id=who.guild.id,
            user_id=who.id,
            data=data,
        )
        self.env.backend.emit("INTERACTION_CREATE", payload | more | {"locale": locale})
        return InteractionResult(self.env, record)

    def join(self, name: str, *roles: RoleHandle) -> MemberActor:
        """A new member of the server, with roles."""
        return self.guild.add_member(self.env.create_user(name), roles=roles)

    def role(self, name: str, **permissions: bool) -> RoleHandle:
        """A new role of the server."""
        return self.guild.create_role(name, permissions=Permissions(**permissions))

    @property
    def guild(self) -> GuildHandle:
        return self.alice.guild

    @property
    def cards(self) -> list[Any]:
        """The bot's messages in the channel; Discord's own notes of opened threads left out."""
        return [m for m in self.channel.history() if m.type is MessageType.default]

    @property
    def card(self) -> Any:
        (card,) = [card for card in self.cards if not card.flags.ephemeral]
        return card

    @property
    def thread(self) -> ChannelHandle:
        (thread,) = self.channel.threads
        return thread

    @staticmethod
    def words(message: Any) -> str:
        """The words of one message as a person reads them."""
        return _words(message)

    async def until(self, happens: Callable[[], object]) -> None:
        """Let the bot work until something can be seen."""
        for _ in range(10_000):
            if happens():
                return
            await asyncio.sleep(0.01)
        raise AssertionError("it never happened")


def _command(root: dict[str, Any]) -> dict[str, Any]:
    return {"id": root["id"], "name": root["name"], "type": 1}


@pytest.fixture
def server(simcord_env: Env) -> Server:
    guild = simcord_env.create_guild("A collective")
    channel = guild.create_text_channel("inquiries")
    alice = guild.add_member(simcord_env.create_user("alice"))
    bob = guild.add_member(simcord_env.create_user("bob"))
    return Server(simcord_env, channel, alice, bob)


def private(answer: InteractionResult) -> str:
    """What the person who asked reads, after checking that nobody else can."""
    assert answer.response is not None
    assert answer.response.ephemeral
    assert answer.followups == []
    return answer.response.content


@pytest.fixture(scope="session")
def first_stage(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The normal start: twenty posts by twenty accounts, and profiles."""
    dump, users, _ = write(simulate("rented_farm", stage="first"), _folder(tmp_path_factory))
    return {"dump": (dump.name, dump.read_bytes()), "dump2": (users.name, users.read_bytes())}


def _folder(factory: pytest.TempPathFactory) -> Path:
    return factory.mktemp("dumps") / "first.jsonl"


@pytest.fixture
def dump() -> Callable[..., tuple[str, bytes]]:
    """Builds an X export from texts, each by an account of its own, as an attachment."""

    def build(texts: Iterable[str], name: str = "posts.jsonl") -> tuple[str, bytes]:
        lines = [json.dumps(_post(number, text)) for number, text in enumerate(texts)]
        return name, "\n".join(lines).encode()

    return build


def _post(number: int, text: str) -> dict[str, Any]:
    handles, tags, links = (
        re.findall(mark, text) for mark in (r"@(\w+)", r"#(\w+)", r"https?:\S+")
    )
    return {
        "id_str": str(1_094_000_000_000_000_000 + number),
        "created_at": f"Sat Feb 09 {8 + number // 60:02}:{number % 60:02}:00 +0000 2019",
        "full_text": text,
        "source": '<a href="https://example.org">Some Client</a>',
        "user": {
            "id_str": str(900 + number),
            "screen_name": f"person_{number}",
            "name": f"Person {number}",
            "created_at": "Mon Jan 07 10:00:00 +0000 2019",
            "lang": "en",
        },
        "entities": {
            "user_mentions": [{"screen_name": h, "id_str": f"77{len(h)}"} for h in handles],
            "hashtags": [{"text": tag} for tag in tags],
            "urls": [{"expanded_url": link} for link in links],
        },
    }


@pytest.fixture
def six(dump: Callable[..., tuple[str, bytes]]) -> tuple[str, bytes]:
    """The smallest campaign: six accounts write one model of text at @target_person."""
    return dump(INSULT.format(word) for word in ("grey", "old", "dull", "sad", "slow", "loud"))


def _words(message: Any) -> str:
    """The words of one message, whether it has content or components."""
    found = walk_components([component.to_dict() for component in message.components])
    texts = [component["content"] for component in found if component["type"] == TEXT_DISPLAY]
    return "\n".join(text for text in [message.content, *texts] if text)


@pytest.fixture
async def room(server: Server, six: tuple[str, bytes], settings: Settings) -> CaseRoom:
    """A case that alice had investigated: the smallest campaign."""
    assert await server.investigate(dump=six, target="@target_person") == "The thread is ready."
    (folder,) = (settings.storage.directory / "cases").iterdir()
    return CaseRoom(server, folder.name)
