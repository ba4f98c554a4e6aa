"""The context events of each server: what happened when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text
from bot.record import Entry, ServerEvent
from bot.store.base import KeptByServer
from bot.store.entries import entry_row, removed
from bot.store.sessions import Sessions

MOST = 100
"""Events of one server: half of what a chart can show, so that a file of events fits beside."""


class EventRow(KeptByServer):
    """One event."""

    __tablename__ = "events"
    __table_args__ = (Index(None, "guild"),)

    at: Mapped[datetime]
    until: Mapped[datetime | None]
    label: Mapped[str] = mapped_column(String(80))
    link: Mapped[str] = mapped_column(String(300))
    about: Mapped[str] = mapped_column(String(200))


class Events:
    """Reads and changes events; whoever asks names the server, for none sees another's."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def of(self, guild: int) -> tuple[ServerEvent, ...]:
        """A server's events, earliest first."""
        theirs = select(EventRow).where(EventRow.guild == guild)
        async with self._sessions.read() as session:
            rows = await session.scalars(theirs.order_by(EventRow.at, EventRow.id))
            return tuple(_value(row) for row in rows)

    async def add(self, guild: int, event: ServerEvent, log: Entry) -> None:
        """Keep an event and log it. Raises BadInput when there would be too many."""
        count = select(func.count()).where(EventRow.guild == guild)
        async with self._sessions.write() as session:
            session.add(
                EventRow(
                    guild=guild,
                    at=event.at,
                    until=event.until,
                    label=event.label,
                    link=event.link,
                    about=event.about,
                )
            )
            await session.flush()
            if (await session.scalar(count) or 0) > MOST:
                raise BadInput(
                    Text("A server keeps at most {most} events: remove some first.", most=MOST)
                )
            session.add(entry_row(log, self._sessions.now()))

    async def remove(self, guild: int, id: int, log: Entry) -> bool:
        """Forget an event and log it; False when this server has none with this id."""
        return await removed(self._sessions, EventRow, guild, id, log)


def _value(row: EventRow) -> ServerEvent:
    return ServerEvent(row.at, row.label, row.until, row.link, row.about, row.id)
