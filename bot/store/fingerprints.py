"""The templates of cases as keyed numbers, without a word of them; they go with their case."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ForeignKey, delete, func, select
from sqlalchemy.orm import Mapped, aliased, mapped_column

from analyzers.lib.fingerprint import ALIKE
from bot.record import Case
from bot.store.base import Base
from bot.store.cases import KEY, CaseRow
from bot.store.sessions import Sessions


class FingerprintRow(Base):
    """One number of a family of a case."""

    __tablename__ = "fingerprints"

    case: Mapped[str] = mapped_column(
        KEY, ForeignKey("cases.key", ondelete="CASCADE"), primary_key=True
    )
    family: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)


class Fingerprints:
    """Keeps the numbers of cases, and finds the cases that share enough of them."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def keep(self, case: Case, families: Sequence[Sequence[int]]) -> None:
        """Keep the numbers of a case's families in place of those it had."""
        rows = [
            FingerprintRow(case=case.key, family=family, number=number)
            for family, numbers in enumerate(families)
            for number in set(numbers)
        ]
        async with self._sessions.write() as session:
            await session.execute(delete(FingerprintRow).where(FingerprintRow.case == case.key))
            if await session.get(CaseRow, case.key) is not None:  # else deleted meanwhile
                session.add_all(rows)

    async def met(self, case: Case) -> tuple[str, ...]:
        """The earlier cases of the same server that share a template, by key, earliest first."""
        mine, other = aliased(FingerprintRow), aliased(FingerprintRow)
        shared = (
            select(CaseRow.key)
            .join(other, other.case == CaseRow.key)
            .join(mine, mine.number == other.number)
            .where(
                mine.case == case.key,
                CaseRow.key != case.key,
                CaseRow.guild == case.guild,
                CaseRow.created <= case.created,
            )
            .group_by(CaseRow.key, CaseRow.created, mine.family, other.family)
            .having(func.count() >= ALIKE)
            .order_by(CaseRow.created, CaseRow.key)
        )
        async with self._sessions.read() as session:
            return tuple(dict.fromkeys(await session.scalars(shared)))
