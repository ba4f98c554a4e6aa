"""A dump without a target: the person is offered whom it speaks of most."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.audit import role_set
from bot.client import Limier
from bot.views.candidates import PATIENCE

pytestmark = pytest.mark.simcord(settle_timeout=90)


@pytest.fixture
def two_targets(dump: Any) -> Any:
    often = [f"@target_person that was a poor answer, number {n}" for n in ("one", "two", "three")]
    return dump([*often, "@other_person what do you say #debate", "@other_person well? #debate"])


def offered(answer: Any) -> list[tuple[str, str]]:
    (row,) = answer.response.components
    (select,) = row["components"]
    return [(option["label"], option.get("description")) for option in select["options"]]


async def test_the_chosen_target_is_investigated(server: Any, two_targets: Any) -> None:
    answer = await server.alice.slash(server.channel, "investigate", dump=two_targets)
    assert answer.response.ephemeral
    assert answer.response.content == "No target is named. Whom is this dump about?"
    assert offered(answer) == [
        ("@target_person", "3 posts by 3 accounts"),
        ("@other_person", "2 posts by 2 accounts"),
        ("#debate", "2 posts by 2 accounts"),
        ("None of these", None),
    ]
    assert server.cards == [] or all(card.flags.ephemeral for card in server.cards)

    await server.alice.select(answer.response, ["1"])
    assert server.thread.name == "Posts about @other_person"
    assert answer.response.content == "The thread is ready."


async def test_none_of_these_goes_on_without_a_target(server: Any, two_targets: Any) -> None:
    answer = await server.alice.slash(server.channel, "investigate", dump=two_targets)
    await server.alice.select(answer.response, ["none"])
    assert server.thread.name == "Posts without a named target"


async def test_the_right_may_be_lost_before_the_choice(server: Any, two_targets: Any) -> None:
    answer = await server.alice.slash(server.channel, "investigate", dump=two_targets)
    investigators, guild = server.role("Investigators"), server.guild.id
    log = role_set(guild, server.bob.id, "investigate", investigators.id)
    await server.env.bot.store.guilds.change(guild, log, investigate=investigators.id)
    await server.alice.select(answer.response, ["1"])
    assert answer.response.content.startswith("Only people with the role that investigates")
    assert server.channel.threads == []


async def test_a_dump_that_speaks_of_nobody_is_investigated_at_once(server: Any, dump: Any) -> None:
    answer = await server.investigate(dump=dump(["Nice weather", "Is it?", "It is"]))
    assert answer == "The thread is ready."


async def test_a_question_nobody_answers_is_taken_away(
    server: Any, two_targets: Any, workers: Any
) -> None:
    before = kept(workers)
    answer = await server.alice.slash(server.channel, "investigate", dump=two_targets)
    assert kept(workers) > before
    await server.env.advance_time(PATIENCE + 1)
    assert "Nobody was chosen in time" in answer.response.content
    assert answer.response.components == []
    assert kept(workers) == before


async def test_a_question_from_before_a_restart_is_answered_too(
    server: Any, two_targets: Any, settings: Any, workers: Any
) -> None:
    answer = await server.alice.slash(server.channel, "investigate", dump=two_targets)
    await server.env.restart_bot(Limier(settings, workers))
    await server.alice.select(answer.response, ["0"])
    assert answer.response.content == (
        "I was restarted after I asked this. Give the command again."
    )


def kept(workers: Any) -> set[Path]:
    return set(workers.scratch.iterdir())
