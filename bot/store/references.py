"""The articles and studies that people set beside a case."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, func, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.record import Case, Entry, Reference
from bot.store.base import Base
from bot.store.cases import KEY, CaseRow
from bot.store.entries import entry_row
from bot.store.sessions import Sessions

MOST = 50
"""References of one case: more than a message has room for is a library, not a list."""


class ReferenceRow(Base):
    """One reference of a case; it goes when it is removed."""

    __tablename__ = "references"

    case: Mapped[str] = mapped_column(
        KEY, ForeignKey("cases.key", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    url: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(String(200))
    who: Mapped[int]
    added: Mapped[datetime]


class References:
    """Reads and changes references, each known by its case and its number."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def add(self, case: Case, who: int, url: str, title: str, log: Entry) -> bool:
        """Keep a reference and log it; False when there is no room, or the case is gone."""
        async with self._sessions.write() as session:
            # one at a time in each case, or else two would be given one number
            if await session.get(CaseRow, case.key, with_for_update=True) is None:
                return False
            of_case = ReferenceRow.case == case.key
            count = await session.scalar(select(func.count()).where(of_case)) or 0
            last = await session.scalar(select(func.max(ReferenceRow.number)).where(of_case)) or 0
            if count >= MOST:
                return False
            now = self._sessions.now()
            session.add(
                ReferenceRow(
                    case=case.key, number=last + 1, url=url, title=title, who=who, added=now
                )
            )
            session.add(entry_row(log, now))
            return True

    async def remove(self, case: Case, number: int, log: Entry) -> bool:
        """Let go of a reference and log it; False when it is gone already."""
        async with self._sessions.write() as session:
            row = await session.get(ReferenceRow, (case.key, number))
            if row is None:
                return False
            await session.delete(row)
            session.add(entry_row(log, self._sessions.now()))
            return True

    async def of(self, case: str) -> tuple[Reference, ...]:
        """The references of a case, oldest first."""
        found = select(ReferenceRow).where(ReferenceRow.case == case)
        async with self._sessions.read() as session:
            rows = await session.scalars(found.order_by(ReferenceRow.number))
            return tuple(
                Reference(row.number, row.url, row.title, row.who, row.added) for row in rows
            )

    async def count_by(self, guild: int, who: int) -> int:
        """How many references in a server are of one person."""
        of_guild = (ReferenceRow.case == CaseRow.key) & (CaseRow.guild == guild)
        count = select(func.count()).select_from(ReferenceRow).join(CaseRow, of_guild)
        return await self._sessions.count(count.where(ReferenceRow.who == who))
