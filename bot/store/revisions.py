"""How cases went on after they were published: each revision, done or under way."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.record import WHOLE, Case, Entry, Revision, Status
from bot.store.base import Base
from bot.store.cases import KEY, CaseRow
from bot.store.entries import entry_row
from bot.store.opinions import OpinionRow
from bot.store.sessions import Sessions
from bot.store.starts import Starts

FIRST = 2
"""The number of the first revision: the case as it was begun is the first version of it."""


class RevisionRow(Base):
    """One revision; of a case only one is under way at a time."""

    __tablename__ = "revisions"

    case: Mapped[str] = mapped_column(
        KEY, ForeignKey("cases.key", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    guild: Mapped[int]
    who: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    request: Mapped[Mapping[str, Any]] = mapped_column(JSON)
    created: Mapped[datetime]
    starts: Mapped[int]
    changed: Mapped[list[str]] = mapped_column(JSON)
    titles: Mapped[Mapping[str, str]] = mapped_column(JSON)
    read: Mapped[datetime | None]
    told: Mapped[datetime | None]


class Revisions:
    """Reads and changes revisions, each known by its case and its number."""

    def __init__(self, sessions: Sessions, starts: Starts) -> None:
        self._sessions = sessions
        self._starts = starts

    async def add(
        self, case: Case, who: int, reason: str, request: Mapping[str, Any], log: Entry
    ) -> Revision | None:
        """Promise a revision and log it; `None` when one is under way, or the case is gone.

        Raises BadInput when the person or the server has reached a limit.
        """
        async with self._starts.turn() as session:
            # one at a time in each case, or else two people at once would both find nothing
            if await session.get(CaseRow, case.key, with_for_update=True) is None:
                return None
            of_case = RevisionRow.case == case.key
            open_ones = select(func.count()).where(of_case, RevisionRow.told.is_(None))
            if await session.scalar(open_ones):
                return None
            await self._starts.admit(session, case.guild, who, secrets.token_hex(8))
            last = await session.scalar(select(func.max(RevisionRow.number)).where(of_case))
            row = RevisionRow(
                case=case.key,
                number=last + 1 if last else FIRST,
                guild=case.guild,
                who=who,
                reason=reason,
                request=dict(request),
                created=self._sessions.now(),
                starts=0,
                changed=[],
                titles={},
            )
            session.add(row)
            session.add(entry_row(log, row.created))
            return _value(row)

    async def of(self, case: str) -> tuple[Revision, ...]:
        """The revisions of a case, oldest first."""
        async with self._sessions.read() as session:
            found = select(RevisionRow).where(RevisionRow.case == case)
            rows = await session.scalars(found.order_by(RevisionRow.number))
            return tuple(_value(row) for row in rows)

    async def unfinished(self) -> tuple[Revision, ...]:
        """What is not told whole, of every server, oldest first."""
        left = select(RevisionRow).where(RevisionRow.told.is_(None)).order_by(RevisionRow.created)
        async with self._sessions.read() as session:
            return tuple(_value(row) for row in await session.scalars(left))

    async def begin(self, revision: Revision) -> Revision | None:
        """Count one more start before the work begins; `None` when the case is gone."""
        async with self._sessions.write() as session:
            row = await _row(session, revision)
            if row is None:
                return None
            row.starts += 1
            return _value(row)

    async def read(
        self,
        revision: Revision,
        expected: Status,
        changed: Sequence[str],
        titles: Mapping[str, str],
        log: Entry,
    ) -> bool:
        """Note that the new messages lie ready; False when the case's status is not as `expected`.

        An agreed case becomes corrected, which `log` tells. Approvals of a case in review were of
        what it said before, and are taken back.
        """
        async with self._sessions.write() as session:
            case = await session.get(CaseRow, revision.case, with_for_update=True)
            row = await _row(session, revision)
            if case is None or row is None or case.status != expected:
                return False
            row.read = case.updated = self._sessions.now()
            case.asked = None
            row.changed, row.titles = list(changed), dict(titles)
            if expected is Status.AGREED:
                case.status = Status.CORRECTED
                session.add(entry_row(log, row.read))
            if expected is Status.IN_REVIEW:
                approvals = select(OpinionRow).where(
                    OpinionRow.case == revision.case,
                    OpinionRow.step == WHOLE,
                    OpinionRow.withdrawn.is_(None),
                )
                for approval in await session.scalars(approvals):
                    approval.withdrawn = row.read
            return True

    async def told(self, revision: Revision) -> None:
        """Note that the thread shows a revision whole."""
        async with self._sessions.write() as session:
            row = await _row(session, revision)
            if row is not None:
                row.told = self._sessions.now()

    async def forget(self, revision: Revision) -> None:
        """Let go of a revision of which nothing came; the next one takes its number."""
        async with self._sessions.write() as session:
            row = await _row(session, revision)
            if row is not None:
                await session.delete(row)

    async def count_by(self, guild: int, who: int) -> int:
        """How many revisions in a server are of one person."""
        count = select(func.count()).where(RevisionRow.guild == guild, RevisionRow.who == who)
        return await self._sessions.count(count)


async def _row(session: AsyncSession, revision: Revision) -> RevisionRow | None:
    return await session.get(RevisionRow, (revision.case, revision.number))


def _value(row: RevisionRow) -> Revision:
    return Revision(
        case=row.case,
        guild=row.guild,
        number=row.number,
        who=row.who,
        reason=row.reason,
        request=row.request,
        created=row.created,
        starts=row.starts,
        changed=tuple(row.changed),
        titles=row.titles,
        read=row.read,
        told=row.told,
    )
