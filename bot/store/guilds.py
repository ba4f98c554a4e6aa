"""What each server decided: its roles, its language, where its cases go, how long it keeps them."""

from __future__ import annotations

import secrets
from typing import Any, Literal, cast

from sqlalchemy import LargeBinary, String
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from analyzers.lib.fingerprint import KEY_BYTES
from analyzers.render.disclosure import Redaction
from bot.record import Entry, GuildSettings
from bot.store.base import Base
from bot.store.entries import entry_row
from bot.store.sessions import Sessions


class GuildRow(Base):
    """A server's settings."""

    __tablename__ = "guilds"

    guild: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    investigate: Mapped[int | None]
    review: Mapped[int | None]
    reveal: Mapped[int | None]
    administer: Mapped[int | None]
    language: Mapped[str | None] = mapped_column(String(2))
    retention_days: Mapped[int | None]
    redaction: Mapped[str | None] = mapped_column(String(8))
    place: Mapped[int | None]
    log_days: Mapped[int | None]
    key: Mapped[bytes | None] = mapped_column(LargeBinary(KEY_BYTES))


class Guilds:
    """Reads and changes the settings of servers."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def of(self, guild: int) -> GuildSettings:
        """A server's settings; all unset for one that never set any."""
        async with self._sessions.read() as session:
            row = await session.get(GuildRow, guild)
            return _value(row) if row else GuildSettings(guild)

    async def change(self, guild: int, log: Entry, **values: Any) -> GuildSettings:
        """Set some of a server's settings and log who did, both or neither."""
        async with self._sessions.write() as session:
            row = await _row(session, guild)
            for name, value in values.items():
                setattr(row, name, value)
            session.add(entry_row(log, self._sessions.now()))
            return _value(row)

    async def key(self, guild: int) -> bytes:
        """The secret with which a server's templates are told again; made when first asked for."""
        async with self._sessions.write() as session:
            row = await _row(session, guild)
            row.key = row.key or secrets.token_bytes(KEY_BYTES)
            return row.key


async def _row(session: AsyncSession, guild: int) -> GuildRow:
    row = await session.get(GuildRow, guild, with_for_update=True)
    if row is None:
        row = GuildRow(guild=guild)
        session.add(row)
    return row


def _value(row: GuildRow) -> GuildSettings:
    return GuildSettings(
        guild=row.guild,
        investigate=row.investigate,
        review=row.review,
        reveal=row.reveal,
        administer=row.administer,
        language=cast(Literal["en", "fr"] | None, row.language),
        retention_days=row.retention_days,
        redaction=cast(Redaction, row.redaction or "usual"),
        place=row.place,
        log_days=row.log_days,
    )
