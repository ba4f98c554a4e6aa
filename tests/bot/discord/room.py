"""A published case and the people around it, for the stories of the investigation room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from simcord import ChannelHandle, MemberActor
from simcord.components import walk_components

TEXT_DISPLAY = 10


def said(message: Any) -> str:
    """All words of a message, private or not, as a person reads them."""
    if message is None:
        return ""
    parts = [part if isinstance(part, dict) else part.to_dict() for part in message.components]
    texts = [part["content"] for part in walk_components(parts) if part["type"] == TEXT_DISPLAY]
    return "\n".join(text for text in [message.content, *texts] if text)


def answer(result: Any) -> str:
    """What the person who clicked or asked reads, and nobody else."""
    assert result.response is not None
    assert result.response.ephemeral
    return said(result.response)


@dataclass
class CaseRoom:
    """One case in a server: its card, its thread, and clicks on them."""

    server: Any
    key: str

    @property
    def thread(self) -> ChannelHandle:
        return self.server.thread

    @property
    def card(self) -> str:
        return said(self.server.card)

    def step(self, title: str) -> Any:
        """The message of the step that is called so."""
        (found,) = [
            message for message in self.thread.history() if said(message).startswith(f"### {title}")
        ]
        return found

    @property
    def replies(self) -> list[Any]:
        """What people's opinions made the bot write under the steps."""
        return [m for m in self.thread.history() if m.reference and not m.flags.ephemeral]

    async def agree(self, who: MemberActor, title: str = "Clients") -> str:
        return answer(await who.click(self.step(title), label="Agree"))

    async def dispute(self, who: MemberActor, reason: str, title: str = "Clients") -> Any:
        asked = await who.click(self.step(title), label="Dispute…")
        return await who.submit_modal(asked, {"reason": reason})

    async def note(self, who: MemberActor, words: str, title: str = "Clients") -> Any:
        asked = await who.click(self.step(title), label="Note…")
        return await who.submit_modal(asked, {"reason": words})

    async def slash(self, who: MemberActor, command: str, **options: Any) -> str:
        return answer(await who.slash(self.server.channel, command, **options))
