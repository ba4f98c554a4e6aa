"""Who started what within the last 24 hours, and whether they and their server may start more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Index, String, column, delete, func, select, table
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text
from bot.config import LimitSettings
from bot.store.base import Base
from bot.store.sessions import Sessions

A_DAY = timedelta(hours=24)

_JOBS = table("jobs", column("guild"), column("starter"))
_REVISIONS = table("revisions", column("guild"), column("who"), column("told"))


class StartRow(Base):
    """One investigation or revision that was started; of one that failed too, for it cost as much.

    It belongs to no case: deleting what came of it gives nobody another start.
    """

    __tablename__ = "starts"
    __table_args__ = (Index(None, "guild", "when"), Index(None, "when"))

    key: Mapped[str] = mapped_column(String(16), primary_key=True)
    guild: Mapped[int]
    who: Mapped[int]
    when: Mapped[datetime]


class Starts:
    """Counts starts, and refuses those beyond the limits of the operator."""

    def __init__(self, sessions: Sessions, limits: LimitSettings) -> None:
        self._sessions = sessions
        self._limits = limits
        self._one_at_a_time = asyncio.Lock()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[AsyncSession]:
        """A transaction to `admit` in; one at a time, or two would both take the last place."""
        async with self._one_at_a_time, self._sessions.write() as session:
            yield session

    async def admit(self, session: AsyncSession, guild: int, who: int, key: str) -> None:
        """Note a start, once for each key. Raises BadInput when a limit is reached."""
        now = self._sessions.now()
        await session.execute(delete(StartRow).where(StartRow.when <= now - A_DAY))
        await self._check_unfinished(session, guild, who)
        started = select(StartRow).where(StartRow.guild == guild, StartRow.key != key)
        rows = tuple(await session.scalars(started.order_by(StartRow.when)))
        self._check_daily([row.when for row in rows if row.who == who], now, of_server=False)
        self._check_daily([row.when for row in rows], now, of_server=True)
        await session.merge(StartRow(key=key, guild=guild, who=who, when=now))

    async def note(self, guild: int, who: int, key: str) -> None:
        """Admit what is no job yet: a dump that is read to see whom it is about."""
        async with self.turn() as session:
            await self.admit(session, guild, who, key)

    async def prune(self) -> None:
        """Forget what no longer counts."""
        async with self._sessions.write() as session:
            old = StartRow.when <= self._sessions.now() - A_DAY
            await session.execute(delete(StartRow).where(old))

    async def count_by(self, guild: int, who: int) -> int:
        """How many of the starts that count in a server are of one person."""
        recent = StartRow.when > self._sessions.now() - A_DAY
        count = select(func.count()).where(StartRow.guild == guild, StartRow.who == who, recent)
        return await self._sessions.count(count)

    async def _check_unfinished(self, session: AsyncSession, guild: int, who: int) -> None:
        of_person = await _unfinished(
            session, guild, _JOBS.c.starter == who, _REVISIONS.c.who == who
        )
        if of_person >= self._limits.person_unfinished:
            raise BadInput(
                Text(
                    "{limit} investigations of yours wait or are under way, and one person may "
                    "have no more at a time. Try again when one of them is done, or cancel one on "
                    "its card.",
                    limit=self._limits.person_unfinished,
                )
            )
        of_server = await _unfinished(session, guild)
        if of_server >= self._limits.server_unfinished:
            raise BadInput(
                Text(
                    "{limit} investigations of this server wait or are under way, and one server "
                    "may have no more at a time. Try again when one of them is done.",
                    limit=self._limits.server_unfinished,
                )
            )

    def _check_daily(self, starts: Sequence[datetime], now: datetime, *, of_server: bool) -> None:
        """`starts` are those of the last 24 hours, oldest first."""
        limit = self._limits.server_daily if of_server else self._limits.person_daily
        if len(starts) < limit:
            return
        wait = starts[len(starts) - limit] + A_DAY - now
        if of_server:
            raise BadInput(
                Text(
                    "This server has started {limit} investigations within 24 hours, and may start "
                    "no more. Try again in about {wait}.",
                    limit=limit,
                    wait=wait,
                )
            )
        raise BadInput(
            Text(
                "You have started {limit} investigations within 24 hours, and one person may start "
                "no more. Try again in about {wait}.",
                limit=limit,
                wait=wait,
            )
        )


async def _unfinished(session: AsyncSession, guild: int, *whose: ColumnElement[bool]) -> int:
    """Jobs and revisions that are promised and not told whole; `whose` narrows down each."""
    of_jobs, of_revisions = (whose[:1], whose[1:])
    jobs: Any = select(func.count()).select_from(_JOBS).where(_JOBS.c.guild == guild, *of_jobs)
    revisions: Any = (
        select(func.count())
        .select_from(_REVISIONS)
        .where(_REVISIONS.c.guild == guild, _REVISIONS.c.told.is_(None), *of_revisions)
    )
    return (await session.scalar(jobs) or 0) + (await session.scalar(revisions) or 0)
