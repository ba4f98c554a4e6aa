"""Asks a platform for one page: patiently, within its limits, and never inside this network.

    async with Http() as http:
        answer = await http.get(Ask("https://public.api.bsky.app/xrpc/…", (("limit", "100"),)))

Every answer is given back whatever its status, but for those that say "again later" (429, 5xx),
which are asked for again, and those that lead elsewhere, which are followed. What cannot be had
raises a `Failure` with a sentence. No sentence, log or repr holds a token or an address's query.
"""

from __future__ import annotations

import asyncio
import logging
import random
import socket
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any, Protocol
from urllib.parse import urlencode, urljoin, urlsplit

import aiohttp
from pydantic import SecretStr
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt

from analyzers.model.text import Code, Text
from bot.collect.addresses import PrivateAddress, public_socket
from bot.collect.allowance import Allowance

LOG = logging.getLogger(__name__)

_LATER = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529})
"""Statuses that a server gives when it would answer another time; 52x are Cloudflare's."""

_ELSEWHERE = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 5
_CHUNK = 1 << 16

_MOST_SILENCES = 3
"""Pages that a host fails to give, one after another, before it is asked for no more: each took
minutes of waiting."""


class Failure(Exception):
    """A page that cannot be had, and the sentence that says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.msgid)
        self.text = text


class Exhausted(Failure):
    """Nothing more is to be had for now, of this page or another: what is left is for later."""


class Clock(Protocol):
    """Tells the time in seconds since 1970, and waits."""

    def now(self) -> float: ...
    async def sleep(self, seconds: float, /) -> None: ...


class WallClock:
    """The machine's own clock."""

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    async def sleep(self, seconds: float, /) -> None:
        """Let others run for so many seconds."""
        await asyncio.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Manners:
    """How a host is treated. Times are in seconds, sizes in bytes."""

    at_once: int = 4
    """Calls to one host at a time: as a browser does, and no more."""
    attempts: int = 10
    """Tries for one page. With waits that double up to a minute they last some four minutes."""
    patience: float = 1000.0
    """Longest wait for a limit to be lifted: X counts in quarters of an hour, which are 900."""
    longest_pause: float = 60.0
    timeout: float = 60.0
    largest: int = 16 << 20
    """Of a page, unpacked. A hundred posts weigh under 1 MB; a repository is not asked for here."""
    private_addresses: bool = False
    """Let names lead to this machine and its network, and over plain http: for tests only."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One page to ask for. `bucket` names the limit that counts the call, where a host has several.

    The token goes into the header `Authorization` alone, never into an address that is kept.
    """

    url: str
    params: tuple[tuple[str, str], ...] = ()
    bucket: str = ""
    token: SecretStr | None = field(default=None, repr=False, compare=False)

    @property
    def address(self) -> str:
        """The whole address, which names the page."""
        return f"{self.url}?{urlencode(self.params)}" if self.params else self.url

    @property
    def host(self) -> str:
        """The host's name and port, in lower case."""
        return urlsplit(self.url).netloc.rpartition("@")[2].lower()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answered: the bytes of the body, unpacked, and when they came (UTC).

    `link` is the header of that name, in which some platforms put the address of the next page.
    """

    address: str
    status: int
    body: bytes = field(repr=False)
    at: datetime
    link: str | None = None


class _Again(Exception):
    """The host would answer another time; `status` is `None` when it did not answer at all."""

    def __init__(self, status: int | None = None) -> None:
        super().__init__(status)
        self.status = status


class Http:
    """One layer over the network for all platforms. Use it as an asynchronous context.

    `clock` and `dice` stand in for time and chance in tests.
    """

    def __init__(
        self,
        manners: Manners = Manners(),  # frozen
        clock: Clock | None = None,
        dice: random.Random | None = None,
    ) -> None:
        self.manners = manners
        self.clock: Clock = clock or WallClock()
        self.calls = 0
        """Requests that went out so far, repeated ones and redirects included."""
        self._dice = dice or random.Random()
        self._allowances: dict[tuple[str, str], Allowance] = {}
        self._room: dict[str, asyncio.Semaphore] = {}
        self._silences: dict[str, int] = {}
        self._stack = AsyncExitStack()
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Http:
        connector = aiohttp.TCPConnector(
            socket_factory=None if self.manners.private_addresses else public_socket,
        )
        self._session = await self._stack.enter_async_context(
            aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": f"Limier/{version('limier')}", "Accept": "application/json"},
                timeout=aiohttp.ClientTimeout(total=self.manners.timeout, sock_connect=15),
            )
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def get(self, ask: Ask) -> Answer:
        """Get a page, again and again while the host says "later"; raises `Failure`."""
        retrying = AsyncRetrying(
            retry=retry_if_exception_type(_Again),
            stop=stop_after_attempt(self.manners.attempts),
            wait=self._pause,
            sleep=self.clock.sleep,
            reraise=True,
        )
        if self._silences.get(ask.host, 0) >= _MOST_SILENCES:
            raise Exhausted(Text("{host} does not answer.", host=Code(ask.host)))
        try:
            answer: Answer = await retrying(self._follow, ask)
        except _Again as again:
            self._silences[ask.host] = self._silences.get(ask.host, 0) + 1
            raise _silent(ask.host, again.status) from None
        self._silences.pop(ask.host, None)
        return answer

    async def post(self, ask: Ask, payload: Mapping[str, str]) -> Answer:
        """Send something once: whatever happens, it is not sent again. Raises `Failure`."""
        try:
            answer, _ = await self._once("POST", ask, payload)
        except _Again as again:
            raise _silent(ask.host, again.status) from None
        return answer

    def _pause(self, state: RetryCallState) -> float:
        """Full jitter: anything up to a bound that doubles with every try."""
        bound = min(self.manners.longest_pause, 2.0**state.attempt_number)
        return self._dice.uniform(0, bound)

    async def _follow(self, ask: Ask) -> Answer:
        at = ask
        for _ in range(_MOST_REDIRECTS + 1):
            answer, onward = await self._once("GET", at, None)
            if onward is None:
                return replace(answer, address=ask.address)
            at = _moved(at, onward)
        raise Failure(
            Text("{host} sends from one address to the next without end.", host=Code(ask.host))
        )

    async def _once(
        self, method: str, ask: Ask, payload: Mapping[str, str] | None
    ) -> tuple[Answer, str | None]:
        self._check(ask)
        allowance = self._allowances.setdefault((ask.host, ask.bucket), Allowance())
        room = self._room.setdefault(ask.host, asyncio.Semaphore(self.manners.at_once))
        async with room:
            await self._wait_for(allowance, ask.host)
            allowance.spend()
            self.calls += 1
            return await self._send(method, ask, payload, allowance)

    async def _wait_for(self, allowance: Allowance, host: str) -> None:
        while (wait := allowance.wait(self.clock.now())) > 0:
            if wait > self.manners.patience:
                raise Exhausted(
                    Text(
                        "{host} allows no more requests for {minutes} minutes: go on later.",
                        host=Code(host),
                        minutes=round(wait / 60),
                    )
                )
            LOG.info("%s asks to wait for %.0f s", host, wait)
            await self.clock.sleep(wait)

    async def _send(
        self, method: str, ask: Ask, payload: Mapping[str, str] | None, allowance: Allowance
    ) -> tuple[Answer, str | None]:
        assert self._session is not None, "use Http as a context"
        headers = {}
        if ask.token is not None:
            headers["Authorization"] = f"Bearer {ask.token.get_secret_value()}"
        options: dict[str, Any] = {"json": dict(payload)} if payload is not None else {}
        try:
            async with self._session.request(
                method,
                ask.url,
                params=ask.params or None,
                headers=headers,
                allow_redirects=False,
                **options,
            ) as response:
                now = self.clock.now()
                allowance.learn(response.status, response.headers, now)
                if response.status in _LATER:
                    raise _Again(response.status)
                body = await self._body(response, ask.host)
        except aiohttp.InvalidURL:
            raise _wrong(ask.host) from None
        except aiohttp.ClientConnectorError as error:
            if isinstance(error.os_error, PrivateAddress):
                raise _inside(ask.host) from None
            if isinstance(error, aiohttp.ClientConnectorDNSError) and _unknown(error):
                raise Failure(
                    Text("There is no server called {host}.", host=Code(ask.host))
                ) from None
            raise _Again from None
        except (aiohttp.ClientError, TimeoutError):
            raise _Again from None  # from nothing: such an error may hold headers
        onward = response.headers.get("Location") if response.status in _ELSEWHERE else None
        at = datetime.fromtimestamp(now, UTC)
        link = response.headers.get("Link")
        return Answer(ask.address, response.status, body, at, link), onward

    async def _body(self, response: aiohttp.ClientResponse, host: str) -> bytes:
        whole = bytearray()
        async for chunk in response.content.iter_chunked(_CHUNK):
            whole += chunk
            if len(whole) > self.manners.largest:
                raise Failure(
                    Text(
                        "{host} answered with more than {most} MiB, which no page weighs.",
                        host=Code(host),
                        most=self.manners.largest >> 20,
                    )
                )
        return bytes(whole)

    def _check(self, ask: Ask) -> None:
        """Refuse an address that is none, is not encrypted, or holds a password."""
        parts = urlsplit(ask.url)
        schemes = ("https", "http") if self.manners.private_addresses else ("https",)
        if parts.scheme not in schemes or not parts.hostname or "@" in parts.netloc:
            raise _wrong(ask.host)


def _moved(ask: Ask, onward: str) -> Ask:
    """The page to which a redirect leads; the token stays behind when it leads to another host."""
    there = Ask(urljoin(ask.address, onward), bucket=ask.bucket)
    origin, target = urlsplit(ask.url), urlsplit(there.url)
    same = (origin.scheme, origin.netloc) == (target.scheme, target.netloc)
    return replace(there, token=ask.token) if same else there


def _unknown(error: aiohttp.ClientConnectorDNSError) -> bool:
    """Whether a name does not exist, rather than that nobody could be asked just now."""
    return error.os_error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", -5))


def _silent(host: str, status: int | None) -> Failure:
    if status is None:
        return Failure(Text("{host} does not answer.", host=Code(host)))
    return Failure(
        Text("{host} keeps answering with the error {status}.", host=Code(host), status=status)
    )


def _inside(host: str) -> Failure:
    return Failure(
        Text("{host} is no public server: its address is a private one.", host=Code(host))
    )


def _wrong(host: str) -> Failure:
    return Failure(Text("{host} is not an address of a server on the web.", host=Code(host)))
