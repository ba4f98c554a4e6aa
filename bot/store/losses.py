"""What of a case was deleted in Discord, so that it is told once and can be looked up."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.message import CARD
from bot.record import Case
from bot.store.base import Base
from bot.store.cases import KEY, CaseRow, MessageRow, case_value
from bot.store.opinions import OpinionRow
from bot.store.sessions import Sessions

CHANNEL: Final = "channel"
THREAD: Final = "thread"
OPINION: Final = "opinion:"
"""What can be gone beside the card and the messages of a case, which go by their keys."""

PLACES: Final = (CHANNEL, THREAD)
"""Of these the first is noted alone: the threads of a deleted channel go with it."""


class LossRow(Base):
    """One part of a case that is gone: "channel", "thread", "card", or a message by its key."""

    __tablename__ = "losses"

    case: Mapped[str] = mapped_column(
        KEY, ForeignKey("cases.key", ondelete="CASCADE"), primary_key=True
    )
    what: Mapped[str] = mapped_column(String(64), primary_key=True)
    when: Mapped[datetime]


class Losses:
    """Notes and reads what was deleted."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def note(self, case: Case, what: str) -> bool:
        """Note a loss; False when it was noted before, or the case itself is no longer kept."""
        async with self._sessions.write() as session:
            # one at a time in each case, or else two events at once would both be the first
            if await session.get(CaseRow, case.key, with_for_update=True) is None:
                return False
            same = PLACES if what in PLACES else (what,)
            before = select(LossRow.what).where(LossRow.case == case.key, LossRow.what.in_(same))
            if (await session.scalars(before)).first() is not None:
                return False
            session.add(LossRow(case=case.key, what=what, when=self._sessions.now()))
            return True

    async def of(self, case: str) -> tuple[str, ...]:
        """What of a case is gone, oldest first."""
        gone = select(LossRow.what).where(LossRow.case == case)
        async with self._sessions.read() as session:
            return tuple(await session.scalars(gone.order_by(LossRow.when, LossRow.what)))

    async def among(self, messages: Collection[int]) -> tuple[tuple[Case, str, str], ...]:
        """What of cases these messages are: the case, which part of it, and its title if any."""
        sent = select(CaseRow, MessageRow).join(MessageRow)
        replies = select(CaseRow, OpinionRow).join(OpinionRow)
        async with self._sessions.read() as session:
            cards = await session.scalars(select(CaseRow).where(CaseRow.card.in_(messages)))
            found = [(case_value(row), CARD, "") for row in cards]
            for row, message in await session.execute(sent.where(MessageRow.message.in_(messages))):
                found.append((case_value(row), message.key, message.title))
            for row, one in await session.execute(replies.where(OpinionRow.message.in_(messages))):
                found.append((case_value(row), f"{OPINION}{one.id}", ""))
        return tuple(found)
