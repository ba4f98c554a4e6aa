"""The investigations that are promised and not yet told whole: a restart goes on with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import JSON, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.record import Home, Job, Plan, Stage
from bot.store.base import Base
from bot.store.sessions import Sessions
from bot.store.starts import Starts


class JobRow(Base):
    """One investigation under way; it goes when the case stands whole, or nothing came of it."""

    __tablename__ = "jobs"

    key: Mapped[str] = mapped_column(String(16), primary_key=True)
    guild: Mapped[int]
    channel: Mapped[int]
    starter: Mapped[int]
    language: Mapped[str] = mapped_column(String(2))
    request: Mapped[Mapping[str, Any]] = mapped_column(JSON)
    created: Mapped[datetime]
    stage: Mapped[str] = mapped_column(String(8))
    starts: Mapped[int]
    plan: Mapped[Mapping[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    home: Mapped[str] = mapped_column(String(8), server_default=Home.CHANNEL)


class Jobs:
    """Reads and changes jobs, each known by the key of the case that it becomes."""

    def __init__(self, sessions: Sessions, starts: Starts) -> None:
        self._sessions = sessions
        self._starts = starts

    async def add(self, job: Job) -> None:
        """Promise an investigation: from now on it is gone on with after a restart.

        Raises BadInput when the person or the server has reached a limit.
        """
        async with self._starts.turn() as session:
            await self._starts.admit(session, job.guild, job.starter, job.key)
            session.add(
                JobRow(
                    key=job.key,
                    guild=job.guild,
                    channel=job.channel,
                    starter=job.starter,
                    language=job.language,
                    request=dict(job.request),
                    created=job.created,
                    stage=job.stage,
                    starts=job.starts,
                    home=job.home,
                )
            )

    async def all(self) -> tuple[Job, ...]:
        """The jobs of every server, oldest first."""
        async with self._sessions.read() as session:
            rows = await session.scalars(select(JobRow).order_by(JobRow.created, JobRow.key))
            return tuple(_value(row) for row in rows)

    async def get(self, guild: int, key: str) -> Job | None:
        """A job of this server, unless it is done or was given up."""
        async with self._sessions.read() as session:
            row = await session.get(JobRow, key)
            return _value(row) if row and row.guild == guild else None

    async def begin(self, key: str) -> Job | None:
        """Count one more start of a job before its work begins; `None` when it was given up."""
        async with self._sessions.write() as session:
            row = await session.get(JobRow, key)
            if row is None:
                return None
            row.starts += 1
            return _value(row)

    async def read(self, key: str, plan: Plan) -> Job:
        """Note that a job's messages lie ready in its folder, and what sending them needs."""
        async with self._sessions.write() as session:
            row = await session.get_one(JobRow, key)
            row.stage = Stage.READ
            row.plan = {
                "title": plan.title,
                "targets": list(plan.targets),
                "titles": dict(plan.titles),
            }
            return _value(row)

    async def done(self, key: str) -> None:
        """Let go of a job whose case stands whole."""
        async with self._sessions.write() as session:
            await session.execute(delete(JobRow).where(JobRow.key == key))


def _value(row: JobRow) -> Job:
    plan = row.plan
    return Job(
        key=row.key,
        guild=row.guild,
        channel=row.channel,
        starter=row.starter,
        language=cast(Literal["en", "fr"], row.language),
        request=row.request,
        created=row.created,
        stage=Stage(row.stage),
        starts=row.starts,
        plan=Plan(plan["title"], tuple(plan["targets"]), plan["titles"]) if plan else None,
        home=Home(row.home),
    )
