"""Who may do what, as a table: the roles of a member, what the server set, what Discord grants."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from analyzers.model.refusal import BadInput
from bot.access import Action, check, may
from bot.record import GuildSettings

NOTHING = GuildSettings(1)
ALL = GuildSettings(1, investigate=10, review=20, reveal=30, administer=40)
MEMBER, MANAGER = discord.Permissions.none(), discord.Permissions(manage_guild=True)


@pytest.mark.parametrize(
    ("settings", "roles", "permissions", "allowed"),
    [
        (NOTHING, (), MEMBER, "discuss investigate"),
        (NOTHING, (10, 20, 30, 40), MEMBER, "discuss investigate"),
        (NOTHING, (), MANAGER, "discuss investigate hold administer"),
        (ALL, (), MEMBER, "discuss"),
        (ALL, (10,), MEMBER, "discuss investigate"),
        (ALL, (20,), MEMBER, "discuss review hold"),
        (ALL, (30,), MEMBER, "discuss reveal"),
        (ALL, (40,), MEMBER, "discuss hold administer"),
        (ALL, (), MANAGER, "discuss hold administer"),
        (ALL, (10, 20, 30, 40), MEMBER, "discuss investigate review reveal hold administer"),
        (GuildSettings(1, investigate=999), (10, 20), MANAGER, "discuss hold administer"),
    ],
    ids=[
        "nothing set, anybody",
        "nothing set, roles mean nothing",
        "nothing set, a manager",
        "all set, a member without roles",
        "an investigator",
        "a reviewer",
        "a revealer",
        "an administrator by role",
        "a manager does not reveal or review",
        "all roles",
        "a role that was deleted is held by nobody",
    ],
)
def test_who_may_do_what(
    settings: GuildSettings, roles: Any, permissions: discord.Permissions, allowed: str
) -> None:
    found = [str(action) for action in Action if may(action, roles, settings, permissions)]
    assert sorted(found) == sorted(allowed.split())


@pytest.mark.parametrize("settings", [NOTHING, ALL], ids=["nothing set", "all set"])
@pytest.mark.parametrize("action", [action for action in Action if action is not Action.DISCUSS])
def test_a_refusal_is_one_sentence_or_two(action: Action, settings: GuildSettings) -> None:
    if may(action, (), settings, MEMBER):
        check(action, (), settings, MEMBER)
        return
    with pytest.raises(BadInput) as refused:
        check(action, (), settings, MEMBER)
    assert len(refused.value.text.msgid) < 200
