"""Somebody asks what files carry before they investigate: privately, and nothing is kept."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.discord.room import answer, said

pytestmark = pytest.mark.simcord(settle_timeout=90)


async def inspected(server: Any, who: Any, **files: Any) -> Any:
    return await who.slash(server.channel, "inspect", **files)


async def test_each_file_gets_an_answer_and_none_is_kept(
    server: Any, first_stage: Any, settings: Any, workers: Any
) -> None:
    result = await inspected(server, server.bob, **first_stage)
    posts = answer(result)
    assert posts.startswith("### first.jsonl\nFormat x\\_v1, known by the start of the file; conf")
    assert "20 posts, 21 accounts, in 20 rows" in posts
    assert "From 8 February 2019, 06:20 UTC to 9 February 2019, 01:24 UTC" in posts
    assert "Time zone UTC: Each time says its own offset" in posts
    assert "**Steps that can be computed from this file alone**\n- " in posts
    assert "What the posts were sent from" in posts
    assert ": missing statuses" in posts
    assert "client 100%" in posts
    (users,) = result.followups
    assert users.ephemeral
    assert said(users).startswith("### first.users.csv\n")
    assert "missing posts.text" in said(users)
    assert [m for m in server.channel.history() if not m.flags.ephemeral] == []
    assert not (settings.storage.directory / "uploads").exists()
    assert not list(workers.scratch.rglob("*.jsonl"))


async def test_skipped_rows_are_told_with_the_reason(server: Any, six: Any) -> None:
    name, content = six
    result = await inspected(server, server.bob, dump=(name, content + b'\n{"id_str": "1", '))
    assert "skipped, the first on line " in answer(result)


async def test_a_hostile_or_unknown_file_is_refused_by_its_name(server: Any) -> None:
    refused = answer(await inspected(server, server.bob, dump=("**a** @everyone.csv", b"x,y\n1,2")))
    assert r"\*\*a\*\*" in refused
    assert "@everyone" not in refused


async def test_a_file_with_a_hostile_name_is_told_of_inertly(server: Any, six: Any) -> None:
    told = answer(await inspected(server, server.bob, dump=("__b__ @here.jsonl", six[1])))
    assert told.startswith("### \\_\\_b\\_\\_ @\u200bhere.jsonl")


async def test_only_the_role_inspects_once_one_investigates(server: Any, six: Any) -> None:
    manager = server.join("manager", server.role("Managers", manage_guild=True))
    role = server.role("Investigators")
    await manager.slash(server.channel, "settings roles", right="investigate", role=role)
    refused = answer(await inspected(server, server.bob, dump=six))
    assert refused.startswith("Only people with the role that investigates may do this here.")
    ines = server.join("ines", role)
    assert answer(await inspected(server, ines, dump=six)).startswith("### posts.jsonl")
