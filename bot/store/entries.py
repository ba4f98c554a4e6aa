"""The log of each server: who did what to what, and when; never anybody's words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import JSON, Index, Integer, String, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.record import Case, Entry
from bot.store.base import Base, KeptByServer
from bot.store.sessions import Sessions


class EntryRow(Base):
    """One line of the log; it has no foreign key, for it outlives the case it speaks of."""

    __tablename__ = "log"
    __table_args__ = (Index(None, "guild", "when"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    guild: Mapped[int]
    who: Mapped[int]
    what: Mapped[str] = mapped_column(String(32))
    on: Mapped[str] = mapped_column(String(64))
    details: Mapped[Mapping[str, str | int]] = mapped_column(JSON)
    when: Mapped[datetime]


class Log:
    """Writes and reads the log."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def write(self, entry: Entry) -> None:
        """Add a line, dated now."""
        async with self._sessions.write() as session:
            session.add(entry_row(entry, self._sessions.now()))

    async def of(self, guild: int, limit: int) -> tuple[Entry, ...]:
        """The newest lines of a server's log, newest first."""
        newest = select(EntryRow).where(EntryRow.guild == guild).order_by(EntryRow.id.desc())
        async with self._sessions.read() as session:
            return tuple(_value(row) for row in await session.scalars(newest.limit(limit)))

    async def last_about(self, case: Case, what: str) -> Entry | None:
        """The newest line of some kind about a case."""
        about = (EntryRow.guild == case.guild) & (EntryRow.on == case.key) & (EntryRow.what == what)
        async with self._sessions.read() as session:
            row = await session.scalar(
                select(EntryRow).where(about).order_by(EntryRow.id.desc()).limit(1)
            )
            return _value(row) if row else None

    async def guilds(self) -> tuple[int, ...]:
        """The servers that have a log."""
        async with self._sessions.read() as session:
            return tuple(await session.scalars(select(EntryRow.guild).distinct()))

    async def expire(self, guild: int, before: datetime, but: Collection[str]) -> None:
        """Delete the lines of a server's log from before some time, `but` those of some kinds."""
        old = (EntryRow.guild == guild) & (EntryRow.when < before) & EntryRow.what.not_in(but)
        async with self._sessions.write() as session:
            await session.execute(delete(EntryRow).where(old))

    async def count_by(self, guild: int, who: int) -> int:
        """How many lines of a server's log one person caused."""
        count = select(func.count()).where(EntryRow.guild == guild, EntryRow.who == who)
        return await self._sessions.count(count)


async def removed(
    sessions: Sessions, table: type[KeptByServer], guild: int, id: int, log: Entry
) -> bool:
    """Forget something that a server keeps and log it; False when it keeps none with this id."""
    async with sessions.write() as session:
        row = await session.get(table, id)
        if row is None or row.guild != guild:
            return False
        await session.delete(row)
        session.add(entry_row(log, sessions.now()))
        return True


def entry_row(entry: Entry, now: datetime) -> EntryRow:
    """A line to be added in the same transaction as what it tells of."""
    return EntryRow(
        guild=entry.guild,
        who=entry.who,
        what=entry.what,
        on=entry.on,
        details=dict(entry.details),
        when=entry.when or now,
    )


def _value(row: EntryRow) -> Entry:
    return Entry(row.guild, row.who, row.what, row.on, row.details, row.when)
