"""Who works now and who waits: so many at once, servers by turns, within each the first first."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count


@dataclass(eq=False, slots=True)
class Place:
    """Where somebody stands: `number` 1 is next, 0 is whose turn it is."""

    guild: int
    number: int = -1
    moved: asyncio.Event = field(default_factory=asyncio.Event)


class Line:
    """One line for all servers. A server that asks much does not keep the others waiting: the next
    is of the server of which the fewest are worked on, and among those of the one that had its
    last turn longest ago."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._waiting: list[Place] = []
        self._working: list[Place] = []
        self._turns = count(1)
        self._last: dict[int, int] = {}  # by server, the number of its last turn

    def join(self, guild: int) -> Place:
        """Stand in line from now on; whoever joins takes the `turn` or must `leave`."""
        place = Place(guild)
        self._waiting.append(place)
        self._advance()
        return place

    def leave(self, place: Place) -> None:
        """Make room, whether it was this one's turn or not; a second time does nothing."""
        for places in (self._waiting, self._working):
            if place in places:
                places.remove(place)
        self._advance()

    @asynccontextmanager
    async def turn(
        self, place: Place, show: Callable[[int], Awaitable[None]]
    ) -> AsyncIterator[None]:
        """Wait for the turn, `show` each number on the way, and make room at the end."""
        try:
            while place.number:
                place.moved.clear()
                await show(place.number)
                await place.moved.wait()
            yield
        finally:
            self.leave(place)

    def _advance(self) -> None:
        while self._waiting and len(self._working) < self._at_once:
            place = _next(self._waiting, self._working, self._last)
            self._waiting.remove(place)
            self._working.append(place)
            self._last[place.guild] = next(self._turns)
            _move(place, 0)
        for number, place in enumerate(self._foreseen(), start=1):
            _move(place, number)

    def _foreseen(self) -> Iterator[Place]:
        """Those who wait as they will come if nobody joins and the first to begin ends first."""
        waiting, working, last = [*self._waiting], deque(self._working), {**self._last}
        turns = count(max(last.values(), default=0) + 1)
        while waiting:
            working.popleft()
            place = _next(waiting, working, last)
            waiting.remove(place)
            working.append(place)
            last[place.guild] = next(turns)
            yield place


def _next(waiting: Iterable[Place], working: Iterable[Place], last: Mapping[int, int]) -> Place:
    busy = Counter(place.guild for place in working)
    return min(waiting, key=lambda place: (busy[place.guild], last.get(place.guild, 0)))


def _move(place: Place, number: int) -> None:
    if place.number != number:
        place.number = number
        place.moved.set()
