"""`/case add`, `leave-out` and `include`: a case goes on after it was published."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.acting import Actor, acting
from bot.asker import Asker
from bot.cogs.case.base import CaseCommands
from bot.cogs.revising import Revising
from bot.cohort_edit import with_one_more, without
from bot.mishap import explained
from bot.record import Case
from bot.revised import MAX_WHY
from bot.revisions import Edit

_FILE: Final = locale_str("Another file: posts, profiles, follows, statuses")

_CASE: Final = locale_str("The case; left out, the one of this thread")

_REASON: Final = locale_str("Why; everyone in the thread reads it")

_ACCOUNT: Final = locale_str("Its pseudonym; or its handle, for the role that reveals")

Why = app_commands.Range[str, 1, MAX_WHY]


class GoingOn(CaseCommands):
    """Whoever started a case may, until it is agreed, and reviewers; each is logged."""

    revising: Revising

    @app_commands.command(
        name=locale_str("add"),
        description=locale_str("Add files to a case, which is then read again"),
    )
    @app_commands.describe(
        dump=locale_str("Further posts, or a table beside them"),
        reason=_REASON,
        case=_CASE,
        dump2=_FILE,
        dump3=_FILE,
        dump4=_FILE,
        dump5=_FILE,
    )
    @app_commands.autocomplete(case=CaseCommands.suggest)
    async def add(
        self,
        interaction: discord.Interaction,
        dump: discord.Attachment,
        reason: Why,
        case: str | None = None,
        dump2: discord.Attachment | None = None,
        dump3: discord.Attachment | None = None,
        dump4: discord.Attachment | None = None,
        dump5: discord.Attachment | None = None,
    ) -> None:
        """Read a case again with more files."""
        files = [file for file in (dump, dump2, dump3, dump4, dump5) if file]

        async def done(asker: Asker, actor: Actor, found: Case) -> None:
            await self.revising.add(asker, actor, found, files, reason)

        await self._go_on(interaction, case, done)

    @app_commands.command(
        name=locale_str("leave-out"),
        description=locale_str("Leave an account out of a case, which is then read again"),
    )
    @app_commands.describe(account=_ACCOUNT, reason=_REASON, case=_CASE)
    @app_commands.autocomplete(case=CaseCommands.suggest)
    async def leave_out(
        self, interaction: discord.Interaction, account: str, reason: Why, case: str | None = None
    ) -> None:
        """Read a case again without an account."""
        await self._edit(interaction, case, without, account, reason)

    @app_commands.command(
        name=locale_str("include"),
        description=locale_str("Take an account into a case, which is then read again"),
    )
    @app_commands.describe(account=_ACCOUNT, reason=_REASON, case=_CASE)
    @app_commands.autocomplete(case=CaseCommands.suggest)
    async def include(
        self, interaction: discord.Interaction, account: str, reason: Why, case: str | None = None
    ) -> None:
        """Read a case again with one account more."""
        await self._edit(interaction, case, with_one_more, account, reason)

    async def _edit(
        self,
        interaction: discord.Interaction,
        case: str | None,
        edit: Edit,
        account: str,
        reason: str,
    ) -> None:
        async def done(asker: Asker, actor: Actor, found: Case) -> None:
            await self.revising.edit(asker, actor, found, edit, account, reason)

        await self._go_on(interaction, case, done)

    async def _go_on(
        self,
        interaction: discord.Interaction,
        case: str | None,
        done: Callable[[Asker, Actor, Case], Awaitable[None]],
    ) -> None:
        """Do something with a case that takes its time; a refusal is told."""
        asker = self.asker(interaction)
        if not await asker.acknowledge():
            return
        try:
            actor = await acting(interaction, self.store)
            await done(asker, actor, await self.meant(interaction, actor, case))
        except Exception as error:
            await asker.tell(explained(error))
