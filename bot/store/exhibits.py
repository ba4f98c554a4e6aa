"""The exhibits of cases: what each picture is, who added it and when; the files are elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, func, select
from sqlalchemy.orm import Mapped, mapped_column

from analyzers.model.refusal import BadInput
from bot.record import GONE, Entry, Exhibit
from bot.store.base import Base
from bot.store.cases import KEY, CaseRow
from bot.store.entries import entry_row
from bot.store.sessions import Sessions


class ExhibitRow(Base):
    """One picture of a case; its number is never given to another."""

    __tablename__ = "exhibits"

    case: Mapped[str] = mapped_column(
        KEY, ForeignKey("cases.key", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sha256: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(Text)
    format: Mapped[str] = mapped_column(String(8))
    bytes: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    who: Mapped[int]
    added: Mapped[datetime]
    description: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)


class Exhibits:
    """Reads and adds exhibits."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def add(self, case: str, new: Sequence[Exhibit], log: Entry) -> tuple[Exhibit, ...]:
        """Number new exhibits of a case and log it; those it has already are not added again.

        Gives back the ones that are new. Raises BadInput when the case is gone.
        """
        async with self._sessions.write() as session:
            # one at a time in each case, or else two would be given one number
            if await session.get(CaseRow, case, with_for_update=True) is None:
                raise BadInput(GONE)
            rows = await session.scalars(select(ExhibitRow).where(ExhibitRow.case == case))
            there = {row.sha256: row.number for row in rows}
            added = []
            for one in new:
                if one.sha256 not in there:
                    numbered = replace(one, number=max(there.values(), default=0) + 1)
                    there[one.sha256] = numbered.number
                    session.add(_row(case, numbered))
                    added.append(numbered)
            if added:
                session.add(entry_row(log, self._sessions.now()))
            return tuple(added)

    async def of(self, case: str) -> tuple[Exhibit, ...]:
        """The exhibits of a case by their numbers."""
        rows = select(ExhibitRow).where(ExhibitRow.case == case).order_by(ExhibitRow.number)
        async with self._sessions.read() as session:
            return tuple(_value(row) for row in await session.scalars(rows))

    async def count_by(self, guild: int, who: int) -> int:
        """How many exhibits one person added in a server."""
        count = (
            select(func.count())
            .select_from(ExhibitRow)
            .join(CaseRow, CaseRow.key == ExhibitRow.case)
            .where(CaseRow.guild == guild, ExhibitRow.who == who)
        )
        return await self._sessions.count(count)


def _row(case: str, exhibit: Exhibit) -> ExhibitRow:
    return ExhibitRow(
        case=case,
        number=exhibit.number,
        sha256=exhibit.sha256,
        name=exhibit.name,
        format=exhibit.format,
        bytes=exhibit.bytes,
        width=exhibit.width,
        height=exhibit.height,
        who=exhibit.who,
        added=exhibit.added,
        description=exhibit.description,
        source=exhibit.source,
    )


def _value(row: ExhibitRow) -> Exhibit:
    return Exhibit(
        number=row.number,
        sha256=row.sha256,
        name=row.name,
        format=row.format,
        bytes=row.bytes,
        width=row.width,
        height=row.height,
        who=row.who,
        added=row.added,
        description=row.description,
        source=row.source,
    )
