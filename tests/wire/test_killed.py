"""A process that is killed keeps its word: the next one goes on, and says nothing twice."""

from __future__ import annotations

import pytest

from tests.wire.town import Town, heading, said, whole

WITHOUT_A_KILL = 7
"""Messages in the thread of the smallest dump."""


async def test_killed_while_it_reads(town: Town, six: tuple[str, bytes]) -> None:
    town.investigate(six, "@target_person")
    await town.until(lambda: town.cards)
    await town.killed()
    await town.start()
    await town.until(lambda: "go on where I stood" in said(town.cards[0]))
    await town.until(lambda: whole(town))
    assert len(town.posts(town.threads[0])) == WITHOUT_A_KILL


@pytest.mark.parametrize("nth", [1, 7])
async def test_killed_when_a_message_arrived_unacknowledged(
    town: Town, six: tuple[str, bytes], nth: int
) -> None:
    town.kill_after("POST", "messages", nth + 1)  # the first is the card
    town.investigate(six, "@target_person")
    await town.until(town.is_dead)
    assert len(town.posts(town.threads[0])) == nth
    await town.killed()
    await town.start()
    await town.until(lambda: whole(town))
    headings = [heading(post) for post in town.posts(town.threads[0])]
    assert len(headings) == len(set(headings)) == WITHOUT_A_KILL


async def test_killed_when_the_thread_was_opened(town: Town, six: tuple[str, bytes]) -> None:
    town.kill_after("POST", "threads", 1)
    town.investigate(six, "@target_person")
    await town.until(town.is_dead)
    await town.killed()
    await town.start()
    await town.until(lambda: whole(town))
    assert len(town.posts(town.threads[0])) == WITHOUT_A_KILL


async def test_stopped_in_good_order_it_goes_on_too(town: Town, six: tuple[str, bytes]) -> None:
    town.investigate(six, "@target_person")
    await town.until(lambda: town.cards)
    await town.stop()
    assert "I go on when I am started again" in said(town.cards[0])
    await town.start()
    await town.until(lambda: whole(town))
    assert len(town.posts(town.threads[0])) == WITHOUT_A_KILL


async def test_killed_with_others_in_line_it_keeps_their_order_and_their_buttons(
    town: Town, six: tuple[str, bytes]
) -> None:
    await town.killed()
    town.limits["AT_ONCE"] = "1"
    await town.start()
    for number in range(1, 4):
        town.investigate(six, "@target_person")
        await town.until(lambda number=number: len(town.cards) == number)
    assert "One other is before it." in said(town.cards[2])
    await town.killed()
    await town.start()
    clicked = town.click(town.cards[1], "Cancel")
    await town.until(lambda: town.answer(clicked) == "This investigation was cancelled.")
    await town.until(lambda: "Draft" in said(town.cards[2]))
    assert len(town.cards) == 3
    assert "Draft" in said(town.cards[0])
    assert said(town.cards[1]) == "This investigation was cancelled."
    assert [len(town.posts(thread)) for thread in town.threads] == [WITHOUT_A_KILL] * 2
    assert [thread.id for thread in town.threads] == [town.cards[0].id, town.cards[2].id]
