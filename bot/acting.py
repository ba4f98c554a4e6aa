"""Who acts, in which server, with which rights: asked anew for every click and command."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import discord

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text
from bot.access import Action, check, may
from bot.record import GONE, Case, GuildSettings, Home
from bot.store import Store


@dataclass(frozen=True)
class Actor:
    """One member at one moment, and what their server decided."""

    member: discord.Member
    permissions: discord.Permissions
    settings: GuildSettings

    @property
    def id(self) -> int:
        """The member's id."""
        return self.member.id

    @property
    def guild(self) -> int:
        """The server's id."""
        return self.settings.guild

    def may(self, action: Action) -> bool:
        """Whether they may do this."""
        return may(action, self._roles, self.settings, self.permissions)

    def check(self, action: Action) -> None:
        """Refuse with one sentence unless they may do this."""
        check(action, self._roles, self.settings, self.permissions)

    def holds(self, role: int) -> bool:
        """Whether they have a role (its id)."""
        return role in self._roles

    async def can_see(self, case: Case) -> bool:
        """Whether the case is of their server, in a channel that they can see, and not kept from
        them: a private one is for the members of its thread, and for those who manage threads.

        Of a channel or a private thread that is gone, those who administer and whoever started the
        case still see it.
        """
        if case.guild != self.guild:
            return False
        channel = self.member.guild.get_channel(case.channel)
        if channel is None:
            return self._outlives(case)
        granted = channel.permissions_for(self.member)
        if not granted.view_channel or case.home is not Home.PRIVATE or granted.manage_threads:
            return granted.view_channel
        return await self._belongs_to(case)

    def _outlives(self, case: Case) -> bool:
        """Whether they still see a case whose place is gone."""
        return case.starter == self.id or self.may(Action.ADMINISTER)

    async def _belongs_to(self, case: Case) -> bool:
        """Whether they are a member of the private thread of a case."""
        guild = self.member.guild
        try:
            thread = guild.get_thread(case.thread) or await guild.fetch_channel(case.thread)
        except discord.NotFound:
            return self._outlives(case)
        if not isinstance(thread, discord.Thread):
            return False
        try:
            await thread.fetch_member(self.id)
        except discord.NotFound:
            return False
        return True

    async def another_may(self, who: int, action: Action) -> bool:
        """Whether somebody else of their server may do this now; who left it may nothing."""
        try:
            other = await self.member.guild.fetch_member(who)
        except discord.NotFound:
            return False
        roles = frozenset(role.id for role in other.roles)
        return may(action, roles, self.settings, other.guild_permissions)

    @property
    def _roles(self) -> frozenset[int]:
        return frozenset(role.id for role in self.member.roles)


async def acting(interaction: discord.Interaction, store: Store) -> Actor:
    """The member behind an interaction, with the rights that they have at this moment."""
    member = interaction.user
    if interaction.guild is None or not isinstance(member, discord.Member):
        raise BadInput(Text("This only works in a server."))
    settings = await store.guilds.of(interaction.guild.id)
    return Actor(member, interaction.permissions, settings)


async def the_case(actor: Actor, store: Store, key: str) -> Case:
    """A case that this member can see. Raises BadInput as if it were gone when they cannot."""
    case = await store.cases.get(actor.guild, key)
    if case is None or not await actor.can_see(case):
        raise BadInput(GONE)
    return case


async def visible(actor: Actor, store: Store) -> list[Case]:
    """The cases of their server that this member can see, newest first."""
    cases = await store.cases.of(actor.guild)
    seen = await asyncio.gather(*(actor.can_see(case) for case in cases))
    return [case for case, sees in zip(cases, seen, strict=True) if sees]
