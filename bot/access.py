"""Who may do what in a server: one pure function that every action asks where it happens."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Protocol, assert_never

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text
from bot.record import GuildSettings


class Action(StrEnum):
    """What people do that not everybody may do."""

    DISCUSS = "discuss"
    INVESTIGATE = "investigate"
    REVIEW = "review"
    REVEAL = "reveal"
    HOLD = "hold"
    ADMINISTER = "administer"


class Permissions(Protocol):
    """What is read of the permissions that Discord says a member has."""

    @property
    def manage_guild(self) -> bool:
        """Whether the member may manage the server."""
        ...


def may(
    action: Action,
    member_roles: Collection[int],
    settings: GuildSettings,
    permissions: Permissions,
) -> bool:
    """Whether a member with these roles (ids) and permissions may do this in their server.

    Until a role is set, whoever manages the server administers and anybody investigates; nobody
    reveals and nobody reviews. Whoever sees a thread may discuss it. A role that was deleted is
    held by nobody, so that its right is not opened to all.
    """

    def holds(role: int | None) -> bool:
        return role is not None and role in member_roles

    administers = permissions.manage_guild or holds(settings.administer)
    match action:
        case Action.DISCUSS:
            return True
        case Action.INVESTIGATE:
            return settings.investigate is None or holds(settings.investigate)
        case Action.REVIEW:
            return holds(settings.review)
        case Action.REVEAL:
            return holds(settings.reveal)
        case Action.HOLD:
            return administers or holds(settings.review)
        case Action.ADMINISTER:
            return administers
        case _:
            assert_never(action)


def check(
    action: Action,
    member_roles: Collection[int],
    settings: GuildSettings,
    permissions: Permissions,
) -> None:
    """Refuse with one sentence that says whom to ask, unless the member may do this."""
    if not may(action, member_roles, settings, permissions):
        raise BadInput(refusal(action, settings))


def refusal(action: Action, settings: GuildSettings) -> Text:
    """Why somebody may not do this, and who decides about it."""
    match action:
        case Action.INVESTIGATE:
            return Text(
                "Only people with the role that investigates may do this here. Ask whoever manages "
                "this server for it."
            )
        case Action.REVIEW if settings.review is None:
            return Text(
                "No role of this server reviews cases yet. Whoever manages the server sets one "
                "with /settings roles."
            )
        case Action.REVIEW:
            return Text("Only people with the role that reviews cases may do this here.")
        case Action.REVEAL if settings.reveal is None:
            return Text(
                "Nobody may see who is behind the pseudonyms yet. Whoever manages the server sets "
                "a role for it with /settings roles."
            )
        case Action.REVEAL:
            return Text("Only people with the role that reveals may see who the accounts are.")
        case Action.HOLD:
            return Text("Only reviewers and people who manage this server may do this here.")
        case Action.ADMINISTER | Action.DISCUSS:
            return Text(
                "Only people who manage this server, or have its role that administers, may do "
                "this."
            )
        case _:
            assert_never(action)
