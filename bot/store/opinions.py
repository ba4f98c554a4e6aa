"""What people said of the steps of a case, each by one person, withdrawn or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, Text, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from analyzers.model.refusal import BadInput
from bot.record import GONE, WHOLE, Case, Entry, Kind, Opinion
from bot.store.base import Base
from bot.store.cases import KEY, CaseRow
from bot.store.entries import entry_row
from bot.store.sessions import Sessions

_STANDS = text("withdrawn IS NULL AND kind <> 'note'")


class OpinionRow(Base):
    """One opinion; of a person's agreements and disputes on a step only one stands."""

    __tablename__ = "opinions"
    __table_args__ = (
        Index(
            "uq_opinions_standing",
            "case",
            "step",
            "who",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        Index(None, "who"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    case: Mapped[str] = mapped_column(KEY, ForeignKey("cases.key", ondelete="CASCADE"))
    step: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(8))
    who: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    given: Mapped[datetime]
    message: Mapped[int | None]
    withdrawn: Mapped[datetime | None]


class Opinions:
    """Reads and changes what people said."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def give(
        self, case: Case, step: str, kind: Kind, who: int, reason: str = ""
    ) -> tuple[Opinion, Opinion | None]:
        """Keep an opinion; gives it back, and the one of the same person that it replaces.

        A person who repeats what they already said is given back that, and nothing changes. Raises
        BadInput when the case is gone.
        """
        now = self._sessions.now()
        async with self._sessions.write() as session:
            # one at a time in each case, or else two clicks at once would both find nothing
            if await session.get(CaseRow, case.key, with_for_update=True) is None:
                raise BadInput(GONE)
            before = None if kind is Kind.NOTE else await _standing(session, case.key, step, who)
            if before and before.kind == kind:
                return _value(before), None
            if before:
                before.withdrawn = now
                await session.flush()  # the old one must be gone before the new one stands
            row = OpinionRow(case=case.key, step=step, kind=kind, who=who, reason=reason, given=now)
            session.add(row)
            await session.flush()
            return _value(row), _value(before) if before else None

    async def shown_by(self, id: int, message: int) -> None:
        """Keep which message in the thread shows an opinion."""
        async with self._sessions.write() as session:
            row = await session.get(OpinionRow, id)
            if row is not None:
                row.message = message

    async def standing(self, case: str, step: str, who: int) -> Opinion | None:
        """Whether a person now agrees with a step or disputes it."""
        async with self._sessions.read() as session:
            row = await _standing(session, case, step, who)
            return _value(row) if row else None

    async def withdraw(self, id: int, guild: int, who: int) -> Opinion | None:
        """Take one's own opinion back; `None` when it is no longer there to be taken back."""
        async with self._sessions.write() as session:
            row = await session.get(OpinionRow, id)
            case = await session.get(CaseRow, row.case) if row else None
            if row is None or case is None or row.withdrawn is not None:
                return None
            if case.guild != guild or row.who != who:
                return None
            row.withdrawn = self._sessions.now()
            return _value(row)

    async def withdraw_all(self, case: str, step: str) -> None:
        """Take back what stands on a step, as approvals when a case goes back to draft."""
        stands = select(OpinionRow).where(
            OpinionRow.case == case, OpinionRow.step == step, OpinionRow.withdrawn.is_(None)
        )
        async with self._sessions.write() as session:
            for row in await session.scalars(stands):
                row.withdrawn = self._sessions.now()

    async def of(self, case: str) -> tuple[Opinion, ...]:
        """All that was said of a case and not taken back, oldest first."""
        stands = select(OpinionRow).where(OpinionRow.case == case, OpinionRow.withdrawn.is_(None))
        async with self._sessions.read() as session:
            return tuple(_value(row) for row in await session.scalars(stands.order_by("id")))

    async def history(self, case: str) -> tuple[Opinion, ...]:
        """All that was said of a case, taken back or not, oldest first."""
        said = select(OpinionRow).where(OpinionRow.case == case).order_by(OpinionRow.id)
        async with self._sessions.read() as session:
            return tuple(_value(row) for row in await session.scalars(said))

    async def by(self, guild: int, who: int) -> tuple[Opinion, ...]:
        """All that one person said in a server, withdrawn or not."""
        async with self._sessions.read() as session:
            return tuple(_value(row) for row in await _by(session, guild, who))

    async def erase(self, guild: int, who: int, log: Entry) -> tuple[Opinion, ...]:
        """Erase a person's words in a server, except in cases on hold, and log that it was done.

        Notes go wholly; of disputes the reason goes. Gives back what was there, for what shows it.
        """
        erased = []
        async with self._sessions.write() as session:
            for row in await _by(session, guild, who, unheld=True):
                if row.step == WHOLE or not (row.reason or row.kind == Kind.NOTE):
                    continue
                erased.append(_value(row))
                row.reason = ""
                if row.kind == Kind.NOTE:
                    await session.delete(row)
            session.add(entry_row(log, self._sessions.now()))
        return tuple(erased)


async def _standing(session: AsyncSession, case: str, step: str, who: int) -> OpinionRow | None:
    one = select(OpinionRow).where(
        OpinionRow.case == case,
        OpinionRow.step == step,
        OpinionRow.who == who,
        OpinionRow.kind != Kind.NOTE,
        OpinionRow.withdrawn.is_(None),
    )
    row: OpinionRow | None = await session.scalar(one)
    return row


async def _by(
    session: AsyncSession, guild: int, who: int, *, unheld: bool = False
) -> Sequence[OpinionRow]:
    theirs = select(OpinionRow).join(CaseRow).where(OpinionRow.who == who, CaseRow.guild == guild)
    if unheld:
        theirs = theirs.where(CaseRow.hold.is_(False))
    return (await session.scalars(theirs.order_by(OpinionRow.id))).all()


def _value(row: OpinionRow) -> Opinion:
    return Opinion(
        id=row.id,
        case=row.case,
        step=row.step,
        kind=Kind(row.kind),
        who=row.who,
        reason=row.reason,
        given=row.given,
        message=row.message,
        withdrawn=row.withdrawn,
    )
