"""`/case`: the cases of this server, from the list of them to their end."""

from __future__ import annotations

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.cogs.accounts import Accounts
from bot.cogs.case.course import Course
from bot.cogs.case.exhibiting import Exhibits
from bot.cogs.case.going_on import GoingOn
from bot.cogs.case.looking import Looking
from bot.cogs.case.referring import Beside
from bot.cogs.case.taking_away import TakingAway
from bot.cogs.revising import Revising
from bot.config import Settings
from bot.deletion import Deletion
from bot.exhibiting import Exhibiting
from bot.export import Export
from bot.referring import Referring
from bot.sign_off import SignOff
from bot.store import Store


@app_commands.guild_only()
class Cases(
    Looking,
    Course,
    GoingOn,
    Beside,
    TakingAway,
    Exhibits,
    commands.GroupCog,
    group_name=locale_str("case"),
    group_description=locale_str("The cases of this server"),
):
    """Answers privately; nobody is shown a case of another server or of a channel they lack."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        sign_off: SignOff,
        deletion: Deletion,
        export: Export,
        accounts: Accounts,
        exhibiting: Exhibiting,
        revising: Revising,
        referring: Referring,
    ) -> None:
        super().__init__()
        self.settings = settings
        self.store = store
        self.sign_off = sign_off
        self.deletion = deletion
        self.exports = export
        self.accounts = accounts
        self.exhibiting = exhibiting
        self.revising = revising
        self.referring = referring
