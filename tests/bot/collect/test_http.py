"""One page, got politely: retried when the host says so, never from inside, never with secrets."""

from __future__ import annotations

import asyncio
import gzip
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.collect.addresses import is_public
from bot.collect.http import Ask, Exhausted, Failure, Http, Manners
from tests.bot.collect.conftest import LOOPBACK, Handler, QuickClock

Serve = Callable[[Handler], Awaitable[str]]
SECRET = "s3cr3t-token"


def http(clock: QuickClock, manners: Manners = LOOPBACK) -> Http:
    return Http(manners, clock, random.Random(1))


async def test_a_storm_of_429_is_waited_out(serve: Serve, clock: QuickClock) -> None:
    refusals = iter(range(40))

    async def handler(request: web.Request) -> web.Response:
        if next(refusals, None) is not None:
            return web.Response(status=429, headers={"Retry-After": "20"})
        return web.json_response({"page": request.query["page"]})

    url = await serve(handler)
    async with http(clock) as here:
        pages = await asyncio.gather(
            *(here.get(Ask(url, (("page", str(n)),))) for n in range(12)), return_exceptions=True
        )
    assert all(not isinstance(page, BaseException) and page.status == 200 for page in pages)
    assert clock.time - 1_700_000_000 >= 20


async def test_an_error_is_retried_with_longer_and_longer_waits_then_said(
    serve: Serve, clock: QuickClock
) -> None:
    async def handler(_: web.Request) -> web.Response:
        return web.Response(status=502)

    url = await serve(handler)
    async with http(clock) as here:
        with pytest.raises(Failure) as failure:
            await here.get(Ask(url))
    assert "keeps answering with the error" in failure.value.text.msgid
    assert len(clock.slept) == LOOPBACK.attempts - 1
    assert sum(clock.slept[-3:]) > sum(clock.slept[:3])
    assert max(clock.slept) <= LOOPBACK.longest_pause


async def test_a_limit_used_up_is_waited_for_before_the_next_call(
    serve: Serve, clock: QuickClock
) -> None:
    times: list[float] = []

    async def handler(_: web.Request) -> web.Response:
        times.append(clock.now())
        left = 1 - len(times) % 2
        headers = {"RateLimit-Remaining": str(left), "RateLimit-Reset": str(int(clock.now()) + 300)}
        return web.json_response({}, headers=headers)

    url = await serve(handler)
    async with http(clock) as here:
        await here.get(Ask(url))
        await here.get(Ask(url))
    assert times[1] - times[0] >= 300


async def test_a_wait_beyond_all_patience_ends_it_with_a_sentence(
    serve: Serve, clock: QuickClock
) -> None:
    async def handler(_: web.Request) -> web.Response:
        return web.Response(status=429, headers={"Retry-After": "86400"})

    url = await serve(handler)
    async with http(clock) as here:
        with pytest.raises(Exhausted) as failure:
            await here.get(Ask(url))
    assert dict(failure.value.text.values)["minutes"] == 1440


async def test_what_is_sent_is_sent_once_whatever_happens(serve: Serve, clock: QuickClock) -> None:
    seen = 0

    async def handler(_: web.Request) -> web.Response:
        nonlocal seen
        seen += 1
        return web.Response(status=503)

    url = await serve(handler)
    async with http(clock) as here:
        with pytest.raises(Failure):
            await here.post(Ask(url), {"identifier": "nala"})
    assert seen == 1


async def test_a_page_cut_short_is_asked_for_again(serve: Serve, clock: QuickClock) -> None:
    seen = 0

    async def handler(request: web.Request) -> web.StreamResponse:
        nonlocal seen
        seen += 1
        if seen > 1:
            return web.Response(body=b"whole")
        response = web.StreamResponse(headers={"Content-Length": "100"})
        await response.prepare(request)
        await response.write(b"half")
        assert request.transport is not None
        request.transport.close()
        return response

    url = await serve(handler)
    async with http(clock) as here:
        assert (await here.get(Ask(url))).body == b"whole"


@pytest.mark.parametrize("packed", [False, True])
async def test_a_body_beyond_the_limit_is_refused_even_packed(
    serve: Serve, clock: QuickClock, packed: bool
) -> None:
    async def handler(_: web.Request) -> web.Response:
        body = b" " * (4 << 20)
        if packed:
            return web.Response(body=gzip.compress(body), headers={"Content-Encoding": "gzip"})
        return web.Response(body=body)

    url = await serve(handler)
    async with http(clock, replace(LOOPBACK, largest=1 << 20)) as here:
        with pytest.raises(Failure, match="no page weighs"):
            await here.get(Ask(url))


async def test_no_more_calls_at_once_than_is_polite(serve: Serve, clock: QuickClock) -> None:
    now, most = 0, 0

    async def handler(_: web.Request) -> web.Response:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.01)
        now -= 1
        return web.Response(body=b"{}")

    url = await serve(handler)
    async with http(clock, replace(LOOPBACK, at_once=3)) as here:
        await asyncio.gather(*(here.get(Ask(f"{url}/{n}")) for n in range(12)))
    assert most == 3


async def test_the_token_does_not_follow_to_another_host(serve: Serve, clock: QuickClock) -> None:
    got: list[str | None] = []

    async def elsewhere(request: web.Request) -> web.Response:
        got.append(request.headers.get("Authorization"))
        return web.Response(body=b"{}")

    there = await serve(elsewhere)

    async def handler(request: web.Request) -> web.Response:
        got.append(request.headers.get("Authorization"))
        if request.path == "/first":
            return web.Response(status=302, headers={"Location": "/second"})
        return web.Response(status=302, headers={"Location": f"{there}/third"})

    url = await serve(handler)
    async with http(clock) as here:
        await here.get(Ask(f"{url}/first", token=SecretStr(SECRET)))
    assert got == [f"Bearer {SECRET}", f"Bearer {SECRET}", None]


async def test_a_circle_of_redirects_ends(serve: Serve, clock: QuickClock) -> None:
    async def handler(_: web.Request) -> web.Response:
        return web.Response(status=301, headers={"Location": "/again"})

    url = await serve(handler)
    async with http(clock) as here:
        with pytest.raises(Failure, match="without end"):
            await here.get(Ask(url))


ADDRESSES = [
    ("9.9.9.9", True),
    ("2620:fe::fe", True),
    ("127.0.0.1", False),
    ("10.1.2.3", False),
    ("172.16.0.1", False),
    ("192.168.1.1", False),
    ("169.254.169.254", False),
    ("100.64.0.1", False),
    ("0.0.0.0", False),
    ("255.255.255.255", False),
    ("224.0.0.1", False),
    ("192.0.2.1", False),
    ("198.18.0.1", False),
    ("::1", False),
    ("::", False),
    ("fe80::1%eth0", False),
    ("fc00::1", False),
    ("fec0::1", False),
    ("ff02::1", False),
    ("::ffff:10.0.0.1", False),
    ("::ffff:9.9.9.9", True),
    ("64:ff9b::a00:1", False),
    ("64:ff9b::909:909", True),
    ("2002:0a00:0001::1", False),
    ("2001:0:53aa:64c::1", False),
    ("localhost", False),
    ("", False),
]


@pytest.mark.parametrize(("address", "public"), ADDRESSES)
def test_only_public_addresses_are_reached(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "localhost"])
async def test_nothing_inside_is_connected_to(serve: Serve, clock: QuickClock, host: str) -> None:
    """`localhost` stands for any name that resolves to an address inside."""
    seen = 0

    async def handler(_: web.Request) -> web.Response:
        nonlocal seen
        seen += 1
        return web.Response(body=b"{}")

    port = (await serve(handler)).rpartition(":")[2]
    async with http(clock, Manners()) as here:
        with pytest.raises(Failure, match="private"):
            await here.get(Ask(f"https://{host}:{port}/"))
    assert seen == 0


@pytest.mark.parametrize(
    "url",
    ["http://example.org/", "ftp://example.org/", "https:///x", "https://a:b@example.org/", "x"],
)
async def test_only_whole_encrypted_addresses_are_asked(clock: QuickClock, url: str) -> None:
    async with http(clock, Manners()) as here:
        with pytest.raises(Failure, match="not an address"):
            await here.get(Ask(url))


async def test_a_token_is_in_no_log_repr_or_error(
    serve: Serve, clock: QuickClock, caplog: pytest.LogCaptureFixture
) -> None:
    async def handler(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    url = await serve(handler)
    ask = Ask(url, token=SecretStr(SECRET))
    with caplog.at_level(logging.DEBUG):
        async with http(clock) as here:
            with pytest.raises(Failure) as failure:
                await here.get(ask)
    chain: BaseException | None = failure.value
    said = [repr(ask), caplog.text, repr(here)]
    while chain is not None:
        said.append(f"{chain!r} {chain}")
        chain = chain.__cause__
    assert SECRET not in " ".join(said)
