"""Servers take turns, however much one of them asks for."""

from __future__ import annotations

import asyncio

import pytest

from bot.line import Line, Place


def numbers(*places: Place) -> list[int]:
    return [place.number for place in places]


def test_within_a_server_the_first_comes_first() -> None:
    line = Line(1)
    first, second, third = (line.join(7) for _ in range(3))
    assert numbers(first, second, third) == [0, 1, 2]
    line.leave(first)
    assert numbers(second, third) == [0, 1]


def test_a_server_that_asks_much_does_not_keep_another_waiting() -> None:
    line = Line(1)
    many = [line.join(7) for _ in range(10)]
    one, two = line.join(8), line.join(8)
    assert numbers(*many[:4], one, two) == [0, 2, 4, 5, 1, 3]
    line.leave(many[0])
    assert numbers(one, many[1], two) == [0, 1, 2]
    line.leave(one)
    assert numbers(many[1], two, many[2]) == [0, 1, 2]


def test_with_more_room_the_server_with_less_under_way_comes_next() -> None:
    line = Line(3)
    many = [line.join(7) for _ in range(6)]
    assert numbers(*many) == [0, 0, 0, 1, 2, 3]
    other = line.join(8)
    line.leave(many[0])
    assert numbers(other, *many[3:]) == [0, 1, 2, 3]


def test_leaving_twice_gives_no_second_place_away() -> None:
    line = Line(1)
    first, second, third = (line.join(7) for _ in range(3))
    line.leave(first)
    line.leave(first)
    assert numbers(second, third) == [0, 1]


async def test_who_gives_up_waiting_makes_room_and_each_move_is_shown() -> None:
    line = Line(1)
    busy, impatient, patient = (line.join(7) for _ in range(3))
    seen: list[int] = []

    async def show(number: int) -> None:
        seen.append(number)

    async def wait(place: Place) -> None:
        async with line.turn(place, show):
            seen.append(0)

    waiting = asyncio.create_task(wait(patient))
    leaving = asyncio.create_task(wait(impatient))
    await asyncio.sleep(0)
    assert seen == [2, 1]
    leaving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    line.leave(busy)
    await waiting
    assert seen == [2, 1, 1, 0]
    assert line.join(7).number == 0
