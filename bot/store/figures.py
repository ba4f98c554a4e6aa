"""The protected figures of each server."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import JSON, Index, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text
from bot.record import Entry, ProtectedFigure
from bot.store.base import KeptByServer
from bot.store.entries import entry_row, removed
from bot.store.sessions import Sessions

MOST = 200
"""Figures of one server: an assembly's most attacked members fit; a longer register is a file."""


class FigureRow(KeptByServer):
    """One protected figure."""

    __tablename__ = "figures"
    __table_args__ = (Index(None, "guild"),)

    name: Mapped[str] = mapped_column(String(60))
    category: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(3))
    role: Mapped[int | None]
    handles: Mapped[list[str]] = mapped_column(JSON)


class Figures:
    """Reads and changes figures; whoever asks names the server, for none sees another's."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def of(self, guild: int) -> tuple[ProtectedFigure, ...]:
        """A server's figures by name; who may see which is the caller's to ask."""
        theirs = select(FigureRow).where(FigureRow.guild == guild)
        async with self._sessions.read() as session:
            found = [_value(row) for row in await session.scalars(theirs)]
        return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))

    async def add(self, guild: int, figures: Sequence[ProtectedFigure], log: Entry) -> None:
        """Keep figures and log it, all or none. Raises BadInput when there would be too many."""
        count = select(func.count()).where(FigureRow.guild == guild)
        async with self._sessions.write() as session:
            session.add_all(
                FigureRow(
                    guild=guild,
                    name=one.name,
                    category=one.category,
                    language=one.language,
                    role=one.role,
                    handles=list(one.handles),
                )
                for one in figures
            )
            await session.flush()  # counted afterwards, so that what is added at once counts too
            if (await session.scalar(count) or 0) > MOST:
                raise BadInput(
                    Text(
                        "A server keeps at most {most} protected figures: remove some first, or "
                        "give a longer register to /investigate as a file.",
                        most=MOST,
                    )
                )
            session.add(entry_row(log, self._sessions.now()))

    async def remove(self, guild: int, id: int, log: Entry) -> bool:
        """Forget a figure and log it; False when this server has none with this id."""
        return await removed(self._sessions, FigureRow, guild, id, log)


def _value(row: FigureRow) -> ProtectedFigure:
    return ProtectedFigure(
        name=row.name,
        handles=tuple(row.handles),
        category=row.category,
        language=row.language,
        role=row.role,
        id=row.id,
    )
