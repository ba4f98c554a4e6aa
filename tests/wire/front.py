"""Serves simcord's Discord over real HTTP and a real WebSocket, for a bot in another process."""

from __future__ import annotations

import asyncio
import copy
import io
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import discord
from aiohttp import BodyPartReader, WSMsgType, web
from simcord import intents
from simcord._clock import Clock
from simcord.backend import Backend, cdn, serializers
from simcord.backend.errors import BackendError
from simcord.http import client as _routes  # noqa: F401  # importing it registers every route
from simcord.http import router

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 0, 1, 2, 6, 9, 10, 11


class _Now(Clock):
    """The time of day: discord.py and the bot compare ids with their own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class Front:
    """One Discord on loopback; `answering` is called when a request took effect, before its answer.

    What the bot does shows in `backend`, as it would to people.
    """

    def __init__(self) -> None:
        self.backend = Backend(clock=_Now())
        self.address = ""
        self.connected = asyncio.Event()
        self.answering: Callable[[str, str], None] = lambda method, path: None
        self.troubles: list[str] = []
        self.backend.subscribers.append(self._deliver)
        self._events: asyncio.Queue[tuple[str, Any]] | None = None
        self._intents = discord.Intents.none()

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[Front]:
        """Listen on a free port of loopback until the block ends."""
        app = web.Application(client_max_size=1 << 28)
        app.router.add_route("*", "/api/v10/{path:.*}", self._api)
        app.router.add_get("/cdn/{path:.*}", self._cdn)
        app.router.add_get("/gateway/", self._gateway)
        runner = web.AppRunner(app, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        self.address = f"http://{host}:{port}"
        try:
            yield self
        finally:
            await runner.cleanup()

    def _deliver(self, event: str, payload: Any) -> None:
        """Queue an event for the bot if it declared to want it; without a bot it is lost."""
        gate = intents.required_intent(event, payload)
        if self._events is None or (gate and not getattr(self._intents, gate)):
            return
        mutable = copy.deepcopy(dict(payload))
        if event == "GUILD_CREATE":
            intents.prune_guild_create(mutable, self._intents, self.backend.bot_user.id)
        self._events.put_nowait((event, mutable))

    def _text(self, value: Any) -> str:
        return json.dumps(value).replace(cdn.CDN_BASE, f"{self.address}/cdn")

    async def _cdn(self, request: web.Request) -> web.Response:
        blob = self.backend.cdn.get(f"{cdn.CDN_BASE}/{request.match_info['path']}")
        return web.Response(body=blob) if blob is not None else web.Response(status=404)

    async def _api(self, request: web.Request) -> web.Response:
        path = f"/{request.match_info['path']}"
        body, files = await _read(request)
        try:
            answer = router.dispatch(
                self.backend,
                request.method,
                path,
                json=body,
                params=dict(request.query),
                files=files,
            )
        except BackendError as error:
            if isinstance(error, router.RouteNotImplemented | router.UnsupportedField):
                self.troubles.append(str(error))
            return self._json(error.to_json(), error.status)
        self.answering(request.method, path)
        return web.Response(status=204) if answer is None else self._json(answer)

    def _json(self, value: Any, status: int = 200) -> web.Response:
        body = self._text(value).encode()  # discord.py reads JSON of exactly this type only
        return web.Response(body=body, status=status, headers={"Content-Type": "application/json"})

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(self._text({"op": HELLO, "d": {"heartbeat_interval": 41_250}}))
        sending: asyncio.Task[None] | None = None
        try:
            async for message in socket:
                if message.type is not WSMsgType.TEXT:
                    break
                said = json.loads(message.data)
                if said["op"] == HEARTBEAT:
                    await socket.send_str(self._text({"op": HEARTBEAT_ACK}))
                elif said["op"] == RESUME:
                    await socket.send_str(self._text({"op": INVALID_SESSION, "d": False}))
                elif said["op"] == IDENTIFY:
                    self._identify(said["d"]["intents"])
                    sending = asyncio.create_task(self._send(socket))
        finally:
            self.connected.clear()
            self._events = None
            if sending:
                sending.cancel()
        return socket

    def _identify(self, wanted: int) -> None:
        self._intents = discord.Intents._from_value(wanted)
        self._events = asyncio.Queue()
        user = dict(serializers.user_payload(self.backend.bot_user))
        guilds = self.backend.guilds.values()
        ready = {
            "v": 10,
            "user": user,
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": "session",
            "resume_gateway_url": f"{self.address.replace('http', 'ws')}/gateway/",
            "application": {"id": str(self.backend.application_id), "flags": 0},
        }
        self._events.put_nowait(("READY", ready))
        for guild in guilds:
            self._deliver("GUILD_CREATE", serializers.guild_create_payload(self.backend, guild))
        self.connected.set()

    async def _send(self, socket: web.WebSocketResponse) -> None:
        events, number = self._events, 0
        assert events is not None
        while True:
            event, payload = await events.get()
            number += 1
            dispatch = {"op": DISPATCH, "s": number, "t": event, "d": payload}
            await socket.send_str(self._text(dispatch))


async def _read(request: web.Request) -> tuple[Any, list[discord.File]]:
    """The JSON of a request, and the files that came with it, as simcord's routes expect them."""
    if not request.content_type.startswith("multipart/"):
        content = await request.read()
        return json.loads(content) if content else None, []
    body: Any = None
    files: list[discord.File] = []
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        content = bytes(await part.read(decode=True))
        if part.name == "payload_json":
            body = json.loads(content)
        else:
            files.append(discord.File(io.BytesIO(content), filename=part.filename))
    described = (body or {}).get("attachments") or []
    fresh = [one for one in described if not isinstance(one.get("id"), str)]
    for file, one in zip(files, fresh, strict=False):
        file.description = one.get("description")
    return body, files
