"""A clock that nobody waits for, and small servers on loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.collect.http import Manners

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LOOPBACK = Manners(private_addresses=True)


@dataclass
class QuickClock:
    """Waits by moving its hands."""

    time: float = 1_700_000_000.0
    slept: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float, /) -> None:
        self.slept.append(seconds)
        self.time += seconds


@pytest.fixture
def clock() -> QuickClock:
    return QuickClock()


@pytest.fixture
async def serve() -> AsyncIterator[Callable[[Handler], Awaitable[str]]]:
    """Starts a server that answers every request with one function; gives back its address."""
    servers: list[TestServer] = []

    async def start(handler: Handler) -> str:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", handler)
        server = TestServer(app)
        await server.start_server()
        servers.append(server)
        return str(server.make_url("")).rstrip("/")

    yield start
    for server in servers:
        await server.close()
