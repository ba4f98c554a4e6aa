"""The cases of each server, and the messages that show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import JSON, ForeignKey, Index, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.record import Case, Entry, Home, Posted, Status
from bot.store.base import Base
from bot.store.entries import entry_row
from bot.store.jobs import JobRow
from bot.store.sessions import Sessions

KEY = String(16)
"""A case's key: sixteen hexadecimal digits, the name of its folder."""


class CaseRow(Base):
    """One published investigation."""

    __tablename__ = "cases"
    __table_args__ = (Index(None, "guild", "created"), Index(None, "guild", "asked"))

    key: Mapped[str] = mapped_column(KEY, primary_key=True)
    guild: Mapped[int]
    channel: Mapped[int]
    thread: Mapped[int]
    card: Mapped[int]
    starter: Mapped[int]
    title: Mapped[str] = mapped_column(String(100))
    language: Mapped[str] = mapped_column(String(2))
    targets: Mapped[list[str]] = mapped_column(JSON)
    status: Mapped[str] = mapped_column(String(16))
    hold: Mapped[bool]
    home: Mapped[str] = mapped_column(String(8), server_default=Home.CHANNEL)
    created: Mapped[datetime]
    updated: Mapped[datetime]
    assigned: Mapped[int | None]
    asked: Mapped[str | None] = mapped_column(String(64))


class MessageRow(Base):
    """One message of a case, by its key within the case."""

    __tablename__ = "messages"

    case: Mapped[str] = mapped_column(
        KEY, ForeignKey("cases.key", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    message: Mapped[int] = mapped_column(index=True)
    title: Mapped[str] = mapped_column(String(200))


class Cases:
    """Reads and changes cases; whoever asks names the server, for none sees another's."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def add(self, case: Case, asked: str | None = None) -> None:
        """Keep a case whose thread has just been opened; `asked` is what `made_by` finds it by."""
        async with self._sessions.write() as session:
            session.add(
                CaseRow(
                    key=case.key,
                    guild=case.guild,
                    channel=case.channel,
                    thread=case.thread,
                    card=case.card,
                    starter=case.starter,
                    title=case.title,
                    language=case.language,
                    targets=list(case.targets),
                    status=case.status,
                    hold=case.hold,
                    home=case.home,
                    created=case.created,
                    updated=case.updated,
                    assigned=case.assigned,
                    asked=asked,
                )
            )

    async def get(self, guild: int, key: str) -> Case | None:
        """A case of this server."""
        async with self._sessions.read() as session:
            row = await session.get(CaseRow, key)
            return case_value(row) if row and row.guild == guild else None

    async def of(self, guild: int) -> tuple[Case, ...]:
        """All cases of a server, newest first."""
        newest = select(CaseRow).where(CaseRow.guild == guild).order_by(CaseRow.created.desc())
        async with self._sessions.read() as session:
            return tuple(case_value(row) for row in await session.scalars(newest))

    async def made_by(self, guild: int, asked: str) -> tuple[Case, ...]:
        """The cases of a server that stand whole as they came of a request, newest first.

        `asked` is the request's digest; cases that were revised since are not among them.
        """
        same = (CaseRow.guild == guild) & (CaseRow.asked == asked)
        whole = CaseRow.key.not_in(select(JobRow.key))
        newest = select(CaseRow).where(same, whole).order_by(CaseRow.created.desc())
        async with self._sessions.read() as session:
            return tuple(case_value(row) for row in await session.scalars(newest))

    async def all(self) -> tuple[Case, ...]:
        """The cases of every server, for the program's own upkeep."""
        async with self._sessions.read() as session:
            return tuple(case_value(row) for row in await session.scalars(select(CaseRow)))

    async def at(self, place: int) -> tuple[Case, ...]:
        """The cases whose channel, thread or card has this id."""
        here = (CaseRow.channel == place) | (CaseRow.thread == place) | (CaseRow.card == place)
        async with self._sessions.read() as session:
            rows = await session.scalars(select(CaseRow).where(here))
            return tuple(case_value(row) for row in rows)

    async def move(self, case: Case, to: Status, log: Entry) -> Case | None:
        """Change a case's status and log it; `None` when it changed meanwhile or is gone."""
        async with self._sessions.write() as session:
            row = await session.get(CaseRow, case.key, with_for_update=True)
            if row is None or row.status != case.status:
                return None
            row.status, row.updated = to, self._sessions.now()
            session.add(entry_row(log, row.updated))
            return replace(case, status=to, updated=row.updated)

    async def hold(self, case: Case, on: bool, log: Entry) -> None:
        """Keep a case beyond its time, or no longer, and log it."""
        async with self._sessions.write() as session:
            row = await session.get(CaseRow, case.key)
            if row is not None:
                row.hold, row.updated = on, self._sessions.now()
                session.add(entry_row(log, row.updated))

    async def assign(self, case: Case, to: int | None, log: Entry) -> None:
        """Say who takes care of a case, or that nobody does, and log it."""
        async with self._sessions.write() as session:
            row = await session.get(CaseRow, case.key)
            if row is not None:
                row.assigned, row.updated = to, self._sessions.now()
                session.add(entry_row(log, row.updated))

    async def forget(self, key: str, log: Entry | None = None) -> None:
        """Delete a case with its messages, its job and what was said; the log outlives it."""
        async with self._sessions.write() as session:
            await session.execute(delete(JobRow).where(JobRow.key == key))
            await session.execute(delete(CaseRow).where(CaseRow.key == key))
            if log:
                session.add(entry_row(log, self._sessions.now()))

    async def drop(self, case: Case, log: Entry) -> bool:
        """Delete a case as `forget` does; False when it is gone, changed meanwhile or on hold."""
        # in the statement itself, so that a hold of the same moment comes first or too late
        unchanged = (CaseRow.status == case.status) & CaseRow.hold.is_(False)
        dropped = delete(CaseRow).where(CaseRow.key == case.key, unchanged).returning(CaseRow.key)
        async with self._sessions.write() as session:
            gone = await session.scalar(dropped)
            if gone is not None:
                await session.execute(delete(JobRow).where(JobRow.key == case.key))
                session.add(entry_row(log, self._sessions.now()))
            return gone is not None

    async def post(self, key: str, posted: Posted) -> None:
        """Keep which message shows a part of a case."""
        async with self._sessions.write() as session:
            await session.merge(
                MessageRow(
                    case=key, key=posted.key, message=posted.message, title=posted.title[:200]
                )
            )

    async def posted(self, key: str) -> Mapping[str, Posted]:
        """The messages of a case by their keys, in the order in which they were sent."""
        sent = select(MessageRow).where(MessageRow.case == key).order_by(MessageRow.message)
        async with self._sessions.read() as session:
            rows = await session.scalars(sent)
            return {row.key: Posted(row.key, row.message, row.title) for row in rows}


def case_value(row: CaseRow) -> Case:
    """A row as a value."""
    return Case(
        key=row.key,
        guild=row.guild,
        channel=row.channel,
        thread=row.thread,
        card=row.card,
        starter=row.starter,
        title=row.title,
        language=cast(Literal["en", "fr"], row.language),
        targets=tuple(row.targets),
        created=row.created,
        updated=row.updated,
        status=Status(row.status),
        hold=row.hold,
        assigned=row.assigned,
        home=Home(row.home),
    )
